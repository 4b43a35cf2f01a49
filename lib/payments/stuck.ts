import type { Uuid } from '../ids'
import type { DeclineReason } from './decline-reason'
import type { LegState } from './leg-moves'
import type { Leg, Payment, Refund } from './payment'
import type { PaymentState } from './payment-moves'

/** After this long without a real move an item stands in the operators' list (P2.7). */
export const STUCK_AFTER_MS = 60_000

/** Something on its way that an outside system keeps waiting, as operators see it. */
interface Stuck {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly since: Date
  readonly reason: DeclineReason
  /** Who is asked again and again: the outside systems, or the modules where those are not known. */
  readonly waitsFor: readonly string[]
  /** How often the most stubborn of them has been asked. */
  readonly tries: number
}

export interface StuckPayment extends Stuck {
  readonly state: PaymentState
}

export interface StuckRefund extends Stuck {
  readonly refundId: Uuid
}

const OPEN_LEGS: readonly LegState[] = ['authorizing', 'capturing', 'voiding', 'returning']

export function stuckPayment(payment: Payment, since: Date): StuckPayment {
  const { merchantId, id: paymentId, state } = payment
  const open = payment.legs.filter((leg) => leg.attempt === payment.attempt && OPEN_LEGS.includes(leg.state))
  return { merchantId, paymentId, state, since, ...waiting(open, open) }
}

export function stuckRefund(refund: Refund, payment: Payment): StuckRefund {
  const { merchantId, id: refundId, paymentId, createdAt: since } = refund
  const open = refund.legs.filter(({ state }) => state === 'refunding')
  const legs = payment.legs.filter((leg) => open.some((part) => part.attempt === leg.attempt && part.leg === leg.leg))
  return { merchantId, paymentId, refundId, since, ...waiting(open, legs) }
}

function waiting(open: readonly Pick<Leg, 'reason' | 'tries'>[], legs: readonly Leg[]) {
  const refusal = open.find(({ reason }) => reason !== undefined && reason !== 'no-answer')?.reason
  return {
    reason: refusal ?? ('no-answer' as const),
    waitsFor: [...new Set(legs.map(systemOf))],
    tries: Math.max(0, ...open.map(({ tries }) => tries)),
  }
}

function systemOf({ hold, means, module }: Leg): string {
  return hold?.['counterparty'] ?? (String(means['issuer'] ?? '') || module)
}
