import { publicId, type Uuid, uuidAt } from '../ids'
import type { DeclineReason } from '../payments/decline-reason'
import type { Payment, Refund } from '../payments/payment'
import type { Occasion, OutboxRow } from '../payments/payment-move'
import type { EventTopic } from './camara-payment'

/** A CloudEvent (1.0.2, JSON) as a sink receives it. */
export interface CloudEvent {
  readonly id: string
  readonly source: string
  readonly type: `org.camaraproject.${EventTopic}`
  readonly specversion: '1.0'
  readonly datacontenttype: 'application/json'
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What the outbox keeps of an event. The refund's id is ours; it leads to the sink. */
export interface EventPayload {
  readonly refundId?: Uuid
  readonly event: CloudEvent
}

/** What is said of an outcome, in the language of the interface. */
const DESCRIPTIONS: Readonly<Record<EventTopic, string>> = {
  'carrier-billing.v0.payment-pending-validation': 'The payment waits for the code that was sent to the line.',
  'carrier-billing.v0.payment-reserved': 'The amount is reserved; confirm or cancel the payment.',
  'carrier-billing.v0.payment-completed': 'The payment is charged to the line.',
  'carrier-billing.v0.payment-cancelled': 'The payment is cancelled; nothing is charged.',
  'carrier-billing.v0.payment-denied': 'The payment is denied; nothing is charged.',
  'carrier-billing-refund.v0.refund-completed': 'The refund is made.',
  'carrier-billing-refund.v0.refund-denied': 'The refund is denied; nothing is given back.',
  'carrier-billing-refund.v0.refund-in-bill': 'The refund is taken off the next bill of the line.',
}

/**
 * Composes the events of payments and refunds that came over the CAMARA interface; written in the transaction of the fact
 * they report (P5.1). The database keeps only those that a sink was named for.
 */
export function createEvents({ webUrl }: { webUrl: string }) {
  const source = new URL('/camara', webUrl).href

  function row(
    topic: EventTopic,
    failed: boolean,
    data: Record<string, unknown>,
    at: Date,
    refundId?: Uuid,
  ): OutboxRow {
    const id = uuidAt(at)
    const event: CloudEvent = {
      id: publicId('msg', id),
      source,
      type: `org.camaraproject.${topic}`,
      specversion: '1.0',
      datacontenttype: 'application/json',
      time: at.toISOString(),
      data: { ...data, status: failed ? 'failed' : 'succeeded', description: DESCRIPTIONS[topic] },
    }
    return { id, kind: 'cloud-event', topic, payload: { ...(refundId && { refundId }), event }, at }
  }

  function ofPayment(occasion: Occasion, payment: Payment, at: Date): OutboxRow {
    const data = { paymentId: publicId('pay', payment.id) }
    switch (occasion) {
      case 'paid':
        return row('carrier-billing.v0.payment-completed', false, { ...data, paymentDate: at.toISOString() }, at)
      // A telephone bill is never paid later than the payment itself.
      case 'awaiting':
      case 'authorized':
        return row('carrier-billing.v0.payment-reserved', false, data, at)
      case 'failed':
        if (payment.reason === 'cancelled') return row('carrier-billing.v0.payment-cancelled', false, data, at)
        return row(
          'carrier-billing.v0.payment-denied',
          true,
          { ...data, denialReason: denialOf(payment.reason ?? 'declined') },
          at,
        )
    }
  }

  return {
    payment: (occasion: Occasion, payment: Payment, at: Date): OutboxRow[] =>
      payment.channel === 'open-api' ? [ofPayment(occasion, payment, at)] : [],

    pendingValidation: (paymentId: Uuid, at: Date): OutboxRow =>
      row('carrier-billing.v0.payment-pending-validation', false, { paymentId: publicId('pay', paymentId) }, at),

    refund(payment: Payment, refund: Refund, at: Date): OutboxRow[] {
      if (payment.channel !== 'open-api') return []
      const data = { paymentId: publicId('pay', payment.id), refundId: publicId('ref', refund.id) }
      if (refund.state === 'refused') {
        const denialReason = denialOf(refund.legs.find(({ reason }) => reason)?.reason ?? 'declined')
        return [row('carrier-billing-refund.v0.refund-denied', true, { ...data, denialReason }, at, refund.id)]
      }
      return [
        row('carrier-billing-refund.v0.refund-in-bill', false, data, at, refund.id),
        row(
          'carrier-billing-refund.v0.refund-completed',
          false,
          { ...data, refundDate: at.toISOString() },
          at,
          refund.id,
        ),
      ]
    },
  }
}

export type CamaraEvents = ReturnType<typeof createEvents>

/** Why, as far as a client may know: what concerns the holder's standing with the telco is between those two (P6.7). */
function denialOf(reason: DeclineReason): string {
  switch (reason) {
    case 'no-answer':
    case 'interrupted':
      return 'The telephone company did not answer in time.'
    case 'timed-out':
      return 'The time to finish the payment ran out.'
    default:
      return 'Denied by business.'
  }
}
