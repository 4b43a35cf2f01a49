import type { z } from 'zod'
import { can, isNewWork } from '../../auth/access'
import type { TokenCaller } from '../../oauth/oauth-client'
import { type Call, LARGEST_BODY } from '../call'
import type { Dialect } from '../dialect'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { assertJson } from '../read-input'
import { asApiError } from '../rest-dialect'
import { type CamaraCode, CamaraError } from './camara-error'
import type { CamaraRow } from './camara-route'
import { readJsonExactly } from './json-number'

/** XCorrelator of the documents. An empty one names nothing. */
const CORRELATOR = /^[a-zA-Z0-9\-_:;./<>{}]{1,256}$/
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i

/** The CAMARA documents: access tokens with scopes, and errors of status, code and message. */
export const camaraDialect: Dialect<CamaraRow> = {
  correlationHeader: 'x-correlator',
  acceptsName: (name) => CORRELATOR.test(name),

  async serve({ gateway, call, row, params, correlationId, seen }) {
    const name = call.header('x-correlator')
    if (name !== undefined && name !== '' && !CORRELATOR.test(name)) throw new CamaraError('INVALID_ARGUMENT')
    const caller = await authenticate(gateway, call)
    seen.merchantId = caller.merchant.id
    seen.callerId = caller.clientId
    const again = await gateway.camara.rate.take(caller.clientId)
    if (again) throw tooMany(again, gateway.clock.now())
    if (!can('oauth-client', row.may) || !caller.scopes.includes(row.scope)) {
      throw new CamaraError('PERMISSION_DENIED', {
        headers: { 'www-authenticate': `Bearer realm="Moa", error="insufficient_scope", scope="${row.scope}"` },
      })
    }
    if (caller.merchant.suspendedAt && isNewWork(row.may)) throw new CamaraError('PERMISSION_DENIED')
    const query = accepted(row.query, readQuery(call.query, row.lists ?? []))
    const input = row.input ? accepted(row.input, readBody(call)) : undefined
    const { body, remoteAddress = '' } = call
    return row.handle({ gateway, params, caller, input, query, body, correlationId, remoteAddress })
  },

  refuse(error) {
    const told = error instanceof CamaraError ? error : translated(asApiError(error))
    const { status, code, message, headers } = told
    return {
      code,
      answer: {
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ status, code, message }),
      },
    }
  },
}

async function authenticate({ oauth }: HttpGateway, call: Call): Promise<TokenCaller> {
  const token = BEARER.exec(call.header('authorization') ?? '')?.[1]
  const caller = token === undefined ? undefined : await oauth.byToken(token)
  if (caller) return caller
  // RFC 6750: who sent no token is told only how to come with one.
  const why = token === undefined ? '' : ', error="invalid_token"'
  throw new CamaraError('UNAUTHENTICATED', { headers: { 'www-authenticate': `Bearer realm="Moa"${why}` } })
}

/** Too many requests, with the time at which to come again. */
export function tooMany(retryAt: Date, now: Date): CamaraError {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000))
  return new CamaraError('TOO_MANY_REQUESTS', { headers: { 'retry-after': String(seconds) } })
}

function readBody(call: Call): unknown {
  if (call.body.length > LARGEST_BODY) throw new ApiError('too-large')
  assertJson(call)
  return readJsonExactly(call.body)
}

function readQuery(query: string, lists: readonly string[]): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  const entries = [...new URLSearchParams(query)]
  for (const [name, value] of entries) {
    if (lists.includes(name)) read[name] = entries.filter(([other]) => other === name).map(([, each]) => each)
    else if (Object.hasOwn(read, name) || name === '__proto__') throw new CamaraError('INVALID_ARGUMENT')
    else read[name] = value
  }
  return read
}

/** The value as its schema reads it. Which member is wrong is said by its name, never by its value. */
function accepted(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) {
    if (Object.keys(value as object).length > 0) throw new CamaraError('INVALID_ARGUMENT')
    return undefined
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = (issue?.path ?? []).join('.').slice(0, 200)
  const said =
    path === '' ? {} : { message: `Client specified an invalid argument, request body or query param: ${path}.` }
  throw new CamaraError('INVALID_ARGUMENT', said)
}

/** Our own words for what is wrong with any request, in those of the documents. */
function translated({ code, facts }: ApiError): CamaraError {
  const { headers } = facts
  return new CamaraError(codeOf(code), headers ? { headers } : {})
}

function codeOf(code: ApiError['code']): CamaraCode {
  switch (code) {
    case 'unauthenticated':
      return 'UNAUTHENTICATED'
    case 'forbidden':
      return 'PERMISSION_DENIED'
    case 'not-found':
      return 'NOT_FOUND'
    case 'method-not-allowed':
      return 'METHOD_NOT_ALLOWED'
    case 'request-timeout':
      return 'REQUEST_TIMEOUT'
    case 'too-large':
      return 'CONTENT_TOO_LARGE'
    case 'headers-too-large':
      return 'REQUEST_HEADER_FIELDS_TOO_LARGE'
    case 'wrong-content-type':
      return 'UNSUPPORTED_MEDIA_TYPE'
    case 'too-many-requests':
      return 'TOO_MANY_REQUESTS'
    case 'overloaded':
    case 'unavailable':
      return 'UNAVAILABLE'
    case 'internal':
      return 'INTERNAL'
    default:
      return 'INVALID_ARGUMENT'
  }
}
