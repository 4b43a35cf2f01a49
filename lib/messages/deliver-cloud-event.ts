import type { EventPayload } from '../camara/events'
import type { EventSinks } from '../camara/sinks'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { DeliveryParts } from './deliver'
import { createDeliveryToOne } from './deliver-to-one'
import type { ClaimedMessage } from './store'

interface Parts extends Pick<DeliveryParts, 'database' | 'clock' | 'outgoing'> {
  readonly sinks: EventSinks
}

/** Sends an event of the CAMARA interface to the sink that its payment or refund named, while the sink's token is good. */
export function createCloudEventDelivery({ sinks, ...parts }: Parts) {
  const { deliver, giveUp } = createDeliveryToOne(parts)

  return async (message: ClaimedMessage): Promise<void> => {
    const { merchantId, paymentId } = message
    invariant(paymentId, 'an event is about a payment')
    const { refundId, event } = message.payload as EventPayload
    const of: { paymentId: Uuid; refundId?: Uuid } = { paymentId, ...(refundId && { refundId }) }
    const sink = await sinks.find(merchantId, of, parts.clock.now())
    if (!sink) return giveUp(message)
    const headers = {
      'content-type': 'application/cloudevents+json',
      'x-correlator': sink.correlationId,
      ...(sink.accessToken !== undefined && { authorization: `Bearer ${sink.accessToken}` }),
    }
    const end = await deliver(message, { url: sink.url, headers, body: JSON.stringify(event) })
    if (end === 'gone') await sinks.close(merchantId, of)
  }
}
