import type { Payment } from '../../sdk'
import type { Language } from './words'

/** What the shop knows of the payment of an order. Amounts are won. */
export type KnownPayment = Pick<Payment, 'id' | 'status' | 'reason' | 'capturedAmount' | 'refundedAmount' | 'createdAt'>

export interface Order {
  readonly id: string
  /** Whose it is. */
  readonly visitor: string
  readonly lines: readonly { readonly productId: string; readonly count: number }[]
  /** Won. */
  readonly amount: bigint
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly placedAt: string
  /** How often paying was begun; part of the key under which it is asked for. */
  readonly attempt: number
  readonly payment?: KnownPayment
  /** Since when nobody knows what became of an attempt, because Moa did not answer, and the payment before it. */
  readonly unknown?: { readonly since: string; readonly after?: string }
  /** When the shop last agreed to the payment, by a signed message. */
  readonly confirmedAt?: string
  /** What webhooks said, oldest first. */
  readonly told: readonly { readonly id: string; readonly type: string; readonly at: string }[]
  /** Signed cancels: our message and Moa's answer, to keep. */
  readonly cancels: readonly { readonly sent: string; readonly received: string; readonly at: string }[]
}

export const CURRENCY = 'KRW'

/** How an order stands, in the words of the shop. */
export type OrderStanding =
  | 'not-paid'
  | 'waiting'
  | 'being-checked'
  | 'paid'
  | 'set-aside'
  | 'accepted'
  | 'declined'
  | 'part-refunded'
  | 'refunded'

/** After this long an attempt that Moa knows nothing of will not turn up any more. */
const LOST_AFTER_MS = 60_000

export function standingOf({ payment, unknown }: Order, now = new Date()): OrderStanding {
  if (unknown && now.getTime() - Date.parse(unknown.since) < LOST_AFTER_MS) return 'being-checked'
  switch (payment?.status) {
    case undefined:
      return 'not-paid'
    case 'open':
      return 'waiting'
    case 'authorized':
      return 'set-aside'
    case 'awaiting':
      return 'accepted'
    case 'declined':
      return 'declined'
    case 'being-checked':
      return 'being-checked'
    case 'paid':
      if (payment?.refundedAmount === 0n) return 'paid'
      return payment?.refundedAmount === payment?.capturedAmount ? 'refunded' : 'part-refunded'
  }
}

/** The order with what Moa says of its payment now. An older payment of the same order says nothing new. */
export function withPayment(order: Order, payment: Payment): Order {
  const known = order.payment
  if (known && known.id !== payment.id && known.createdAt > payment.createdAt) return order
  const { id, status, reason, capturedAmount, refundedAmount, createdAt } = payment
  const { unknown, ...settled } = order
  return {
    ...settled,
    // News of the payment before says nothing of the attempt whose answer was lost.
    ...(unknown?.after === payment.id && { unknown }),
    payment: { id, status, ...(reason && { reason }), capturedAmount, refundedAmount, createdAt },
  }
}
