import { disableEndpoint } from '../merchants/endpoint-store'
import type { Listener } from '../merchants/endpoints'
import { publicId, type Uuid, uuidAt } from '../ids'
import { later } from '../clock'
import type { DeliveryParts } from './deliver'
import type { EndpointMail } from './message'
import type { Delivery } from './messages'
import type { OutgoingAnswer } from './outgoing'
import { nextTryAt, readRetryAfter } from './retry-schedule'
import { type ClaimedMessage, hasTakenSince, insertMail, putBack, recordTry } from './store'
import { type SignedHeaders, signWebhook } from './webhook-signature'

const LIMIT_MS = 15_000
// One slow endpoint holds this many places of a process and no more (P3.5); its other messages come back in a while.
const MOST_PER_ENDPOINT = 8
const BUSY_PAUSE_MS = 2000

interface Tried {
  readonly listener: Listener
  readonly answer: OutgoingAnswer
  readonly headers: SignedHeaders
  readonly delivery: Delivery
}

/**
 * Sends a webhook of the outbox to every endpoint that wants it and has not got it yet (Standard Webhooks 1.0): any 2xx
 * is success, 410 switches the endpoint off, everything else, redirects too, is tried again for some three days.
 */
export function createWebhookDelivery(parts: DeliveryParts): (message: ClaimedMessage) => Promise<void> {
  const { database, clock, outgoing, endpoints, evidence, people, report } = parts
  const busy = new Map<Uuid, number>()

  return async (message) => {
    const wanting = await endpoints.listeners(message.merchantId, message.topic)
    const waiting = wanting.filter(({ id }) => !message.reached.includes(publicId('we', id)))
    if (waiting.some(({ id }) => (busy.get(id) ?? 0) >= MOST_PER_ENDPOINT)) {
      return putBack(database.pool, message, later(clock.now(), BUSY_PAUSE_MS))
    }
    const body = JSON.stringify(message.payload)
    const tried = await Promise.all(waiting.map((listener) => tryOnce(message, listener, body)))

    const now = clock.now()
    const missed = tried.filter(({ delivery }) => !isSuccess(delivery.status))
    const failed = missed.filter(({ delivery }) => delivery.status !== 410)
    const again = failed.length > 0 ? nextTryAt(message.tries + 1, now, patienceAsked(failed, now)) : undefined
    const recorded = await recordTry(database.pool, message, {
      state: again ? 'due' : missed.length > 0 ? 'failed' : 'sent',
      ...(again ? { dueAt: again } : {}),
      deliveries: tried.map(({ delivery }) => delivery),
      now,
    })
    if (!recorded) return
    await keepEvidence(message, body, tried)
    for (const { listener, delivery } of tried)
      if (delivery.status === 410) await switchOff(message, listener, 'gone', now)
    if (!again) for (const { listener } of failed) await giveUpOn(message, listener, now)
  }

  async function tryOnce(message: ClaimedMessage, listener: Listener, body: string): Promise<Tried> {
    busy.set(listener.id, (busy.get(listener.id) ?? 0) + 1)
    const begun = performance.now()
    const at = clock.now()
    const headers = signWebhook({ id: publicId('msg', message.id), body, at }, listener.seeds)
    try {
      const answer = await outgoing.post(listener.url, {
        headers: { ...headers, 'content-type': 'application/json' },
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
      const target = publicId('we', listener.id)
      const delivery = { try: message.try, target, ...result, durationMs: Math.round(performance.now() - begun), at }
      return { listener, answer, headers, delivery }
    } finally {
      const others = (busy.get(listener.id) ?? 1) - 1
      if (others > 0) busy.set(listener.id, others)
      else busy.delete(listener.id)
    }
  }

  /** What the shop acknowledged having been told, as it was signed (profile 4). */
  async function keepEvidence(message: ClaimedMessage, body: string, tried: readonly Tried[]): Promise<void> {
    const { merchantId, paymentId, topic: type } = message
    if (!paymentId) return
    for (const { listener, headers, delivery } of tried) {
      if (!isSuccess(delivery.status)) continue
      const kept = JSON.stringify({ headers, body })
      const outcome = `acknowledged: status ${delivery.status}`
      await evidence.keep({
        merchantId,
        paymentId,
        direction: 'sent',
        type,
        message: kept,
        kid: listener.publicKey,
        outcome,
      })
    }
  }

  /** An endpoint that has taken nothing since this message was written is not coming back by itself. */
  async function giveUpOn(message: ClaimedMessage, listener: Listener, now: Date): Promise<void> {
    const taken = await hasTakenSince(database.pool, message.merchantId, publicId('we', listener.id), message.createdAt)
    if (!taken) await switchOff(message, listener, 'keeps-failing', now)
  }

  async function switchOff(
    { merchantId }: ClaimedMessage,
    { id, url }: Listener,
    reason: EndpointMail['reason'],
    now: Date,
  ): Promise<void> {
    const owners = (await people.members(merchantId)).filter(({ role }) => role === 'owner')
    await database.transaction(async (tx) => {
      if (!(await disableEndpoint(tx, merchantId, id, now))) return
      for (const { person } of owners) {
        const payload = { to: person.email, locale: person.locale, url, reason, at: now.toISOString() }
        await insertMail(tx, merchantId, {
          id: uuidAt(now),
          at: now,
          kind: 'email',
          topic: 'endpoint-disabled',
          payload,
        })
      }
    })
    report('webhook-endpoint-off', { merchantId, endpointId: id, reason })
  }
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300
}

function patienceAsked(failed: readonly Tried[], now: Date): number {
  const asked = failed.map(({ answer }) => (answer.kind === 'answered' ? readRetryAfter(answer.retryAfter, now) : 0))
  return Math.max(...asked)
}
