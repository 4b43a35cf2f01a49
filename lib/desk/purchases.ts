import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Payment, Refund } from '../payments/payment'
import { readPurchaseQuery } from './purchase-query'
import { findCancellations, findPage, findPurchases } from './store'

/** How a merchant sorts payments (M-155), and those that still settle by themselves. */
export const purchaseTabs = ['paid', 'unpaid', 'refund-requested', 'refunded', 'failed', 'being-checked'] as const
export type PurchaseTab = (typeof purchaseTabs)[number]

export interface PurchaseFilter {
  /** Absent: all. Every payment is in exactly one of the tabs. */
  readonly tab?: PurchaseTab
  /** Order reference, exact. */
  readonly orderRef?: string
  /** Payments older than this one. */
  readonly before?: Uuid
  readonly limit: number
}

/** A cancellation as the desk lists it. */
export interface CancellationShown extends Pick<
  Refund,
  'id' | 'paymentId' | 'amount' | 'state' | 'reason' | 'requestedBy' | 'createdAt'
> {
  readonly currency: Payment['currency']
  readonly orderName: string
}

/** A merchant's payments as its people look for them. The newest come first. */
export interface Purchases {
  page(merchantId: Uuid, filter: PurchaseFilter): Promise<Payment[]>
  /**
   * By order reference, payment id, e-mail, a part of the order's name, or the last four digits of a card. Names and
   * digits are looked for among the newest 20,000 payments.
   */
  search(merchantId: Uuid, typed: string): Promise<Payment[]>
  /** Cancellations of paid purchases asked for since then. */
  cancellations(merchantId: Uuid, since: Date): Promise<CancellationShown[]>
}

export function createPurchases({ database }: { database: Database }): Purchases {
  const { pool } = database
  return {
    page: (merchantId, filter) => findPage(pool, merchantId, filter),
    async search(merchantId, typed) {
      const query = readPurchaseQuery(typed)
      return query ? findPurchases(pool, merchantId, query) : []
    },
    cancellations: (merchantId, since) => findCancellations(pool, merchantId, since),
  }
}
