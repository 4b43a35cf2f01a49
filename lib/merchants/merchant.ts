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
