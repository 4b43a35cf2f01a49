import { readPublicId } from '../ids'
import type { OAuth } from './oauth'
import { allowedScopes, type OAuthClient, type Scope } from './oauth-client'

/** What a client sends a person to the page for (RFC 6749, 4.1.1; RFC 7636). */
export interface Authorization {
  readonly client: OAuthClient
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly scopes: readonly Scope[]
  readonly state?: string
}

export type ReadAuthorization =
  | { kind: 'asked'; authorization: Authorization }
  /** The client is told at its own address. */
  | { kind: 'refused'; redirectTo: string }
  /** Nobody may be sent anywhere: the client or the address is none of those we know. */
  | { kind: 'unusable' }

/** As a page is given its query. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
const LONGEST_STATE = 1000

/**
 * Reads what the page is asked. Only an address that the client has registered, letter by letter, is ever gone to (P5.6).
 * @param issuer who we are, said with every answer (RFC 9207)
 */
export async function readAuthorization(
  oauth: Pick<OAuth, 'findClient'>,
  query: Query,
  issuer: string,
): Promise<ReadAuthorization> {
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined)
  const clientId = readPublicId('ocl', one('client_id') ?? '')
  const client = clientId && (await oauth.findClient(clientId))
  const redirectUri = one('redirect_uri')
  if (!client || redirectUri === undefined || !client.redirectUris.includes(redirectUri)) return { kind: 'unusable' }

  const sent = one('state')
  const state = sent !== undefined && sent.length <= LONGEST_STATE ? sent : undefined
  const refused = (error: string): ReadAuthorization => ({
    kind: 'refused',
    redirectTo: answerAt({ redirectUri, ...(state !== undefined && { state }) }, { error }, issuer),
  })
  const codeChallenge = one('code_challenge') ?? ''
  if (Object.values(query).some((value) => Array.isArray(value))) return refused('invalid_request')
  if (sent !== undefined && state === undefined) return refused('invalid_request')
  if (one('response_type') !== 'code') return refused('unsupported_response_type')
  if (one('code_challenge_method') !== 'S256' || !CHALLENGE.test(codeChallenge)) return refused('invalid_request')
  const scopes = allowedScopes(client, one('scope'))
  if (!scopes) return refused('invalid_scope')
  return {
    kind: 'asked',
    authorization: { client, redirectUri, codeChallenge, scopes, ...(state !== undefined && { state }) },
  }
}

/** The client's address with an answer for it. */
export function answerAt(
  { redirectUri, state }: Pick<Authorization, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
  issuer: string,
): string {
  const url = new URL(redirectUri)
  const said = { ...answer, ...(state !== undefined && { state }), iss: issuer }
  for (const [name, value] of Object.entries(said)) url.searchParams.set(name, value)
  return url.href
}
