import type { CallReference } from '../call-reference'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { Posting } from '../ledger/posting'
import type { Hold, PlannedLeg } from '../modules/payment-module'
import type { DeclineReason } from './decline-reason'
import type { LegState } from './leg-moves'
import type { Leg, Payment, Standing } from './payment'
import { nextPaymentState, type PaymentEvent, type PaymentState } from './payment-moves'

/** What one move changes of a leg. */
export interface LegChange {
  readonly attempt: number
  readonly leg: number
  readonly state: LegState
  readonly settleReference?: CallReference
  readonly hold?: Hold
  readonly reason?: DeclineReason
  readonly capturedAmount?: bigint
  readonly tries?: number
}

export interface NewLeg extends Omit<PlannedLeg, 'secret'> {
  readonly attempt: number
  readonly leg: number
  readonly authorizeReference: CallReference
}

/** What became of a payment that shop and shopper are told. */
export type Occasion = 'paid' | 'authorized' | 'awaiting' | 'failed'

/** A row of the outbox, written with the fact it reports. */
export interface OutboxRow {
  readonly id: Uuid
  readonly kind: 'webhook' | 'email' | 'sms' | 'cloud-event'
  readonly topic: string
  readonly payload: object
  readonly at: Date
}

/** The answer kept for an idempotency key (P4.1). */
export interface KeptAnswer {
  readonly key: string
  readonly status: number
  readonly body: unknown
}

/** An event and everything that is written with it, in one transaction. */
export interface PaymentMove {
  readonly event: PaymentEvent
  readonly detail?: Readonly<Record<string, unknown>>
  readonly legs?: readonly LegChange[]
  readonly newLegs?: readonly NewLeg[]
  readonly reason?: DeclineReason | null
  readonly standing?: Standing
  readonly attempt?: number
  readonly shopperId?: Uuid
  readonly email?: string
  /** When the worker takes over if nobody has finished it; null at rest. */
  readonly carryOnAt: Date | null
  readonly spend?: { readonly shopperId: Uuid; readonly vcardId: Uuid }
  readonly postings?: readonly Posting[]
  /** What shop and shopper are told of it. */
  readonly report?: Occasion
  readonly answer?: KeptAnswer
}

/** The state a move leads to. Nothing else computes one. */
export function stateAfter(payment: Payment, event: PaymentEvent): PaymentState {
  const state = nextPaymentState(payment.state, event)
  invariant(state, `a payment that is ${payment.state} cannot be ${event}`)
  return state
}

/** The payment as it stands once the move is written. */
export function afterMove(payment: Payment, move: PaymentMove, at: Date): Payment {
  const state = stateAfter(payment, move.event)
  const { reason, ...rest } = payment
  const newReason = move.reason === undefined ? reason : (move.reason ?? undefined)
  const changed = payment.legs.map((leg) => {
    const change = move.legs?.find((one) => one.attempt === leg.attempt && one.leg === leg.leg)
    return change ? changedLeg(leg, change) : leg
  })
  return {
    ...rest,
    ...(newReason ? { reason: newReason } : {}),
    ...(move.shopperId ? { shopperId: move.shopperId } : {}),
    ...(move.email ? { email: move.email } : {}),
    state,
    version: payment.version + 1,
    attempt: move.attempt ?? payment.attempt,
    standing: move.standing ?? payment.standing,
    capturedAmount: state === 'paid' ? payment.amount : 0n,
    ...(move.carryOnAt ? { carryOnAt: move.carryOnAt } : { carryOnAt: undefined }),
    ...(move.standing === 'paid' || move.standing === 'failed' ? { finishedAt: at } : {}),
    legs: [...changed, ...(move.newLegs ?? []).map(openedLeg)],
  }
}

/** A leg as it stands when its intent is written. */
export function openedLeg(leg: NewLeg): Leg {
  return {
    attempt: leg.attempt,
    leg: leg.leg,
    module: leg.module,
    means: leg.means,
    amount: leg.amount,
    authorizeReference: leg.authorizeReference,
    state: 'authorizing',
    capturedAmount: 0n,
    refundedAmount: 0n,
    tries: 0,
  }
}

function changedLeg(leg: Leg, change: LegChange): Leg {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...leg, ...Object.fromEntries(given) }
}

/** The end without payment: said to merchant and shopper, and the order may be paid anew. */
export function failed(
  event:
    | 'timedOut'
    | 'cancelled'
    | 'voided'
    | 'voidedByCancel'
    | 'voidedTooLate'
    | 'allReturned'
    | 'returnedByCancel'
    | 'returnedTooLate',
  reason: DeclineReason,
): PaymentMove {
  return { event, standing: 'failed', reason, carryOnAt: null, report: 'failed' }
}
