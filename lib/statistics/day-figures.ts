import type { Currency } from '../money/currency'
import type { DeclineReason } from '../payments/decline-reason'

/** A merchant's day so far in one currency. Amounts are minor units. */
export interface DayFigures {
  readonly currency: Currency
  /** Payments begun that day that have been paid, whatever went back since. */
  readonly paid: { readonly count: number; readonly amount: bigint }
  /** Refunds and cancellations of that day that went back, or are on their way. */
  readonly refunded: { readonly count: number; readonly amount: bigint }
  /** Payments of that day that were tried and have come to an end, either way; the rate is approved of tried. */
  readonly tried: number
  readonly approved: number
  /** Why payments of that day failed, the most frequent first. */
  readonly reasons: readonly { readonly reason: DeclineReason; readonly count: number }[]
}

/** Approved of tried, 0 to 1; undefined before anything was tried. */
export function approvalRate({ tried, approved }: Pick<DayFigures, 'tried' | 'approved'>): number | undefined {
  return tried === 0 ? undefined : approved / tried
}
