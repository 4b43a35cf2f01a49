import { setTimeout } from 'node:timers/promises'
import { later } from '../clock'
import type { Settings } from '../env'
import type { LinkObserver } from '../gateways/link-observer'
import type { SmsCentre, SmsCentreState } from '../gateways/sms/sms'
import { connectSmsCentre } from '../gateways/sms/smpp-centre'
import type { Uuid } from '../ids'
import { createDelivery, type DeliveryParts } from './deliver'
import type { SmsParts } from './deliver-sms'
import { createMailer } from './mailer'
import type { OutgoingMessage } from './message'
import { takeSmsReceipt } from './sms-store'
import { claimDue, claimOne, type ClaimedMessage, findMessage, findMessages, startRound } from './store'

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
  readonly messageId?: Uuid
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
  /**
   * Sends a message that has just been written at once, instead of when its turn comes: for codes, which somebody waits
   * for. Best effort and in the background; what it cannot send stays in the outbox. Only SMS are hurried.
   */
  sendNow(message: Pick<OutgoingMessage, 'id' | 'at' | 'kind'>): void
  /** How the link to the SMS centre stands; undefined where there is none. */
  smsState(): SmsCentreState | undefined
  /** Waits for what is under way. */
  idle(): Promise<void>
  /** Waits for what is under way and hangs up. */
  close(): Promise<void>
}

interface Parts extends Omit<DeliveryParts, 'mailer' | 'settings' | 'sms'> {
  readonly settings: DeliveryParts['settings'] &
    Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'> &
    Partial<Pick<Settings, 'SMSC_URL' | 'SMS_FROM'>>
  /** What SMS need; without it, or without a centre in the settings, they stay in the outbox. */
  readonly sms?: Pick<SmsParts, 'vault' | 'drawCode'>
  readonly observe?: LinkObserver
}

// A try may take 15 s; whoever has not answered for it after a minute is dead.
const LEASE_MS = 60_000
// Enough to keep other receivers served while some are slow; each costs a socket and a few kilobytes.
const MOST_UNDER_WAY = 200
const PATIENCE_MS = 1000
// A centre that is not bound within this time is left to the worker.
const HURRY_MS = 3000

export function createMessages({ settings, ...parts }: Parts): Messages {
  const { database, clock, report } = parts
  const mailer = createMailer(settings, parts.observe)
  const centre = connectSms(settings, parts)
  const deliver = createDelivery({ ...parts, settings, mailer, sms: centre && parts.sms && { centre, ...parts.sms } })
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

  async function hurry(message: Pick<OutgoingMessage, 'id' | 'at'>): Promise<void> {
    if (!(await centre?.whenUp(HURRY_MS))) return
    const claimed = await claimOne(database.pool, message, later(clock.now(), LEASE_MS))
    if (claimed) await start(claimed)
  }

  return {
    async sendDue(limit) {
      const now = clock.now()
      const room = Math.min(limit, MOST_UNDER_WAY - underWay.size)
      if (room <= 0) return 0
      centre?.open()
      const leasedUntil = later(now, LEASE_MS)
      // While the centre is away its messages stay where they are, and nobody else's wait behind them.
      const claimed = await claimDue(database.pool, { now, leasedUntil, limit: room, sms: centre?.hasRoom() ?? false })
      const all = Promise.all(claimed.map(start))
      const patience = new AbortController()
      await Promise.race([all, setTimeout(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
      return claimed.length
    },

    list: (merchantId, filter) => findMessages(database.prisma, merchantId, filter),
    get: (merchantId, messageId) => findMessage(database.prisma, merchantId, messageId),
    resend: (merchantId, messageId) => startRound(database.prisma, merchantId, messageId, clock.now()),
    sendNow(message) {
      if (message.kind !== 'sms') return
      const hurrying: Promise<void> = hurry(message)
        .catch((error: unknown) => report('message-not-tried', { messageId: message.id, error: nameOf(error) }))
        .finally(() => underWay.delete(hurrying))
      underWay.add(hurrying)
    },
    smsState: () => centre?.state(),
    idle,

    async close() {
      await idle()
      await centre?.close()
      mailer.close()
    },
  }
}

function connectSms(
  { SMSC_URL, SMS_FROM }: Parts['settings'],
  { sms, database, clock, observe, report }: Pick<Parts, 'sms' | 'database' | 'clock' | 'observe' | 'report'>,
): SmsCentre | undefined {
  if (!sms || SMSC_URL === undefined || SMS_FROM === undefined) return undefined
  return connectSmsCentre(
    { url: SMSC_URL, from: SMS_FROM },
    {
      ...{ clock, observe },
      onReceipt: (receipt) => takeSmsReceipt(database.pool, receipt, clock.now()),
      onEvent: (event) => {
        if (event.kind === 'connection-down') report('sms-centre-down', { reason: event.reason })
        if (event.kind === 'receipt-not-taken') report('sms-receipt-not-taken', { error: event.error })
      },
    },
  )
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
}
