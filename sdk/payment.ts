import { readAmount, readList, readRecord, readText } from './read-answer'

/** Amounts are whole minor units of the currency (won, cents). */
export interface Payment {
  readonly id: string
  readonly orderRef: string
  readonly orderName: string
  readonly amount: bigint
  readonly currency: string
  /** What to tell the shopper. `awaiting`: accepted, the rest is paid later (on delivery). `being-checked` settles by itself: ask again, or wait for the webhook. */
  readonly status: 'open' | 'authorized' | 'awaiting' | 'paid' | 'declined' | 'being-checked'
  /** Where exactly it stands. */
  readonly state: string
  readonly standing: Standing
  /** Why it did not succeed. */
  readonly reason?: string
  readonly capture: 'automatic' | 'manual'
  readonly capturedAmount: bigint
  /** Given back or on its way back. */
  readonly refundedAmount: bigint
  /** There while the payment is open; send shoppers to it by way of `checkoutUrl()`, which signs the link. */
  readonly checkoutUrl?: string
  readonly returnUrl?: string
  readonly metadata: Readonly<Record<string, string>>
  /** What was ordered, where you said. */
  readonly items?: readonly Item[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly finishedAt?: string
  /** Of a V-Card, once all its issuers have completed: one code for all its cards. */
  readonly approvalCode?: string
  readonly legs: readonly Leg[]
}

export type Standing = 'unpaid' | 'paid' | 'refund-requested' | 'refunded' | 'failed'

/** A line of the order. */
export interface Item {
  /** Its place in the order, counted from one. */
  readonly item: number
  readonly name: string
  readonly quantity: number
  readonly unitAmount: bigint
  readonly group?: string
}

/** The part of a payment that one means carries. */
export interface Leg {
  readonly attempt: number
  readonly leg: number
  readonly module: string
  readonly amount: bigint
  readonly state: string
  readonly reason?: string
  /** What the issuer of the card said yes with. */
  readonly approvalCode?: string
  readonly capturedAmount: bigint
  readonly refundedAmount: bigint
}

export interface PaymentPage {
  readonly payments: readonly Payment[]
  /** To be sent as `after`; null on the last page. */
  readonly next: string | null
}

/** @throws UnreadableAnswer */
export function readPayment(value: unknown): Payment {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['status'])
  return {
    ...(given as unknown as Payment),
    amount: readAmount(given['amount']),
    capturedAmount: readAmount(given['capturedAmount']),
    refundedAmount: readAmount(given['refundedAmount']),
    ...(given['items'] === undefined ? {} : { items: readList(given['items'], readItem) }),
    legs: readList(given['legs'], readLeg),
  }
}

export function readItem(value: unknown): Item {
  const given = readRecord(value)
  return { ...(given as unknown as Item), unitAmount: readAmount(given['unitAmount']) }
}

function readLeg(value: unknown): Leg {
  const given = readRecord(value)
  return {
    ...(given as unknown as Leg),
    amount: readAmount(given['amount']),
    capturedAmount: readAmount(given['capturedAmount']),
    refundedAmount: readAmount(given['refundedAmount']),
  }
}

/** @throws UnreadableAnswer */
export function readPaymentPage(value: unknown): PaymentPage {
  const given = readRecord(value)
  return {
    payments: readList(given['payments'], readPayment),
    next: given['next'] === null ? null : readText(given['next']),
  }
}
