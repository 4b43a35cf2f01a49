import type { ApiClient, RequestOptions } from './api-client'
import {
  type DeliveryAddress,
  type NewOrderFact,
  type OrderFact,
  readDeliveryAddress,
  readOrderFact,
  readOrderFacts,
} from './delivery'
import { type Payment, type PaymentPage, readPayment, readPaymentPage, type Standing } from './payment'
import {
  type Cancellation,
  type OtherWay,
  readCancellation,
  readRefund,
  readRefunds,
  type Refund,
  type RefundItem,
} from './refund'

/** What a shop asks to be paid for one order. */
export interface NewPayment {
  /** Your own name for the order. One live or paid payment each. */
  readonly orderRef: string
  /** What the shopper reads. */
  readonly orderName: string
  /** Whole minor units of the currency (won, cents). */
  readonly amount: bigint
  /** ISO 4217, upper case. */
  readonly currency: string
  /** manual sets the amount aside until you capture or cancel; as your flow says when absent. */
  readonly capture?: 'automatic' | 'manual'
  /** Asks the shopper for an address at the checkout, and for consent that you read it. */
  readonly deliveryAddress?: 'required' | 'optional'
  /** The language of the shopper; Korean when absent. */
  readonly locale?: 'ko' | 'en'
  /** Where the receipt goes. */
  readonly email?: string
  /** Exactly one of the addresses registered for the merchant. */
  readonly returnUrl?: string
  /** RFC 3339; 1 minute to 7 days from now, 30 minutes when absent. */
  readonly expiresAt?: string
  /** Up to 20 facts of your own, returned as they were sent. */
  readonly metadata?: Readonly<Record<string, string>>
  /** What is ordered, line by line; together exactly the amount. Refunds can then name lines. */
  readonly items?: readonly NewItem[]
  /** Pays at once, without the hosted checkout. */
  readonly means?: { readonly card: TypedCard } | { readonly account: TypedAccount }
}

/** A line of an order. */
export interface NewItem {
  readonly name: string
  readonly quantity: number
  /** What one of them costs, minor units. */
  readonly unitAmount: bigint
  /** The kind of product, for policies and figures. */
  readonly group?: string
}

/** A micro account, as its holder typed it. */
export interface TypedAccount {
  /** 16 digits. */
  readonly number: string
  readonly pin: string
  /** E.164. Where a text message says that there is no such account. */
  readonly mobile?: string
}

/** A card, or a V-Card, as its holder typed it. */
export interface TypedCard {
  /** Digits only. */
  readonly number: string
  /** YYMM */
  readonly expiry: string
  readonly securityCode?: string
}

export interface PaymentFilter {
  readonly standing?: Standing
  /** As the portal sorts them; not together with `standing`. */
  readonly tab?: Standing | 'being-checked'
  readonly orderRef?: string
  /** `next` of the page before. */
  readonly after?: string
  /** 1 to 100; 20 when absent. */
  readonly limit?: number
}

export interface NewRefund {
  /** All that is left when absent. */
  readonly amount?: bigint
  /** Lines of the order, which then say the amount. */
  readonly items?: readonly RefundItem[]
  /** The way it came when absent. */
  readonly way?: OtherWay
  /** If sent, it must be the payment's. */
  readonly currency?: string
  /** How the amount goes back over the legs; by ratio when absent. */
  readonly strategy?: 'ratio' | 'last-in-first-out' | 'chosen-leg'
  /** The leg, with the strategy chosen-leg. */
  readonly leg?: number
  readonly reason: string
}

/**
 * Payments of the merchant. Every call throws MoaError when it does not succeed; a declined payment is a result, found
 * in `status` and `reason`.
 */
export interface Payments {
  create(payment: NewPayment, options?: RequestOptions): Promise<Payment>
  retrieve(paymentId: string): Promise<Payment>
  /** Newest first, page by page. */
  list(filter?: PaymentFilter): Promise<PaymentPage>
  /** Takes the whole amount that was set aside. */
  capture(paymentId: string, options?: RequestOptions): Promise<Payment>
  /** Ends a payment that is not paid yet; of a paid one, gives back all that is left. */
  cancel(paymentId: string, cancel: { readonly reason: string }, options?: RequestOptions): Promise<Cancellation>
  /** Gives back a part, or all that is left. */
  refund(paymentId: string, refund: NewRefund, options?: RequestOptions): Promise<Refund>
  /** Every refund of a payment, oldest first. */
  refunds(paymentId: string): Promise<readonly Refund[]>
  /** Says that the order was shipped or delivered. */
  fulfil(paymentId: string, fact: NewOrderFact, options?: RequestOptions): Promise<OrderFact>
  /** What was said of the order, oldest first. */
  fulfilment(paymentId: string): Promise<readonly OrderFact[]>
  /** Reads where to deliver to; each reading is shown to the shopper. */
  deliveryAddress(paymentId: string): Promise<DeliveryAddress>
}

export function createPayments(client: ApiClient): Payments {
  const place = (paymentId: string, rest = '') => `/api/v1/payments/${encodeURIComponent(paymentId)}${rest}`

  return {
    create: (body, options) =>
      client.call({ method: 'POST', path: '/api/v1/payments', body, read: readPayment, ...options }),
    retrieve: (paymentId) => client.call({ method: 'GET', path: place(paymentId), read: readPayment }),
    list: (filter = {}) =>
      client.call({ method: 'GET', path: '/api/v1/payments', query: { ...filter }, read: readPaymentPage }),
    capture: (paymentId, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/capture'), read: readPayment, ...options }),
    cancel: (paymentId, body, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/cancel'), body, read: readCancellation, ...options }),
    refund: (paymentId, body, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/refunds'), body, read: readRefund, ...options }),
    refunds: (paymentId) => client.call({ method: 'GET', path: place(paymentId, '/refunds'), read: readRefunds }),
    fulfil: (paymentId, body, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/fulfilment'), body, read: readOrderFact, ...options }),
    fulfilment: (paymentId) =>
      client.call({ method: 'GET', path: place(paymentId, '/fulfilment'), read: readOrderFacts }),
    deliveryAddress: (paymentId) =>
      client.call({ method: 'GET', path: place(paymentId, '/delivery-address'), read: readDeliveryAddress }),
  }
}
