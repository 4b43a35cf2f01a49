import { LARGEST_BODY } from '../call'
import type { Dialect } from '../dialect'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { problem } from '../problem'
import { asApiError } from '../rest-dialect'
import type { Reply } from '../route'
import type { OAuthClient } from '../../oauth/oauth-client'
import { readPublicId } from '../../ids'
import type { Call } from '../call'
import { OAuthError, type OAuthErrorCode } from './oauth-error'

/** One endpoint for clients: a form in, JSON out, the client known by its secret. */
export interface OAuthRow {
  readonly method: string
  readonly path: string
  /** public: tells only what everybody may know. */
  readonly caller: 'client' | 'public'
  handle(request: OAuthRequest): Promise<Reply> | Reply
}

export interface OAuthRequest {
  readonly gateway: HttpGateway
  /** Only on a row for clients. */
  readonly client: OAuthClient | undefined
  readonly form: ReadonlyMap<string, string>
}

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i
const BASIC = /^Basic +([A-Za-z0-9+/]{1,1000}={0,2})$/i

/** OAuth 2.0 as RFC 6749, 7009 and 8414 say it. */
export const oauthDialect: Dialect<OAuthRow> = {
  correlationHeader: 'x-correlation-id',
  acceptsName: (name) => /^[A-Za-z0-9._-]{8,64}$/.test(name),

  async serve({ gateway, call, row, seen }) {
    if (row.caller === 'public') return row.handle({ gateway, client: undefined, form: new Map() })
    const form = readForm(call)
    const client = await authenticate(gateway, call, form)
    seen.merchantId = client.merchantId
    seen.callerId = client.id
    return row.handle({ gateway, client, form })
  },

  refuse(error, context) {
    const told = error instanceof OAuthError ? error : translated(asApiError(error))
    if (told instanceof ApiError) return { code: told.code, answer: problem(told, context) }
    const { status, code, message, headers } = told
    return {
      code,
      answer: {
        status,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
        body: JSON.stringify({ error: code, error_description: message }),
      },
    }
  },
}

/** What is wrong with any request: in the words of OAuth where it has them. */
function translated(error: ApiError): OAuthError | ApiError {
  const codes: Partial<Record<ApiError['code'], OAuthErrorCode>> = {
    internal: 'server_error',
    unavailable: 'temporarily_unavailable',
    overloaded: 'temporarily_unavailable',
    'wrong-content-type': 'invalid_request',
  }
  const code = codes[error.code]
  return code ? new OAuthError(code, error.facts.headers) : error
}

function readForm(call: Call): ReadonlyMap<string, string> {
  if (call.body.length > LARGEST_BODY) throw new ApiError('too-large')
  if (!FORM_TYPE.test(call.header('content-type') ?? '')) throw new OAuthError('invalid_request')
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(Buffer.from(call.body).toString('utf8'))) {
    if (form.has(name)) throw new OAuthError('invalid_request')
    // Sent without a value is as good as not sent (RFC 6749, 3.2).
    if (value !== '') form.set(name, value)
  }
  return form
}

/** The client by HTTP Basic or by the form, never by both (RFC 6749, 2.3). */
async function authenticate(
  { oauth }: HttpGateway,
  call: Call,
  form: ReadonlyMap<string, string>,
): Promise<OAuthClient> {
  const header = call.header('authorization')
  const given = header === undefined ? fromForm(form) : fromHeader(header)
  if (header !== undefined && form.has('client_secret')) throw new OAuthError('invalid_request')
  const clientId = readPublicId('ocl', given.id)
  const client = clientId && (await oauth.clientBySecret(clientId, given.secret))
  if (client) return client
  throw new OAuthError('invalid_client', { 'www-authenticate': 'Basic realm="Moa"' })
}

function fromForm(form: ReadonlyMap<string, string>) {
  return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' }
}

/** Both halves are form-encoded before they are joined; ours hold nothing that would change by it. */
function fromHeader(header: string) {
  const [, encoded = ''] = BASIC.exec(header) ?? []
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { id, secret }
}
