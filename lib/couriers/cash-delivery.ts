import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'

/** Who gets the goods, as the courier needs it at the door. */
export interface Recipient {
  readonly name: string
  /** E.164. */
  readonly phone: string
  readonly address: string
  readonly note?: string
}

/**
 * asked: its payment may still come to nothing, no courier sees it. open: to be delivered. to-return: the cash was taken
 * although the order had just been cancelled; people give it back.
 */
export type DeliveryState = 'asked' | 'open' | 'collected' | 'withdrawn' | 'undelivered' | 'to-return' | 'given-back'

/** Why a courier came back with the goods. */
export const visitReasons = ['nobody-home', 'no-cash', 'refused', 'wrong-address', 'other'] as const
export type VisitReason = (typeof visitReasons)[number]

export interface Visit {
  readonly at: string
  readonly reason: VisitReason
  readonly by: string
}

/** An order that its courier takes cash for (M-110, M-111). */
export interface CashDelivery {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly amount: Money
  readonly orderName: string
  readonly recipient: Recipient
  readonly locale: Locale
  readonly state: DeliveryState
  /** Until then the courier tries; afterwards the order lapses. */
  readonly dueAt: Date
  /** Visits that came to nothing. */
  readonly visits: readonly Visit[]
  readonly courier?: { readonly id: Uuid; readonly name: string }
  /** Printed on the receipt that the buyer gets at the door. */
  readonly receiptNumber?: string
  readonly handInId?: Uuid
  readonly createdAt: Date
  readonly changedAt: Date
}

/** What a courier reported to the head office as received (M-112). */
export interface HandIn {
  readonly id: Uuid
  readonly courierName: string
  readonly amount: Money
  readonly deliveries: number
  readonly at: Date
}

export interface Courier {
  readonly id: Uuid
  readonly name: string
}
