import type { CallReference } from '../call-reference'
import type { Uuid } from '../ids'
import type { Hold, Means, ModuleCode } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { DeclineReason } from './decline-reason'
import type { LegState, RefundLegState, RefundState } from './leg-moves'
import type { Item } from './items'
import type { OtherWay } from './other-way'
import type { PaymentEvent, PaymentState } from './payment-moves'
import type { PaymentPlan } from './payment-plan'
import type { RefundItem } from './refund-items'

export type CaptureMode = 'automatic' | 'manual'
/**
 * Where a payment is paid: at the checkout, by the shop's server at once, over the CAMARA interface, or by agreement while
 * the shopper is not there.
 */
export type Channel = 'hosted' | 'direct' | 'open-api' | 'recurring'
/** How merchants sort payments (M-155). */
export const standings = ['unpaid', 'paid', 'refund-requested', 'refunded', 'failed'] as const
export type Standing = (typeof standings)[number]
export type Locale = 'ko' | 'en'

/** The part of a payment that one means carries. */
export interface Leg {
  readonly attempt: number
  readonly leg: number
  readonly module: ModuleCode
  readonly means: Means
  readonly amount: bigint
  readonly state: LegState
  readonly authorizeReference: CallReference
  readonly settleReference?: CallReference
  readonly hold?: Hold
  readonly reason?: DeclineReason
  readonly capturedAmount: bigint
  /** Given back or on its way back. */
  readonly refundedAmount: bigint
  readonly tries: number
}

/** What a merchant asks to be paid for one order. Amounts are minor units of its currency. */
export interface Payment {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly orderRef: string
  readonly orderName: string
  readonly amount: bigint
  readonly currency: Currency
  readonly state: PaymentState
  readonly standing: Standing
  readonly version: number
  /** The number of the latest attempt; its legs are those with the same number. 0: none yet. */
  readonly attempt: number
  readonly captureMode: CaptureMode
  readonly channel: Channel
  readonly capturedAmount: bigint
  readonly refundedAmount: bigint
  readonly reason?: DeclineReason
  readonly shopperId?: Uuid
  readonly email?: string
  readonly locale: Locale
  readonly returnUrl?: string
  readonly metadata: Readonly<Record<string, string>>
  /** What was ordered, where the shop said; together they cost exactly the amount. */
  readonly items?: readonly Item[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly carryOnAt?: Date
  readonly finishedAt?: Date
  /** What the shop's flow asked of it when it was opened. */
  readonly plan?: PaymentPlan
  /** Legs of every attempt, in order. */
  readonly legs: readonly Leg[]
}

export interface HistoryEntry {
  readonly version: number
  readonly event:
    PaymentEvent | 'opened' | 'refused' | 'refundOpened' | 'refundFinished' | 'refundRequested' | 'refundRequestClosed'
  readonly state: PaymentState
  readonly detail?: Readonly<Record<string, unknown>>
  readonly at: Date
}

export interface Requester {
  readonly kind: 'api-key' | 'person' | 'shopper' | 'shop' | 'oauth-client'
  readonly id: string
  readonly name: string
}

export type RefundStrategy = 'ratio' | 'last-in-first-out' | { readonly leg: number }

export interface RefundLeg {
  readonly attempt: number
  readonly leg: number
  readonly amount: bigint
  readonly state: RefundLegState
  readonly reference: CallReference
  readonly reason?: DeclineReason
  readonly tries: number
}

export interface Refund {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly kind: 'refund' | 'cancellation'
  readonly amount: bigint
  readonly state: RefundState
  readonly version: number
  readonly strategy: string
  readonly reason: string
  readonly requestedBy: Requester
  readonly createdAt: Date
  readonly finishedAt?: Date
  /** Since when it waits, or waited, for the merchant's balance. */
  readonly queuedAt?: Date
  /** When it was let go: by whom, where the balance was short still. */
  readonly releasedAt?: Date
  readonly releasedBy?: Requester
  /** The lines it gives back, where they were named. */
  readonly items?: readonly RefundItem[]
  /** Absent: the way it came. */
  readonly way?: OtherWay
  readonly legs: readonly RefundLeg[]
}

/** The answers everybody gets (P3.8): paid (held, or accepted and paid later), declined, or being checked. */
export type Verdict = 'open' | 'paid' | 'authorized' | 'awaiting' | 'declined' | 'being-checked'

/** What a shopper or merchant is told of a payment. */
export function verdictOf(payment: Pick<Payment, 'state'>): Verdict {
  switch (payment.state) {
    case 'created':
      return 'open'
    case 'paid':
      return 'paid'
    case 'authorized':
    case 'awaiting':
      return payment.state
    case 'declined':
    case 'cancelled':
    case 'expired':
      return 'declined'
    case 'authorizing':
    case 'confirming':
    case 'capturing':
    case 'voiding':
    case 'reversing':
      return 'being-checked'
  }
}
