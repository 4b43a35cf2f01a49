import { type Accounts, createAccounts } from './accounts/accounts'
import { createUnregisteredNotices, type UnregisteredNotices } from './accounts/unregistered-notices'
import { type Addresses, createAddresses } from './addresses/addresses'
import { type Audit, createAudit } from './audit/audit'
import { type AuditChain, createAuditChain } from './audit/audit-chain'
import { type Camara, createCamara } from './camara/camara'
import { createEvents } from './camara/events'
import { createLineMeans } from './camara/phone-lines'
import { createEventSinks } from './camara/sinks'
import { createCards, type Cards } from './cards/cards'
import { type BillingFiles, createBillingFiles } from './billing/billing-files'
import { type BillingRooms, createBillingRooms } from './billing/billing-rooms'
import { createPhoneBill, type PhoneBill } from './billing/phone-bill'
import { createPayoutNews } from './billing/payout-news'
import { createVault } from './cards/vault'
import { createSealedInput, type SealedInput } from './checkout/sealed-input'
import { type Clock, systemClock } from './clock'
import { type Database, openDatabase } from './db/database'
import { createReferences, type References } from './db/references'
import { createDeeds, type Deeds } from './desk/deeds'
import { createPurchases, type Purchases } from './desk/purchases'
import { createDisputes, type Disputes } from './disputes/disputes'
import { createCashOnDelivery } from './couriers/cash-on-delivery'
import { type Couriers, createCouriers } from './couriers/couriers'
import { createGiro } from './giro/giro'
import { createGiroDesk, type GiroDesk } from './giro/giro-desk'
import type { PrintPaper } from './giro/paper'
import { createDebitBatches, type DebitBatches } from './direct-debit/debit-batches'
import { createDebitLegs } from './direct-debit/debit-legs'
import { createDebitReports, type DebitReports } from './direct-debit/debit-reports'
import { createMandates, type Mandates } from './direct-debit/mandates'
import { createECash, type ECash } from './e-cash/e-cash'
import type { Settings } from './env'
import { type BankFileLinks, connectBankFiles } from './gateways/bank-files/bank-files'
import { type Approvals, createApprovals } from './flows/approvals'
import { findApprovalState } from './flows/approval-store'
import { createFlows, type Flows } from './flows/flows'
import { planOrder } from './flows/plan-order'
import { connectBillingCentres } from './gateways/billing-centre/sftp-billing-centres'
import { observedFileLinks } from './gateways/files/observed-file-links'
import { connectStripe, type StripeSettings } from './gateways/stripe/stripe-link'
import type { Banks } from './gateways/bank/bank'
import { connectBanks } from './gateways/bank/http-banks'
import { connectIssuers } from './gateways/issuer/issuers'
import type { Issuers } from './gateways/issuer/issuer'
import type { SmsCentreState } from './gateways/sms/sms'
import type { Telcos } from './gateways/telco/telco'
import { connectTelcos } from './gateways/telco/telcos'
import { createIssuerTerms } from './gateways/issuer-terms/http-issuer-terms'
import { publicId, type Uuid } from './ids'
import { invariant } from './invariant'
import type { Log } from './log'
import { type CancelDeed, type CancelMessages, createCancelMessages } from './merchants/cancel-message'
import { createShopConsent } from './merchants/cancel-request'
import { type CheckoutLinks, createCheckoutLinks } from './merchants/checkout-links'
import { type Contracts, createContracts } from './merchants/contract'
import { createConfirmations } from './merchants/confirmations'
import { createEndpoints, type Endpoints } from './merchants/endpoints'
import { createEvidenceBook, type EvidenceBook } from './merchants/evidence'
import { type CaptureBatches, createCaptureBatches } from './merchant-modules/capture-batches'
import { createMerchantModules, type MerchantModules } from './merchant-modules/merchant-modules'
import { createMerchants, type Merchants } from './merchants/merchants'
import { createSeenMessages } from './merchants/seen-messages'
import { createShopLine } from './merchants/shop-line'
import { createShopMessages } from './merchants/shop-messages'
import { createSigning, type Signing } from './merchants/signing'
import { composePaymentMessages, composeRefundMessages } from './messages/compose'
import { asPlanned } from './messages/compose-planned'
import { createMessages, type Messages } from './messages/messages'
import { createOutgoing, type Outgoing } from './messages/outgoing'
import { lastingLinks, type LinkCheck } from './operations/link-conditions'
import { createOperations, type Operations } from './operations/operations'
import type { ModuleCode } from './modules/payment-module'
import { loadPackages } from './modules/packaged/load-packages'
import { installModules } from './modules/registry'
import { type Cancellations, createCancellations } from './payments/cancellations'
import { createOAuth, type OAuth } from './oauth/oauth'
import { createOpenService, type OpenService } from './open-service/open-service'
import { createReconciliation, type Reconciliation } from './reconciliation/reconciliation'
import { prices } from './settlement/prices'
import { createSettlement, type Settlement } from './settlement/settlement'
import { createNotices } from './parlayx/notices'
import { createTexts, type Texts } from './parlayx/texts'
import { createVolumes, type Volumes } from './parlayx/volumes'
import { createWatches, type Watches } from './parlayx/watches'
import type { PaymentParts, Shop } from './payments/parts'
import { createPayments, type Payments } from './payments/payments'
import { createRefundStore } from './payments/refund-store'
import { createRefunds, type Refunds } from './payments/refunds'
import { createRefundRequests, type RefundRequests } from './refund-requests/refund-requests'
import { createStoreCredit, type StoreCredit } from './refund-requests/store-credit'
import { createPaymentStore } from './payments/store'
import { createPaymentLinks, type PaymentLinks } from './payment-links/payment-links'
import { findShippedAt } from './pipeline/order-fact-store'
import { createOrderFacts, type OrderFacts } from './pipeline/order-facts'
import type { PaymentHook } from './pipeline/payment-hook'
import { createPipeline } from './pipeline/pipeline'
import { createShopHooks } from './pipeline/shop-hooks'
import { createInvitations, type Invitations } from './auth/invitations'
import { createPeople, type People } from './auth/people'
import { createSecondFactors, type SecondFactors } from './auth/second-factors'
import { createSessions, type Sessions } from './auth/sessions'
import { createSpending, type Spending } from './statistics/spending'
import { createDailyStatistics, type DailyStatistics } from './statistics/daily'
import { createStatistics, type Statistics } from './statistics/statistics'
import { createSubscriptions, type Subscriptions } from './subscriptions/subscriptions'
import { createUnpaidList, type UnpaidList } from './unpaid/unpaid'
import { createTopUps, type TopUps } from './top-ups/top-ups'
import { createTrust, type Trust } from './trust/trust'
import { createPreferences, type Preferences } from './vcard/preferences'
import { createGrants, type Grants } from './vcard/grants'
import { createShopAgent, type ShopAgent } from './vcard/shop-agent'
import { createVCards, type VCards } from './vcard/vcards'

/** Every room of the gateway, built once in each process. Only this file knows them all. */
export interface Gateway {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly references: References
  readonly issuers: Issuers
  readonly telcos: Telcos
  readonly banks: Banks
  /** What is collected by direct debit: what shoppers agreed to, files to banks, and what they say of them. */
  readonly mandates: Mandates
  readonly debitBatches: DebitBatches
  readonly debitReports: DebitReports
  /** Where files are exchanged with banks: credits in, orders out. */
  readonly bankFiles: BankFileLinks
  readonly people: People
  readonly sessions: Sessions
  /** Codes of apps, passkeys and recovery codes, asked for beside the password. */
  readonly secondFactors: SecondFactors
  /** How people come to a shop's team. */
  readonly invitations: Invitations
  readonly merchants: Merchants
  readonly merchantModules: MerchantModules
  readonly captureBatches: CaptureBatches
  readonly contracts: Contracts
  readonly endpoints: Endpoints
  readonly outgoing: Pick<Outgoing, 'faultOf'>
  readonly trust: Trust
  readonly signing: Signing
  readonly evidence: EvidenceBook
  readonly checkoutLinks: CheckoutLinks
  readonly sealedInput: SealedInput
  readonly cancelMessages: CancelMessages
  readonly messages: Messages
  readonly cards: Cards
  readonly preferences: Preferences
  readonly vcards: VCards
  readonly grants: Grants
  readonly shopAgent: ShopAgent
  readonly billing: BillingRooms
  readonly billingFiles: BillingFiles
  readonly phoneBill: PhoneBill
  readonly eCash: ECash
  readonly couriers: Couriers
  readonly giro: GiroDesk
  readonly unpaid: UnpaidList
  readonly topUps: TopUps
  readonly paymentLinks: PaymentLinks
  readonly subscriptions: Subscriptions
  readonly accounts: Accounts
  readonly accountNotices: UnregisteredNotices
  readonly oauth: OAuth
  readonly camara: Camara
  readonly openService: OpenService
  readonly texts: Texts
  readonly watches: Watches
  readonly volumes: Volumes
  readonly payments: Payments
  readonly refunds: Refunds
  readonly cancellations: Cancellations
  readonly flows: Flows
  readonly approvals: Approvals
  readonly orderFacts: OrderFacts
  readonly addresses: Addresses
  readonly disputes: Disputes
  readonly audit: Audit
  readonly auditChain: AuditChain
  readonly purchases: Purchases
  readonly deeds: Deeds
  readonly refundRequests: RefundRequests
  readonly storeCredit: StoreCredit
  readonly statistics: Statistics
  readonly spending: Spending
  readonly daily: DailyStatistics
  readonly operations: Operations
  readonly settlement: Settlement
  readonly reconciliation: Reconciliation
  /** Codes of the payment modules that are installed. */
  readonly moduleCodes: readonly ModuleCode[]
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>
}

export interface GatewayOptions {
  readonly log: Log
  readonly clock?: Clock
  /** web | api | worker: by which operators tell processes apart. */
  readonly processName?: string
  /** Code of this installation that joins payments, in the order in which it is asked. */
  readonly hooks?: readonly PaymentHook[]
  /** Puts letters on paper, for mails that bring them. */
  readonly print?: PrintPaper
  /** Only for tests on a throw-away database. */
  readonly allowVolatile?: boolean
}

/** @throws DurabilityOff when the database would lose commits with the power */
export async function createGateway(
  settings: Settings,
  { log, clock = systemClock, processName = 'gateway', hooks = [], print, allowVolatile = false }: GatewayOptions,
): Promise<Gateway> {
  const database = await openDatabase(settings.DATABASE_URL, {
    connections: settings.DATABASE_CONNECTIONS,
    allowVolatile,
  })
  const operations = await createOperations({ database, clock, settings, log, processName })
  const { observe } = operations
  const references = createReferences(database.pool, clock)
  const issuers = connectIssuers(
    settings.ISSUERS.map((issuer) => ({
      ...issuer,
      acquirerId: settings.ACQUIRER_ID,
      terminalId: settings.TERMINAL_ID,
      timeLimitMs: settings.ISSUER_TIME_LIMIT_MS,
      timeZone: settings.TIME_ZONE,
    })),
    { clock, observe, onEvent: (event) => log.info({ ...event, event: `issuer-${event.kind}` }) },
  )
  operations.watchLinks(() => lastingLinks('issuer', issuers.states(), settings.ISSUERS))
  const telcos = connectTelcos(settings.TELCOS, {
    clock,
    observe,
    timeLimitMs: settings.TELCO_TIME_LIMIT_MS,
    onEvent: (event) => log.info({ ...event, event: `telco-${event.kind}` }),
  })
  operations.watchLinks(() => lastingLinks('telco', telcos.states(), settings.TELCOS))
  const banks = connectBanks(settings.BANKS, {
    ...{ clock, observe, gatewayId: settings.GATEWAY_ID },
    signingKey: settings.SIGNING_KEYS[0]!,
  })
  operations.watchLinks(() => settings.BANKS.map(({ code }) => ({ link: 'bank', system: code })))
  const bankFiles = observedFileLinks('bank-file', connectBankFiles(settings.BANK_FILES, { clock }), observe)
  const vault = createVault({ sealing: settings.CARD_KEYS, fingerprint: settings.FINGERPRINT_KEY })
  const issuerTerms = createIssuerTerms(settings.ISSUERS, { clock })
  const people = createPeople({ database, clock, settings })
  const sessions = createSessions({ database, clock })
  const secondFactors = createSecondFactors({ database, clock, vault, sessions, settings })
  const invitations = createInvitations({ database, clock, settings })
  const outgoing = createOutgoing({ allow: settings.OUTGOING_ALLOW, observe })
  const report = (event: string, detail: Readonly<Record<string, unknown>>) => log.warn({ event, ...detail })
  const trust = await createTrust({ database, clock, settings, report })
  const signing = createSigning(settings, trust)
  const audit = createAudit({ database, clock })
  const merchants = createMerchants({ database, clock, trust })
  const contracts = createContracts({ database, merchants })
  const shopMessages = createShopMessages({ database, clock, audit })
  const seen = createSeenMessages({ database })
  const evidence = createEvidenceBook({ database, clock, signing })
  const endpoints = createEndpoints({ database, clock, settings, outgoing })
  const addresses = createAddresses({ database, clock, vault })
  const flows = createFlows({ database, clock, merchants, outgoing })
  const shopHooks = createShopHooks({ clock, signing, shopMessages, outgoing, evidence })
  const pipeline = createPipeline({ clock, hooks, shopHooks, report })
  const shopLine = createShopLine({
    ...{ clock, signing, trust, merchants, contracts, outgoing, evidence },
    tracing: operations.tracing,
  })
  const confirmations = createConfirmations({ clock, signing, shopMessages, shopLine, evidence })
  const cards = createCards({ database, clock, references, issuers, issuerTerms, catalogue: settings.ISSUERS, vault })
  const preferences = createPreferences({ database, clock })
  const vcards = createVCards({ database, clock, cards, preferences, vault, catalogue: settings.ISSUERS })
  const accounts = createAccounts({ database, clock, vault, settings })
  const billing = createBillingRooms({ database, clock, vault, settings })
  const events = createEvents({ webUrl: settings.WEB_URL })
  const eCash = createECash({ database, clock, vault })
  const accountNotices = createUnregisteredNotices({ pool: database.pool, clock, vault })
  const mandates = createMandates({ database, clock, vault, signing, settings })
  const ownModules = installModules({
    issuers,
    vault: cards,
    agent: vcards,
    phoneBill: { telcos, ...billing },
    eCash,
    microAccount: { accounts, notices: accountNotices },
    banks,
    cash: createCashOnDelivery({ database, clock }),
    giro: createGiro({ database, clock, banks: settings.BANK_FILES }),
    ...(settings.STRIPE_SECRET_KEY
      ? { stripe: connectStripe(stripeSettings(settings.STRIPE_SECRET_KEY, settings)) }
      : {}),
    directDebit: { clock, debits: createDebitLegs({ database, clock, mandates }) },
  })
  const packages = await loadPackages(settings.MODULES, { report, taken: [...ownModules.keys()] })
  const modules = new Map([...ownModules, ...packages.modules.map((each) => [each.code, each] as const)])
  const merchantModules = createMerchantModules({ database, clock, settings, modules, refused: packages.refused })
  const settlement = createSettlement({ database, clock, vault, settings, links: bankFiles, report })
  const reconciliation = createReconciliation({ database, clock, references, issuers, settings, report })
  const storeCredit = createStoreCredit({ accounts })
  const parts: PaymentParts = {
    store: createPaymentStore(database.pool),
    clock,
    references,
    modules,
    shopOf: createShops({ merchants, merchantModules, settlement, flows, clock, timeZone: settings.TIME_ZONE }),
    openTo: merchantModules.openTo,
    confirm: confirmations.confirm,
    approvalOf: async ({ merchantId, id }) => {
      const state = await findApprovalState(database.pool, merchantId, id)
      return state === 'approved' || state === 'refused' ? state : 'waiting'
    },
    shippedAt: ({ merchantId, id }) => findShippedAt(database.prisma, merchantId, id),
    askHooks: pipeline.ask,
    addressGiven: async ({ merchantId, id }) => (await addresses.given(merchantId, id)) !== undefined,
    compose: {
      payment: (occasion, payment, at) =>
        asPlanned(
          payment,
          occasion,
          [...composePaymentMessages(occasion, payment, at), ...events.payment(occasion, payment, at)],
          at,
        ),
      refund: (payment, refund, at) =>
        asPlanned(
          payment,
          'refunded',
          [...composeRefundMessages(payment, refund, at), ...events.refund(payment, refund, at)],
          at,
        ),
    },
    creditShopper: storeCredit.credit,
    report,
    moved(payment) {
      operations.moved(payment)
      pipeline.tell(payment)
    },
  }
  const payments = operations.watchPayments(createPayments(parts))
  const { installed } = merchantModules
  const captureBatches = createCaptureBatches({ database, clock, settings, installed, payments })
  const topUps = createTopUps({ database, clock, payments, accounts, report })
  const subscriptions = createSubscriptions({ database, clock, settings, merchants, payments, modules, report })
  const paymentLinks = createPaymentLinks({ database, clock, settings, merchants, payments })
  const refunds = operations.watchRefunds(createRefunds(createRefundStore(database.pool), parts))
  const cancellations = createCancellations(payments, refunds)
  const approvals = createApprovals({ database, clock, payments, audit })
  const orderFacts = createOrderFacts({ database, clock, payments })
  const cancelMessages = createCancelMessages({
    database,
    clock,
    shopMessages,
    signing,
    evidence,
    cancel: shopCancels(payments, cancellations),
  })
  const consent = createShopConsent({
    ...{ clock, signing, contracts, shopLine, shopMessages, cancelMessages, evidence },
  })
  const disputes = createDisputes({
    ...{ database, clock, settings, audit, payments, refunds, consent, report },
  })
  const couriers = createCouriers({
    ...{ database, clock, vault, findMerchant: merchants.get, restCame: payments.restCame },
  })
  const unpaid = createUnpaidList({ database, clock })
  const giro = createGiroDesk({ database, clock, banks: settings.BANK_FILES, links: bankFiles, report })
  const auditChain = createAuditChain({
    ...{ database, clock, signing },
    note: (event, detail) => log.info({ event, ...detail }),
  })
  const grants = createGrants({ database, clock, audit })
  const shopAgent = createShopAgent({ database, clock, audit, grants, vcards })
  const purchases = createPurchases({ database, payments, audit })
  const payoutNews = createPayoutNews({
    ...{ clock, vault, lineVault: billing.lineVault },
    contact: settings.PHONE_BILL_CONTACT ?? settings.WEB_URL,
    shopName: async (merchantId) => (await merchants.get(merchantId))?.name ?? '',
  })
  const deeds = createDeeds({
    ...{ payments, refunds, cancellations, payoutNews, audit, consent },
    credits: billing.credits,
  })
  const refundRequests = createRefundRequests({
    ...{ database, clock, payments, refunds, contracts, audit, shopOf: parts.shopOf },
  })
  const statistics = createStatistics({ database, clock, settings })
  const spending = createSpending({ database, clock, settings })
  const daily = createDailyStatistics({ database, clock, settings })
  const messages = createMessages({
    database,
    clock,
    settings,
    endpoints,
    merchants,
    people,
    outgoing,
    evidence,
    sinks: createEventSinks({ pool: database.pool, vault }),
    print,
    notices: createNotices({ database, vault, unwatch: accounts.unwatch }),
    observe,
    report,
    sms: { vault, drawCode: billing.codes.draw },
  })
  operations.watchLinks(() => smsLink(messages.smsState()))
  const debits = {
    ...{ database, clock, links: bankFiles, mandates, settings, report },
    findPayment: payments.find,
  }
  const debitBatches = createDebitBatches({ ...debits, vault, findMerchant: merchants.get })
  const debitReports = createDebitReports(debits)
  const billingFiles = createBillingFiles({
    ...{ database, clock, settings, vault, report },
    centres: observedFileLinks('billing-file', connectBillingCentres(settings.BILLING_CENTRES, { clock }), observe),
  })
  const phoneBill = createPhoneBill({
    ...{ database, clock, references, telcos, vault },
    ...billing,
    findPayment: payments.find,
    findMerchant: merchants.get,
    hurry: messages.sendNow,
  })
  const oauth = createOAuth({ database, clock, vault })
  const openService = createOpenService({ database, clock, vault })
  const texts = createTexts({ database, clock, vault, hurry: messages.sendNow })
  const watches = createWatches({ database, clock, accounts })
  const volumes = createVolumes(database)
  const lines = createLineMeans({ telcos, references, phoneBill, lineVault: billing.lineVault })
  const camara = createCamara({ database, clock, vault, settings, payments, refunds, lines, events, report })
  const checkoutLinks = createCheckoutLinks({
    ...{ clock, signing, contracts, seen, shopMessages, evidence },
    findPayment: payments.find,
  })
  const sealedInput = createSealedInput({ settings, trust, clock, seen, refused: shopMessages.refused })
  return {
    ...{ settings, clock, log, database, references, issuers, telcos, banks, bankFiles, billing, billingFiles },
    ...{ phoneBill, mandates, debitBatches, debitReports },
    ...{
      accounts,
      accountNotices,
      oauth,
      camara,
      openService,
      texts,
      watches,
      volumes,
      eCash,
      topUps,
      couriers,
      giro,
      unpaid,
    },
    ...{ paymentLinks, subscriptions },
    ...{
      people,
      sessions,
      secondFactors,
      invitations,
      merchants,
      merchantModules,
      captureBatches,
      contracts,
      endpoints,
      trust,
      signing,
      evidence,
      checkoutLinks,
      sealedInput,
      cancelMessages,
      messages,
    },
    ...{ cards, preferences, vcards, grants, shopAgent, payments, refunds, cancellations, disputes },
    ...{ flows, approvals, addresses, orderFacts, settlement, reconciliation },
    ...{ refundRequests, storeCredit },
    ...{ audit, auditChain, purchases, deeds, statistics, spending, daily, operations, outgoing },
    moduleCodes: [...modules.keys()],
    async close() {
      await camara.payments.idle()
      await Promise.all([payments.idle(), refunds.idle()])
      await messages.close()
      await Promise.all([issuers.close(), telcos.close(), packages.close()])
      await operations.close()
      await database.close()
    },
  }
}

function stripeSettings(secretKey: string, { STRIPE_URL, STRIPE_TIME_LIMIT_MS }: Settings): StripeSettings {
  return { secretKey, url: STRIPE_URL, timeLimitMs: STRIPE_TIME_LIMIT_MS }
}

/** A shop's signed cancel is a cancellation like a counselor's; the shop is told only whether it was carried out. */
function shopCancels(payments: Payments, cancellations: Cancellations): CancelDeed {
  return async ({ merchantId, currency, ...order }) => {
    const payment = currency && (await payments.find(merchantId, order.paymentId))
    if (payment && payment.currency !== currency) return { kind: 'refused', reason: 'wrong-currency' }
    const requestedBy = { kind: 'shop', id: publicId('mer', merchantId), name: 'signed cancel' } as const
    const cancelled = await cancellations.cancel({ merchantId, requestedBy, ...order })
    return cancelled.kind === 'refused' ? cancelled : { kind: 'cancelled' }
  }
}

/** The one bind to the SMS centre, once somebody has asked for it. */
function smsLink(state: SmsCentreState | undefined): LinkCheck[] {
  if (!state) return []
  const { system, inFlight, lastAnswerAt } = state
  if (state.state === 'idle') return [{ link: 'sms', system }]
  return [
    { link: 'sms', system, connections: 1, connectionsUp: state.state === 'down' ? 0 : 1, inFlight, lastAnswerAt },
  ]
}

// A contract that changes holds for payments that begin this much later; asking anew for each would be a query a payment.
const CONTRACT_LIVES_MS = 1_000

interface ShopParts {
  readonly merchants: Merchants
  readonly merchantModules: MerchantModules
  readonly flows: Flows
  readonly settlement: Settlement
  readonly clock: Clock
  readonly timeZone: string
}

function createShops({
  merchants,
  merchantModules,
  settlement,
  flows,
  clock,
  timeZone,
}: ShopParts): (merchantId: Uuid) => Promise<Shop> {
  const known = new Map<Uuid, { readonly shop: Promise<Shop>; readonly until: number }>()
  async function read(merchantId: Uuid): Promise<Shop> {
    const [merchant, terms, flow, agreed] = await Promise.all([
      merchants.get(merchantId),
      merchantModules.termsOf(merchantId),
      flows.inForce(merchantId),
      settlement.terms(merchantId),
    ])
    invariant(merchant, 'payments belong to merchants that exist')
    const { id, name, nameEn, categoryCode, confirmation, modules } = merchant
    const payee = { merchantId: id, name: nameEn || name, localName: name, categoryCode }
    const plan: Shop['plan'] = (order) => planOrder(flow, order, timeZone)
    return { payee, confirmation, modules, terms, plan, priceOf: prices(terms, agreed) }
  }
  return (merchantId) => {
    const now = clock.now().getTime()
    const held = known.get(merchantId)
    if (held && held.until > now) return held.shop
    const shop = read(merchantId)
    known.set(merchantId, { shop, until: now + CONTRACT_LIVES_MS })
    shop.catch(() => known.delete(merchantId))
    return shop
  }
}
