import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Locale, Requester } from '../payments/payment'
import type { DisputeEvent, DisputeState } from './dispute-moves'

/** Why a shopper disputes a payment, as they choose it from a list. */
export const disputeReasons = [
  'not-received',
  'not-as-described',
  'damaged',
  'not-ordered',
  'charged-twice',
  'wrong-amount',
  'not-refunded',
  'other',
] as const
export type DisputeReason = (typeof disputeReasons)[number]

/** In whose favour a dispute ended. */
export type DisputeOutcome = 'shopper' | 'shop' | 'part'

/** Who moved a dispute; the clock where a deadline did. */
export type DisputeActor = Requester | { readonly kind: 'clock'; readonly id: ''; readonly name: '' }

export const theClock: DisputeActor = { kind: 'clock', id: '', name: '' }

/** Why what was decided could not be given back. The shop's own words stand beside it where it refused. */
export type GrantFault = 'shop-declined' | 'shop-silent' | 'exceeds' | 'over-limit' | 'not-refundable'

/** A shopper's claim over a payment, and what became of it. Amounts are minor units. */
export interface Dispute {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly shopperId: Uuid
  readonly orderRef: string
  readonly orderName: string
  readonly reason: DisputeReason
  /** The shopper's own words. */
  readonly claim: string
  readonly wanted: bigint
  readonly currency: Currency
  readonly locale: Locale
  readonly state: DisputeState
  readonly version: number
  /** Until when the shop may answer. */
  readonly answerBy: Date
  /** Until when it is decided; known once the shop has answered or has let its time pass. */
  readonly decideBy?: Date
  readonly answer?: string
  readonly answeredBy?: Requester
  readonly answeredAt?: Date
  /** What the shop offers: less than the claim, or all of it. */
  readonly offer?: bigint
  readonly outcome?: DisputeOutcome
  readonly granted?: bigint
  /** Why it was decided so: both sides read it. */
  readonly decision?: string
  readonly decidedBy?: Requester
  /** Who agreed, where it was more than the first might give back alone. */
  readonly confirmedBy?: Requester
  /** How much of the payment whoever decided may give back alone; absent: without limit. */
  readonly aloneLimit?: bigint
  readonly refundId?: Uuid
  readonly createdAt: Date
  readonly closedAt?: Date
}

export interface DisputeHistoryEntry {
  readonly version: number
  readonly event: DisputeEvent | 'claimed'
  readonly state: DisputeState
  readonly actor: DisputeActor
  readonly words?: string
  readonly detail?: Readonly<Record<string, string>>
  readonly at: Date
}
