import { uuidAt } from '../ids'
import type { Answer, Call } from './call'
import type { Dialect, Seen } from './dialect'
import { ApiError } from './errors'
import type { HttpGateway } from './http-gateway'
import { languageOf } from './language'
import type { Reply } from './route'
import { type Addressed, createRouter } from './router'
import { securityHeaders } from './security-headers'

export type Dispatch = (gateway: HttpGateway, call: Call) => Promise<Answer>

/**
 * Answers calls by the rows of a table: finds the row, lets its dialect serve it, and puts the reply, or the error, into
 * its final form. Never throws.
 */
export function createDispatch<Row extends Addressed>(rows: readonly Row[], dialect: Dialect<Row>): Dispatch {
  const find = createRouter(rows)

  async function reply(gateway: HttpGateway, call: Call, correlationId: string, seen: Seen): Promise<Reply> {
    const found = find(call.method, call.path)
    if (found.kind === 'not-found') throw new ApiError('not-found')
    if (found.kind === 'wrong-method') {
      throw new ApiError('method-not-allowed', { headers: { allow: found.allowed.join(', ') } })
    }
    const { row, params } = found
    seen.method = row.method
    seen.route = row.path
    return dialect.serve({ gateway, call, row, params, correlationId, seen })
  }

  async function answer(gateway: HttpGateway, call: Call): Promise<Answer> {
    const started = performance.now()
    const correlationId = correlationIdOf(gateway, call, dialect)
    const seen: Seen = {}
    let code: string | undefined
    const replied = await reply(gateway, call, correlationId, seen).then(answerOf, (error: unknown) => {
      const refused = dialect.refuse(error, contextOf(gateway, call, correlationId))
      code = refused.code
      if (refused.answer.status >= 500)
        gateway.log.error({ correlationId, code, cause: describe(error) }, 'request failed')
      return refused.answer
    })
    const milliseconds = performance.now() - started
    gateway.operations.request({
      ...{ method: seen.method ?? 'other', route: seen.route ?? 'none', path: call.path, status: replied.status, code },
      ...{ merchantId: seen.merchantId, callerId: seen.callerId, correlationId, milliseconds },
      remoteAddress: call.remoteAddress,
    })
    gateway.log.info(
      {
        correlationId,
        method: call.method,
        route: seen.route,
        status: replied.status,
        code,
        ms: Math.round(milliseconds * 10) / 10,
        merchantId: seen.merchantId,
        callerId: seen.callerId,
        remoteAddress: call.remoteAddress,
      },
      'request',
    )
    return {
      status: replied.status,
      headers: { ...securityHeaders, [dialect.correlationHeader]: correlationId, ...replied.headers },
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
export function refuseCall<Row>(
  gateway: Refuser,
  error: ApiError,
  call: Pick<Call, 'header'> | undefined,
  dialect: Dialect<Row>,
): Answer {
  const correlationId = correlationIdOf(gateway, call, dialect)
  const { code, answer } = dialect.refuse(error, contextOf(gateway, call, correlationId))
  gateway.log.info({ correlationId, status: answer.status, code }, 'request refused')
  return {
    ...answer,
    headers: { ...securityHeaders, [dialect.correlationHeader]: correlationId, ...answer.headers },
  }
}

/** The caller's own id where it is harmless in a log, so that both sides find the same request. */
function correlationIdOf<Row>(
  gateway: Pick<HttpGateway, 'clock'>,
  call: Pick<Call, 'header'> | undefined,
  { correlationHeader, acceptsName }: Dialect<Row>,
): string {
  const own = call?.header(correlationHeader)
  return own !== undefined && acceptsName(own) ? own : uuidAt(gateway.clock.now())
}

function contextOf(gateway: Refuser, call: Pick<Call, 'header'> | undefined, correlationId: string) {
  return {
    webUrl: gateway.settings.WEB_URL,
    language: languageOf(call?.header('accept-language')),
    correlationId,
  }
}

function answerOf({ status, body, written, headers }: Reply): Answer {
  if (body === undefined) return { status, headers: { ...headers }, body: '' }
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
