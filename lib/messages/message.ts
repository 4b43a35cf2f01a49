import type { StaffRole } from '../auth/person'
import type { DisputeOutcome, DisputeReason } from '../disputes/dispute'
import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { Locale } from '../payments/payment'
import type { StaffOccasion } from '../payments/payment-plan'
import type { SubscriptionMail, SubscriptionMailTopic } from './subscription-mail'

export const webhookTopics = [
  'payment.paid',
  'payment.failed',
  'payment.authorized',
  'payment.awaiting',
  'payment.returned',
  'refund.finished',
  'payment.approval-needed',
  'order.shipped',
  'order.delivered',
  'payout.ordered',
  'payout.paid',
  'payout.rejected',
  'subscription.started',
  'subscription.upcoming',
  'subscription.renewed',
  'subscription.past-due',
  'subscription.changed',
  'subscription.ended',
  'dispute.opened',
  'dispute.answered',
  'dispute.unanswered',
  'dispute.decided',
  'dispute.withdrawn',
  'dispute.expired',
  'refund-request.opened',
  'refund-request.closed',
] as const
export type WebhookTopic = (typeof webhookTopics)[number]

export const paymentMailTopics = [
  'receipt',
  'refund-receipt',
  'payment-failed',
  // People have paid out what no telephone bill could give back any more.
  'paid-out',
  'payment-awaiting',
  // To whoever asked for money back.
  'refund-asked',
  'refund-declined',
  // To the holder of a V-Card, whoever typed its number wherever.
  'vcard-used',
  'vcard-held',
  'vcard-declined',
  // To the payer of a direct debit: what will be collected, and what was not, or came back.
  'debit-notice',
  'debit-again',
  'debit-refused',
  'debit-returned',
] as const
export type DebitMailTopic = Extract<PaymentMailTopic, `debit-${string}`>
export type PaymentMailTopic = (typeof paymentMailTopics)[number]

/** About a bill that is paid by giro: the statement, a demand, and what became of money that was less or more than owed. */
export const giroMailTopics = ['giro-statement', 'giro-demand', 'giro-received'] as const
export type GiroMailTopic = (typeof giroMailTopics)[number]

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
  /** What its issuer said yes with. */
  readonly approvalCode?: string
}

/** What a mail about a payment needs to be rendered, later and elsewhere. Amounts are minor units in decimal text. */
export interface PaymentMail {
  /** Typed at the checkout; absent when the shopper is known by account only. */
  readonly to?: string
  readonly shopperId?: Uuid
  /** Another mail tells the same to this address: it is not written to twice. */
  readonly unlessTo?: string
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
  /** Of a V-Card: one for all its cards. */
  readonly approvalCode?: string
  /** What was ordered, where the shop said. */
  readonly items?: readonly { readonly name: string; readonly quantity: number; readonly amount: string }[]
  readonly reason?: string
  /** Only in mails about a direct debit; the account by its last four digits. */
  readonly debit?: {
    readonly amount: string
    readonly mandate: string
    readonly account: string
    readonly collectOn?: string
    readonly creditor?: string
  }
  /** Only in a refund receipt. */
  readonly refunded?: { readonly amount: string; readonly reason: string }
  /** Only in news of what somebody asked to have back: how much, and what the shop says to it. */
  readonly asked?: { readonly amount: string; readonly answer?: string }
  /** Only in the news that it was paid out by hand: how, and by what it is found again. */
  readonly paidOut?: { readonly amount: string; readonly by: PaidOutBy; readonly named: string }
}

/** What a mail about a giro bill needs to be rendered. Amounts are minor units in decimal text. */
export interface GiroMail {
  readonly to?: string
  readonly shopperId?: Uuid
  readonly locale: Locale
  readonly billId: Uuid
  readonly payerName: string
  readonly orderName: string
  /** ISO 11649, without spaces. */
  readonly reference: string
  /** Code of the bank. */
  readonly bank: string
  readonly amount: string
  /** What had come by then. */
  readonly received: string
  readonly currency: string
  readonly dueAt: string
  readonly at: string
  /** Only in a demand: the how-manieth. */
  readonly demand?: number
  /** Only when money has come: how much, what of it is to be returned, and what it was found to be. */
  readonly came?: { readonly amount: string; readonly owed: string; readonly finding: string }
}

export const disputeMailTopics = [
  'dispute-opened',
  'dispute-answered',
  'dispute-unanswered',
  'dispute-decided',
  'dispute-withdrawn',
  'dispute-expired',
] as const
export type DisputeMailTopic = (typeof disputeMailTopics)[number]

/** What a mail about a dispute needs to be rendered. Amounts are minor units in decimal text. */
export interface DisputeMail {
  /** To whoever claims, or to an owner of the shop. */
  readonly audience: 'shopper' | 'shop'
  readonly personId: Uuid
  /** Of the payment, where the person has chosen none. */
  readonly locale: Locale
  /** As people see them: dis_…, pay_… */
  readonly dispute: string
  readonly payment: string
  readonly orderRef: string
  readonly orderName: string
  readonly reason: DisputeReason
  readonly wanted: string
  readonly currency: string
  readonly at: string
  /** Until when something may still be said, ISO 8601. */
  readonly until?: string
  /** The claim, the answer or the decision in the words of whoever said it. */
  readonly words?: string
  readonly offer?: string
  readonly outcome?: DisputeOutcome
  readonly granted?: string
}

/** Tells a merchant's owner that a webhook endpoint was switched off. */
export interface EndpointMail {
  readonly to: string
  readonly locale: Locale
  readonly url: string
  readonly reason: 'gone' | 'keeps-failing'
  readonly at: string
}

/** Tells one of a shop's people what its flow says that they hear of. */
export interface StaffMail {
  readonly to: string
  readonly locale: Locale
  readonly occasion: StaffOccasion
  readonly payment: string
  readonly orderRef: string
  readonly orderName: string
  /** Minor units. */
  readonly amount: string
  readonly currency: string
}

/** Asks somebody to work for a shop. The link is made when the mail is sent: whoever reads this table is not let in by it. */
export interface InvitationMail {
  readonly to: string
  readonly locale: Locale
  readonly invitationId: Uuid
  /** The name of whoever invites. */
  readonly by: string
  readonly role: StaffRole
  /** ISO 8601. */
  readonly until: string
}

/** Asks whoever registered to prove their address. The link is made when the mail is sent, as for an invitation. */
export interface AddressProofMail {
  readonly to: string
  readonly locale: Locale
  readonly registrationId: Uuid
  /** ISO 8601. */
  readonly until: string
}

/** Tells whoever has an account that somebody has registered with their address. */
export type AddressKnownMail = Pick<AddressProofMail, 'to' | 'locale'>

/** Tells whoever reads mail at an address that no account has it, when somebody asks for a new password there. */
export type AddressUnknownMail = AddressKnownMail

/** Lets somebody choose a new password. The link is made when the mail is sent, as for an invitation. */
export interface PasswordResetMail extends AddressKnownMail {
  readonly personId: Uuid
  readonly resetId: Uuid
  /** Of the password that was forgotten. */
  readonly passwordMark: string
  /** ISO 8601. */
  readonly until: string
}

/** What was changed about how somebody logs in; it is told so that a stranger cannot do it in silence. */
export const securityChanges = [
  'password-changed',
  'authenticator-added',
  'authenticator-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-renewed',
  'recovery-code-used',
] as const
export type SecurityChange = (typeof securityChanges)[number]

export interface SecurityMail {
  readonly to: string
  readonly locale: Locale
  readonly change: SecurityChange
  /** ISO 8601. */
  readonly at: string
}

/** What the holder of a telephone line is told by SMS, or by a call where the line cannot show one. */
export const smsTopics = [
  'payment-code',
  'line-code',
  'phone-purchase',
  'phone-refund',
  'phone-paid-out',
  // To the telephone of a micro account: the three kinds of M-94, and what is given back (P7.3).
  'account-payment',
  'account-balance',
  'account-unregistered',
  'account-refund',
  // To whoever paid in cash at the door: the receipt (M-110).
  'cash-receipt',
  // What an application of the open API has to say, in its own words.
  'application-text',
] as const
export type SmsTopic = (typeof smsTopics)[number]

/** How money of a phone-bill purchase comes back: never billed, taken off the next bill, or paid out by people. */
export const refundWays = ['not-billed', 'next-bill', 'by-hand'] as const
export type RefundWay = (typeof refundWays)[number]

/** Where people have paid out what no bill could give back any more. */
export const paidOutWays = ['bank', 'micro-account'] as const
export type PaidOutBy = (typeof paidOutWays)[number]

/**
 * One SMS, rendered when it is sent. The number it goes to is sealed for this message (P8.1); a one-time code is not in
 * it at all: its digits are drawn when it is sent, and only their hash is kept.
 */
export interface SmsPayload {
  readonly sealedTo: string
  readonly keyId: string
  /** The micro account whose own sealed telephone this is: written by the database, which cannot seal it anew. */
  readonly accountId?: Uuid
  /** Enough of the number for support to recognize it. */
  readonly masked: string
  /** True for a line that cannot show text: it is called and the text is spoken. */
  readonly spoken: boolean
  readonly locale: Locale
  /** ISO 8601; afterwards it is not worth sending. */
  readonly until?: string
  readonly codeId?: Uuid
  /** An application's own words. */
  readonly text?: string
  readonly shop?: string
  readonly orderName?: string
  /** Minor units. */
  readonly amount?: string
  readonly currency?: string
  /** Where somebody who did not buy this can say so: a web address or a telephone number. */
  readonly objectAt?: string
  readonly way?: RefundWay
  readonly by?: PaidOutBy
  /** Last four digits of a micro account. */
  readonly account?: string
  /** Minor units: what is left of a prepaid account, or of what a postpaid one may use. */
  readonly balance?: string
  readonly postpaid?: boolean
  readonly receiptNumber?: string
}

/** Whose messages belong to no shop, as the code for a line that a shopper registers, are kept under this id. */
export const NO_MERCHANT: Uuid = '00000000-0000-0000-0000-000000000000'

/** A row for the outbox, written in the same transaction as the fact it reports (P5.1). */
export type OutgoingMessage = { readonly id: Uuid; readonly at: Date } & (
  | { readonly kind: 'webhook'; readonly topic: WebhookTopic; readonly payload: WebhookPayload }
  | { readonly kind: 'email'; readonly topic: PaymentMailTopic; readonly payload: PaymentMail }
  | { readonly kind: 'email'; readonly topic: GiroMailTopic; readonly payload: GiroMail }
  | { readonly kind: 'email'; readonly topic: SubscriptionMailTopic; readonly payload: SubscriptionMail }
  | { readonly kind: 'email'; readonly topic: DisputeMailTopic; readonly payload: DisputeMail }
  | { readonly kind: 'email'; readonly topic: 'endpoint-disabled'; readonly payload: EndpointMail }
  | { readonly kind: 'email'; readonly topic: 'staff-notice'; readonly payload: StaffMail }
  | { readonly kind: 'email'; readonly topic: 'invitation'; readonly payload: InvitationMail }
  | { readonly kind: 'email'; readonly topic: 'address-proof'; readonly payload: AddressProofMail }
  | { readonly kind: 'email'; readonly topic: 'address-known'; readonly payload: AddressKnownMail }
  | { readonly kind: 'email'; readonly topic: 'address-unknown'; readonly payload: AddressUnknownMail }
  | { readonly kind: 'email'; readonly topic: 'password-reset'; readonly payload: PasswordResetMail }
  | { readonly kind: 'email'; readonly topic: 'security'; readonly payload: SecurityMail }
  | { readonly kind: 'sms'; readonly topic: SmsTopic; readonly payload: SmsPayload }
)
