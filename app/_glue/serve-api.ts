import 'server-only'
import { CLIENT_ADDRESS } from '@/app/_glue/client-address-header'
import { runningGateway } from '@/app/_glue/gateway'
import { systemClock } from '@/lib/clock'
import { readSettings } from '@/lib/env'
import type { Gateway } from '@/lib/gateway'
import { ApiError } from '@/lib/http/errors'
import { handle, refuseRequest } from '@/lib/http/handle'
import { createLog } from '@/lib/log'

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
  return handle(gateway, request, request.headers.get(CLIENT_ADDRESS) ?? undefined)
}
