import { z } from 'zod'
import { publicId } from '../../ids'
import { approvalCodeOfLeg, approvalCodeOfVCard } from '../../payments/approval-code'
import { declineReasons } from '../../payments/decline-reason'
import { viewItems } from '../../payments/items'
import { legMoves, type LegState } from '../../payments/leg-moves'
import { type HistoryEntry, type Leg, type Payment, verdictOf } from '../../payments/payment'
import { paymentMoves, type PaymentState } from '../../payments/payment-moves'
import { amountOut, currency, idOf, moment } from '../fields'

const states = Object.keys(paymentMoves) as [PaymentState, ...PaymentState[]]
const legStates = Object.keys(legMoves) as [LegState, ...LegState[]]
const reason = z.enum(declineReasons).optional().meta({
  description: 'Why it did not succeed; what each word means stands at /docs/errors.',
})

const legView = z
  .strictObject({
    attempt: z.int().meta({ description: 'Which try to pay this leg belongs to; the payment’s latest is in force.' }),
    leg: z.int(),
    module: z.string().meta({ description: 'The means of payment.', example: 'card' }),
    amount: amountOut,
    state: z.enum(legStates).meta({
      description:
        'Those that end in -ing settle by themselves. authorized: set aside. captured: taken. awaiting: paid later. voided: what was set aside went back. returned: what was taken went back.',
    }),
    reason,
    approvalCode: z.string().optional().meta({ description: 'What the issuer of the card said yes with.' }),
    capturedAmount: amountOut,
    refundedAmount: amountOut,
  })
  .meta({ id: 'Leg', description: 'The part of a payment that one means carries.' })

const itemView = z
  .strictObject({
    item: z.int().meta({ description: 'Its place in the order, counted from one.', example: 1 }),
    name: z.string(),
    quantity: z.int(),
    unitAmount: amountOut,
    group: z.string().optional(),
  })
  .meta({ id: 'Item', description: 'A line of the order.' })

export const paymentView = z
  .strictObject({
    id: idOf('pay'),
    orderRef: z.string(),
    orderName: z.string(),
    amount: amountOut,
    currency,
    status: z.enum(['open', 'authorized', 'awaiting', 'paid', 'declined', 'being-checked']).meta({
      description:
        'What to tell the shopper. awaiting: accepted, and what is left is paid later (on delivery, by giro). being-checked settles by itself: ask again, or wait for the webhook.',
    }),
    state: z.enum(states).meta({ description: 'Where exactly it stands.' }),
    standing: z.enum(['unpaid', 'paid', 'refund-requested', 'refunded', 'failed']).meta({
      description: 'How merchants sort payments.',
    }),
    reason,
    capture: z.enum(['automatic', 'manual']),
    flowVersion: z.int().optional().meta({ description: 'The version of your flow that it began with and keeps.' }),
    deliveryAddress: z.enum(['required', 'optional']).optional(),
    capturedAmount: amountOut,
    refundedAmount: amountOut.meta({ description: 'Given back or on its way back.' }),
    checkoutUrl: z.url().optional().meta({ description: 'Where the shopper pays, while the payment is open.' }),
    returnUrl: z.url().optional(),
    metadata: z.record(z.string(), z.string()),
    items: z.array(itemView).optional().meta({ description: 'What was ordered, where you said.' }),
    createdAt: moment,
    expiresAt: moment,
    finishedAt: moment.optional(),
    approvalCode: z
      .string()
      .optional()
      .meta({ description: 'Of a V-Card, once all its issuers have completed: one code for all its cards.' }),
    legs: z.array(legView),
  })
  .meta({ id: 'Payment', description: 'What a merchant asks to be paid for one order.' })

export const historyView = z
  .strictObject({ version: z.int(), event: z.string(), state: z.enum(states), at: moment })
  .meta({ id: 'HistoryEntry', description: 'One move of a payment; never changed, never removed.' })

/** A payment as its merchant sees it: every member is named here, nothing else leaves. */
export function viewPayment(payment: Payment, webUrl: string): z.input<typeof paymentView> {
  const id = publicId('pay', payment.id)
  const vcardCode = approvalCodeOfVCard(payment)
  return {
    id,
    orderRef: payment.orderRef,
    orderName: payment.orderName,
    amount: payment.amount.toString(),
    currency: payment.currency,
    status: verdictOf(payment),
    state: payment.state,
    standing: payment.standing,
    ...(payment.reason && { reason: payment.reason }),
    capture: payment.captureMode,
    ...(payment.plan?.version && { flowVersion: payment.plan.version }),
    ...(payment.plan?.address && { deliveryAddress: payment.plan.address }),
    capturedAmount: payment.capturedAmount.toString(),
    refundedAmount: payment.refundedAmount.toString(),
    ...(payment.channel === 'hosted' &&
      payment.state === 'created' && { checkoutUrl: `${webUrl.replace(/\/$/, '')}/pay/${id}` }),
    ...(payment.returnUrl && { returnUrl: payment.returnUrl }),
    metadata: payment.metadata,
    ...(payment.items && { items: viewItems(payment.items) }),
    createdAt: payment.createdAt.toISOString(),
    expiresAt: payment.expiresAt.toISOString(),
    ...(payment.finishedAt && { finishedAt: payment.finishedAt.toISOString() }),
    ...(vcardCode && { approvalCode: vcardCode }),
    legs: payment.legs.map(viewLeg),
  }
}

function viewLeg(leg: Leg): z.input<typeof legView> {
  const approvalCode = approvalCodeOfLeg(leg)
  return {
    attempt: leg.attempt,
    leg: leg.leg,
    module: leg.module,
    amount: leg.amount.toString(),
    state: leg.state,
    ...(leg.reason && { reason: leg.reason }),
    ...(approvalCode && { approvalCode }),
    capturedAmount: leg.capturedAmount.toString(),
    refundedAmount: leg.refundedAmount.toString(),
  }
}

export function viewHistory({ version, event, state, at }: HistoryEntry): z.input<typeof historyView> {
  return { version, event, state, at: at.toISOString() }
}
