import { later } from '../clock'
import { publicId } from '../ids'
import type { DeliveryParts } from './deliver'
import { nextTryAt, readRetryAfter } from './retry-schedule'
import { type ClaimedMessage, putBack, recordTry } from './store'

const LIMIT_MS = 15_000
// One slow listener holds this many places of a process and no more (P3.5).
const MOST_PER_LISTENER = 8
const BUSY_PAUSE_MS = 2000

/** Where a message goes, and in what form. */
export interface ListenerRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends messages that have exactly one listener: any 2xx is success, 410 says that nobody is there any more, everything
 * else, redirects too, is tried again for some three days.
 */
export function createDeliveryToOne({
  database,
  clock,
  outgoing,
}: Pick<DeliveryParts, 'database' | 'clock' | 'outgoing'>) {
  const { pool } = database
  const busy = new Map<string, number>()

  async function post(message: ClaimedMessage, { url, headers, body }: ListenerRequest, origin: string) {
    busy.set(origin, (busy.get(origin) ?? 0) + 1)
    const begun = performance.now()
    const at = clock.now()
    try {
      const answer = await outgoing.post(url, {
        ...{ headers, body },
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
        // How long the listener asked us to wait.
        askedMs: answer.kind === 'answered' ? readRetryAfter(answer.retryAfter, at) : 0,
      }
    } finally {
      const others = (busy.get(origin) ?? 1) - 1
      if (others > 0) busy.set(origin, others)
      else busy.delete(origin)
    }
  }

  return {
    /** There is nobody to tell. */
    async giveUp(message: ClaimedMessage): Promise<void> {
      await recordTry(pool, message, { state: 'failed', deliveries: [], now: clock.now() })
    },

    /** @returns gone when the listener said that it is there no more */
    async deliver(message: ClaimedMessage, request: ListenerRequest): Promise<'gone' | undefined> {
      const { origin } = new URL(request.url)
      if ((busy.get(origin) ?? 0) >= MOST_PER_LISTENER) {
        await putBack(pool, message, later(clock.now(), BUSY_PAUSE_MS))
        return undefined
      }
      const { delivery, askedMs } = await post(message, request, origin)
      const now = clock.now()
      const { status } = delivery
      const isTaken = status !== undefined && status >= 200 && status < 300
      const isGone = status === 410
      const again = isTaken || isGone ? undefined : nextTryAt(message.tries + 1, now, askedMs)
      const recorded = await recordTry(pool, message, {
        state: isTaken ? 'sent' : again ? 'due' : 'failed',
        ...(again && { dueAt: again }),
        deliveries: [delivery],
        now,
      })
      return recorded && isGone ? 'gone' : undefined
    },
  }
}
