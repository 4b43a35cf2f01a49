import { setTimeout } from 'node:timers/promises'
import { later } from '../clock'
import type { Settings } from '../env'
import type { LinkObserver } from '../gateways/link-observer'
import type { Uuid } from '../ids'
import { createDelivery, type DeliveryParts } from './deliver'
import { createMailer } from './mailer'
import { claimDue, type ClaimedMessage, findMessage, findMessages, startRound } from './store'

/** One try to deliver a message, as the portal shows it. */
export interface Delivery {
  readonly try: number
  /** The endpoint's id (we_…), or the masked mail address. */
  readonly target: string
  /** HTTP or SMTP status; undefined when there was no answer. */
  readonly status?: number
  readonly error?: string
  readonly durationMs: number
  readonly at: Date
}

export interface SentMessage {
  readonly id: Uuid
  readonly kind: 'webhook' | 'email'
  readonly topic: string
  readonly paymentId?: Uuid
  readonly payload: unknown
  readonly state: 'due' | 'sent' | 'failed'
  readonly dueAt?: Date
  readonly tries: number
  readonly createdAt: Date
  readonly sentAt?: Date
  readonly deliveries: readonly Delivery[]
}

export interface MessageFilter {
  readonly kind?: 'webhook' | 'email'
  readonly state?: 'due' | 'sent' | 'failed'
  readonly paymentId?: Uuid
  /** The id of the last message of the page before; newest come first. */
  readonly after?: Uuid
  readonly limit: number
}

export interface Messages {
  /**
   * Takes up what is due, at most so many messages, each with a lease: whoever dies with one in hand leaves it to the
   * next. Any number of processes may do so at once; none takes another's message. Returns when all of them are
   * delivered or put off, or after a second: what a slow receiver keeps waiting goes on by itself.
   * @returns how many were taken up
   */
  sendDue(limit: number): Promise<number>
  list(merchantId: Uuid, filter: MessageFilter): Promise<SentMessage[]>
  get(merchantId: Uuid, messageId: Uuid): Promise<SentMessage | undefined>
  /** Puts a message back in the queue with a fresh schedule, same id and body. False when it is not this merchant's. */
  resend(merchantId: Uuid, messageId: Uuid): Promise<boolean>
  /** Waits for what is under way. */
  idle(): Promise<void>
  /** Waits for what is under way and hangs up. */
  close(): Promise<void>
}

interface Parts extends Omit<DeliveryParts, 'mailer' | 'settings'> {
  readonly settings: DeliveryParts['settings'] & Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'>
  readonly observe?: LinkObserver
}

// A try may take 15 s; whoever has not answered for it after a minute is dead.
const LEASE_MS = 60_000
// Enough to keep other receivers served while some are slow; each costs a socket and a few kilobytes.
const MOST_UNDER_WAY = 200
const PATIENCE_MS = 1000

export function createMessages({ settings, ...parts }: Parts): Messages {
  const { database, clock, report } = parts
  const mailer = createMailer(settings, parts.observe)
  const deliver = createDelivery({ ...parts, settings, mailer })
  const underWay = new Set<Promise<void>>()

  async function idle(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  function start(message: ClaimedMessage): Promise<void> {
    const trying: Promise<void> = deliver(message)
      // A message that cannot even be tried must not stop the others; its lease runs out and it comes again.
      .catch((error: unknown) => report('message-not-tried', { messageId: message.id, error: nameOf(error) }))
      .finally(() => underWay.delete(trying))
    underWay.add(trying)
    return trying
  }

  return {
    async sendDue(limit) {
      const now = clock.now()
      const room = Math.min(limit, MOST_UNDER_WAY - underWay.size)
      if (room <= 0) return 0
      const claimed = await claimDue(database.pool, { now, leasedUntil: later(now, LEASE_MS), limit: room })
      const all = Promise.all(claimed.map(start))
      const patience = new AbortController()
      await Promise.race([all, setTimeout(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
      return claimed.length
    },

    list: (merchantId, filter) => findMessages(database.prisma, merchantId, filter),
    get: (merchantId, messageId) => findMessage(database.prisma, merchantId, messageId),
    resend: (merchantId, messageId) => startRound(database.prisma, merchantId, messageId, clock.now()),
    idle,

    async close() {
      await idle()
      mailer.close()
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
}
