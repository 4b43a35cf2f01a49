import type { Vault } from '../cards/vault'
import { type CamaraEvents, createEvents } from '../camara/events'
import { findApprovalState } from '../flows/approval-store'
import { type Approvals, createApprovals } from '../flows/approvals'
import { publicId } from '../ids'
import { invariant } from '../invariant'
import { type CaptureBatches, createCaptureBatches } from '../merchant-modules/capture-batches'
import { type CancelDeed, type CancelMessages, createCancelMessages } from '../merchants/cancel-message'
import { createShopConsent, type ShopConsent } from '../merchants/cancel-request'
import { type CheckoutLinks, createCheckoutLinks } from '../merchants/checkout-links'
import { composePaymentMessages, composeRefundMessages } from '../messages/compose'
import { asPlanned } from '../messages/compose-planned'
import { createPaymentLinks, type PaymentLinks } from '../payment-links/payment-links'
import { type Cancellations, createCancellations } from '../payments/cancellations'
import type { PaymentParts } from '../payments/parts'
import { createPayments, type Payments } from '../payments/payments'
import { createRefundStore } from '../payments/refund-store'
import { createRefunds, type Refunds } from '../payments/refunds'
import { createPaymentStore } from '../payments/store'
import { findShippedAt } from '../pipeline/order-fact-store'
import { createOrderFacts, type OrderFacts } from '../pipeline/order-facts'
import { createStoreCredit, type StoreCredit } from '../refund-requests/store-credit'
import { createSettlement, type Settlement } from '../settlement/settlement'
import { createSubscriptions, type Subscriptions } from '../subscriptions/subscriptions'
import { createTopUps, type TopUps } from '../top-ups/top-ups'
import { type Base, reporter } from './base'
import type { MeansRooms } from './means-rooms'
import type { OutsideLinks } from './outside-links'
import type { ShopRooms } from './shop-rooms'
import { createShopsOfPayments } from './shops-of-payments'

/** Paying and giving back, and what begins payments. */
export interface PaymentRooms {
  readonly payments: Payments
  readonly refunds: Refunds
  readonly cancellations: Cancellations
  readonly shopOf: PaymentParts['shopOf']
  readonly approvals: Approvals
  readonly orderFacts: OrderFacts
  readonly settlement: Settlement
  readonly storeCredit: StoreCredit
  readonly captureBatches: CaptureBatches
  readonly topUps: TopUps
  readonly subscriptions: Subscriptions
  readonly paymentLinks: PaymentLinks
  readonly checkoutLinks: CheckoutLinks
  readonly cancelMessages: CancelMessages
  readonly consent: ShopConsent
  readonly events: CamaraEvents
}

interface Parts extends Base {
  readonly vault: Vault
  readonly links: OutsideLinks
  readonly shops: ShopRooms
  readonly means: MeansRooms
}

export function createPaymentRooms(base: Parts): PaymentRooms {
  const { settings, clock, log, database, operations, vault, links, shops, means } = base
  const { merchants, contracts, signing, evidence, shopMessages, shopLine, seen, audit } = shops
  const { modules, merchantModules, accounts } = means
  const report = reporter(log)
  const settlement = createSettlement({ database, clock, vault, settings, links: links.bankFiles, report })
  const storeCredit = createStoreCredit({ accounts })
  const events = createEvents({ webUrl: settings.WEB_URL })
  const shopOf = createShopsOfPayments({
    ...{ merchants, merchantModules, settlement, clock },
    flows: shops.flows,
    timeZone: settings.TIME_ZONE,
  })
  const parts: PaymentParts = {
    store: createPaymentStore(database.pool),
    ...{ clock, modules, shopOf, report },
    references: links.references,
    openTo: merchantModules.openTo,
    confirm: shops.confirmations.confirm,
    approvalOf: async ({ merchantId, id }) => {
      const state = await findApprovalState(database.pool, merchantId, id)
      return state === 'approved' || state === 'refused' ? state : 'waiting'
    },
    shippedAt: ({ merchantId, id }) => findShippedAt(database.prisma, merchantId, id),
    askHooks: shops.pipeline.ask,
    addressGiven: async ({ merchantId, id }) => (await shops.addresses.given(merchantId, id)) !== undefined,
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
    moved(payment) {
      operations.moved(payment)
      shops.pipeline.tell(payment)
    },
  }
  const payments = operations.watchPayments(createPayments(parts))
  const refunds = operations.watchRefunds(createRefunds(createRefundStore(database.pool), parts))
  const cancellations = createCancellations(payments, refunds)
  const cancelMessages = createCancelMessages({
    ...{ database, clock, shopMessages, signing, evidence },
    cancel: shopCancels(payments, cancellations),
  })
  const { installed } = merchantModules
  return {
    ...{ payments, refunds, cancellations, shopOf, settlement, storeCredit, cancelMessages, events },
    approvals: createApprovals({ database, clock, payments, audit }),
    orderFacts: createOrderFacts({ database, clock, payments }),
    captureBatches: createCaptureBatches({ database, clock, settings, installed, payments }),
    topUps: createTopUps({ database, clock, payments, accounts, report }),
    subscriptions: createSubscriptions({ database, clock, settings, merchants, payments, modules, report }),
    paymentLinks: createPaymentLinks({ database, clock, settings, merchants, payments }),
    checkoutLinks: createCheckoutLinks({
      ...{ clock, signing, contracts, seen, shopMessages, evidence },
      findPayment: payments.find,
    }),
    consent: createShopConsent({
      ...{ clock, signing, contracts, shopLine, shopMessages, cancelMessages, evidence },
    }),
  }
}

/** A shop's signed cancel is a cancellation like a counselor's; the shop is told only whether it was carried out. */
function shopCancels(payments: Payments, cancellations: Cancellations): CancelDeed {
  return async ({ merchantId, currency, ...order }) => {
    const payment = currency && (await payments.find(merchantId, order.paymentId))
    if (payment && payment.currency !== currency) return { kind: 'refused', reason: 'wrong-currency' }
    const requestedBy = { kind: 'shop', id: publicId('mer', merchantId), name: 'signed cancel' } as const
    const cancelled = await cancellations.cancel({ merchantId, requestedBy, ...order })
    if (cancelled.kind !== 'refused') return { kind: 'cancelled' }
    const { reason } = cancelled
    invariant(reason !== 'over-limit', 'a shop has no limit')
    return { kind: 'refused', reason }
  }
}
