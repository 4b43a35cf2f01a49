import { later } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { accounts } from '../ledger/accounts'
import type { RefundWay } from '../modules/payment-module'
import { atLeastZero, sum } from '../money/money'
import { refundPostings } from './books'
import { createCarryRefundOn, legOf, type RefundClaim } from './carry-refund-on'
import type { Leg, Payment, Refund, RefundStrategy, Requester } from './payment'
import { canGoOtherwise, type OtherWay } from './other-way'
import type { OutboxRow } from './payment-move'
import { type PaymentParts, TIMES } from './parts'
import { capturedLegs, divideRefund, type RefundShare } from './refund-division'
import { amountOfRefundItems, type RefundItem, type TakenItems } from './refund-items'
import { type PolicyRefusal, type RefundWord, refusalByPolicy } from './refund-policy'
import type { HeldKey } from './held-key'
import type { RefundStore } from './refund-store'
import { moduleOf } from './settle-leg'
import { stuckRefund, type StuckRefund, STUCK_AFTER_MS } from './stuck'
import { createTakenUp } from './taken-up'

export interface NewRefund {
  /** Drawn beforehand by whoever wrote something down about the refund first. */
  readonly id?: Uuid
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Absent: all that is left. */
  readonly amount?: bigint
  /** The lines it is about; then they say the amount. */
  readonly items?: readonly RefundItem[]
  readonly strategy: RefundStrategy
  /** Absent: the way it came. */
  readonly way?: OtherWay
  readonly kind: Refund['kind']
  readonly reason: string
  readonly requestedBy: Requester
  /** How much of the payment whoever asks may give back alone, with what they gave back of it before; absent: without limit. */
  readonly limit?: bigint
  /** On whose word; absent: the shop's own rules have no say (its signed word, a dispute that was decided). */
  readonly word?: RefundWord
  /** The request that it grants, once, and the messages that say so. */
  readonly granting?: { readonly requestId: Uuid; readonly messages: readonly OutboxRow[] }
}

export type RefundRefusal =
  | 'missing'
  | 'not-paid'
  | 'exceeds'
  | 'no-such-leg'
  | 'no-such-item'
  | 'item-refunded'
  | 'request-closed'
  | 'not-otherwise'
  /** Above what whoever asks may give back alone: somebody else has to agree (P6.3). */
  | 'over-limit'
  | PolicyRefusal

export type RefundOpened =
  | { kind: 'opened'; refund: Refund; payment: Payment }
  | { kind: 'refused'; reason: RefundRefusal }
  | { kind: 'replay'; status: number; body: unknown }
  | { kind: 'in-progress' }
  | { kind: 'key-reused' }

export interface Refunds {
  /** Gives money back over the legs. Never more than was paid, however many ask at once (P2.5). */
  open(request: NewRefund, claim?: RefundClaim): Promise<RefundOpened>
  /** What became of a claim that was used before; undefined where nobody has. */
  opened(merchantId: Uuid, claim: RefundClaim): Promise<RefundOpened | undefined>
  /** What would go back over each leg, without doing it. */
  preview(
    merchantId: Uuid,
    paymentId: Uuid,
    amount: bigint,
    strategy: RefundStrategy,
  ): Promise<RefundShare[] | undefined>
  /** How money of a captured leg would come back now: people are told before they confirm. */
  wayOf(payment: Payment, leg: Pick<Leg, 'attempt' | 'leg' | 'module'>): Promise<RefundWay>
  find(merchantId: Uuid, refundId: Uuid): Promise<Refund | undefined>
  /** How many of each line of the order have gone back or are on their way; with what is asked for, where wanted. */
  takenItems(merchantId: Uuid, paymentId: Uuid, withAsked: boolean): Promise<TakenItems>
  listOfPayment(merchantId: Uuid, paymentId: Uuid): Promise<Refund[]>
  /**
   * Takes up refunds whose outside systems have not answered yet, at most so many; as for payments, what keeps it waiting
   * goes on by itself. Run by the worker.
   * @returns how many were taken up
   */
  finishDue(limit: number): Promise<number>
  /** Refunds that wait for their merchant's balance, the oldest first; of every merchant when none is named. */
  listQueued(merchantId: Uuid | undefined, limit: number): Promise<Refund[]>
  /**
   * Lets a queued refund go before the balance covers it. Who may: an operator, who bears the risk, for a refund that one of
   * the merchant's people asked for: nobody moves money alone (P6.3). Undefined where none is queued.
   */
  release(merchantId: Uuid, refundId: Uuid, by: Requester): Promise<Refund | undefined>
  /** Refunds that an outside system has kept on their way for more than a minute, longest first: the operators' list. */
  listStuck(limit: number): Promise<StuckRefund[]>
  /** Resolves when the worker has nothing of them in hand. */
  idle(): Promise<void>
}

/** How often a queued refund looks whether its merchant's balance has come: sales and collections bring it. */
const ASK_BALANCE_EVERY_MS = 30_000

// A race is lost only when another refund took what this one's division counted on, so that less is left for the next.
const MOST_RACES = 100

export function createRefunds(refunds: RefundStore, parts: PaymentParts): Refunds {
  const { store, clock, references } = parts
  const carryOn = createCarryRefundOn(refunds, parts)
  const takenUp = createTakenUp()

  async function open(request: NewRefund, claim?: RefundClaim): Promise<RefundOpened> {
    for (let raced = 0; raced < MOST_RACES; raced++) {
      const payment = await store.find(request.merchantId, request.paymentId)
      if (!payment) return { kind: 'refused', reason: 'missing' }
      const planned = await plan(payment, request)
      if (typeof planned === 'string') {
        // A refund of all that was left cannot be opened twice, yet whoever asks twice is answered twice.
        return (claim && (await openedBefore(request.merchantId, claim))) ?? { kind: 'refused', reason: planned }
      }
      const refund = await draft(request, payment, planned)
      const opened = await refunds.open({
        refund,
        carryOnAt: later(refund.createdAt, TIMES.lease),
        fromBalance: balanceNeeded(payment, refund),
        askAgainAt: later(refund.createdAt, ASK_BALANCE_EVERY_MS),
        ...(claim ? { key: claim.key, fingerprint: claim.fingerprint } : {}),
        ...(request.limit !== undefined && { limit: request.limit }),
        ...(request.granting && { requestId: request.granting.requestId, requestMessages: request.granting.messages }),
      })
      switch (opened.kind) {
        case 'stale':
          continue
        case 'request-closed':
        case 'over-limit':
          return { kind: 'refused', reason: opened.kind }
        case 'in-progress':
        case 'replay':
        case 'key-reused':
          return answerHeld(request.merchantId, opened, claim)
        case 'opened':
          if (opened.state === 'queued') {
            return { kind: 'opened', payment, refund: { ...refund, state: 'queued', queuedAt: refund.createdAt } }
          }
          return { kind: 'opened', payment, refund: await carryOn(refund, payment, claim) }
      }
    }
    throw new Error('a refund lost every race for what is left of its payment')
  }

  async function plan(payment: Payment, request: NewRefund): Promise<RefundShare[] | RefundRefusal> {
    if (payment.state !== 'paid') return 'not-paid'
    const { strategy, way, word, items } = request
    const amount = items ? await amountOfLines(payment, items) : request.amount
    if (typeof amount === 'string') return amount
    const left = payment.capturedAmount - payment.refundedAmount
    if (left === 0n || (amount ?? left) > left) return 'exceeds'
    const shares = divideRefund(payment, amount ?? left, strategy)
    if (!shares)
      return typeof strategy === 'object' && !capturedLegs(payment).some(({ leg }) => leg === strategy.leg)
        ? 'no-such-leg'
        : 'exceeds'
    const legs = shares.map((share) => legOf(payment, share))
    const { terms } = await parts.shopOf(payment.merchantId)
    const modules = legs.map(({ module }) => module)
    const refusal =
      word && refusalByPolicy({ payment, modules, items, terms, word, isOtherwise: way !== undefined, at: clock.now() })
    if (refusal) return refusal
    if (way) return legs.every(canGoOtherwise) ? shares : 'not-otherwise'
    return legs.some((leg) => !moduleOf(parts, leg).refund) ? 'by-hand-only' : shares
  }

  async function amountOfLines(payment: Payment, items: readonly RefundItem[]) {
    return amountOfRefundItems(payment, items, await refunds.takenItems(payment.merchantId, payment.id, false))
  }

  async function draft(request: NewRefund, payment: Payment, shares: RefundShare[]): Promise<Refund> {
    const at = clock.now()
    const drawn = await references.drawMany(shares.length)
    return {
      merchantId: payment.merchantId,
      id: request.id ?? uuidAt(at),
      paymentId: payment.id,
      kind: request.kind,
      amount: shares.reduce((total, { amount }) => total + amount, 0n),
      state: 'refunding',
      version: 1,
      strategy: typeof request.strategy === 'string' ? request.strategy : `leg-${request.strategy.leg}`,
      reason: request.reason,
      requestedBy: request.requestedBy,
      createdAt: at,
      ...(request.items && { items: request.items }),
      ...(request.way && { way: request.way }),
      legs: shares.map((share, index) => ({ ...share, state: 'refunding', reference: drawn[index]!, tries: 0 })),
    }
  }

  async function paymentOf({ merchantId, paymentId }: Refund): Promise<Payment> {
    const payment = await store.find(merchantId, paymentId)
    invariant(payment, 'a refund belongs to a payment')
    return payment
  }

  /** Carries a refund on that somebody else has left, who may have asked already; never rejects. */
  async function takeUp(refund: Refund): Promise<void> {
    const { merchantId, id: refundId } = refund
    try {
      if (refund.state === 'queued') return await letGo(refund)
      const asked = { ...refund, legs: refund.legs.map((leg) => ({ ...leg, tries: Math.max(leg.tries, 1) })) }
      await carryOn(asked, await paymentOf(refund))
    } catch (error) {
      parts.report('refund-stuck', { merchantId, refundId, error: String(error) })
    }
  }

  /** Lets a queued refund go where the balance covers it, or somebody says so, and carries it out. */
  async function letGo(queued: Refund, by?: Requester): Promise<void> {
    const at = clock.now()
    const payment = await paymentOf(queued)
    const isReleased = await refunds.release(queued, {
      ...{ fromBalance: balanceNeeded(payment, queued), at, carryOnAt: later(at, TIMES.lease) },
      askAgainAt: later(at, ASK_BALANCE_EVERY_MS),
      ...(by ? { by } : {}),
    })
    const released = isReleased && (await refunds.find(queued.merchantId, queued.id))
    if (released && released.state === 'refunding') await carryOn(released, payment)
  }

  async function openedBefore(merchantId: Uuid, claim: RefundClaim): Promise<RefundOpened | undefined> {
    const held = await refunds.findKey(merchantId, claim)
    return held && answerHeld(merchantId, held, claim)
  }

  async function answerHeld(merchantId: Uuid, held: HeldKey, claim: RefundClaim | undefined): Promise<RefundOpened> {
    return held.kind === 'in-progress' ? resume(merchantId, held.resourceId, claim) : held
  }

  async function resume(merchantId: Uuid, refundId: Uuid, claim: RefundClaim | undefined): Promise<RefundOpened> {
    const refund = await refunds.find(merchantId, refundId)
    if (!refund || !claim || refund.state === 'refunding') return { kind: 'in-progress' }
    const answer = claim.answer(refund)
    if (refund.state !== 'queued') await store.answerKey(merchantId, { key: claim.key, ...answer })
    return { kind: 'replay', ...answer }
  }

  return {
    open,
    opened: openedBefore,
    async preview(merchantId, paymentId, amount, strategy) {
      const payment = await store.find(merchantId, paymentId)
      return payment?.state === 'paid' ? divideRefund(payment, amount, strategy) : undefined
    },
    async wayOf({ merchantId, id: paymentId }, { attempt, leg, module }) {
      const { refund, refundWay } = moduleOf(parts, { module })
      if (!refund) return 'by-hand'
      return refundWay ? refundWay({ merchantId, paymentId, attempt, leg }) : 'at-once'
    },
    find: refunds.find,
    takenItems: refunds.takenItems,
    listQueued: refunds.listQueued,
    async release(merchantId, refundId, by) {
      const queued = await refunds.find(merchantId, refundId)
      if (queued?.state !== 'queued') return undefined
      await letGo(queued, by)
      return refunds.find(merchantId, refundId)
    },
    listOfPayment: refunds.listOfPayment,
    async finishDue(limit) {
      const at = clock.now()
      const room = takenUp.room(limit)
      if (room === 0) return 0
      const due = await refunds.claimDue(at, later(at, TIMES.lease), room)
      await takenUp.start(due.map(takeUp))
      return due.length
    },
    async listStuck(limit) {
      const stuck = await refunds.listStuck(later(clock.now(), -STUCK_AFTER_MS), limit)
      return Promise.all(stuck.map(async (refund) => stuckRefund(refund, await paymentOf(refund))))
    },
    idle: takenUp.idle,
  }
}

/** What a refund takes from what is owed to the merchant, minor units: what is not owed yet is given back from elsewhere. */
function balanceNeeded(payment: Payment, { legs, createdAt, way }: Pick<Refund, 'legs' | 'createdAt' | 'way'>): bigint {
  // As the legs stood before this refund was opened and as they stand with it, their shares come out of the same account.
  const shares = legs.map((share) => ({ leg: legOf(payment, share), amount: share.amount }))
  const entries = refundPostings(payment, shares, createdAt, way).flatMap((each) => each.entries)
  return atLeastZero(sum(entries.filter(({ account }) => account === accounts.payable).map(({ amount }) => amount)))
}
