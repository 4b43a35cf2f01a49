import { later } from '../clock'
import type { Authorization } from '../modules/payment-module'
import { captureTime } from './capture-time'
import type { DeclineReason } from './decline-reason'
import { askHooks } from './hooks'
import type { Leg, Payment } from './payment'
import type { LegChange, PaymentMove } from './payment-move'
import { type PaymentParts, type Shop, TIMES } from './parts'
import { authorizationWaves } from './authorization-order'
import { answerOf, legToSettle, moduleOf } from './settle-leg'

/** What the shopper typed for a leg, held in memory for one authorization (security codes), by leg number. */
export type Secrets = ReadonlyMap<number, string>

interface AnsweredLeg {
  readonly leg: Leg
  readonly answer: Authorization
}

/**
 * Asks every leg's outside system at once to set its amount aside, waits until all have answered or run out of time
 * (M-281, M-282), and says what follows: all or none (M-290). Those that cannot be taken back unnoticed are asked when all
 * others have said yes, within the same time.
 */
export async function authorizeLegs(
  payment: Payment,
  shop: Shop,
  secrets: Secrets,
  parts: PaymentParts,
): Promise<PaymentMove> {
  const asked = await askHooks('before-authorize', payment, parts)
  // Nobody has been asked for anything yet, and giving up what was never set aside does no harm.
  if (asked.kind === 'denied') return giveUp('notAllAuthorized', payment, asked.reason, parts, asked)
  const legs = payment.legs.filter(({ attempt }) => attempt === payment.attempt)
  const begun = performance.now()
  const answered: AnsweredLeg[] = []
  for (const wave of authorizationWaves(legs, (leg) => moduleOf(parts, leg))) {
    const left = Math.max(0, (parts.moduleLimitMs ?? TIMES.module) - (performance.now() - begun))
    const asking = answered.length === 0 ? parts : { ...parts, moduleLimitMs: left }
    answered.push(...(await Promise.all(wave.map((leg) => authorizeLeg(payment, leg, shop, secrets, asking)))))
    if (!answered.every(({ answer }) => answer.kind === 'authorized')) return giveBack(payment, legs, answered, parts)
  }
  return allAuthorized(payment, shop, answered, parts)
}

async function authorizeLeg(
  payment: Payment,
  leg: Leg,
  shop: Shop,
  secrets: Secrets,
  parts: PaymentParts,
): Promise<AnsweredLeg> {
  const answer = await answerOf<Authorization>(parts, leg, () =>
    moduleOf(parts, leg).authorize(legToSettle(payment, leg, shop), secrets.get(leg.leg)),
  )
  // Somebody watches a hosted checkout: each answer is shown as it comes. Without it the move below writes them all.
  if (payment.channel === 'hosted' && answer.kind !== 'no-answer') {
    await parts.store.noteAnswer(payment, leg, noted(answer))
  }
  return { leg, answer }
}

function noted(answer: Exclude<Authorization, { kind: 'no-answer' }>) {
  return answer.kind === 'authorized'
    ? { state: 'authorized' as const, hold: answer.hold }
    : { state: 'declined' as const, reason: answer.reason }
}

async function allAuthorized(
  payment: Payment,
  shop: Shop,
  answered: AnsweredLeg[],
  parts: PaymentParts,
): Promise<PaymentMove> {
  const held = answered.map(({ leg, answer }): LegChange => ({
    attempt: leg.attempt,
    leg: leg.leg,
    state: 'authorized',
    ...(answer.kind === 'authorized' ? { hold: answer.hold } : {}),
  }))
  const now = parts.clock.now()
  if (shop.confirmation === 'required' || payment.plan?.confirm === 'always') {
    return { event: 'shopToConfirm', legs: held, carryOnAt: later(now, TIMES.lease), reason: null }
  }
  return whenHeld(payment, held, { held: 'allHeld', taken: 'allAuthorized', denied: 'notAllAuthorized' }, parts)
}

interface HeldEvents {
  readonly held: 'allHeld' | 'confirmedAndHeld'
  readonly taken: 'allAuthorized' | 'confirmed'
  readonly denied: 'notAllAuthorized' | 'notConfirmed'
}

/** Everything is set aside, and the shop agrees where it is asked: taken at once, or held as the payment's plan says. */
export async function whenHeld(
  payment: Payment,
  held: readonly LegChange[] | undefined,
  events: HeldEvents,
  parts: PaymentParts,
): Promise<PaymentMove> {
  if (payment.captureMode === 'manual' || payment.plan?.approvals) return hold(payment, held ?? [], events.held, parts)
  const asked = await askHooks('before-capture', payment, parts)
  return asked.kind === 'allowed'
    ? decideCapture(events.taken, payment, held, parts)
    : giveUp(events.denied, payment, asked.reason, parts, { ...asked, held })
}

/** Nothing more happens until the merchant captures or cancels, the plan says that it is time, or the holds run out. */
function hold(
  payment: Payment,
  legs: readonly LegChange[],
  event: HeldEvents['held'],
  parts: PaymentParts,
): PaymentMove {
  const now = parts.clock.now()
  const until = later(now, TIMES.hold)
  const takenAt = payment.plan?.approvals ? undefined : captureTime(payment, now)
  return { event, legs, reason: null, carryOnAt: takenAt && takenAt < until ? takenAt : until, report: 'authorized' }
}

/** The decision to complete: from this row on every leg is captured until its outside system acknowledges it (P3.2). */
export async function decideCapture(
  event: 'allAuthorized' | 'confirmed' | 'captureAsked' | 'captureDue',
  payment: Payment,
  held: readonly LegChange[] | undefined,
  parts: PaymentParts,
): Promise<PaymentMove> {
  const legs = payment.legs.filter(({ attempt }) => attempt === payment.attempt)
  const references = await parts.references.drawMany(legs.length)
  return {
    event,
    reason: null,
    carryOnAt: later(parts.clock.now(), TIMES.lease),
    legs: legs.map(({ attempt, leg }, index) => ({
      ...held?.find((one) => one.leg === leg),
      attempt,
      leg,
      state: 'capturing',
      settleReference: references[index]!,
    })),
  }
}

async function giveBack(
  payment: Payment,
  asked: readonly Leg[],
  answered: readonly AnsweredLeg[],
  parts: PaymentParts,
): Promise<PaymentMove> {
  const references = await parts.references.drawMany(asked.length)
  const legs = asked.map(({ attempt, leg }, index): LegChange => {
    const answer = answered.find((each) => each.leg.leg === leg)?.answer
    if (answer?.kind === 'declined') return { attempt, leg, state: 'declined', reason: answer.reason }
    const settleReference = references[index]!
    // Its turn never came: there is nothing to give back, which its module acknowledges.
    if (!answer) return { attempt, leg, state: 'voiding', settleReference }
    return answer.kind === 'authorized'
      ? { attempt, leg, state: 'voiding', settleReference, hold: answer.hold }
      : { attempt, leg, state: 'voiding', settleReference, reason: 'no-answer' }
  })
  return { event: 'notAllAuthorized', legs, reason: reasonOf(legs), carryOnAt: later(parts.clock.now(), TIMES.lease) }
}

/** A decline says more than a silence, so it is what the shopper hears of first. */
function reasonOf(legs: readonly LegChange[]): DeclineReason {
  return legs.find(({ state }) => state === 'declined')?.reason ?? 'no-answer'
}

/**
 * Gives up everything that is, or may be, set aside: presumed abort, cancellation, a shop that did not confirm.
 * @param told what else is known: the words of whoever denied it, and what the outside systems have just answered
 */
export async function giveUp(
  event: 'notAllAuthorized' | 'notConfirmed' | 'cancelAsked' | 'notApproved' | 'captureDenied' | 'holdRunsOut',
  payment: Payment,
  reason: DeclineReason,
  parts: PaymentParts,
  told: { readonly words?: string; readonly held?: readonly LegChange[] | undefined } = {},
): Promise<PaymentMove> {
  const open = payment.legs.filter(({ attempt, state }) => attempt === payment.attempt && state !== 'declined')
  const references = await parts.references.drawMany(open.length)
  return {
    event,
    reason,
    carryOnAt: later(parts.clock.now(), TIMES.lease),
    ...(told.words ? { detail: { words: told.words } } : {}),
    legs: open.map(({ attempt, leg, state }, index) => ({
      ...told.held?.find((one) => one.leg === leg),
      attempt,
      leg,
      state: 'voiding',
      settleReference: references[index]!,
      // Nobody knows whether an interrupted authorization was heard.
      ...(state === 'authorizing' && !told.held ? { reason: 'no-answer' } : {}),
    })),
  }
}
