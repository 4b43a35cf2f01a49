/** What the optimizer is asked: one purchase, the customer's preferences and cards. Money is in minor units of `currency`. */
export interface Instance {
  readonly spec: 'vcard-optimizer/1'
  /** Echoed in the result. */
  readonly id?: string
  /** The purchase amount, 1 to 1,000,000,000. */
  readonly amount: number
  /** ISO 4217 code; echoed, never converted. */
  readonly currency: string
  /** Instant of the purchase (RFC 3339): decides which rewards are in their window. */
  readonly at: string
  readonly merchantId?: string
  readonly preferences: Preferences
  /** At most 50. Their order decides nothing. */
  readonly cards: readonly Card[]
}

export interface Preferences {
  /** How much a unit of cost and a unit of bonus count; they sum to 1. */
  readonly weights: { readonly cost: number; readonly bonus: number }
  readonly repaymentMode: 'in_full' | 'minimum_over_time'
  /** Yearly, as a fraction: 0.06 is 6 %. */
  readonly discountRate: number
  /** Personal value of one unit of each reward type, 0 to 1; a missing type counts 1. */
  readonly rewardAffinity?: Readonly<Partial<Record<RewardType, number>>>
  readonly requiredCards?: readonly string[]
  readonly excludedCards?: readonly string[]
  /** Most cards that may be charged. */
  readonly maxCards?: number
}

export interface Card {
  readonly id: string
  readonly creditLimit: number
  /** Carried before the purchase; may exceed the limit. */
  readonly balance: number
  /** Yearly, as a fraction. */
  readonly apr: number
  /** The fixed monthly payment the customer is assumed to make. */
  readonly minPayment: number
  readonly minCharge?: number
  readonly maxCharge?: number
  /** Charged to the customer when the card is used. */
  readonly fee?: { readonly fixed?: number; readonly bps?: number }
  readonly rewards?: readonly Reward[]
}

export const rewardTypes = ['cashback', 'miles', 'points', 'discount'] as const
export type RewardType = (typeof rewardTypes)[number]

export type Reward = RateReward | BonusReward

/** When and where a rule applies: from `startsAt` until before `endsAt`, at the named merchants. Absent means everywhere, always. */
interface RewardWindow {
  readonly type: RewardType
  readonly startsAt?: string
  readonly endsAt?: string
  readonly merchantIds?: readonly string[]
}

/** Earns `valueBps` / 10000 for every unit charged above `floor`, on at most `cap` units. */
export interface RateReward extends RewardWindow {
  readonly kind: 'rate'
  readonly valueBps: number
  readonly floor?: number
  readonly cap?: number
}

/** Earns `value` once when at least `minSpend` is charged. */
export interface BonusReward extends RewardWindow {
  readonly kind: 'bonus'
  readonly value: number
  readonly minSpend?: number
}

/** ASCII order of identifiers: "B" < "a" < "c10" < "c2". */
export function byAscii(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
