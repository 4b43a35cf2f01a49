import 'server-only'
import { CLIENT_ADDRESS } from '@/app/_glue/client-address-header'
import { runningGateway } from '@/app/_glue/gateway'
import { systemClock } from '@/lib/clock'
import { readSettings } from '@/lib/env'
import type { Gateway } from '@/lib/gateway'
import { ApiError } from '@/lib/http/errors'
import type { Dispatch } from '@/lib/http/dispatch'
import { handle, refuseRequest } from '@/lib/http/handle'
import { createBoundedDispatch } from '@/lib/http/in-flight'
import { createLog } from '@/lib/log'

/** One for the process, whose routes each load this module anew. */
const home = globalThis as typeof globalThis & { moaDispatch?: Dispatch }

/** Answers a request by the gateway's route table; while the gateway cannot start, asks to come again. */
export async function serveApi(request: Request): Promise<Response> {
  let gateway: Gateway
  try {
    gateway = await runningGateway()
  } catch {
    const settings = readSettings()
    const refuser = { settings, clock: systemClock, log: createLog('web', settings.LOG_LEVEL) }
    return refuseRequest(refuser, new ApiError('unavailable', { headers: { 'retry-after': '2' } }), request)
  }
  home.moaDispatch ??= createBoundedDispatch()
  return handle(gateway, request, home.moaDispatch, request.headers.get(CLIENT_ADDRESS) ?? undefined)
}
