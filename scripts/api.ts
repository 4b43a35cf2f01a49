import { readSettings } from '../lib/env'
import { createGateway } from '../lib/gateway'
import { serve } from '../lib/http/server'
import { createLog } from '../lib/log'
import { Complaint, runScript } from './complaint'
import { endOnSignal } from './ending'

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

  endOnSignal(async () => {
    await server.close()
    await gateway.close()
  })
}

await runScript(main)
