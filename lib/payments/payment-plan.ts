import type { Locale } from './payment'

/** When what is held is taken, where that is not at once and not by hand. Times of day are those of `zone`. */
export type CaptureTime =
  | { readonly when: 'batch'; readonly at: string; readonly zone: string }
  | { readonly when: 'after'; readonly hours: number }
  | { readonly when: 'shipped' }

/** Where a payment asks somebody else's code whether it may go on. */
export type HookPoint = 'before-authorize' | 'before-capture'

/** A question to the shop's own server. */
export interface AskedHook {
  readonly point: HookPoint
  readonly url: string
  readonly timeLimitMs: number
  /** What silence, and any answer that does not verify, counts as. */
  readonly noAnswer: 'allow' | 'deny'
}

export type StaffOccasion = 'paid' | 'failed' | 'authorized' | 'awaiting' | 'refunded' | 'approval-needed'

/** Who of the shop's people hears of what by mail. */
export interface StaffNotice {
  readonly to: string
  readonly locale: Locale
  readonly on: readonly StaffOccasion[]
}

/**
 * What a shop's flow asks of one payment: worked out when the payment is opened, kept with it and never changed, whatever
 * becomes of the flow. Absent members ask for nothing: a payment without a plan is confirmed as the contract says and
 * taken at once, or by hand.
 */
export interface PaymentPlan {
  /** Version of the shop's flow; 0 where only the request itself asked for something. */
  readonly version: number
  /** The shop is asked to confirm although its contract does not demand it. */
  readonly confirm?: 'always'
  readonly capture?: CaptureTime
  /** How many of the shop's people have to agree before anything is taken. */
  readonly approvals?: number
  readonly hooks?: readonly AskedHook[]
  readonly staff?: readonly StaffNotice[]
  /** false: the shop writes its own receipts. What a shopper has to be told of declines and refunds is told all the same. */
  readonly receipts?: false
  /** Webhooks about the payment that are not sent. */
  readonly silent?: readonly string[]
  /** The shop asks for an address to deliver to. */
  readonly address?: 'required' | 'optional'
}
