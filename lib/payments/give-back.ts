import { later } from '../clock'
import type { LegToSettle, ModuleCode, PlannedLeg } from '../modules/payment-module'
import { sum } from '../money/money'
import type { LiveRequest } from './live-request'
import type { Leg, Payment } from './payment'
import { failed, type NewLeg, type PaymentMove } from './payment-move'
import { MOST_ATTEMPTS, type PaymentParts, type Shop, TIMES } from './parts'
import { legToSettle, moduleOf } from './settle-leg'
import { changedLegs, progressed, settleVoiding } from './settle-legs'

/** Gives back what is, or may be, set aside, until every outside system has acknowledged it. */
export async function voidLegs(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove> {
  const changes = await settleVoiding(payment, shop, parts)
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
  if (payment.reason === 'not-approved') return failed('voidedByCancel', 'not-approved')
  const again = await planAgain(payment, shop, live, parts)
  if (again) return again
  if (payment.channel !== 'hosted' || payment.attempt >= MOST_ATTEMPTS) {
    return failed('voided', payment.reason ?? 'declined')
  }
  // Held until the merchant's time was over: the shop has been told "authorized", so nobody is asked to pay again.
  if (payment.reason === 'timed-out' || payment.expiresAt <= now) return failed('voidedTooLate', 'timed-out')
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
  const planned = await secondPlan(code, legs.map(toSettle), declined.map(toSettle), parts)
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

/** What the module proposes; a module that fails here has no other way, and a plan that does not add up is none. */
async function secondPlan(
  code: ModuleCode,
  legs: readonly LegToSettle[],
  declined: readonly LegToSettle[],
  parts: PaymentParts,
): Promise<readonly PlannedLeg[] | undefined> {
  try {
    const planned = await moduleOf(parts, { module: code }).planAgain?.(legs, declined)
    const total = sum(legs.map(({ amount }) => amount.amount))
    return planned && sum(planned.map(({ amount }) => amount)) === total ? planned : undefined
  } catch (error) {
    parts.report('module-failed', { module: code, error: error instanceof Error ? error.message : 'unknown' })
    return undefined
  }
}
