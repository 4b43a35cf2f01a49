import { publicId, uuidAt } from '../ids'
import type { OutboxRow } from '../payments/payment-move'
import type { Payment } from '../payments/payment'
import type { StaffOccasion } from '../payments/payment-plan'
import { paymentData } from './compose'
import type { StaffMail } from './message'

/**
 * The messages about a payment as its plan wants them: webhooks and receipts that the shop has switched off are left out,
 * and its people get theirs. Whoever was declined or had money back is told in any case.
 */
export function asPlanned(
  { plan, ...payment }: Payment,
  occasion: StaffOccasion,
  messages: readonly OutboxRow[],
  at: Date,
): readonly OutboxRow[] {
  if (!plan) return messages
  const isTold = ({ kind, topic }: OutboxRow) =>
    kind === 'webhook' ? !plan.silent?.includes(topic) : !(topic === 'receipt' && plan.receipts === false)
  const waits = occasion === 'authorized' && plan.approvals !== undefined
  const heard: StaffOccasion[] = waits ? [occasion, 'approval-needed'] : [occasion]
  const mails = (plan.staff ?? []).flatMap(({ to, locale, on }): OutboxRow[] => {
    // Who hears of both hears of what is to be done.
    const told = heard.findLast((one) => on.includes(one))
    if (!told) return []
    const payload: StaffMail = {
      ...{ to, locale, occasion: told, at: at.toISOString() },
      payment: publicId('pay', payment.id),
      orderRef: payment.orderRef,
      orderName: payment.orderName,
      amount: payment.amount.toString(),
      currency: payment.currency,
    }
    return [{ id: uuidAt(at), at, kind: 'email', topic: 'staff-notice', payload }]
  })
  return [...messages.filter(isTold), ...(waits ? [approvalWebhook(payment, plan.approvals ?? 1, at)] : []), ...mails]
}

function approvalWebhook(payment: Omit<Payment, 'plan'>, people: number, at: Date): OutboxRow {
  const type = 'payment.approval-needed'
  const data = { payment: paymentData(payment), people }
  return { id: uuidAt(at), at, kind: 'webhook', topic: type, payload: { type, timestamp: at.toISOString(), data } }
}
