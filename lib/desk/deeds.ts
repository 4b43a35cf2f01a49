import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Audit, audited } from '../audit/audit'
import { type Action, can, withinRefundLimit } from '../auth/access'
import type { CreditsByHand, PayOutAnswer, PayoutToNote } from '../billing/credits'
import type { PayoutNews } from '../billing/payout-news'
import { dayIn } from '../calendar'
import type { Clock } from '../clock'
import { publicId, type Uuid } from '../ids'
import { invariant } from '../invariant'
import type { CancelRefusal } from '../merchants/cancel-message'
import type { Consented, ShopConsent, WishClaim } from '../merchants/cancel-request'
import type { Cancellation, Cancellations, CancellationRefusal } from '../payments/cancellations'
import type { OtherWay } from '../payments/other-way'
import type { Payment, RefundStrategy } from '../payments/payment'
import type { Changed, Payments } from '../payments/payments'
import { amountOfRefundItems, type RefundItem } from '../payments/refund-items'
import type { RefundOpened, RefundRefusal, Refunds } from '../payments/refunds'
import { planCancellation, saidOf, type ToldPlan } from './cancellation-plan'
import { actorOf, alone, givenBy, limitLeft, type Member, requesterOf, wordOf } from './member'

export interface RefundWish {
  readonly paymentId: Uuid
  /** Minor units of the payment's currency. */
  readonly amount: bigint
  /** The lines it is about; then they say the amount. */
  readonly items?: readonly RefundItem[]
  readonly strategy: RefundStrategy
  readonly reason: string
  /** Absent: the way it came. */
  readonly way?: OtherWay
  /** Made with the form: sending it twice gives back once. */
  readonly token: Uuid
}

export interface CancelWish {
  readonly paymentId: Uuid
  readonly reason: string
  /** What the member was told of how the money comes back (`saidOf`): where that has changed, it is told anew first. */
  readonly said?: string
  readonly token: Uuid
}

/** The member may not do this at all, or not this much without a second person (P6.3). */
export type NotAllowed = { kind: 'forbidden' } | { kind: 'needs-second-person'; limit: bigint }

/** By the shop's contract its own signed word is needed, and it has refused, in its own words, or said nothing to be believed. */
export type NotAgreed = { kind: 'shop-declined'; words: string } | { kind: 'shop-silent' }

export type DeskRefunded =
  | { kind: 'refunded'; refundId: Uuid }
  /** It waits among the refund requests until somebody else of the shop has agreed. */
  | { kind: 'queued'; requestId: Uuid }
  | { kind: 'refused'; reason: RefundRefusal | 'form-used' | 'in-progress' }
  | NotAgreed
  | NotAllowed

export type DeskCancelled =
  | { kind: 'voided' }
  | { kind: 'refunded'; refundId: Uuid }
  /** What is left waits among the refund requests until somebody else of the shop has agreed. */
  | { kind: 'queued'; requestId: Uuid }
  /** asked-already: all that is left waits there. */
  | { kind: 'refused'; reason: CancellationRefusal | 'being-checked' | 'changed' | 'asked-already' }
  | NotAgreed
  | NotAllowed

export type DeskChanged = Changed | { kind: 'forbidden' }

/**
 * What a merchant's people do to payments with their own hands: within their role and their limit, with a reason, and
 * written into the audit trail whether it was done or refused (P6.3, P9.3).
 */
export interface Deeds {
  refund(member: Member, wish: RefundWish): Promise<DeskRefunded>
  /** What cancelling would do now, and how money would come back over each leg: told before anybody confirms. */
  plan(payment: Payment): Promise<ToldPlan>
  /** Undoes the whole purchase: voids what is held, gives back what was taken (M-49 … M-56). */
  cancel(member: Member, wish: CancelWish): Promise<DeskCancelled>
  /** Books that people have paid out what no bill can give back any more, and tells the shopper. */
  payOut(member: Member, payout: Omit<PayoutToNote, 'notedBy'>): Promise<DeskPaidOut>
  /** Takes what a payment holds. */
  capture(member: Member, paymentId: Uuid): Promise<DeskChanged>
}

/** bad-day: before the refund, or after today, by the clocks of the installation. */
export type DeskPaidOut = PayOutAnswer | NotAllowed | { kind: 'bad-day' }

interface Parts {
  readonly clock: Clock
  readonly zone: string
  readonly payments: Pick<Payments, 'find' | 'capture'>
  readonly refunds: Pick<Refunds, 'open' | 'opened' | 'listOfPayment' | 'wayOf'>
  readonly cancellations: Cancellations
  readonly credits: CreditsByHand
  readonly payoutNews: PayoutNews
  readonly audit: Audit
  readonly consent: ShopConsent
  /** Puts a refund among the refund requests, for somebody else to decide. */
  queueRefund(
    member: Member,
    payment: Payment,
    wish: Pick<RefundWish, 'amount' | 'items' | 'reason' | 'token'>,
  ): Promise<{ kind: 'asked'; id: Uuid } | { kind: 'refused'; reason: RefundRefusal }>
  /** How much of a payment has neither gone back nor is asked for. */
  leftToAsk(payment: Payment): Promise<bigint>
}

export function createDeeds(parts: Parts): Deeds {
  const { clock, zone, payments, refunds, cancellations } = parts
  const { credits, payoutNews, audit, consent, queueRefund, leftToAsk } = parts

  /** Runs a deed if the role allows it, and notes what came of it. */
  async function within<Result extends { kind: string }>(
    member: Member,
    { action, paymentId, detail }: { action: Action; paymentId: Uuid; detail?: Readonly<Record<string, string>> },
    deed: () => Promise<Result>,
  ): Promise<Result | { kind: 'forbidden' }> {
    const { merchantId, role } = member.membership
    const object = publicId('pay', paymentId)
    const line = { tenantId: merchantId, actor: actorOf(member), action, object, ...(detail && { detail }) }
    if (!can(role, action)) {
      await audit.note({ ...line, outcome: 'forbidden' })
      return { kind: 'forbidden' }
    }
    return audited(audit, line, deed, (result) => ('reason' in result ? String(result.reason) : result.kind))
  }

  async function overLimit(member: Member, payment: Payment, amount: bigint): Promise<NotAllowed | undefined> {
    const { refundLimit, merchantId } = member.membership
    if (refundLimit === undefined) return undefined
    const left = limitLeft(member, await refunds.listOfPayment(merchantId, payment.id))
    const mayAlone = withinRefundLimit(left === undefined ? {} : { refundLimit: left }, amount)
    return mayAlone ? undefined : { kind: 'needs-second-person', limit: refundLimit }
  }

  async function refundOwn(member: Member, wish: RefundWish): Promise<DeskRefunded> {
    const { paymentId, items, strategy, reason, way, token } = wish
    const { merchantId } = member.membership
    const payment = await payments.find(merchantId, paymentId)
    if (!payment) return { kind: 'refused', reason: 'missing' }
    const lines = items && amountOfRefundItems(payment, items, new Map())
    if (typeof lines === 'string') return { kind: 'refused', reason: lines }
    const amount = lines ?? wish.amount
    const content = [paymentId, String(amount), JSON.stringify(strategy)]
    if (items) content.push(JSON.stringify(items))
    if (way) content.push(JSON.stringify(way))
    const claim = claimOf('refund', token, content)
    const queued = async (): Promise<DeskRefunded> => {
      const put = await queueRefund(member, payment, { amount, reason, token, ...(items && { items }) })
      return put.kind === 'asked' ? { kind: 'queued', requestId: put.id } : put
    }
    if (await overLimit(member, payment, amount)) {
      // The same form sent again finds the limit used up by itself.
      const before = await refunds.opened(merchantId, { ...claim, answer: answerKept })
      return before ? deskAnswer(before) : queued()
    }
    const answer = agreed(
      await consent.through(
        payment,
        { amount, reason, token: claim.key },
        () => refundIt(member, wish, claim),
        (done) => (done.kind === 'refunded' ? undefined : 'not-cancellable'),
      ),
    )
    return answer.kind === 'refused' && isForAnother(answer.reason) ? queued() : answer
  }

  async function refundIt(member: Member, wish: RefundWish, claim: WishClaim): Promise<DeskRefunded> {
    const { token: _, ...wanted } = wish
    const { merchantId } = member.membership
    const by = { requestedBy: requesterOf(member), ...alone(member), word: givenBy(member) }
    const opened = await refunds.open(
      { merchantId, ...wanted, kind: 'refund', ...by },
      { ...claim, answer: answerKept },
    )
    return deskAnswer(opened)
  }

  async function toldPlan(payment: Payment): Promise<ToldPlan> {
    const plan = planCancellation(payment)
    if (plan.kind !== 'cancellable') return plan
    const told = plan.deeds.map(async (deed) => ({
      ...deed,
      way: deed.deed === 'void' ? 'at-once' : await refunds.wayOf(payment, deed.leg),
    }))
    return { ...plan, deeds: await Promise.all(told) }
  }

  async function cancelOwn(member: Member, { paymentId, reason, said, token }: CancelWish): Promise<DeskCancelled> {
    const { merchantId } = member.membership
    const payment = await payments.find(merchantId, paymentId)
    if (!payment) return { kind: 'refused', reason: 'unknown-payment' }
    const plan = await toldPlan(payment)
    if (plan.kind === 'cancellable' && said !== undefined && said !== saidOf(plan)) {
      return { kind: 'refused', reason: 'changed' }
    }
    if (plan.kind === 'being-checked') return { kind: 'refused', reason: 'being-checked' }
    // Nothing is left when the same form was sent before: then the earlier answer is found by its claim.
    const amount = plan.kind === 'cancellable' && plan.amount > 0n ? plan.amount : undefined
    const over = amount === undefined ? undefined : await overLimit(member, payment, amount)
    // What is only held has been taken from nobody: somebody with a higher limit voids it.
    if (over) return payment.state === 'paid' ? queueRest(member, payment, { reason, token }) : over
    const claim = claimOf('cancel', token, [paymentId])
    const cancelled = () => cancelIt(member, { paymentId, reason, claim, ...(amount === undefined ? {} : { amount }) })
    // What nobody has paid is only closed, and what was cancelled before is only found again: there is nothing to agree to.
    if (amount === undefined) return cancelled()
    return agreed(
      await consent.through(payment, { amount, reason, token: claim.key }, cancelled, (done) =>
        done.kind === 'refused' ? SIGNED_REFUSALS[done.reason] : undefined,
      ),
    )
  }

  /** Asks a second person for what is left; where shoppers ask for a part of it already, for the rest. */
  async function queueRest(
    member: Member,
    payment: Payment,
    { reason, token }: Pick<CancelWish, 'reason' | 'token'>,
  ): Promise<DeskCancelled> {
    const left = await leftToAsk(payment)
    // Where nothing is left the same form may have asked before: it is found by its token.
    const amount = left > 0n ? left : payment.capturedAmount - payment.refundedAmount
    const put = await queueRefund(member, payment, { amount, reason, token })
    if (put.kind === 'asked') return { kind: 'queued', requestId: put.id }
    return { kind: 'refused', reason: put.reason === 'exceeds' ? 'asked-already' : 'not-cancellable' }
  }

  async function cancelIt(
    member: Member,
    cancellation: Omit<Cancellation, 'merchantId' | 'requestedBy' | 'word'>,
  ): Promise<DeskCancelled> {
    const { merchantId } = member.membership
    const { paymentId } = cancellation
    const by = { requestedBy: requesterOf(member), ...alone(member), word: wordOf(member) }
    const done = await cancellations.cancel({ merchantId, ...cancellation, ...by })
    switch (done.kind) {
      case 'voided':
        return { kind: 'voided' }
      case 'refused':
        return done
      case 'refunded':
        return { kind: 'refunded', refundId: done.refund.id }
      case 'repeated': {
        const earlier = (await refunds.listOfPayment(merchantId, paymentId)).findLast(
          ({ kind }) => kind === 'cancellation',
        )
        invariant(earlier, 'a cancellation that is repeated was opened')
        return { kind: 'refunded', refundId: earlier.id }
      }
    }
  }

  async function payOutOwn(member: Member, payout: Omit<PayoutToNote, 'notedBy'>): Promise<DeskPaidOut> {
    const { merchantId, refundLimit: limit } = member.membership
    const [payment, credit] = await Promise.all([
      payments.find(merchantId, payout.paymentId),
      credits.find(merchantId, payout),
    ])
    if (!payment) return { kind: 'missing' }
    const earliest = credit && dayIn(zone, credit.createdAt)
    if ((earliest && payout.paidOn < earliest) || payout.paidOn > dayIn(zone, clock.now())) return { kind: 'bad-day' }
    if (credit && limit !== undefined && !withinRefundLimit(member.membership, credit.amount)) {
      return { kind: 'needs-second-person', limit }
    }
    // What is not due any more may have been noted by the same form before: the books know.
    const messages = credit ? await payoutNews.compose(payment, credit, payout) : []
    return credits.payOut(merchantId, { ...payout, notedBy: requesterOf(member) }, messages)
  }

  return {
    refund: (member, wish) => {
      const { paymentId, reason } = wish
      const detail = { amount: String(wish.amount), strategy: JSON.stringify(wish.strategy), reason }
      return within(member, { action: 'payment.refund', paymentId, detail }, () => refundOwn(member, wish))
    },
    plan: toldPlan,
    cancel: (member, wish) => {
      const { paymentId, reason } = wish
      return within(member, { action: 'payment.cancel', paymentId, detail: { reason } }, () => cancelOwn(member, wish))
    },
    payOut: (member, payout) => {
      const { paymentId, ...detail } = payout
      return within(member, { action: 'payment.pay-out', paymentId, detail }, () => payOutOwn(member, payout))
    },
    capture: (member, paymentId) =>
      within(member, { action: 'payment.capture', paymentId }, () =>
        payments.capture(member.membership.merchantId, paymentId),
      ),
  }
}

/** What the shop said to a deed that needs its signature, in the words of desks. */
export function agreed<Done>(consented: Consented<Done>): Done | NotAgreed {
  switch (consented.kind) {
    case 'done':
      return consented.result
    case 'declined':
      return { kind: 'shop-declined', words: consented.words }
    case 'no-answer':
      return { kind: 'shop-silent' }
  }
}

/** Why a cancel was not carried out, as our signed answer says it to the shop. */
const SIGNED_REFUSALS = {
  'unknown-payment': 'unknown-payment',
  'exceeds-what-is-left': 'exceeds-what-is-left',
  'nothing-to-cancel': 'nothing-to-cancel',
  'not-cancellable': 'not-cancellable',
  'over-limit': 'not-cancellable',
  'being-checked': 'not-cancellable',
  changed: 'not-cancellable',
  'asked-already': 'not-cancellable',
} as const satisfies Record<Extract<DeskCancelled, { kind: 'refused' }>['reason'], CancelRefusal>

/** What somebody else of the shop may agree to instead. */
const isForAnother = (reason: string) => reason === 'needs-approval' || reason === 'over-limit'

const keptAnswer = z.object({ refundId: z.uuid() })
const answerKept = ({ id }: { readonly id: Uuid }) => ({ status: 200, body: { refundId: id } })

function deskAnswer(opened: RefundOpened): DeskRefunded {
  switch (opened.kind) {
    case 'opened':
      return { kind: 'refunded', refundId: opened.refund.id }
    case 'replay':
      return { kind: 'refunded', refundId: keptAnswer.parse(opened.body).refundId }
    case 'in-progress':
      return { kind: 'refused', reason: 'in-progress' }
    case 'key-reused':
      return { kind: 'refused', reason: 'form-used' }
    case 'refused':
      return opened
  }
}

/** Keys of forms cannot meet those of API callers, which hold no spaces. */
function claimOf(form: string, token: Uuid, content: readonly string[]) {
  return { key: `${form} form ${token}`, fingerprint: createHash('sha256').update(content.join('\n')).digest() }
}
