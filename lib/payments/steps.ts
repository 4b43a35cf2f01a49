import { later } from '../clock'
import { invariant } from '../invariant'
import type { Outcome } from '../modules/payment-module'
import { authorizeLegs, decideCapture, giveUp, heldForMerchant, type Secrets } from './authorize-legs'
import { capturePosting, returnPostings } from './books'
import type { DeclineReason } from './decline-reason'
import type { Leg, Payment } from './payment'
import type { KeptAnswer, LegChange, NewLeg, PaymentMove } from './payment-move'
import { afterMove } from './payment-move'
import { MOST_ATTEMPTS, nextTry, type PaymentParts, type Shop, TIMES } from './parts'
import { answerOf, legToSettle, moduleOf } from './settle-leg'

/** The request that opened an attempt and still waits for it: what it holds in memory, and until when it may try again. */
export interface LiveRequest {
  /** The attempt it opened; it alone may ask for its authorization. Anybody else gives it up. */
  attempt: number
  secrets: Secrets
  readonly answerBy: Date
  /** The answer kept for the request's idempotency key, once the payment is at rest. */
  readonly answer?: (payment: Payment) => KeptAnswer
}

/** The next move of a payment, or undefined when it is at rest or nothing can be done yet. */
export async function nextMove(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove | undefined> {
  switch (payment.state) {
    case 'created':
      return payment.expiresAt <= parts.clock.now() ? failed('timedOut', 'timed-out') : undefined
    case 'authorizing':
      return live?.attempt === payment.attempt
        ? authorizeLegs(payment, shop, live.secrets, parts)
        : giveUp('notAllAuthorized', payment, 'interrupted', parts)
    case 'confirming':
      return live?.attempt === payment.attempt
        ? askShop(payment, shop, parts)
        : giveUp('notConfirmed', payment, 'interrupted', parts)
    case 'authorized':
      return payment.carryOnAt && payment.carryOnAt <= parts.clock.now()
        ? giveUp('holdRunsOut', payment, 'timed-out', parts)
        : undefined
    case 'capturing':
      return captureLegs(payment, shop, parts)
    case 'voiding':
      return voidLegs(payment, shop, live, parts)
    case 'reversing':
      return returnLegs(payment, shop, parts)
    case 'paid':
    case 'declined':
    case 'cancelled':
    case 'expired':
      return undefined
  }
}

const REFUSALS = { mismatch: 'shop-mismatch', refused: 'shop-refused', 'no-answer': 'shop-no-answer' } as const

async function askShop(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const confirmation = await parts.confirm(payment)
  if (confirmation.kind !== 'confirmed') return giveUp('notConfirmed', payment, REFUSALS[confirmation.kind], parts)
  return payment.captureMode === 'manual'
    ? heldForMerchant('confirmedAndHeld', [], parts)
    : decideCapture('confirmed', payment, undefined, parts)
}

// ------------------------------------------------------------------------------------------------ after the decision

async function captureLegs(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const changes = await settle(
    payment,
    'capturing',
    (leg) => moduleOf(parts, leg).capture(legToSettle(payment, leg, shop)),
    parts,
    {
      done: (leg) => ({ state: 'captured', capturedAmount: leg.amount }),
      refused: () => ({ state: 'voided', reason: 'hold-lost' }),
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

async function returnLegs(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const giveBack = async (leg: Leg): Promise<Outcome> => {
    const reference = leg.hold?.['returnReference']
    const paymentModule = moduleOf(parts, leg)
    invariant(
      reference && paymentModule.refund,
      'a captured leg on its way back has a reference and a module that refunds',
    )
    const toSettle = legToSettle(payment, leg, shop)
    return paymentModule.refund(toSettle, {
      reference: reference as Leg['authorizeReference'],
      amount: toSettle.amount,
      repeat: leg.tries > 0,
    })
  }
  const changes = await settle(payment, 'returning', giveBack, parts, {
    done: () => ({ state: 'returned' }),
    // Not given back: it stays open and in the operators' list until it is.
    refused: (leg, reason) => ({ state: 'returning', reason, tries: leg.tries + 1 }),
  })
  const legs = changedLegs(payment, changes)
  if (legs.some(({ state }) => state === 'returning')) return progressed(payment, changes, parts)
  const returned = legs.filter(({ state }) => state === 'returned')
  return {
    ...failed('allReturned', 'hold-lost'),
    legs: changes,
    postings: returnPostings(payment, returned, parts.clock.now()),
  }
}

// ------------------------------------------------------------------------------------------------ giving back

async function voidLegs(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove> {
  const changes = await settle(
    payment,
    'voiding',
    (leg) => moduleOf(parts, leg).void(legToSettle(payment, leg, shop)),
    parts,
    {
      done: () => ({ state: 'voided' }),
      // A reversal is repeated until it is acknowledged, whatever the answer was (N16).
      refused: (leg) => ({ state: 'voiding', tries: leg.tries + 1 }),
    },
  )
  const legs = changedLegs(payment, changes)
  if (legs.some(({ state }) => state === 'voiding')) return progressed(payment, changes, parts)
  return { ...(await afterVoiding({ ...payment, legs }, shop, live, parts)), legs: changes }
}

/** Everything has been given back: the remaining cards are tried, the shopper chooses again, or it ends here. */
async function afterVoiding(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove> {
  const now = parts.clock.now()
  if (payment.reason === 'cancelled') return failed('voidedByCancel', 'cancelled')
  const again = await planAgain(payment, shop, live, parts)
  if (again) return again
  if (payment.channel === 'direct' || payment.attempt >= MOST_ATTEMPTS) {
    return failed('voided', payment.reason ?? 'declined')
  }
  if (payment.expiresAt <= now) return failed('voidedTooLate', 'timed-out')
  return { event: 'voidedToChooseAgain', carryOnAt: payment.expiresAt }
}

/**
 * The remaining cards, without those that declined (M-293). Only while the shopper still waits, only with the consent
 * that the module checks, and only now that no leg of the earlier attempt can be captured any more (P3.7).
 */
async function planAgain(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove | undefined> {
  const now = parts.clock.now()
  if (!live || live.attempt !== payment.attempt || now >= live.answerBy || payment.attempt >= MOST_ATTEMPTS)
    return undefined
  const legs = payment.legs.filter(({ attempt }) => attempt === payment.attempt)
  const stopped = legs.some(({ reason }) => reason !== undefined)
  const codes = new Set(legs.map((leg) => leg.module))
  const [code] = codes
  if (codes.size !== 1 || code === undefined || !stopped) return undefined
  // A card that declined in any attempt is not asked again.
  const declined = payment.legs.filter(({ reason }) => reason !== undefined)
  const toSettle = (leg: Leg) => legToSettle(payment, leg, shop)
  const planned = await moduleOf(parts, { module: code }).planAgain?.(legs.map(toSettle), declined.map(toSettle))
  if (!planned) return undefined
  const references = await parts.references.drawMany(planned.length)
  const attempt = payment.attempt + 1
  live.attempt = attempt
  live.secrets = new Map()
  return {
    event: 'triedAgain',
    attempt,
    carryOnAt: later(now, TIMES.lease),
    newLegs: planned.map(({ secret: _secret, ...leg }, index): NewLeg => ({
      ...leg,
      attempt,
      leg: index + 1,
      authorizeReference: references[index]!,
    })),
  }
}

/** The end without payment: said to merchant and shopper, and the order may be paid anew. */
export function failed(
  event: 'timedOut' | 'cancelled' | 'voided' | 'voidedByCancel' | 'voidedTooLate' | 'allReturned',
  reason: DeclineReason,
): PaymentMove {
  return { event, standing: 'failed', reason, carryOnAt: null, report: 'failed' }
}

// ------------------------------------------------------------------------------------------------ shared

type Change = Omit<LegChange, 'attempt' | 'leg'>

/** Asks the outside system of every leg in a state, all at once; a leg without an answer keeps its state. */
async function settle(
  payment: Payment,
  state: Leg['state'],
  ask: (leg: Leg) => Promise<Outcome>,
  parts: PaymentParts,
  become: { done: (leg: Leg) => Change; refused: (leg: Leg, reason: DeclineReason) => Change },
): Promise<LegChange[]> {
  const legs = payment.legs.filter((leg) => leg.attempt === payment.attempt && leg.state === state)
  return Promise.all(
    legs.map(async (leg): Promise<LegChange> => {
      const outcome = await answerOf<Outcome>(parts, leg, () => ask(leg))
      const place = { attempt: leg.attempt, leg: leg.leg }
      switch (outcome.kind) {
        case 'done':
          return { ...place, ...become.done(leg) }
        case 'refused':
          return { ...place, ...become.refused(leg, outcome.reason) }
        case 'no-answer':
          return { ...place, state, tries: leg.tries + 1 }
      }
    }),
  )
}

/** Not everything is acknowledged yet: what is, is written, and the rest is asked again later. */
function progressed(payment: Payment, legs: LegChange[], parts: PaymentParts): PaymentMove {
  const tries = Math.max(...legs.map((leg) => leg.tries ?? 0))
  return { event: 'progressed', legs, carryOnAt: nextTry(parts.clock.now(), tries) }
}

function changedLegs(payment: Payment, changes: readonly LegChange[]): Leg[] {
  const moved = afterMove(payment, { event: 'progressed', legs: changes, carryOnAt: null }, payment.createdAt)
  return moved.legs.filter(({ attempt }) => attempt === payment.attempt)
}
