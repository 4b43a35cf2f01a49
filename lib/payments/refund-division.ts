import { divideByRatio } from '../money/divide'
import { sum } from '../money/money'
import type { Leg, Payment, RefundStrategy } from './payment'

export interface RefundShare {
  readonly attempt: number
  readonly leg: number
  readonly amount: bigint
}

/** The legs that carry a paid payment. */
export function capturedLegs(payment: Payment): Leg[] {
  return payment.legs.filter(({ state }) => state === 'captured')
}

/** What can still go back over a leg. */
export function refundableOf(leg: Leg): bigint {
  return leg.capturedAmount - leg.refundedAmount
}

/**
 * Divides a refund over the legs of a payment. The shares add up to the amount, and no leg gives back more than it still
 * holds: undefined when that is impossible.
 *
 * - ratio: as the legs still stand to each other, by largest remainder
 * - last-in-first-out: the last leg first, as far as it goes
 * - a chosen leg: that leg alone
 */
export function divideRefund(payment: Payment, amount: bigint, strategy: RefundStrategy): RefundShare[] | undefined {
  const legs = capturedLegs(payment)
  const open = legs.map(refundableOf)
  if (amount <= 0n || amount > sum(open)) return undefined
  const shares = sharesOf(legs, open, amount, strategy)
  return (
    shares &&
    legs
      .map(({ attempt, leg }, index) => ({ attempt, leg, amount: shares[index]! }))
      .filter((share) => share.amount > 0n)
  )
}

function sharesOf(
  legs: readonly Leg[],
  open: readonly bigint[],
  amount: bigint,
  strategy: RefundStrategy,
): bigint[] | undefined {
  if (strategy === 'ratio') return divideByRatio(amount, open)
  if (strategy === 'last-in-first-out') {
    const shares = open.map(() => 0n)
    let left = amount
    for (let index = open.length - 1; index >= 0 && left > 0n; index--) {
      shares[index] = open[index]! < left ? open[index]! : left
      left -= shares[index]!
    }
    return shares
  }
  const chosen = legs.findIndex(({ leg }) => leg === strategy.leg)
  const most = open[chosen]
  if (most === undefined || most < amount) return undefined
  return open.map((_, index) => (index === chosen ? amount : 0n))
}
