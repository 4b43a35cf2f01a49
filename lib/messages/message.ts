import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { Locale } from '../payments/payment'

export const webhookTopics = ['payment.paid', 'payment.failed', 'payment.authorized', 'refund.finished'] as const
export type WebhookTopic = (typeof webhookTopics)[number]

export type PaymentMailTopic = 'receipt' | 'refund-receipt' | 'payment-failed'

/** Body of a webhook, as Standard Webhooks recommends it. The timestamp is that of the event, not of the delivery. */
export interface WebhookPayload {
  readonly type: WebhookTopic
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

/** One leg in a mail: never more of a card than its issuer and last four digits. */
export interface MailedLeg {
  readonly module: ModuleCode
  readonly issuer?: string
  readonly lastFour?: string
  /** Minor units. */
  readonly amount: string
}

/** What a mail about a payment needs to be rendered, later and elsewhere. Amounts are minor units in decimal text. */
export interface PaymentMail {
  /** Typed at the checkout; absent when the shopper is known by account only. */
  readonly to?: string
  readonly shopperId?: Uuid
  readonly locale: Locale
  /** As people see it: pay_… */
  readonly payment: string
  readonly orderRef: string
  readonly orderName: string
  readonly amount: string
  readonly currency: string
  /** When it happened, ISO 8601. */
  readonly at: string
  readonly legs: readonly MailedLeg[]
  readonly reason?: string
  /** Only in a refund receipt. */
  readonly refunded?: { readonly amount: string; readonly reason: string }
}

/** Tells a merchant's owner that a webhook endpoint was switched off. */
export interface EndpointMail {
  readonly to: string
  readonly locale: Locale
  readonly url: string
  readonly reason: 'gone' | 'keeps-failing'
  readonly at: string
}

/** A row for the outbox, written in the same transaction as the fact it reports (P5.1). */
export type OutgoingMessage = { readonly id: Uuid; readonly at: Date } & (
  | { readonly kind: 'webhook'; readonly topic: WebhookTopic; readonly payload: WebhookPayload }
  | { readonly kind: 'email'; readonly topic: PaymentMailTopic; readonly payload: PaymentMail }
  | { readonly kind: 'email'; readonly topic: 'endpoint-disabled'; readonly payload: EndpointMail }
)
