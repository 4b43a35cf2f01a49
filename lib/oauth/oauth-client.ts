import type { Uuid } from '../ids'
import type { Merchant } from '../merchants/merchant'

/** What a token may be good for: the scopes of the two CAMARA documents. */
export const scopes = [
  'carrier-billing:payments:create',
  'carrier-billing:payments:read',
  'carrier-billing:payments:write',
  'carrier-billing-refund:refunds:create',
  'carrier-billing-refund:refunds:read',
] as const

export type Scope = (typeof scopes)[number]

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text)
}

/** A program that speaks the CAMARA interface for a merchant, as its owner sees it again: never the secret. */
export interface OAuthClient {
  readonly id: Uuid
  readonly merchantId: Uuid
  readonly name: string
  /** First and last characters of the secret. */
  readonly hint: string
  readonly scopes: readonly Scope[]
  /** Exact addresses to which people may be sent back from the page on which they prove their line. */
  readonly redirectUris: readonly string[]
  /** By contract it answers for its shoppers' lines: it may charge one that was not proved to us. */
  readonly vouches: boolean
  readonly createdAt: Date
  readonly revokedAt?: Date
}

/** All that a client may have, or the part of it that a request names; undefined where it names more. */
export function allowedScopes(
  { scopes: allowed }: OAuthClient,
  text: string | undefined,
): readonly Scope[] | undefined {
  if (text === undefined) return allowed
  const named = [...new Set(text.split(' ').filter(Boolean))]
  const wanted = named.filter(isScope)
  const fits = wanted.length > 0 && wanted.length === named.length && wanted.every((scope) => allowed.includes(scope))
  return fits ? wanted : undefined
}

/** Who calls the CAMARA interface, by an access token. */
export interface TokenCaller {
  readonly merchant: Merchant
  readonly clientId: Uuid
  readonly vouches: boolean
  readonly scopes: readonly Scope[]
  /** The line that the token was given for (three-legged), E.164. Absent: the client speaks for itself. */
  readonly number?: string
}
