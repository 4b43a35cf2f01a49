import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { Currency } from '../money/currency'

/** How refunds of a means are handled: at once, never, after a person of the shop agreed, or paid out by people (M-149). */
export const refundPolicies = ['allow', 'forbid', 'approval', 'by-hand'] as const
export type RefundPolicy = (typeof refundPolicies)[number]

export interface RefundTerms {
  readonly policy: RefundPolicy
  /** Days after the payment in which a refund can be asked for; absent: as long as the means can. */
  readonly days?: number
}

/** When batches of a module run, by the clocks of the gateway's time zone. A day past the month's end means its last day. */
export type BatchSchedule =
  | { readonly kind: 'daily'; readonly at: string }
  | { readonly kind: 'monthly'; readonly day: number; readonly at: string }

/** What one means may carry in a currency, minor units, both ends included. */
export interface AmountLimits {
  readonly minimum?: bigint
  readonly maximum?: bigint
}

/** Which other modules may stand beside one in a payment. Both have to agree. */
export type Combination =
  | { readonly kind: 'any' }
  | { readonly kind: 'alone' }
  | { readonly kind: 'listed'; readonly with: readonly ModuleCode[] }

/** What a means costs the merchant: basis points of the amount, and a fixed part of each payment by currency. */
export interface FeeRule {
  readonly bps: number
  readonly fixed: Readonly<Partial<Record<Currency, bigint>>>
}

/** The terms on which a merchant takes a means of payment. */
export interface ModuleTerms {
  readonly module: ModuleCode
  /** Registered either way; inactive ones take no new payment and finish what runs (P9.5). */
  readonly state: 'inactive' | 'active'
  /** Where the checkout shows it. */
  readonly position: number
  /** Empty: every currency that the merchant takes. */
  readonly currencies: readonly Currency[]
  readonly limits: Readonly<Partial<Record<Currency, AmountLimits>>>
  readonly fee: FeeRule
  /** listed: only shoppers whom the merchant has listed, alone or in a group (M-158). */
  readonly audience: 'everybody' | 'listed'
  readonly combination: Combination
  readonly refunds: RefundTerms & {
    /** By product group of the order's items; what is not named here has the terms above. */
    readonly groups: readonly (RefundTerms & { readonly group: string })[]
  }
  readonly schedule?: BatchSchedule
  readonly nextBatchAt?: Date
  /** What the module itself wants to know of this merchant. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly registeredAt: Date
  readonly changedAt: Date
}

/** Who wants to pay: a person who is logged in, or an address that the shop vouches for. */
export interface Buyer {
  readonly shopperId?: Uuid
  readonly email?: string
}

/** The refund terms of a means for one product group; without a group, or without terms of its own, those of the means. */
export function refundTermsOf({ refunds }: Pick<ModuleTerms, 'refunds'>, group?: string): RefundTerms {
  const own = refunds.groups.find((each) => each.group === group)
  const { policy, days } = own ?? refunds
  return { policy, ...(days === undefined ? {} : { days }) }
}

/**
 * The fee of an amount in minor units: basis points rounded half up, and the fixed part, never more than the amount. The
 * same as the database function module_fee, which knows the rule of any moment.
 */
export function feeOf({ bps, fixed }: FeeRule, amount: bigint, currency: Currency): bigint {
  const fee = (amount * BigInt(bps) + 5000n) / 10_000n + (fixed[currency] ?? 0n)
  return fee < amount ? fee : amount
}
