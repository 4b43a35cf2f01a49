import { type Accounts, createAccounts } from './accounts'
import { createApiClient } from './api-client'
import { cancelBySignedMessage, type SignedCancel, type SignedCancelAnswer } from './cancel-message'
import { checkoutUrl } from './checkout-url'
import { answerConfirmation, type ConfirmationAnswer, type DecideCancel, type Lookup } from './confirmation'
import { createDirectDebits, type DirectDebits } from './direct-debits'
import { createDisputes, type Disputes } from './disputes'
import { createGatewayMessages } from './gateway-messages'
import { answerHook, type DecideHook, type HookReply } from './hook'
import { createModules, type Modules } from './modules'
import type { Payment } from './payment'
import { createPaymentLinks, type PaymentLinks } from './payment-links'
import { createPayments, type Payments } from './payments'
import { createProducts, type Products } from './products'
import { createPayouts, type Payouts } from './payouts'
import { createRefundRequests, type RefundRequests } from './refund-requests'
import { rememberInMemory } from './seen-messages'
import { checkSettings, type MoaSettings } from './settings'
import { createSigner } from './signer'
import { createPlans, createSubscriptions, type Plans, type Subscriptions } from './subscriptions'
import { createUnpaid, type Unpaid } from './unpaid'
import { createVCards, type VCards } from './vcards'

/** A shop's server speaks to Moa through one of these. */
export class Moa {
  readonly payments: Payments
  /** What your shoppers ask to have back. */
  readonly refundRequests: RefundRequests
  /** Prepaid accounts that your shop has opened. */
  readonly accounts: Accounts
  /** Products and amounts sold by an address. */
  readonly paymentLinks: PaymentLinks
  /** What your shop charges again and again, and who has agreed to it. */
  readonly plans: Plans
  readonly subscriptions: Subscriptions
  /** What your shop waits for, and what goes back by transfer. */
  readonly unpaid: Unpaid
  /** What comes back of what your shop sells. */
  readonly products: Products
  /** What is collected from accounts. */
  readonly directDebits: DirectDebits
  /** Claims of shoppers over payments. */
  readonly disputes: Disputes
  /** The ways to pay that your shop takes, and from whom. */
  readonly modules: Modules
  /** What your shop is paid out, what it is made of, and what the months brought. */
  readonly payouts: Payouts
  readonly #parts

  /** @throws Error naming the setting that is wrong, never its value */
  constructor(settings: MoaSettings) {
    checkSettings(settings)
    const { apiUrl, webUrl, merchantId, now = () => new Date() } = settings
    const gatewayKeysUrl = settings.gatewayKeysUrl ?? `${apiUrl.replace(/\/$/, '')}/.well-known/jwks.json`
    const client = createApiClient(settings)
    this.payments = createPayments(client)
    this.refundRequests = createRefundRequests(client)
    this.accounts = createAccounts(client)
    this.paymentLinks = createPaymentLinks(client)
    this.plans = createPlans(client)
    this.subscriptions = createSubscriptions(client)
    this.unpaid = createUnpaid(client, this.payments)
    this.products = createProducts(client)
    this.directDebits = createDirectDebits(client)
    this.disputes = createDisputes(client)
    this.modules = createModules(client)
    this.payouts = createPayouts(client)
    this.#parts = {
      webUrl,
      merchantId,
      now,
      client,
      signer: createSigner(settings.signingKey),
      messages: createGatewayMessages({ webUrl, merchantId, gatewayKeysUrl, now }),
      seen: settings.seen ?? rememberInMemory(now),
    }
  }

  /**
   * V-Cards that your own agent makes in a shopper's name.
   * @param grant `vcg_…`, which the shopper gave your shop in My Moa; keep it like a password
   */
  vcards(grant: string): VCards {
    if (!/^vcg_[A-Za-z0-9_-]{43}$/.test(grant)) throw new Error('Moa: a grant begins with vcg_ and is given whole.')
    return createVCards(this.#parts.client, grant)
  }

  /**
   * Where to redirect the shopper: the hosted checkout, with the shop's signature over payment and amount. Good once.
   * @throws Error when the payment is not open at the hosted checkout
   */
  checkoutUrl(payment: Pick<Payment, 'id' | 'amount' | 'currency' | 'checkoutUrl'>): Promise<string> {
    return checkoutUrl(payment, this.#parts)
  }

  /**
   * Answers what the gateway asks at your confirmation address before money moves. Send back `status` and `body`.
   * @param requestBody as it came, unparsed
   * @param lookup finds your own record of a payment
   * @param decideCancel decides about cancels that people at the gateway's desks ask for, where your contract wants your
   *   signature; without it they are refused
   */
  answerConfirmation(
    requestBody: string | Uint8Array,
    lookup: Lookup,
    decideCancel?: DecideCancel,
  ): Promise<ConfirmationAnswer> {
    return answerConfirmation(requestBody, lookup, { ...this.#parts, decideCancel })
  }

  /**
   * Answers a hook of your payment flow: whether a payment may go on. Send back `status` and `body`.
   * @param requestBody as it came, unparsed
   */
  answerHook(requestBody: string | Uint8Array, decide: DecideHook): Promise<HookReply> {
    return answerHook(requestBody, decide, this.#parts)
  }

  /**
   * Cancels by a signed message; the answer is signed too, and checked.
   * @throws MoaError
   */
  cancelMessage(cancel: SignedCancel): Promise<SignedCancelAnswer> {
    return cancelBySignedMessage(cancel, this.#parts)
  }
}
