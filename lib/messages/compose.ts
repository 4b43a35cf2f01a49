import { publicId, uuidAt } from '../ids'
import { sum } from '../money/money'
import { approvalCodeOfLeg, approvalCodeOfVCard } from '../payments/approval-code'
import { amountOfItem, viewItems } from '../payments/items'
import type { Leg, Payment, Refund } from '../payments/payment'
import type { RefundRequest } from '../refund-requests/refund-request'
import type { MailedLeg, OutgoingMessage, PaidOutBy, PaymentMail, WebhookTopic } from './message'

/** What happened to a payment that the shop, and perhaps the shopper, must be told. */
export type PaymentOccasion = 'paid' | 'failed' | 'authorized' | 'awaiting'

/**
 * The messages that report what became of a payment: one webhook to the shop; where the shopper can be reached and ought
 * to know, one mail; and one to the holder of a V-Card that was used, who may be somebody else. Pure: the caller writes them in the transaction that records the fact.
 *
 * @param payment as it is after the move that is being reported
 */
export function composePaymentMessages(occasion: PaymentOccasion, payment: Payment, at: Date): OutgoingMessage[] {
  const messages = [webhook(`payment.${occasion}`, { payment: paymentData(payment) }, at)]
  const topic = mailTopic(occasion, payment)
  if (topic && reachable(payment))
    messages.push({ id: uuidAt(at), at, kind: 'email', topic, payload: paymentMailOf(payment, at) })
  const used = vcardMail(occasion, payment, at)
  if (used) messages.push(used)
  return messages
}

/**
 * The messages that report the end of a refund or cancellation of a paid payment. The shopper hears of it only when
 * money really goes back.
 *
 * @param payment as it is after the refund; its refundedAmount includes what went back now
 * @param refund as it ended: refunded, partly-refunded or refused
 */
export function composeRefundMessages(payment: Payment, refund: Refund, at: Date): OutgoingMessage[] {
  const wentBack = sum(refund.legs.filter(({ state }) => state === 'refunded').map(({ amount }) => amount))
  const messages = [
    webhook('refund.finished', { payment: paymentData(payment), refund: refundData(refund, wentBack) }, at),
  ]
  if (wentBack > 0n && reachable(payment)) {
    const refunded = { amount: wentBack.toString(), reason: refund.reason }
    const payload = { ...paymentMailOf(payment, at), legs: refundedLegs(payment, refund), refunded }
    messages.push({ id: uuidAt(at), at, kind: 'email', topic: 'refund-receipt', payload })
  }
  return messages
}

/** As much of a refund request as is told of it. */
export type ToldRequest = Pick<
  RefundRequest,
  'id' | 'paymentId' | 'amount' | 'items' | 'reason' | 'words' | 'state' | 'answer' | 'refundId' | 'createdAt'
>

/**
 * The messages that report that somebody asks for money back, and what came of it. The shopper hears that it was passed on
 * and, in the shop's words, that it was declined; what is granted is told by the refund's own receipt.
 */
export function composeRequestMessages(payment: Payment, request: ToldRequest, at: Date): OutgoingMessage[] {
  const topic = request.state === 'open' ? 'refund-request.opened' : 'refund-request.closed'
  const messages = [webhook(topic, { payment: paymentData(payment), request: requestData(request) }, at)]
  const mail = request.state === 'open' ? 'refund-asked' : request.state === 'declined' ? 'refund-declined' : undefined
  if (mail && reachable(payment)) {
    const asked = { amount: request.amount.toString(), ...(request.answer !== undefined && { answer: request.answer }) }
    messages.push({ id: uuidAt(at), at, kind: 'email', topic: mail, payload: { ...paymentMailOf(payment, at), asked } })
  }
  return messages
}

function requestData(request: ToldRequest): Record<string, unknown> {
  const { id, amount, items, reason, words, state, answer, createdAt } = request
  return {
    id: publicId('rrq', id),
    amount: amount.toString(),
    ...(items ? { items } : {}),
    ...{ reason, words, state },
    ...(answer === undefined ? {} : { answer }),
    createdAt: createdAt.toISOString(),
  }
}

/** Tells the shopper that people have paid out what no telephone bill could give back any more; nothing where nobody can be reached. */
export function composePaidOutMail(
  payment: Payment,
  paidOut: { readonly amount: bigint; readonly by: PaidOutBy; readonly named: string },
  at: Date,
): OutgoingMessage[] {
  if (!reachable(payment)) return []
  const payload = { ...paymentMailOf(payment, at), paidOut: { ...paidOut, amount: paidOut.amount.toString() } }
  return [{ id: uuidAt(at), at, kind: 'email', topic: 'paid-out', payload }]
}

export function webhook(type: WebhookTopic, data: Record<string, unknown>, at: Date): OutgoingMessage {
  return { id: uuidAt(at), at, kind: 'webhook', topic: type, payload: { type, timestamp: at.toISOString(), data } }
}

type MailTopic = 'receipt' | 'payment-failed' | 'payment-awaiting'

function mailTopic(occasion: PaymentOccasion, payment: Payment): MailTopic | undefined {
  if (occasion === 'paid') return 'receipt'
  if (occasion === 'awaiting') return 'payment-awaiting'
  // Whoever never tried to pay need not hear that nothing was charged; of a subscription's charge its own mail tells.
  if (occasion === 'failed' && payment.attempt > 0 && payment.channel !== 'recurring') return 'payment-failed'
  return undefined
}

const VCARD_TOPICS = {
  paid: 'vcard-used',
  awaiting: 'vcard-used',
  authorized: 'vcard-held',
  failed: 'vcard-declined',
} as const

/** What the holder of a V-Card is told of its use, at the address of the account, in the account's language. */
function vcardMail(occasion: PaymentOccasion, payment: Payment, at: Date): OutgoingMessage | undefined {
  const leg = payment.legs.find(({ attempt, module }) => attempt === payment.attempt && module === 'vcard')
  const holder = leg?.means['ownerId']
  if (typeof holder !== 'string') return undefined
  // Told when the amount was set aside; the shop's taking it later is not another use.
  if (occasion === 'paid' && (payment.captureMode === 'manual' || wasAwaiting(payment))) return undefined
  const { to, ...mail } = paymentMailOf(payment, at)
  // Who paid at our own checkout and is written to at the account's address hears it there already.
  const isTold = holder === payment.shopperId && mailTopic(occasion, payment) !== undefined
  if (isTold && to === undefined) return undefined
  const payload = { ...mail, shopperId: holder, ...(isTold && to !== undefined && { unlessTo: to }) }
  return { id: uuidAt(at), at, kind: 'email', topic: VCARD_TOPICS[occasion], payload }
}

/** Part of it was paid later: what its V-Card was used for had been told then. */
function wasAwaiting({ legs, attempt }: Payment): boolean {
  return legs.some((leg) => leg.attempt === attempt && leg.hold?.['awaitedUntil'] !== undefined)
}

function reachable(payment: Payment): boolean {
  return payment.email !== undefined || payment.shopperId !== undefined
}

/** A payment as a webhook shows it: the members of the API's payment that a shop acts on. */
export function paymentData(payment: Payment): Record<string, unknown> {
  const approvalCode = approvalCodeOfVCard(payment)
  return {
    id: publicId('pay', payment.id),
    orderRef: payment.orderRef,
    orderName: payment.orderName,
    amount: payment.amount.toString(),
    currency: payment.currency,
    state: payment.state,
    standing: payment.standing,
    capturedAmount: payment.capturedAmount.toString(),
    refundedAmount: payment.refundedAmount.toString(),
    ...(payment.reason ? { reason: payment.reason } : {}),
    ...(approvalCode ? { approvalCode } : {}),
    metadata: payment.metadata,
    ...(payment.items ? { items: viewItems(payment.items) } : {}),
    createdAt: payment.createdAt.toISOString(),
  }
}

function refundData(refund: Refund, wentBack: bigint): Record<string, unknown> {
  return {
    id: publicId('ref', refund.id),
    kind: refund.kind,
    amount: refund.amount.toString(),
    refundedAmount: wentBack.toString(),
    state: refund.state,
    reason: refund.reason,
    createdAt: refund.createdAt.toISOString(),
  }
}

/** What every mail about a payment needs. */
export function paymentMailOf(payment: Payment, at: Date): PaymentMail {
  const approvalCode = approvalCodeOfVCard(payment)
  return {
    ...(payment.email ? { to: payment.email } : {}),
    ...(payment.shopperId ? { shopperId: payment.shopperId } : {}),
    locale: payment.locale,
    payment: publicId('pay', payment.id),
    orderRef: payment.orderRef,
    orderName: payment.orderName,
    amount: payment.amount.toString(),
    currency: payment.currency,
    at: at.toISOString(),
    legs: payment.legs.filter(({ attempt }) => attempt === payment.attempt).map((leg) => mailedLeg(leg, leg.amount)),
    ...(approvalCode ? { approvalCode } : {}),
    ...(payment.reason ? { reason: payment.reason } : {}),
    ...(payment.items
      ? {
          items: payment.items.map((item) => ({
            name: item.name,
            quantity: item.quantity,
            amount: amountOfItem(item).toString(),
          })),
        }
      : {}),
  }
}

function refundedLegs(payment: Payment, refund: Refund): MailedLeg[] {
  return refund.legs.flatMap((part) => {
    const leg = payment.legs.find((one) => one.attempt === part.attempt && one.leg === part.leg)
    return leg && part.state === 'refunded' ? [mailedLeg(leg, part.amount)] : []
  })
}

function mailedLeg(leg: Leg, amount: bigint): MailedLeg {
  const { module, means } = leg
  const { issuer, lastFour } = means
  const approvalCode = approvalCodeOfLeg(leg)
  return {
    module,
    ...(typeof issuer === 'string' && issuer !== '' ? { issuer } : {}),
    ...(typeof lastFour === 'string' && /^[0-9]{4}$/.test(lastFour) ? { lastFour } : {}),
    amount: amount.toString(),
    ...(approvalCode ? { approvalCode } : {}),
  }
}
