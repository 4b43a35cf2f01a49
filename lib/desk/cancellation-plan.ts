import type { RefundWay } from '../modules/payment-module'
import { sum } from '../money/money'
import type { Leg, Payment } from '../payments/payment'
import { capturedLegs, refundableOf } from '../payments/refund-division'

/** What a cancellation does to one leg. */
export interface PlannedDeed {
  readonly leg: Leg
  /** void: what is held is given up, nothing was taken. refund: what was taken goes back. */
  readonly deed: 'void' | 'refund'
  /** Minor units. */
  readonly amount: bigint
}

export type CancellationPlan =
  | { readonly kind: 'cancellable'; readonly amount: bigint; readonly deeds: readonly PlannedDeed[] }
  /** Settles by itself first; then it can be looked at again. */
  | { readonly kind: 'being-checked' }
  /** Failed, cancelled already, or all given back (M-61). */
  | { readonly kind: 'nothing-to-cancel' }

/** The same, with how the money of each leg comes back: at once, never billed, with the next bill, or paid out by people. */
export type ToldPlan =
  | (Omit<Extract<CancellationPlan, { kind: 'cancellable' }>, 'deeds'> & {
      readonly deeds: readonly (PlannedDeed & { readonly way: RefundWay })[]
    })
  | Exclude<CancellationPlan, { kind: 'cancellable' }>

/** What a plan said, to be compared with what holds when it is confirmed: a charging file may have been made meanwhile. */
export function saidOf({ deeds }: Extract<ToldPlan, { kind: 'cancellable' }>): string {
  return deeds.map(({ leg, deed, way }) => `${leg.attempt}.${leg.leg} ${deed} ${way}`).join(', ')
}

/** What cancelling a payment would do now, leg by leg, without doing it. */
export function planCancellation(payment: Payment): CancellationPlan {
  switch (payment.state) {
    case 'paid':
      return plan(
        capturedLegs(payment).map((leg) => ({ leg, deed: 'refund' as const, amount: refundableOf(leg) })),
        payment.capturedAmount - payment.refundedAmount,
      )
    case 'authorized': {
      const held = payment.legs.filter(({ attempt, state }) => attempt === payment.attempt && state === 'authorized')
      const deeds = held.map((leg) => ({ leg, deed: 'void' as const, amount: leg.amount }))
      return plan(deeds, sum(held.map(({ amount }) => amount)))
    }
    case 'awaiting': {
      const legs = payment.legs.filter(({ attempt }) => attempt === payment.attempt)
      const deeds = legs.map((leg) => ({
        leg,
        deed: leg.state === 'captured' ? ('refund' as const) : ('void' as const),
        amount: leg.amount,
      }))
      return plan(deeds, sum(legs.map(({ amount }) => amount)))
    }
    case 'authorizing':
    case 'confirming':
    case 'capturing':
    case 'voiding':
    case 'reversing':
      return { kind: 'being-checked' }
    case 'created':
      // Nobody has paid anything: it is only closed, so that nobody can any more.
      return { kind: 'cancellable', amount: 0n, deeds: [] }
    case 'declined':
    case 'cancelled':
    case 'expired':
      return { kind: 'nothing-to-cancel' }
  }
}

function plan(deeds: readonly PlannedDeed[], amount: bigint): CancellationPlan {
  return amount > 0n
    ? { kind: 'cancellable', amount, deeds: deeds.filter((deed) => deed.amount > 0n) }
    : { kind: 'nothing-to-cancel' }
}
