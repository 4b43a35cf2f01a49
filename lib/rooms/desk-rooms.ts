import { createDirectory, type Directory } from '../auth/directory'
import { type BillingFiles, createBillingFiles } from '../billing/billing-files'
import { createPayoutNews } from '../billing/payout-news'
import type { Vault } from '../cards/vault'
import { type Couriers, createCouriers } from '../couriers/couriers'
import { type CashReceipts, createCashReceipts } from '../couriers/receipts'
import { createDeeds, type Deeds } from '../desk/deeds'
import { createPurchases, type Purchases } from '../desk/purchases'
import { createDebitBatches, type DebitBatches } from '../direct-debit/debit-batches'
import { createDebitReports, type DebitReports } from '../direct-debit/debit-reports'
import { createDisputes, type Disputes } from '../disputes/disputes'
import { createGiroDesk, type GiroDesk } from '../giro/giro-desk'
import { createReconciliation, type Reconciliation } from '../reconciliation/reconciliation'
import { createRefundRequests, type RefundRequests } from '../refund-requests/refund-requests'
import { createReturns, type Returns } from '../returns/returns'
import { createDailyStatistics, type DailyStatistics } from '../statistics/daily'
import { createProductFigures, type ProductFigures } from '../statistics/product-rates'
import { debtorsOf } from '../receivables/debtor'
import { createReceivables, type Receivables } from '../receivables/receivables'
import { createStatements, type Statements } from '../statements/statements'
import { createSpending, type Spending } from '../statistics/spending'
import { createStatistics, type Statistics } from '../statistics/statistics'
import { createUnpaidList, type UnpaidList } from '../unpaid/unpaid'
import { type Base, reporter } from './base'
import type { MeansRooms } from './means-rooms'
import type { OutsideLinks } from './outside-links'
import type { PaymentRooms } from './payment-rooms'
import type { PeopleRooms } from './people-rooms'
import type { ShopRooms } from './shop-rooms'

/** What people at desks, in portals and at consoles work with, and the files and books that run by the clock. */
export interface DeskRooms {
  readonly purchases: Purchases
  readonly deeds: Deeds
  readonly refundRequests: RefundRequests
  readonly disputes: Disputes
  readonly couriers: Couriers
  readonly cashReceipts: CashReceipts
  readonly giro: GiroDesk
  /** Money back to payers, by transfer. */
  readonly returns: Returns
  readonly unpaid: UnpaidList
  /** Files of direct debits to banks, and what banks say of them. */
  readonly debitBatches: DebitBatches
  readonly debitReports: DebitReports
  readonly billingFiles: BillingFiles
  readonly reconciliation: Reconciliation
  /** What issuers, billing centres and banks owe us. */
  readonly receivables: Receivables
  /** The banks' statements of our accounts. */
  readonly statements: Statements
  readonly statistics: Statistics
  readonly spending: Spending
  readonly productFigures: ProductFigures
  readonly daily: DailyStatistics
  /** Everybody who works here, and every shop. */
  readonly directory: Directory
}

interface Parts extends Base {
  readonly vault: Vault
  readonly links: OutsideLinks
  readonly people: PeopleRooms
  readonly shops: ShopRooms
  readonly means: MeansRooms
  readonly paying: PaymentRooms
}

export function createDeskRooms(parts: Parts): DeskRooms {
  const { settings, clock, log, database, vault, links, shops, means, paying } = parts
  const { audit, merchants, contracts } = shops
  const { billing, mandates } = means
  const { payments, refunds, cancellations, consent, shopOf } = paying
  const report = reporter(log)
  const payoutNews = createPayoutNews({
    ...{ clock, vault, lineVault: billing.lineVault },
    contact: settings.PHONE_BILL_CONTACT ?? settings.WEB_URL,
    shopName: async (merchantId) => (await merchants.get(merchantId))?.name ?? '',
  })
  const debits = {
    ...{ database, clock, links: links.bankFiles, mandates, settings, report },
    findPayment: payments.find,
  }
  const refundRequests = createRefundRequests({
    ...{ database, clock, payments, refunds, contracts, consent, audit, shopOf },
  })
  return {
    purchases: createPurchases({ database, payments, audit, lineVault: billing.lineVault }),
    deeds: createDeeds({
      ...{ clock, payments, refunds, cancellations, payoutNews, audit, consent },
      zone: settings.TIME_ZONE,
      credits: billing.credits,
      queueRefund: refundRequests.propose,
      leftToAsk: refundRequests.leftToAsk,
    }),
    refundRequests,
    disputes: createDisputes({ database, clock, settings, audit, payments, refunds, consent, report }),
    couriers: createCouriers({
      ...{ database, clock, vault, findMerchant: merchants.get, restCame: payments.restCame },
    }),
    cashReceipts: createCashReceipts({ database, clock, settings }),
    giro: createGiroDesk({
      ...{ database, clock, vault, report, banks: settings.BANK_FILES, links: links.bankFiles },
      debtors: debtorsOf(settings),
    }),
    returns: createReturns({ database, clock, vault, settings, links: links.bankFiles, report }),
    unpaid: createUnpaidList({ database, clock }),
    debitBatches: createDebitBatches({ ...debits, vault, findMerchant: merchants.get }),
    debitReports: createDebitReports(debits),
    billingFiles: createBillingFiles({ database, clock, settings, vault, report, centres: links.billingCentres }),
    reconciliation: createReconciliation({
      ...{ database, clock, settings, report },
      references: links.references,
      issuers: links.issuers,
    }),
    receivables: createReceivables({ database, clock, settings }),
    statements: createStatements({ database, clock, settings, report, links: links.bankFiles }),
    statistics: createStatistics({ database, clock, settings }),
    productFigures: createProductFigures({ database, settings }),
    spending: createSpending({ database, clock, settings }),
    daily: createDailyStatistics({ database, clock, settings }),
    directory: createDirectory({ database, clock, merchants, invitations: parts.people.invitations }),
  }
}
