import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { DeclineReason } from '../payments/decline-reason'
import type { CamaraPayment, PaymentStatus, SentAmount, Sink } from './camara-payment'

export interface NewCamaraPayment {
  readonly steps: 1 | 2
  /** E.164 */
  readonly number: string
  readonly amount: Money
  /** What the holder reads. */
  readonly description: string
  readonly referenceCode: string
  readonly clientCorrelator?: string
  readonly paymentAmount: SentAmount
  readonly merchantIdentifier?: string
  /** With a sink the answer does not wait for the outcome: events tell it. */
  readonly sink?: Sink
  /** The whole request, as bytes that are the same when it is repeated. */
  readonly request: string
  readonly correlationId: string
  /** Network address of the client. */
  readonly remoteAddress: string
}

/** Why nothing was made. */
export type NotMade =
  /** The merchant does not take the phone bill, or the client may not charge a line that nobody answers for. */
  | { kind: 'not-permitted' }
  | { kind: 'not-served' }
  | { kind: 'correlator-taken' }
  | { kind: 'reference-taken' }
  | { kind: 'in-progress' }
  | { kind: 'too-many'; retryAt: Date }
  /** Said only where somebody answers for the line. */
  | { kind: 'unknown-number' }
  | { kind: 'try-later' }
  | { kind: 'declined'; reason: DeclineReason }

export type Made = { kind: 'made'; payment: CamaraPayment; authorizationId?: Uuid } | NotMade

export type Validated =
  | { kind: 'validated' }
  | { kind: 'missing' }
  | { kind: 'already' }
  | { kind: 'wrong-authorization' }
  | { kind: 'wrong-code' }
  | { kind: 'no-tries-left' }

export type Stepped =
  | { kind: 'accepted' }
  | { kind: 'missing' }
  | { kind: 'other-line' }
  | { kind: 'confirmed' }
  | { kind: 'cancelled' }
  | { kind: 'under-way' }
  | { kind: 'denied' }

export interface PaymentFilter {
  readonly from?: Date
  readonly until?: Date
  readonly statuses?: readonly PaymentStatus[]
  readonly merchantIdentifier?: string
  readonly order: 'asc' | 'desc'
  /** Counted from 1. */
  readonly page: number
  readonly perPage: number
}
