import 'server-only'
import { readSettings } from '@/lib/env'
import { createGateway } from '@/lib/gateway'
import type { Gateway } from '@/lib/gateway'
import { createLog } from '@/lib/log'

/** Next loads modules more than once in a process (pages, routes, reloads while developing); the gateway is built once. */
const home = globalThis as typeof globalThis & { moaGateway?: Promise<Gateway> | undefined }

/** The gateway of this process, built when it is first needed. A failed start is tried again by the next request. */
export function runningGateway(): Promise<Gateway> {
  home.moaGateway ??= start().catch((error: unknown) => {
    home.moaGateway = undefined
    throw error
  })
  return home.moaGateway
}

async function start(): Promise<Gateway> {
  const settings = readSettings()
  const log = createLog('web', settings.LOG_LEVEL)
  try {
    const gateway = await createGateway(settings, { log, processName: 'web' })
    await gateway.operations.start()
    return gateway
  } catch (error) {
    // Said here, once for all who wait for it: what they answer tells nobody why.
    log.error({ event: 'gateway-not-started', error: error instanceof Error ? error.message : 'unknown' })
    throw error
  }
}
