import { publicId, type Uuid, uuidAt } from '../ids'
import type { Payment } from '../payments/payment'
import type { OutgoingMessage } from './message'

interface ToldFact {
  readonly id: Uuid
  readonly kind: 'shipped' | 'delivered'
  readonly carrier?: string | undefined
  readonly trackingNumber?: string | undefined
  readonly trackingUrl?: string | undefined
  readonly at: Date
  readonly notedAt: Date
}

/** Tells the shop's other programs what one of them, or one of its people, has said of an order. */
export function orderWebhook(payment: Pick<Payment, 'id' | 'orderRef'>, fact: ToldFact): OutgoingMessage {
  const type = `order.${fact.kind}` as const
  const at = fact.notedAt
  const order = {
    payment: publicId('pay', payment.id),
    orderRef: payment.orderRef,
    ...(fact.carrier ? { carrier: fact.carrier } : {}),
    ...(fact.trackingNumber ? { trackingNumber: fact.trackingNumber } : {}),
    ...(fact.trackingUrl ? { trackingUrl: fact.trackingUrl } : {}),
    at: fact.at.toISOString(),
  }
  const payload = { type, timestamp: at.toISOString(), data: { order } }
  return { id: uuidAt(at), at, kind: 'webhook', topic: type, payload }
}
