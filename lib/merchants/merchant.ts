import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { PublicJwk } from './merchant-jwk'

/** A shop that takes payments. */
export interface Merchant {
  readonly id: Uuid
  readonly name: string
  readonly nameEn: string
  readonly categoryCode: string
  readonly currencies: readonly Currency[]
  /** required: the shop must agree to TID and amount before money moves (M-204). */
  readonly confirmation: 'required' | 'none'
  readonly confirmationUrl?: string
  /** Exact addresses to which a checkout may send the shopper back (P5.6). */
  readonly returnUrls: readonly string[]
  /** Active payment modules, in the order in which the checkout shows them. */
  readonly modules: readonly string[]
  readonly createdAt: Date
  /** Since when the operator lets no payment begin here. */
  readonly suspendedAt?: Date
}

export type ApiKeyMode = 'test' | 'live'

/** An API key as its owner sees it again: never the secret. */
export interface ApiKey {
  readonly id: Uuid
  readonly mode: ApiKeyMode
  readonly name: string
  /** First and last characters of the secret. */
  readonly hint: string
  readonly createdAt: Date
  readonly revokedAt?: Date
}

/** Who calls the API. */
export interface ApiCaller {
  readonly merchant: Merchant
  readonly apiKeyId: Uuid
  readonly mode: ApiKeyMode
}

/** A merchant's public signature key. */
export interface MerchantKey {
  readonly kid: string
  readonly jwk: PublicJwk
  readonly validFrom: Date
  readonly validUntil?: Date
  readonly revokedAt?: Date
}

/** A key as its owner sees it in the list. */
export interface RegisteredKey extends MerchantKey {
  /** How it came: as a JWK, in a certificate, in a signing request, or made in the owner's browser. */
  readonly source: 'jwk' | 'certificate' | 'request' | 'issued'
  /** SHA-256 of the certificate of the authority at which its chain ends, base64url. */
  readonly authority?: string
  readonly lastUsedAt?: Date
}

/** keys: chains of the shop's keys may end there. tls: the certificate of its server at the confirmation address does. */
export type AuthorityUse = 'keys' | 'tls'

/** An authority of the merchant's own. */
export interface MerchantAuthority {
  readonly use: AuthorityUse
  readonly fingerprint: string
  readonly der: Buffer
  readonly name: string
  readonly validFrom: Date
  readonly validUntil: Date
  readonly createdAt: Date
}

/** What a merchant's contract asks of signatures and refunds, whatever the means of payment. */
export interface SignatureContract {
  /** Whether the shop has to sign the link that brings a shopper; otherwise the API gives it signed by us. */
  readonly signedLink: 'required' | 'none'
  /** Whether the shop must agree to TID and amount before money moves (M-204). */
  readonly confirmation: 'required' | 'none'
  /** Whether the shop's server cancels and refunds by signed messages only. */
  readonly signedCancel: 'required' | 'none'
  /** mutual: both sides of the confirmation show certificates, ours and one of an authority that the shop uploaded. */
  readonly confirmationLine: 'public' | 'mutual'
  /** What becomes of a refund that what is owed to the shop does not cover (N13): it goes out at once, or waits. */
  readonly refundBeyondBalance: 'allow' | 'queue'
}

/** Where a merchant wants webhooks. */
export interface Endpoint {
  readonly id: Uuid
  readonly url: string
  /** Empty: all topics. */
  readonly topics: readonly string[]
  /** Standard Webhooks public keys (whpk_…), the newest first: a receiver accepts a signature by any of them. */
  readonly publicKeys: readonly string[]
  readonly createdAt: Date
  readonly disabledAt?: Date
}
