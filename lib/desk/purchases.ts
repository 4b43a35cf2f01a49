import type { Audit } from '../audit/audit'
import type { LineVault } from '../billing/line-vault'
import type { Database } from '../db/database'
import { readPublicId, type Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { RefundState } from '../payments/leg-moves'
import type { Payment } from '../payments/payment'
import type { Payments } from '../payments/payments'
import { browse } from './browse-store'
import type { PurchaseTab } from './purchase-tab'
import { readPurchaseQuery } from './purchase-query'
import { countTabs, findCancellations, findPurchases } from './store'

/** By time or by amount; amounts are put in order within one currency. */
export const purchaseOrders = ['newest', 'oldest', 'largest', 'smallest'] as const
export type PurchaseOrder = (typeof purchaseOrders)[number]

/** Where a page ended: the payment, and in a list by amount its amount. */
export interface PurchasePlace {
  readonly id: Uuid
  /** Minor units. */
  readonly amount?: bigint
}

export interface BrowseFilter extends Omit<PurchaseFilter, 'before'> {
  /** The newest first where nothing is said; by amount only beside a currency. */
  readonly order?: PurchaseOrder
  /** Opened at that moment or later. */
  readonly from?: Date
  /** Opened before that moment. */
  readonly until?: Date
  /** The code of a module that the last attempt used. */
  readonly means?: string
  readonly currency?: Currency
  /** Minor units of the currency, both included. */
  readonly least?: bigint
  readonly most?: bigint
  /** Where the page before ended, in the same order. */
  readonly before?: PurchasePlace
}

export interface PurchasePage {
  readonly payments: readonly Payment[]
  /** Where the next page begins; absent at the end of the list. */
  readonly next?: PurchasePlace
  /** The page ended because so many payments were looked through for it, and not because it is full. */
  readonly lookedThrough?: number
}

export interface PurchaseFilter {
  /** Absent: all. Every payment is in exactly one of the tabs. */
  readonly tab?: PurchaseTab
  /** Order reference, exact. */
  readonly orderRef?: string
  /** Payments older than this one. */
  readonly before?: Uuid
  readonly limit: number
}

/** A cancellation as the desk lists it: of a paid purchase, or of one that was only held. */
export interface CancellationShown {
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly orderName: string
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Payment['currency']
  readonly state: RefundState | 'voided'
  readonly reason: string
  /** Who asked for it. */
  readonly by: string
  readonly at: Date
}

/** A merchant's payments as its people look for them. The newest come first. */
export interface Purchases {
  page(merchantId: Uuid, filter: PurchaseFilter): Promise<readonly Payment[]>
  /**
   * A page in the order that is asked for. Means, and amounts in an order by time, are in no index: they are looked for among
   * a bounded number of payments at a time, so that a page may hold few payments, or none, and the list still go on.
   */
  browse(merchantId: Uuid, filter: BrowseFilter): Promise<PurchasePage>
  /** How many are in each tab; MOST_COUNTED + 1 where there are more than anybody counts. */
  counts(merchantId: Uuid): Promise<Readonly<Record<PurchaseTab, number>>>
  /**
   * By order reference, payment id or TID, e-mail, a part of the order's or of a person's name, telephone number, amount, or the
   * last four digits of a card. Names, digits and amounts are looked for among the newest 20,000 payments.
   */
  search(merchantId: Uuid, typed: string): Promise<Payment[]>
  /** What was cancelled since then: all that was paid, and what the merchant's people let go that was only held. */
  cancellations(merchantId: Uuid, since: Date): Promise<CancellationShown[]>
}

interface Parts {
  readonly database: Database
  readonly payments: Pick<Payments, 'find'>
  readonly audit: Pick<Audit, 'list'>
  /** Under which a telephone line is found again. */
  readonly lineVault: Pick<LineVault, 'fingerprint'>
}

const MOST_VOIDS = 100

/** Beyond so many the exact number tells nobody anything, and would cost a walk through all of them. */
export const MOST_COUNTED = 1_000

export function createPurchases({ database: { pool }, payments, audit, lineVault }: Parts): Purchases {
  /** Nothing moved when a hold was let go, so that the audit trail is where it stands who did it and why. */
  async function voids(merchantId: Uuid, since: Date): Promise<CancellationShown[]> {
    const voided = { action: 'payment.cancel', outcome: 'voided', since, limit: MOST_VOIDS }
    const shown = (await audit.list(merchantId, voided)).map(async ({ id, at, object, actor, detail }) => {
      const paymentId = readPublicId('pay', object)
      const payment = paymentId && (await payments.find(merchantId, paymentId))
      if (!payment) return []
      const { amount, currency, orderName } = payment
      const reason = detail?.['reason'] ?? ''
      return [
        {
          id,
          paymentId: payment.id,
          orderName,
          amount,
          currency,
          state: 'voided',
          reason,
          by: actor.name,
          at,
        } as const,
      ]
    })
    return (await Promise.all(shown)).flat()
  }

  return {
    async page(merchantId, { before, ...filter }) {
      return (await browse(pool, merchantId, { ...filter, ...(before && { before: { id: before } }) })).payments
    },
    browse: (merchantId, filter) => browse(pool, merchantId, filter),
    counts: (merchantId) => countTabs(pool, merchantId, MOST_COUNTED + 1),
    async search(merchantId, typed) {
      const query = readPurchaseQuery(typed)
      if (!query) return []
      if (query.kind !== 'text' || query.phone === undefined) return findPurchases(pool, merchantId, query)
      const line = lineVault.fingerprint({ kind: 'line', number: query.phone })
      return findPurchases(pool, merchantId, { ...query, line })
    },
    async cancellations(merchantId, since) {
      const both = await Promise.all([findCancellations(pool, merchantId, since), voids(merchantId, since)])
      return both.flat().sort((a, b) => b.at.getTime() - a.at.getTime())
    },
  }
}
