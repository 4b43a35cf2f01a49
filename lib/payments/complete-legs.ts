import { later } from '../clock'
import { invariant } from '../invariant'
import type { Outcome } from '../modules/payment-module'
import { capturePosting, returnPostings } from './books'
import type { Leg, Payment } from './payment'
import { failed, type LegChange, type PaymentMove } from './payment-move'
import { type PaymentParts, type Shop, TIMES } from './parts'
import { legToSettle, moduleOf } from './settle-leg'
import { changedLegs, progressed, settle, settleVoiding } from './settle-legs'

/** Completes every leg after the decision, until its outside system has acknowledged it. */
export async function captureLegs(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const changes = await settle(
    payment,
    'capturing',
    (leg) => moduleOf(parts, leg).capture(legToSettle(payment, leg, shop)),
    parts,
    {
      done: (leg) => ({ state: 'captured', capturedAmount: leg.amount }),
      // Whatever it was refused for, the amount may still be set aside there.
      refused: (_leg, _reason, settleReference) => ({
        state: 'voiding',
        reason: 'hold-lost',
        settleReference,
        tries: 0,
      }),
    },
  )
  const now = parts.clock.now()
  const legs = changedLegs(payment, changes)
  if (legs.some(({ state }) => state === 'capturing')) return progressed(payment, changes, parts)
  if (legs.some(({ reason }) => reason === 'hold-lost')) return holdLost(payment, changes, legs, parts)
  return {
    event: 'allCaptured',
    legs: changes,
    standing: 'paid',
    reason: null,
    carryOnAt: null,
    postings: [capturePosting(payment, legs, now)],
    report: 'paid',
  }
}

/** A hold was lost after the decision: the rest goes back, and everybody is told (P3.2). */
async function holdLost(
  payment: Payment,
  changes: LegChange[],
  legs: Leg[],
  parts: PaymentParts,
): Promise<PaymentMove> {
  parts.report('hold-lost', { merchantId: payment.merchantId, paymentId: payment.id })
  const captured = legs.filter(({ state }) => state === 'captured')
  const references = await parts.references.drawMany(captured.length)
  const returning = captured.map((leg, index): LegChange => ({
    attempt: leg.attempt,
    leg: leg.leg,
    state: 'returning',
    capturedAmount: leg.amount,
    tries: 0,
    hold: { ...leg.hold, returnReference: references[index]! },
  }))
  const others = changes.filter((change) => !returning.some(({ leg }) => leg === change.leg))
  return {
    event: 'holdLost',
    legs: [...others, ...returning],
    reason: 'hold-lost',
    carryOnAt: later(parts.clock.now(), TIMES.lease),
  }
}

/** Gives back what was captured before a hold turned out to be lost, and lets go of the rest. */
export async function returnLegs(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const giveBack = async (leg: Leg): Promise<Outcome> => {
    const reference = leg.hold?.['returnReference']
    const paymentModule = moduleOf(parts, leg)
    invariant(reference, 'a captured leg on its way back has a reference')
    // Given back by hand: it stays in the operators' list until a person has done it.
    if (!paymentModule.refund) return { kind: 'refused', reason: 'not-permitted' }
    const toSettle = legToSettle(payment, leg, shop)
    return paymentModule.refund(toSettle, {
      reference: reference as Leg['authorizeReference'],
      amount: toSettle.amount,
      repeat: leg.tries > 0,
    })
  }
  const [voided, givenBack] = await Promise.all([
    settleVoiding(payment, shop, parts),
    settle(payment, 'returning', giveBack, parts, {
      done: () => ({ state: 'returned' }),
      // Not given back: it stays open and in the operators' list until it is.
      refused: (leg, reason, returnReference) => ({
        state: 'returning',
        reason,
        tries: leg.tries + 1,
        hold: { ...leg.hold, returnReference },
      }),
    }),
  ])
  const changes = [...voided, ...givenBack]
  const legs = changedLegs(payment, changes)
  if (legs.some(({ state }) => state === 'returning' || state === 'voiding')) {
    return progressed(payment, changes, parts)
  }
  const returned = legs.filter(({ state }) => state === 'returned')
  return {
    ...failed('allReturned', 'hold-lost'),
    legs: changes,
    postings: returnPostings(payment, returned, parts.clock.now()),
  }
}
