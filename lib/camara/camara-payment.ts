import type { Uuid } from '../ids'
import type { DeclineReason } from '../payments/decline-reason'
import type { Currency } from '../money/currency'

export const paymentStatuses = [
  'processing',
  'pending_validation',
  'denied',
  'reserved',
  'succeeded',
  'cancelled',
] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

export const refundStatuses = ['processing', 'denied', 'succeeded'] as const
export type RefundStatus = (typeof refundStatuses)[number]

/**
 * Who answers for the line that is charged. token: its holder proved it when the token was given. code: its holder proves
 * it for this payment. client: the client, by its contract.
 */
export type Proof = 'token' | 'code' | 'client'

/** Where events of one payment or refund go. */
export interface Sink {
  readonly url: string
  /** The bearer token that the client wants to see there, and until when it is good. */
  readonly credential?: { readonly accessToken: string; readonly until: Date }
}

/** What the client sent of the amount: a JSON value whose numbers are decimal text. */
export type SentAmount = Readonly<Record<string, unknown>>

/** A payment as the CAMARA interface shows it. */
export interface CamaraPayment {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly clientId: Uuid
  readonly status: PaymentStatus
  readonly number: string
  readonly steps: 1 | 2
  readonly proof: Proof
  readonly referenceCode: string
  readonly clientCorrelator?: string
  readonly paymentAmount: SentAmount
  readonly sink?: string
  readonly createdAt: Date
  /** When it was charged. */
  readonly paidAt?: Date
  readonly validatedAt?: Date
  readonly reason?: DeclineReason
  readonly currency: Currency
  readonly capturedAmount: bigint
  /** Refunded or on its way back. */
  readonly refundedAmount: bigint
}

/** A refund as the CAMARA interface shows it. */
export interface CamaraRefund {
  readonly refundId: Uuid
  readonly paymentId: Uuid
  readonly status: RefundStatus
  readonly type: 'total' | 'partial'
  readonly referenceCode: string
  readonly clientCorrelator?: string
  readonly refundAmount: SentAmount
  readonly reason?: string
  readonly sink?: string
  readonly createdAt: Date
  readonly finishedAt?: Date
}

/** The topics of the events that a sink is told of, without the part that every CAMARA event type begins with. */
export type EventTopic =
  | 'carrier-billing.v0.payment-pending-validation'
  | 'carrier-billing.v0.payment-reserved'
  | 'carrier-billing.v0.payment-completed'
  | 'carrier-billing.v0.payment-cancelled'
  | 'carrier-billing.v0.payment-denied'
  | 'carrier-billing-refund.v0.refund-completed'
  | 'carrier-billing-refund.v0.refund-denied'
  | 'carrier-billing-refund.v0.refund-in-bill'
