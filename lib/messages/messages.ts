import type { Uuid } from '../ids'

/** One try to deliver a message, as the portal shows it. */
export interface Delivery {
  readonly try: number
  /** The address of the endpoint, or the masked mail address. */
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
   * Sends what is due, at most so many messages, each with a lease: whoever dies with one in hand leaves it to the
   * next. Several may run at once, in any number of processes; none takes another's message.
   * @returns how many were taken up
   */
  sendDue(limit: number): Promise<number>
  list(merchantId: Uuid, filter: MessageFilter): Promise<SentMessage[]>
  get(merchantId: Uuid, messageId: Uuid): Promise<SentMessage | undefined>
  /** Puts a message back in the queue with a fresh schedule, same id and body. False when it is not this merchant's. */
  resend(merchantId: Uuid, messageId: Uuid): Promise<boolean>
  close(): void
}
