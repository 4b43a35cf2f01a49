import { can } from '../auth/access'
import { uuidAt } from '../ids'
import type { ApiCaller } from '../merchants/merchant'
import type { GrantUse } from '../vcard/shop-agent'
import { type Answer, type Call, LARGEST_BODY } from './call'
import { ApiError } from './errors'
import type { HttpGateway } from './http-gateway'
import { type Claim, readClaim } from './idempotency-key'
import { languageOf } from './language'
import { problem } from './problem'
import { readBody, readQuery } from './read-input'
import type { Reply, Row } from './route'
import { createRouter } from './router'
import { securityHeaders } from './security-headers'
import { isUnavailable } from './unavailable'

export type Dispatch = (gateway: HttpGateway, call: Call) => Promise<Answer>

/** What is known of a call by the time it is answered, for the log. */
interface Seen {
  row?: Row
  caller?: ApiCaller
  code?: string
}

const OWN_ID = /^[A-Za-z0-9._-]{8,64}$/
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i

/**
 * Answers calls by the rows of a table: finds the row, asks who calls, reads what was sent, hands it to the row's handler
 * and puts the reply, or the error, into its final form. Never throws.
 */
export function createDispatch(rows: readonly Row[]): Dispatch {
  const find = createRouter(rows)

  async function reply(gateway: HttpGateway, call: Call, correlationId: string, seen: Seen): Promise<Reply> {
    const found = find(call.method, call.path)
    if (found.kind === 'not-found') throw new ApiError('not-found')
    if (found.kind === 'wrong-method') {
      throw new ApiError('method-not-allowed', { headers: { allow: found.allowed.join(', ') } })
    }
    const { row, params } = found
    seen.row = row
    if (call.body.length > LARGEST_BODY) throw new ApiError('too-large')
    const caller = row.caller === 'merchant' ? await authenticate(gateway, call) : undefined
    if (caller) seen.caller = caller
    if (row.may && !can('api-key', row.may)) throw new ApiError('forbidden')
    const claim: Claim | undefined = row.idempotent ? readClaim(call, gateway.settings.FINGERPRINT_KEY) : undefined
    const query = readQuery(call.query, row.query)
    const input = row.method === 'POST' ? readBody(call, row.input) : undefined
    const use = row.granted && caller ? await openGrant(gateway, call, caller) : undefined
    return row.handle({ gateway, params, caller, claim, query, input, use, correlationId }, call)
  }

  async function answer(gateway: HttpGateway, call: Call): Promise<Answer> {
    const started = performance.now()
    const correlationId = correlationIdOf(gateway, call)
    const seen: Seen = {}
    const replied = await reply(gateway, call, correlationId, seen).then(answerOf, (error: unknown) => {
      const told = asApiError(error)
      seen.code = told.code
      if (told.status >= 500)
        gateway.log.error({ correlationId, code: told.code, cause: describe(error) }, 'request failed')
      return problem(told, {
        webUrl: gateway.settings.WEB_URL,
        language: languageOf(call.header('accept-language')),
        correlationId,
      })
    })
    const milliseconds = performance.now() - started
    gateway.operations.request(
      { method: seen.row?.method ?? 'other', route: seen.row?.path ?? 'none', status: replied.status },
      milliseconds,
    )
    // The route, not the path: nobody knows what people put into an address.
    gateway.log.info(
      {
        correlationId,
        method: call.method,
        route: seen.row?.path,
        status: replied.status,
        code: seen.code,
        ms: Math.round(milliseconds * 10) / 10,
        merchantId: seen.caller?.merchant.id,
        apiKeyId: seen.caller?.apiKeyId,
        remoteAddress: call.remoteAddress,
      },
      'request',
    )
    return {
      status: replied.status,
      headers: { ...securityHeaders, 'x-correlation-id': correlationId, ...replied.headers },
      body: call.method === 'HEAD' ? '' : replied.body,
    }
  }

  return (gateway, call) => {
    const { tracing } = gateway.operations
    if (!tracing.on) return answer(gateway, call)
    const found = find(call.method, call.path)
    const route = found.kind === 'found' ? found.row.path : 'none'
    return tracing.span(
      `${call.method} ${route}`,
      {
        kind: 'server',
        parent: call.header('traceparent'),
        attributes: { 'http.request.method': call.method, 'http.route': route },
        outcome: (answered) => ({ 'http.response.status_code': (answered as Answer).status }),
      },
      () => answer(gateway, call),
    )
  }
}

/** The little that a refusal needs: it can be said before the gateway stands. */
export type Refuser = Pick<HttpGateway, 'settings' | 'clock' | 'log'>

/** A call that its host could not even read, answered like any other error. */
export function refuse(gateway: Refuser, error: ApiError, call?: Pick<Call, 'header'>): Answer {
  const correlationId = correlationIdOf(gateway, call)
  const language = languageOf(call?.header('accept-language'))
  gateway.log.info({ correlationId, status: error.status, code: error.code }, 'request refused')
  const answer = problem(error, { webUrl: gateway.settings.WEB_URL, language, correlationId })
  return { ...answer, headers: { ...securityHeaders, 'x-correlation-id': correlationId, ...answer.headers } }
}

/** The caller's own id where it is harmless in a log, so that both sides find the same request. */
function correlationIdOf(gateway: Pick<HttpGateway, 'clock'>, call: Pick<Call, 'header'> | undefined): string {
  const own = call?.header('x-correlation-id')
  return own !== undefined && OWN_ID.test(own) ? own : uuidAt(gateway.clock.now())
}

async function authenticate(gateway: HttpGateway, call: Call): Promise<ApiCaller> {
  const secret = BEARER.exec(call.header('authorization') ?? '')?.[1]
  const caller = secret && (await gateway.merchants.byApiKey(secret))
  if (!caller) throw new ApiError('unauthenticated', { headers: { 'www-authenticate': 'Bearer realm="Moa"' } })
  return caller
}

async function openGrant({ shopAgent, clock }: HttpGateway, call: Call, caller: ApiCaller): Promise<GrantUse> {
  const opened = await shopAgent.open(call.header('shopper-grant') ?? '', caller)
  if (opened.kind === 'opened') return opened.use
  if (opened.kind === 'refused') throw new ApiError('grant-refused')
  const seconds = Math.ceil((opened.retryAt.getTime() - clock.now().getTime()) / 1000)
  throw new ApiError('too-many-requests', { headers: { 'retry-after': String(seconds) } })
}

function answerOf({ status, body, written, headers }: Reply): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: written ? String(body) : JSON.stringify(body),
  }
}

/** Of an error only what says where we were wrong: its other members may hold what somebody typed. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  return { name: error.name, message: error.message, stack: error.stack, ...('code' in error && { code: error.code }) }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return isUnavailable(error)
    ? new ApiError('unavailable', { headers: { 'retry-after': '2' } })
    : new ApiError('internal')
}
