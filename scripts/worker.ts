import { hostname } from 'node:os'
import { printStatement } from '../components/giro/statement-document'
import { readSettings } from '../lib/env'
import { createGateway } from '../lib/gateway'
import { jobs } from '../lib/jobs/registry'
import { startJobs } from '../lib/jobs/runner'
import { createLog } from '../lib/log'
import { runScript } from './complaint'
import { endOnSignal } from './ending'

/** The worker process: scheduled and queued jobs. Any number of them may run; each job runs once. */
async function main(): Promise<void> {
  const settings = readSettings()
  const log = createLog('worker', settings.LOG_LEVEL)
  const gateway = await createGateway(settings, { log, processName: 'worker', print: printStatement })
  const runner = startJobs(gateway, jobs, `${hostname()}:${process.pid}`)
  await gateway.operations.start()
  console.log(JSON.stringify({ ready: true, jobs: jobs.map(({ name }) => name) }))

  endOnSignal(async () => {
    await runner.stop()
    await gateway.close()
  })
}

await runScript(main)
