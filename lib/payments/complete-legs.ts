import { invariant } from '../invariant'
import type { Outcome } from '../modules/payment-module'
import { restAwaited } from './await-rest'
import { capturePosting, returnPostings } from './books'
import { feePostings, withFee } from './fees'
import type { Leg, Payment } from './payment'
import { failed, type LegChange, type PaymentMove } from './payment-move'
import { MOST_ATTEMPTS, type PaymentParts, type Shop } from './parts'
import { legToSettle, moduleOf } from './settle-leg'
import { changedLegs, progressed, settle, settleVoiding } from './settle-legs'
import { letGo, replaced, turnBack } from './turn-back'

/**
 * Completes every leg after the decision, until its outside system has acknowledged it. What holds nothing comes first:
 * where such a leg is refused the held ones have not been taken yet, and are let go instead of being paid back.
 */
export async function captureLegs(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const holdsNothing = (leg: Leg) => moduleOf(parts, leg).holdsNothing === true
  const first = await takeLegs(payment, shop, holdsNothing, parts)
  const afterFirst = changedLegs(payment, first)
  if (afterFirst.some((leg) => leg.state === 'capturing' && holdsNothing(leg))) return progressed(payment, first, parts)
  if (afterFirst.some(isRefused)) return holdLost(payment, [...first, ...(await letGo(afterFirst, parts))], parts)
  const changes = [...first, ...(await takeLegs(payment, shop, (leg) => !holdsNothing(leg), parts))]
  const legs = changedLegs(payment, changes)
  if (legs.some(({ state }) => state === 'capturing')) return progressed(payment, changes, parts)
  if (legs.some(isRefused)) return holdLost(payment, replaced(changes, await letGo(legs, parts)), parts)
  if (legs.some(({ state }) => state === 'awaiting')) return restAwaited(payment, changes, parts)
  const now = parts.clock.now()
  const priced = legs.map((leg) => withFee(leg, shop.priceOf?.(leg.module, payment.currency), payment.currency))
  return {
    event: 'allCaptured',
    legs: replaced(changes, priced.filter((leg, index) => leg !== legs[index]).map(keptFee)),
    standing: 'paid',
    reason: null,
    carryOnAt: null,
    postings: [capturePosting(payment, legs, now), ...feePostings(payment, priced, now)],
    report: 'paid',
  }
}

function keptFee({ attempt, leg, state, capturedAmount, hold }: Leg): LegChange {
  return { attempt, leg, state, capturedAmount, ...(hold ? { hold } : {}) }
}

/** A leg whose outside system does not complete it. */
const isRefused = ({ state }: Pick<Leg, 'state'>) => state === 'voiding'

function takeLegs(
  payment: Payment,
  shop: Shop,
  isMeant: (leg: Leg) => boolean,
  parts: PaymentParts,
): Promise<LegChange[]> {
  const isUnheld = (leg: Leg) => {
    const { holdsNothing, timing } = moduleOf(parts, leg)
    return holdsNothing === true || timing === 'deferred'
  }
  const take = (leg: Leg) => moduleOf(parts, leg).capture(legToSettle(payment, leg, shop))
  return settle({ ...payment, legs: payment.legs.filter(isMeant) }, 'capturing', take, parts, {
    done: (leg) => ({ state: 'captured', capturedAmount: leg.amount }),
    later: (leg, until) => ({ state: 'awaiting', hold: { ...leg.hold, awaitedUntil: until.toISOString() }, tries: 0 }),
    // Whatever it was refused for, the amount may still be set aside there.
    refused: (leg, reason, settleReference) => ({
      state: 'voiding',
      reason: isUnheld(leg) ? reason : 'hold-lost',
      settleReference,
      tries: 0,
    }),
  })
}

/** A leg was refused after the decision: the rest goes back, and everybody is told (P3.2). */
async function holdLost(payment: Payment, changes: LegChange[], parts: PaymentParts): Promise<PaymentMove> {
  const legs = changedLegs(payment, changes)
  const reason = legs.find((leg) => isRefused(leg) && leg.reason !== undefined)?.reason ?? 'hold-lost'
  if (reason === 'hold-lost') parts.report('hold-lost', { merchantId: payment.merchantId, paymentId: payment.id })
  return { ...(await turnBack(legs, changes, reason, parts)), event: 'holdLost' }
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
  if (returned.length === 0 && mayChooseAgain(payment, parts)) {
    return { event: 'letGoToChooseAgain', legs: changes, carryOnAt: payment.expiresAt }
  }
  return {
    ...failed(endOf(payment), payment.reason ?? 'hold-lost'),
    legs: changes,
    postings: returnPostings(payment, returned, parts.clock.now()),
  }
}

function endOf({ reason }: Payment): 'allReturned' | 'returnedByCancel' | 'returnedTooLate' {
  if (reason === 'cancelled') return 'returnedByCancel'
  return reason === 'timed-out' ? 'returnedTooLate' : 'allReturned'
}

/** The shop has been told of a payment that waited for its merchant, or for its rest; every other one is still between us and the shopper. */
function mayChooseAgain(payment: Payment, { clock }: PaymentParts): boolean {
  const { channel, captureMode, attempt, expiresAt } = payment
  if (endOf(payment) !== 'allReturned') return false
  return channel === 'hosted' && captureMode === 'automatic' && attempt < MOST_ATTEMPTS && expiresAt > clock.now()
}
