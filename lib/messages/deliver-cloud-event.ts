import type { EventPayload } from '../camara/events'
import type { EventSinks, OpenSink } from '../camara/sinks'
import { later } from '../clock'
import { publicId, type Uuid } from '../ids'
import { invariant } from '../invariant'
import type { DeliveryParts } from './deliver'
import type { Delivery } from './messages'
import { nextTryAt, readRetryAfter } from './retry-schedule'
import { type ClaimedMessage, putBack, recordTry } from './store'

const LIMIT_MS = 15_000
// One slow sink holds this many places of a process and no more (P3.5).
const MOST_PER_SINK = 8
const BUSY_PAUSE_MS = 2000

interface Parts extends Pick<DeliveryParts, 'database' | 'clock' | 'outgoing'> {
  readonly sinks: EventSinks
}

/**
 * Sends an event of the CAMARA interface to the sink that its payment or refund named: any 2xx is success, 410 closes the
 * sink, everything else, redirects too, is tried again for some three days, while the sink's token is good.
 */
export function createCloudEventDelivery({ database, clock, outgoing, sinks }: Parts) {
  const busy = new Map<string, number>()

  async function post(sink: OpenSink, message: ClaimedMessage, body: string): Promise<Attempt> {
    const origin = new URL(sink.url).origin
    busy.set(origin, (busy.get(origin) ?? 0) + 1)
    const begun = performance.now()
    const at = clock.now()
    try {
      const answer = await outgoing.post(sink.url, {
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-correlator': sink.correlationId,
          ...(sink.accessToken !== undefined && { authorization: `Bearer ${sink.accessToken}` }),
        },
        body,
        timeLimitMs: LIMIT_MS,
        about: {
          link: 'webhook',
          operation: message.topic,
          correlation: publicId('msg', message.id),
          paymentId: message.paymentId ?? undefined,
        },
      })
      const result = answer.kind === 'answered' ? { status: answer.status } : { error: answer.reason }
      const durationMs = Math.round(performance.now() - begun)
      return {
        delivery: { try: message.try, target: origin, ...result, durationMs, at },
        askedMs: answer.kind === 'answered' ? readRetryAfter(answer.retryAfter, at) : 0,
      }
    } finally {
      const others = (busy.get(origin) ?? 1) - 1
      if (others > 0) busy.set(origin, others)
      else busy.delete(origin)
    }
  }

  return async (message: ClaimedMessage): Promise<void> => {
    const { merchantId, paymentId } = message
    invariant(paymentId, 'an event is about a payment')
    const { refundId, event } = message.payload as EventPayload
    const of: { paymentId: Uuid; refundId?: Uuid } = { paymentId, ...(refundId && { refundId }) }
    const sink = await sinks.find(merchantId, of, clock.now())
    if (!sink) {
      await recordTry(database.pool, message, { state: 'failed', deliveries: [], now: clock.now() })
      return
    }
    if ((busy.get(new URL(sink.url).origin) ?? 0) >= MOST_PER_SINK) {
      return putBack(database.pool, message, later(clock.now(), BUSY_PAUSE_MS))
    }
    const { delivery, askedMs } = await post(sink, message, JSON.stringify(event))
    const now = clock.now()
    const isTaken = delivery.status !== undefined && delivery.status >= 200 && delivery.status < 300
    const isGone = delivery.status === 410
    const again = isTaken || isGone ? undefined : nextTryAt(message.tries + 1, now, askedMs)
    const recorded = await recordTry(database.pool, message, {
      state: isTaken ? 'sent' : again ? 'due' : 'failed',
      ...(again && { dueAt: again }),
      deliveries: [delivery],
      now,
    })
    if (recorded && isGone) await sinks.close(merchantId, of)
  }
}

interface Attempt {
  readonly delivery: Delivery
  /** How long the sink asked us to wait. */
  readonly askedMs: number
}
