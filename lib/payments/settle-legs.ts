import type { CallReference } from '../call-reference'
import type { Completion } from '../modules/payment-module'
import type { DeclineReason } from './decline-reason'
import type { Leg, Payment } from './payment'
import type { LegChange, PaymentMove } from './payment-move'
import { afterMove } from './payment-move'
import { nextTry, type PaymentParts, type Shop } from './parts'
import { answerOf, legToSettle, moduleOf } from './settle-leg'

type Change = Omit<LegChange, 'attempt' | 'leg'>

/** Asks the outside system of every leg in a state, all at once; a leg without an answer keeps its state. */
export async function settle(
  payment: Payment,
  state: Leg['state'],
  ask: (leg: Leg) => Promise<Completion>,
  parts: PaymentParts,
  become: {
    done: (leg: Leg) => Change
    /** With a reference for what is asked next: a no is remembered, and every repeat of the request would hear it again. */
    refused: (leg: Leg, reason: DeclineReason, next: CallReference) => Change
    /** Only where a means may be paid later; elsewhere that is no answer. */
    later?: (leg: Leg, until: Date) => Change
  },
): Promise<LegChange[]> {
  const legs = payment.legs.filter((leg) => leg.attempt === payment.attempt && leg.state === state)
  return Promise.all(
    legs.map(async (leg): Promise<LegChange> => {
      const outcome = await answerOf<Completion>(parts, leg, () => ask(leg))
      const place = { attempt: leg.attempt, leg: leg.leg }
      switch (outcome.kind) {
        case 'done':
          return { ...place, ...become.done(leg) }
        case 'refused':
          return { ...place, ...become.refused(leg, outcome.reason, await parts.references.draw()) }
        case 'later':
          return { ...place, ...(become.later?.(leg, outcome.until) ?? { state, tries: leg.tries + 1 }) }
        case 'no-answer':
          return { ...place, state, tries: leg.tries + 1 }
      }
    }),
  )
}

/** Not everything is acknowledged yet: what is, is written, and the rest is asked again later. */
export function progressed(payment: Payment, legs: LegChange[], parts: PaymentParts): PaymentMove {
  const tries = Math.max(...legs.map((leg) => leg.tries ?? 0))
  return { event: 'progressed', legs, carryOnAt: nextTry(parts.clock.now(), tries) }
}

export function changedLegs(payment: Payment, changes: readonly LegChange[]): Leg[] {
  const moved = afterMove(payment, { event: 'progressed', legs: changes, carryOnAt: null }, payment.createdAt)
  return moved.legs.filter(({ attempt }) => attempt === payment.attempt)
}

/** Tells every outside system that holds, or may hold, an amount to let it go. */
export function settleVoiding(payment: Payment, shop: Shop, parts: PaymentParts): Promise<LegChange[]> {
  const giveUpHold = (leg: Leg) => moduleOf(parts, leg).void(legToSettle(payment, leg, shop))
  return settle(payment, 'voiding', giveUpHold, parts, {
    done: () => ({ state: 'voided' }),
    // A reversal is repeated until it is acknowledged, whatever the answer was (N16).
    refused: (leg, _reason, settleReference) => ({ state: 'voiding', tries: leg.tries + 1, settleReference }),
  })
}
