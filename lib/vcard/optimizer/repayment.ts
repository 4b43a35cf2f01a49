import type { Card, Preferences } from './instance'

/** A debt that more payments than this would be needed for is never taken on. */
const MOST_PAYMENTS = 600
/** How far above an integer the horizon may lie and still count as below it: P/r may be that integer. */
const HORIZON_SLACK = 1e-6

/**
 * What each further unit charged to a card costs in present value. The cost is piecewise linear in the charge: the
 * units that are repaid with n payments share one slope. Summing pieces from the carried balance upwards, rather than
 * subtracting PV(B) from PV(B + y), keeps the digits of small charges on large balances.
 */
export interface Repayment {
  /** Charge at which each piece ends, ascending, not whole in general; the last one is Infinity or beyond the capacity. */
  readonly ends: readonly number[]
  /** Present value of one more unit, by piece. */
  readonly slopes: readonly number[]
  /** Undiscounted interest on one more unit, by piece. */
  readonly interest: readonly number[]
}

/**
 * The largest balance the card may carry: its credit limit, or what 600 payments repay where that is less.
 *
 * @returns whole minor units
 */
export function mostCarried({ apr, minPayment, creditLimit }: Card, { repaymentMode }: Preferences): number {
  if (repaymentMode === 'in_full') return creditLimit
  const rate = apr / 12
  if (rate === 0) return Math.min(creditLimit, MOST_PAYMENTS * minPayment)
  let repaid = 0
  // Past the limit, with a unit to spare for the rounding below, the horizon no longer matters.
  for (let n = 0; n < MOST_PAYMENTS && repaid <= creditLimit + 2; n++) repaid = (repaid + minPayment) / (1 + rate)
  return Math.min(creditLimit, Math.max(0, Math.ceil(repaid - HORIZON_SLACK) - 1))
}

/** The pieces for charges from 0 to `upTo` on top of the card's balance; that total must lie within the horizon. */
export function repayment(card: Card, { repaymentMode, discountRate }: Preferences, upTo: number): Repayment {
  const discount = discountRate / 12
  if (repaymentMode === 'in_full') return { ends: [Infinity], slopes: [1 / (1 + discount)], interest: [0] }

  const rate = card.apr / 12
  const growth = (1 + rate) / (1 + discount)
  const ends: number[] = []
  const slopes: number[] = []
  const interest: number[] = []
  let repaid = 0
  let slope = 1
  let undiscounted = 0
  for (let n = 1; n <= MOST_PAYMENTS; n++) {
    // x_n = (x_{n-1} + p) / (1 + r): no digits are lost, however small the rate.
    repaid = rate === 0 ? n * card.minPayment : (repaid + card.minPayment) / (1 + rate)
    slope *= growth
    undiscounted += rate + undiscounted * rate
    const end = repaid - card.balance
    if (end <= 0) continue
    ends.push(end)
    slopes.push(slope)
    interest.push(undiscounted)
    if (end >= upTo) break
  }
  // The horizon rounds x_600 in the 7th decimal: the last piece carries what that may leave over.
  ends[ends.length - 1] = Infinity
  return { ends, slopes, interest }
}

/** Sum over the pieces of the charge's part in the piece times the value a unit has there. */
export function alongPieces(ends: readonly number[], perUnit: readonly number[], charge: number): number {
  let total = 0
  let start = 0
  for (let piece = 0; start < charge; piece++) {
    const end = Math.min(charge, ends[piece]!)
    total += (end - start) * perUnit[piece]!
    start = end
  }
  return total
}
