import type { Audit } from '../audit/audit'
import type { LineVault } from '../billing/line-vault'
import type { Database } from '../db/database'
import { readPublicId, type Uuid } from '../ids'
import type { RefundState } from '../payments/leg-moves'
import type { Payment } from '../payments/payment'
import type { Payments } from '../payments/payments'
import type { PurchaseTab } from './purchase-tab'
import { readPurchaseQuery } from './purchase-query'
import { countTabs, findCancellations, findPage, findPurchases } from './store'

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
  page(merchantId: Uuid, filter: PurchaseFilter): Promise<Payment[]>
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
    const noted = await audit.list(merchantId, { action: 'payment.cancel', since, limit: MOST_VOIDS })
    const shown = noted.map(async ({ id, at, object, outcome, actor, detail }) => {
      const paymentId = outcome === 'voided' ? readPublicId('pay', object) : undefined
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
    page: (merchantId, filter) => findPage(pool, merchantId, filter),
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
