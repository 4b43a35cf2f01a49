import type { Currency } from '../../money/currency'

export type RewardType = 'cashback' | 'miles' | 'points' | 'discount'

interface PublishedRule {
  readonly id: string
  readonly type: RewardType
  /** RFC 3339; the rule holds from here … */
  readonly startsAt?: string
  /** … until just before here. */
  readonly endsAt?: string
  /** Shops at which alone the rule holds, in the issuer's own names for them. */
  readonly merchantIds?: readonly string[]
  readonly label?: { readonly ko: string; readonly en: string }
}

/** One rule by which a card rewards spending. Amounts are minor units; a mile or point counts with its money value. */
export type PublishedReward =
  | (PublishedRule & {
      readonly kind: 'rate'
      readonly valueBps: number
      readonly floor?: bigint
      readonly cap?: bigint
    })
  | (PublishedRule & { readonly kind: 'bonus'; readonly value: bigint; readonly minSpend?: bigint })

/** What an issuer publishes about a card product (M-263, M-320). Amounts are minor units of its currency. */
export interface PublishedTerms {
  readonly issuer: string
  readonly product: string
  readonly bin: string
  readonly currency: Currency
  readonly updatedAt: Date
  /** Yearly, as a fraction: 0.159 is 15.9 %. */
  readonly apr: number
  /** Expected each month at least. */
  readonly minPayment: bigint
  /** Charged to the customer for every purchase carried by the card. */
  readonly fee: { readonly fixed: bigint; readonly bps: number }
  readonly annualFee: bigint
  readonly minCharge?: bigint
  readonly maxCharge?: bigint
  readonly rewards: readonly PublishedReward[]
}

export interface KnownTerms {
  readonly terms: PublishedTerms
  /** When the feed last said so. */
  readonly confirmedAt: Date
  /** True when the feed was asked since and had no usable answer: these terms may be out of date. */
  readonly isSilent: boolean
}

/** The terms feeds of the issuers (specs: issuer terms feed). A feed that fails never fails a payment. */
export interface IssuerTerms {
  /** The terms of an issuer's cards with a BIN, as last heard; undefined when they never were. Never throws. */
  of(issuer: string, bin: string): Promise<KnownTerms | undefined>
  /** True when the issuer has a feed at all. */
  publishes(issuer: string): boolean
}
