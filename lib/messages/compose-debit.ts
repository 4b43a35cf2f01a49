import { uuidAt } from '../ids'
import type { Payment } from '../payments/payment'
import { paymentData, paymentMailOf, webhook } from './compose'
import type { DebitMailTopic, OutgoingMessage } from './message'

export interface DebitNews {
  readonly topic: DebitMailTopic
  readonly amount: bigint
  readonly mandate: string
  /** Last four digits of the account. */
  readonly account: string
  /** YYYY-MM-DD; absent where nothing will be collected any more. */
  readonly collectOn?: string
  readonly creditor?: string
  readonly at: Date
}

/** Tells the payer what will be collected from their account, or that it was not; nothing where nobody can be reached. */
export function composeDebitMail(payment: Payment, { topic, amount, at, ...facts }: DebitNews): OutgoingMessage[] {
  if (payment.email === undefined && payment.shopperId === undefined) return []
  const payload = { ...paymentMailOf(payment, at), debit: { ...facts, amount: amount.toString() } }
  return [{ id: uuidAt(at), at, kind: 'email', topic, payload }]
}

/**
 * Tells the shop that a bank has taken a direct debit back after its payment had been paid: the payment stays paid, and the
 * amount is owed to the shop no more.
 *
 * @param returned minor units, and the bank's code
 */
export function composeReturned(
  payment: Payment,
  { amount, reason }: { readonly amount: bigint; readonly reason: string },
  at: Date,
): OutgoingMessage {
  return webhook(
    'payment.returned',
    { payment: paymentData(payment), returned: { amount: String(amount), reason } },
    at,
  )
}
