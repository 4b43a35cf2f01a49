import { readSettings } from '../lib/env'
import { createGateway } from '../lib/gateway'
import { serve } from '../lib/http/server'
import { createLog } from '../lib/log'
import { Complaint, runScript } from './complaint'

/** Requests and payments that are under way when the process is told to end may take this long (PROMISES 9.1: 30 s). */
const DRAIN_MS = 28_000

/** The api process: the public interfaces without the pages. Any number of them may run. */
async function main(): Promise<void> {
  const settings = readSettings()
  const log = createLog('api', settings.LOG_LEVEL)
  const gateway = await createGateway(settings, { log, processName: 'api' })
  const server = await serve(gateway, { host: settings.API_HOST, port: settings.API_PORT }).catch(
    async (error: unknown) => {
      await gateway.close()
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      throw taken ? new Complaint(`Port ${settings.API_PORT} is in use. Set API_PORT to another one.`) : error
    },
  )
  await gateway.operations.start()
  console.log(JSON.stringify({ ready: true, port: server.port }))

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // What is not finished by then is resumable: the worker carries it on.
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    await server.close()
    await gateway.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

await runScript(main)
