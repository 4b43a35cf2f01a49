/** Moa for shop servers: everything a shop may use, and nothing else. */
export type {
  Account,
  AccountCharge,
  AccountDecline,
  AccountPage,
  AccountRefund,
  AccountReservation,
  NewAccount,
} from './account'
export type { AccountChargeWish, Accounts, AccountWish } from './accounts'
export type { RequestOptions } from './api-client'
export type { SignedCancel, SignedCancelAnswer } from './cancel-message'
export type { CancelRequest, CancelWord, ConfirmationAnswer, DecideCancel, Lookup, OwnRecord } from './confirmation'
export type { DeliveryAddress, NewOrderFact, OrderFact } from './delivery'
export type { Debit, DebitBatch, DebitState, DirectDebits, Mandate } from './direct-debits'
export type { Dispute, DisputePage } from './dispute'
export type { AmountLimits, Module, ModuleFee } from './module'
export type { Listed, ModuleChanges, Modules } from './modules'
export type { DisputeAnswer, DisputeFilter, Disputes } from './disputes'
export type { DecideHook, HookQuestion, HookReply, HookWord } from './hook'
export { isFromMoa, onlyCertifiedByMoa } from './leased-line'
export { Moa } from './moa'
export { type FieldError, MoaError, type OwnErrorCode } from './moa-error'
export type { Item, Leg, Payment, PaymentPage, Standing } from './payment'
export type { NewItem, NewPayment, NewRefund, PaymentFilter, Payments, TypedAccount, TypedCard } from './payments'
export type { Cancellation, OtherWay, Refund, RefundItem, RefundLeg } from './refund'
export type { RefundApproval, RefundRequest, RefundRequestPage, RefundRequests } from './refund-requests'
export type { SeenMessages } from './seen-messages'
export type { MoaSettings } from './settings'
export type { PrivateJwk } from './signer'
export type { MonthVat, Payout, PayoutLine, PayoutLinePage, PayoutPage, ProfitMonth } from './payout'
export type { PayoutFilter, Payouts, ProfitWish } from './payouts'
export type { PaymentLink, PaymentLinkPage, PaymentLinks, PaymentLinkWish } from './payment-links'
export type { ProductRates, Products } from './products'
export type { Plan, Plans, PlanWish, Subscription, SubscriptionCharge, Subscriptions, Unit } from './subscriptions'
export type { AwaitedPart, GiroBill, ReturnTransfer, Unpaid, UnpaidPayment } from './unpaid'
export type { NewVCard, VCard, VCardPage, VCardProposal, VCardShare } from './vcard'
export type { NewVCardWish, VCards, VCardWish } from './vcards'
export {
  type ToldPayment,
  type ToldRefund,
  type ToldRefundRequest,
  type ToldReturn,
  verifyWebhook,
  type VerifiedWebhook,
  type WebhookEvent,
  type WebhookFault,
} from './webhook'
