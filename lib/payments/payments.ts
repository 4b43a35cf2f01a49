import { later } from '../clock'
import type { Uuid } from '../ids'
import { createAnsweredWorks } from './answered-works'
import { decideCapture, giveUp } from './authorize-legs'
import { carryOn, record, write } from './carry-on'
import { askForRest, cancelAwaiting } from './await-rest'
import type { DeclineReason } from './decline-reason'
import { askHooks } from './hooks'
import { newLegs, type NewOrder, newPayment, secretsOf } from './new-payment'
import type { HistoryEntry, Payment } from './payment'
import type { LiveRequest } from './live-request'
import { failed, type KeptAnswer, openedLeg, type PaymentMove } from './payment-move'
import { movingStates } from './payment-moves'
import { type PaymentParts, TIMES } from './parts'
import { type MeansInput, type MeansRefusal, planMeans } from './plan-means'
import type { PaymentFilter, PurchaseFilter } from './store'
import { STUCK_AFTER_MS, stuckPayment, type StuckPayment } from './stuck'
import { createTakenUp } from './taken-up'

/** An idempotency key, claimed in the transaction that opens the payment and answered in the one that ends it. */
export interface IdempotencyClaim {
  readonly key: string
  readonly fingerprint: Buffer
  /** How the request is answered, kept for those who ask again. */
  answer(payment: Payment): { status: number; body: unknown }
}

export type Opened =
  | { kind: 'opened'; payment: Payment }
  | { kind: 'replay'; status: number; body: unknown }
  | { kind: 'in-progress' }
  | { kind: 'key-reused' }
  | { kind: 'order-taken'; paymentId: Uuid | null }
  | { kind: 'refused'; reason: MeansRefusal | 'shop-suspended' }

export type Paid =
  | { kind: 'settled'; payment: Payment }
  | { kind: 'being-checked'; payment: Payment }
  | { kind: 'declined'; payment: Payment; reason: DeclineReason }
  | { kind: 'refused'; reason: MeansRefusal | 'not-payable' }

export type Changed =
  | { kind: 'done'; payment: Payment }
  | { kind: 'being-checked'; payment: Payment }
  | { kind: 'wrong-state'; payment: Payment }
  /** A capture that has to wait for the shop's people, or that the code which has joined the payment denied. */
  | { kind: 'held-back'; by: 'approval' | 'hook'; payment: Payment; words?: string }
  | { kind: 'missing' }

/** Why a capture by hand has to wait. */
type HeldBack = { by: 'approval' } | { by: 'hook'; words?: string }

export interface Payments {
  /** Opens a payment; a direct one is paid with its means at once. Answers within 15 s, whatever the issuers do. */
  open(order: NewOrder, claim?: IdempotencyClaim): Promise<Opened>
  /** Pays an open payment of the hosted checkout. What is being checked settles by itself. */
  pay(
    merchantId: Uuid,
    paymentId: Uuid,
    /** The address is where the shopper's request came from. */
    choice: { means: readonly MeansInput[]; shopperId?: Uuid; email?: string; address?: string },
  ): Promise<Paid>
  /** Takes what a manual payment holds. */
  capture(merchantId: Uuid, paymentId: Uuid): Promise<Changed>
  /**
   * Ends a payment that has not been captured, and gives back what it holds.
   * @param reason why a payment that nothing was set aside for came to nothing, where it was not cancelled
   */
  cancel(merchantId: Uuid, paymentId: Uuid, reason?: DeclineReason): Promise<Changed>
  /** Asks for the rest of a payment that waits for a deferred means: its room knows that something has come. */
  restCame(merchantId: Uuid, paymentId: Uuid): Promise<Changed>
  /**
   * Takes up a held payment because something that its plan may wait for has been written down: an approval, a shipment.
   * Waits for what follows, but not longer than anybody waits for an answer; what fails here the worker takes up.
   */
  factCame(merchantId: Uuid, paymentId: Uuid): Promise<void>
  find(merchantId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  history(merchantId: Uuid, paymentId: Uuid): Promise<HistoryEntry[]>
  list(merchantId: Uuid, filter: PaymentFilter): Promise<Payment[]>
  findOfShopper(shopperId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  listOfShopper(shopperId: Uuid, filter: PurchaseFilter): Promise<Payment[]>
  /**
   * Takes up payments that nobody has finished in time, at most so many. Returns when all of them have gone as far as they
   * can, or after a moment: what an outside system keeps waiting goes on by itself. Run by the worker.
   * @returns how many were taken up
   */
  finishDue(limit: number): Promise<number>
  /** Payments that an outside system has kept on their way for more than a minute, longest first: the operators' list. */
  listStuck(limit: number): Promise<StuckPayment[]>
  /** Resolves when no payment is being carried on in this process. */
  idle(): Promise<void>
}

export function createPayments(parts: PaymentParts): Payments {
  const { store, clock, references } = parts
  const works = createAnsweredWorks(clock)
  const takenUp = createTakenUp()

  /** Carries on in the background too, if the answer is due before the payment is at rest. */
  const within = (payment: Payment, answerBy: Date, work: Promise<Payment>) =>
    works.within(answerBy, work, (error) => reportStuck(payment, error))

  function reportStuck({ merchantId, id: paymentId }: Payment, error: unknown): void {
    parts.report('payment-stuck', { merchantId, paymentId, error: String(error) })
  }

  async function open(order: NewOrder, claim?: IdempotencyClaim): Promise<Opened> {
    const shop = await parts.shopOf(order.merchantId)
    if (shop.isSuspended) return refused(order.merchantId, claim, 'shop-suspended')
    const at = clock.now()
    const ordered = newPayment(order, shop, at)
    const division = order.means ? await planMeans(ordered, order.means, shop, parts) : undefined
    if (division?.kind === 'refused') return refused(order.merchantId, claim, division.reason)
    // Means that cannot even be tried (an unknown V-Card number) leave a declined payment behind, like any decline.
    const declined = division?.kind === 'declined' ? division.reason : undefined
    const plan = division?.kind === 'planned' ? division : undefined
    // Whoever made the V-Card has bought this, though the shop was only given its number.
    const payment: Payment = plan?.spend ? { ...ordered, shopperId: plan.spend.shopperId } : ordered
    const legs = plan ? await newLegs(plan, 1, references) : undefined
    const kept = (as: Payment): KeptAnswer | undefined => claim && { key: claim.key, ...claim.answer(as) }
    const spent: Payment = {
      ...payment,
      state: 'declined',
      standing: 'failed',
      attempt: 0,
      reason: declined ?? 'declined',
    }

    const result = await store.open({
      payment: declined ? { ...payment, attempt: 0 } : payment,
      ...(claim ? { key: claim.key, fingerprint: claim.fingerprint } : {}),
      ...(legs ? { legs } : {}),
      ...(plan?.spend ? { spend: plan.spend } : {}),
      ...(plan?.card ? { card: plan.card, cardLeg: plan.cardLeg } : {}),
      ...(claim && !order.means ? { answer: kept(payment) } : {}),
      ...(plan?.spend && claim ? { answerRefused: kept(spent) } : {}),
    })
    switch (result.kind) {
      case 'key-reused':
      case 'replay':
        return result
      case 'in-progress':
        return result.resourceId === payment.id
          ? { kind: 'opened', payment }
          : resume(order.merchantId, result.resourceId, claim)
      case 'order-taken':
        return result.paymentId === payment.id ? { kind: 'opened', payment } : result
      case 'vcard-refused':
        return { kind: 'opened', payment: spent }
      case 'module-inactive':
        return { kind: 'refused', reason: 'module-unavailable' }
      case 'opened':
        break
    }
    if (!order.means) return { kind: 'opened', payment }
    const opened: Payment = {
      ...payment,
      legs: (legs ?? []).map((leg, index) =>
        openedLeg(
          index === plan?.cardLeg && result.cardId ? { ...leg, means: { ...leg.means, cardId: result.cardId } } : leg,
        ),
      ),
    }
    const live: LiveRequest = {
      attempt: 1,
      secrets: plan ? secretsOf(plan) : new Map(),
      answerBy: later(at, TIMES.answer),
      ...(claim ? { answer: (moved: Payment) => kept(moved)! } : {}),
    }
    const finished = declined
      ? await refuseOpened(opened, declined, live)
      : await within(opened, live.answerBy, carryOn(opened, shop, parts, live))
    return { kind: 'opened', payment: finished ?? (await store.find(payment.merchantId, payment.id)) ?? opened }
  }

  /** An answer that was kept comes before what forbids anything new: its request is not new (P4.1). */
  async function refused(
    merchantId: Uuid,
    claim: IdempotencyClaim | undefined,
    reason: Extract<Opened, { kind: 'refused' }>['reason'],
  ): Promise<Opened> {
    const held = claim && (await store.findKey(merchantId, claim))
    if (!held) return { kind: 'refused', reason }
    return held.kind === 'in-progress' ? resume(merchantId, held.resourceId, claim) : held
  }

  /** Nothing was asked of anybody: the payment ends as declined. */
  async function refuseOpened(payment: Payment, reason: DeclineReason, live: LiveRequest): Promise<Payment> {
    const shop = await parts.shopOf(payment.merchantId)
    const voiding = await record(
      payment,
      { event: 'notAllAuthorized', reason, carryOnAt: later(clock.now(), TIMES.lease) },
      parts,
    )
    return voiding ? carryOn(voiding, shop, parts, live) : payment
  }

  /** A key whose first request never came to an answer: answered from what the payment has become (P4.3). */
  async function resume(merchantId: Uuid, paymentId: Uuid, claim: IdempotencyClaim | undefined): Promise<Opened> {
    const payment = await store.find(merchantId, paymentId)
    if (!payment || !claim || movingStates.includes(payment.state)) return { kind: 'in-progress' }
    const answer = claim.answer(payment)
    await store.answerKey(merchantId, { key: claim.key, ...answer })
    return { kind: 'replay', ...answer }
  }

  const pay: Payments['pay'] = async (merchantId, paymentId, { means, shopperId, email, address }) => {
    const found = await store.find(merchantId, paymentId)
    const at = clock.now()
    if (!found || found.state !== 'created' || found.expiresAt <= at) return { kind: 'refused', reason: 'not-payable' }
    if (found.plan?.address === 'required' && !(await parts.addressGiven(found))) {
      return { kind: 'refused', reason: 'not-payable' }
    }
    const shop = await parts.shopOf(merchantId)
    const payment: Payment = { ...found, ...(shopperId ? { shopperId } : {}) }
    const planned = await planMeans(payment, means, shop, parts, { paymentId, ...(address && { address }) })
    if (planned.kind === 'refused') return planned
    if (planned.kind === 'declined') return { kind: 'declined', payment, reason: planned.reason }
    const attempt = payment.attempt + 1
    const buyer = shopperId ?? planned.spend?.shopperId
    const cardId = planned.card && (await store.keepCard(merchantId, planned.card, at))
    const legs = (await newLegs(planned, attempt, references)).map((leg, index) =>
      index === planned.cardLeg && cardId ? { ...leg, means: { ...leg.means, cardId } } : leg,
    )
    const live: LiveRequest = { attempt, secrets: secretsOf(planned), answerBy: later(at, TIMES.answer) }
    const started = await write(
      payment,
      {
        event: 'started',
        attempt,
        newLegs: legs,
        reason: null,
        carryOnAt: later(at, TIMES.lease),
        ...(buyer ? { shopperId: buyer } : {}),
        ...(email ? { email } : {}),
        ...(planned.spend ? { spend: planned.spend } : {}),
      },
      parts,
    )
    // Unless it was written nothing was asked of anybody.
    switch (started.kind) {
      case 'module-inactive':
        return { kind: 'refused', reason: 'module-unavailable' }
      case 'vcard-refused':
        return { kind: 'declined', payment, reason: 'declined' }
      case 'stale':
        // Somebody else was quicker (a double click).
        return { kind: 'refused', reason: 'not-payable' }
      case 'moved':
        break
    }
    const finished = await within(started.payment, live.answerBy, carryOn(started.payment, shop, parts, live))
    const now = finished ?? (await store.find(merchantId, paymentId)) ?? started.payment
    if (movingStates.includes(now.state)) return { kind: 'being-checked', payment: now }
    return now.state === 'paid' || now.state === 'authorized' || now.state === 'awaiting'
      ? { kind: 'settled', payment: now }
      : { kind: 'declined', payment: now, reason: now.reason ?? 'declined' }
  }

  /** Moves a payment on somebody's word, and on from there. */
  async function change(
    merchantId: Uuid,
    paymentId: Uuid,
    decide: (payment: Payment) => Promise<PaymentMove | HeldBack> | PaymentMove | undefined,
  ): Promise<Changed> {
    for (let tried = 0; tried < 5; tried++) {
      const payment = await store.find(merchantId, paymentId)
      if (!payment) return { kind: 'missing' }
      const decided = decide(payment)
      if (!decided) return { kind: 'wrong-state', payment }
      const move = await decided
      if ('by' in move) return { kind: 'held-back', payment, ...move }
      const moved = await record(payment, move, parts)
      if (!moved) continue
      const shop = await parts.shopOf(merchantId)
      const finished = await within(moved, later(clock.now(), TIMES.answer), carryOn(moved, shop, parts))
      const now = finished ?? moved
      return { kind: movingStates.includes(now.state) ? 'being-checked' : 'done', payment: now }
    }
    const payment = await store.find(merchantId, paymentId)
    return payment ? { kind: 'wrong-state', payment } : { kind: 'missing' }
  }

  /** Taken by hand: not before the shop's people have approved it, and not against the code that has joined it. */
  async function captureByHand(payment: Payment): Promise<PaymentMove | HeldBack> {
    if (payment.plan?.approvals && (await parts.approvalOf(payment)) !== 'approved') return { by: 'approval' }
    const asked = await askHooks('before-capture', payment, parts)
    if (asked.kind === 'denied') return { by: 'hook', ...(asked.words ? { words: asked.words } : {}) }
    return decideCapture('captureAsked', payment, undefined, parts)
  }

  /** Carries a payment on that somebody else has left; never rejects. */
  async function finish(payment: Payment): Promise<void> {
    try {
      await carryOn(perhapsAsked(payment), await parts.shopOf(payment.merchantId), parts)
    } catch (error) {
      reportStuck(payment, error)
    }
  }

  return {
    open,
    pay,
    capture: (merchantId, paymentId) =>
      change(merchantId, paymentId, (payment) => (payment.state === 'authorized' ? captureByHand(payment) : undefined)),
    cancel: (merchantId, paymentId, reason = 'cancelled') =>
      change(merchantId, paymentId, (payment) => {
        if (payment.state === 'authorized') return giveUp('cancelAsked', payment, 'cancelled', parts)
        if (payment.state === 'awaiting') return cancelAwaiting(payment, parts)
        if (payment.state !== 'created') return undefined
        return failed('cancelled', reason)
      }),
    restCame: (merchantId, paymentId) =>
      change(merchantId, paymentId, (payment) =>
        payment.state === 'awaiting' ? askForRest(payment, parts) : undefined,
      ),
    async factCame(merchantId, paymentId) {
      const payment = await store.find(merchantId, paymentId)
      if (payment?.state !== 'authorized' || !payment.plan) return
      const work = carryOn({ ...payment, carryOnAt: clock.now() }, await parts.shopOf(merchantId), parts)
      await within(payment, later(clock.now(), TIMES.answer), work)
    },
    find: store.find,
    history: store.history,
    list: store.list,
    findOfShopper: store.findOfShopper,
    listOfShopper: store.listOfShopper,

    async finishDue(limit) {
      const at = clock.now()
      const room = takenUp.room(limit)
      if (room === 0) return 0
      const due = await store.claimDue(at, later(at, TIMES.lease), room)
      await takenUp.start(due.map(finish))
      return due.length
    },

    async listStuck(limit) {
      const at = clock.now()
      const stuck = await store.listStuck(later(at, -STUCK_AFTER_MS), at, limit)
      return stuck.map(({ payment, since }) => stuckPayment(payment, since))
    },

    async idle() {
      await works.idle()
      await takenUp.idle()
    },
  }
}

/** Whoever had the payment before may have asked the outside systems already: they are asked again as a repeat. */
function perhapsAsked(payment: Payment): Payment {
  return { ...payment, legs: payment.legs.map((leg) => ({ ...leg, tries: Math.max(leg.tries, 1) })) }
}
