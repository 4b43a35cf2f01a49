import { later } from '../clock'
import { bookedInPart, isBookedInPart, partPosting } from './books'
import type { Payment } from './payment'
import type { LegChange, PaymentMove } from './payment-move'
import { type PaymentParts, TIMES } from './parts'
import { changedLegs } from './settle-legs'
import { letGo, replaced, turnBack } from './turn-back'

/**
 * Accepted, and the rest is paid later: what is taken is booked as taken for an order that is not paid yet, and the shop
 * hears that it may deliver.
 */
export function restAwaited(payment: Payment, changes: readonly LegChange[], parts: PaymentParts): PaymentMove {
  const now = parts.clock.now()
  const legs = changedLegs(payment, changes)
  const taken = legs.filter((leg) => leg.state === 'captured' && !isBookedInPart(leg))
  const booked = taken.map((leg): LegChange => {
    const { attempt, leg: number, capturedAmount } = leg
    return { attempt, leg: number, state: 'captured', capturedAmount, hold: bookedInPart(leg) }
  })
  const awaited = legs.flatMap(({ state, hold }) => (state === 'awaiting' && hold ? [hold['awaitedUntil'] ?? ''] : []))
  return {
    event: 'restAwaited',
    legs: replaced(changes, booked),
    reason: null,
    carryOnAt: new Date(awaited.sort()[0] ?? now),
    ...(taken.length > 0 ? { postings: [partPosting(payment, taken, now)] } : {}),
    // Told once, and not each time that a part of the rest has come.
    ...(payment.legs.some((leg) => isBookedInPart(leg) || leg.hold?.['awaitedUntil']) ? {} : { report: 'awaiting' }),
  }
}

/** Money is said to have come, or the time for it is over: whatever is still awaited is asked for once more. */
export function askForRest(payment: Payment, parts: PaymentParts): PaymentMove {
  return {
    event: 'restAskedFor',
    carryOnAt: later(parts.clock.now(), TIMES.lease),
    legs: payment.legs
      .filter(({ attempt, state }) => attempt === payment.attempt && state === 'awaiting')
      .map(({ attempt, leg }) => ({ attempt, leg, state: 'capturing', tries: 0 })),
  }
}

/** Ends a payment whose rest has not come: what was taken goes back, and the rest is asked of nobody any more. */
export async function cancelAwaiting(payment: Payment, parts: PaymentParts): Promise<PaymentMove> {
  const legs = payment.legs.filter(({ attempt }) => attempt === payment.attempt)
  return { ...(await turnBack(legs, await letGo(legs, parts), 'cancelled', parts)), event: 'cancelAsked' }
}
