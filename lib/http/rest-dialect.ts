import { can, isNewWork } from '../auth/access'
import { isTooBusy } from '../auth/hash-turns'
import type { ApiCaller } from '../merchants/merchant'
import { findHeldKey } from '../payments/held-key'
import type { GrantUse } from '../vcard/shop-agent'
import { type Call, LARGEST_BODY } from './call'
import type { Dialect } from './dialect'
import { ApiError } from './errors'
import type { HttpGateway } from './http-gateway'
import { type Claim, readClaim } from './idempotency-key'
import { problem } from './problem'
import { readBody, readQuery } from './read-input'
import type { Row } from './route'
import { isUnavailable } from './unavailable'

const OWN_ID = /^[A-Za-z0-9._-]{8,64}$/
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i

/** Our own API: API keys, idempotency keys, problem documents. */
export const restDialect: Dialect<Row> = {
  correlationHeader: 'x-correlation-id',
  acceptsName: (name) => OWN_ID.test(name),

  async serve({ gateway, call, row, params, correlationId, seen }) {
    if (call.body.length > LARGEST_BODY) throw new ApiError('too-large')
    const caller = row.caller === 'merchant' ? await authenticate(gateway, call) : undefined
    if (caller) {
      seen.merchantId = caller.merchant.id
      seen.callerId = caller.apiKeyId
    }
    if (row.may && !can('api-key', row.may)) throw new ApiError('forbidden')
    const claim: Claim | undefined = row.idempotent ? readClaim(call, gateway.settings.FINGERPRINT_KEY) : undefined
    if (row.may && caller?.merchant.suspendedAt && isNewWork(row.may)) {
      // What was asked before the shop was suspended is not new: its answer is kept for who asks again (P4.1).
      const held = claim && (await findHeldKey(gateway.database.pool, caller.merchant.id, claim))
      if (!held) throw new ApiError('shop-suspended')
    }
    const query = readQuery(call.query, row.query)
    const input = row.method === 'POST' ? readBody(call, row.input) : undefined
    const use = row.granted && caller ? await openGrant(gateway, call, caller) : undefined
    return row.handle({ gateway, params, caller, claim, query, input, use, correlationId }, call)
  },

  refuse(error, context) {
    const told = asApiError(error)
    return { code: told.code, answer: problem(told, context) }
  },
}

async function authenticate(gateway: HttpGateway, call: Call): Promise<ApiCaller> {
  const secret = BEARER.exec(call.header('authorization') ?? '')?.[1]
  const caller = secret && (await gateway.merchants.byApiKey(secret))
  if (!caller) throw new ApiError('unauthenticated', { headers: { 'www-authenticate': 'Bearer realm="Moa"' } })
  // Where real issuers and banks answer, whoever meant to try something out must not charge anybody.
  if (caller.mode === 'test' && gateway.settings.MOA_MODE === 'production') throw new ApiError('test-key')
  return caller
}

async function openGrant({ shopAgent, clock }: HttpGateway, call: Call, caller: ApiCaller): Promise<GrantUse> {
  const opened = await shopAgent.open(call.header('shopper-grant') ?? '', caller)
  if (opened.kind === 'opened') return opened.use
  if (opened.kind === 'refused') throw new ApiError('grant-refused')
  const seconds = Math.ceil((opened.retryAt.getTime() - clock.now().getTime()) / 1000)
  throw new ApiError('too-many-requests', { headers: { 'retry-after': String(seconds) } })
}

/** Whatever was thrown, as an error that a caller may see. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (isTooBusy(error)) return new ApiError('overloaded', { headers: { 'retry-after': '1' } })
  return isUnavailable(error)
    ? new ApiError('unavailable', { headers: { 'retry-after': '2' } })
    : new ApiError('internal')
}
