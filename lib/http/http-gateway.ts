import type { Audit } from '../audit/audit'
import type { Accounts } from '../accounts/accounts'
import type { Addresses } from '../addresses/addresses'
import type { Camara } from '../camara/camara'
import type { SealedInput } from '../checkout/sealed-input'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Purchases } from '../desk/purchases'
import type { DebitBatches } from '../direct-debit/debit-batches'
import type { Mandates } from '../direct-debit/mandates'
import type { Disputes } from '../disputes/disputes'
import type { Settings } from '../env'
import type { Flows } from '../flows/flows'
import type { GiroDesk } from '../giro/giro-desk'
import type { Log } from '../log'
import type { CancelMessages } from '../merchants/cancel-message'
import type { CheckoutLinks } from '../merchants/checkout-links'
import type { Contracts } from '../merchants/contract'
import type { MerchantModules } from '../merchant-modules/merchant-modules'
import type { Merchants } from '../merchants/merchants'
import type { Signing } from '../merchants/signing'
import type { Messages } from '../messages/messages'
import type { Outgoing } from '../messages/outgoing'
import type { Cancellations } from '../payments/cancellations'
import type { Operations } from '../operations/operations'
import type { OpenService } from '../open-service/open-service'
import type { Texts } from '../parlayx/texts'
import type { Volumes } from '../parlayx/volumes'
import type { Watches } from '../parlayx/watches'
import type { OAuth } from '../oauth/oauth'
import type { PaymentLinks } from '../payment-links/payment-links'
import type { Payments } from '../payments/payments'
import type { Refunds } from '../payments/refunds'
import type { OrderFacts } from '../pipeline/order-facts'
import type { RefundRequests } from '../refund-requests/refund-requests'
import type { Returns } from '../returns/returns'
import type { Statements } from '../statements/statements'
import type { StoreCredit } from '../refund-requests/store-credit'
import type { Subscriptions } from '../subscriptions/subscriptions'
import type { Settlement } from '../settlement/settlement'
import type { ProductFigures } from '../statistics/product-rates'
import type { Trust } from '../trust/trust'
import type { UnpaidList } from '../unpaid/unpaid'
import type { ShopAgent } from '../vcard/shop-agent'

/** The rooms of the gateway that the API speaks to. */
export interface HttpGateway {
  readonly settings: Pick<
    Settings,
    'MOA_MODE' | 'WEB_URL' | 'FINGERPRINT_KEY' | 'TIME_ZONE' | 'TRUSTED_PROXIES' | 'MODULE_FEES'
  >
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly merchants: Pick<Merchants, 'byApiKey'>
  readonly merchantModules: MerchantModules
  readonly audit: Pick<Audit, 'note'>
  readonly contracts: Contracts
  readonly giro: Pick<GiroDesk, 'billsOf' | 'send' | 'extend' | 'creditsOf'>
  readonly unpaid: UnpaidList
  readonly productFigures: ProductFigures
  readonly returns: Pick<Returns, 'list' | 'find'>
  readonly mandates: Pick<Mandates, 'find' | 'ofMerchant'>
  readonly debitBatches: Pick<DebitBatches, 'list' | 'find' | 'lines'>
  readonly checkoutLinks: Pick<CheckoutLinks, 'make'>
  readonly cancelMessages: CancelMessages
  readonly signing: Pick<Signing, 'jwks'>
  readonly sealedInput: Pick<SealedInput, 'jwks'>
  readonly trust: Pick<Trust, 'anchors'>
  readonly payments: Payments
  readonly purchases: Pick<Purchases, 'page'>
  readonly settlement: Pick<Settlement, 'list' | 'find' | 'lines' | 'months'>
  readonly statements: Pick<Statements, 'payoutBookedOn'>
  readonly refunds: Refunds
  readonly flows: Flows
  readonly addresses: Pick<Addresses, 'read'>
  readonly orderFacts: OrderFacts
  readonly refundRequests: RefundRequests
  readonly storeCredit: Pick<StoreCredit, 'accountsFor'>
  readonly cancellations: Cancellations
  readonly disputes: Pick<Disputes, 'find' | 'list' | 'decisions'>
  readonly operations: Pick<Operations, 'request' | 'tracing'>
  readonly messages: Pick<Messages, 'list'>
  readonly shopAgent: ShopAgent
  readonly accounts: Accounts
  readonly paymentLinks: PaymentLinks
  readonly subscriptions: Subscriptions
  readonly oauth: OAuth
  readonly camara: Camara
  readonly openService: OpenService
  readonly texts: Texts
  readonly watches: Watches
  readonly volumes: Volumes
  readonly outgoing: Pick<Outgoing, 'faultOf'>
}
