import { uuidAt } from '../ids'
import type { GiroMail, OutgoingMessage } from '../messages/message'
import { bigintAsText } from '../payments/store'
import type { GiroBill } from './giro-bill'

type Occasion = Pick<GiroMail, 'demand' | 'came'>

/** What tells a payer of a bill: the statement, a demand, or what has become of money that came. In the outbox's form. */
export function giroMessages(
  topic: 'giro-statement' | 'giro-demand' | 'giro-received',
  bill: GiroBill,
  at: Date,
  occasion: Occasion = {},
): OutgoingMessage[] {
  const { payer, locale, orderName, reference, bank, received } = bill
  if (payer.email === undefined && payer.shopperId === undefined) return []
  const payload: GiroMail = {
    ...(payer.email === undefined ? {} : { to: payer.email }),
    ...(payer.shopperId === undefined ? {} : { shopperId: payer.shopperId }),
    ...{ locale, billId: bill.id, payerName: payer.name, orderName, reference, bank },
    amount: String(bill.amount.amount),
    received: String(received),
    currency: bill.amount.currency,
    dueAt: bill.dueAt.toISOString(),
    at: at.toISOString(),
    ...occasion,
  }
  return [{ id: uuidAt(at), at, kind: 'email', topic, payload }]
}

/** Messages about a bill as insert_messages takes them. */
export function outboxOf({ merchantId, paymentId }: GiroBill, messages: readonly OutgoingMessage[]): string {
  return JSON.stringify([{ merchantId, paymentId, messages }], bigintAsText)
}
