import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** Money of a bill that was paid already, to be given back by people. */
export interface CreditByHand {
  readonly paymentId: Uuid
  /** Names the refund's part on this leg. */
  readonly reference: string
  readonly orderRef: string
  readonly orderName: string
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Currency
  readonly createdAt: Date
}

export type PaidBackBy = 'bank' | 'micro-account'

/** What no bill can give back any more: a shop's list of what its people have to pay out. */
export interface CreditsByHand {
  /** The oldest first. */
  due(merchantId: Uuid, limit: number): Promise<CreditByHand[]>
  /** Notes that it was paid out, once; false when there is no such credit, or somebody noted it before. */
  paidBack(merchantId: Uuid, credit: { paymentId: Uuid; reference: string; by: PaidBackBy }): Promise<boolean>
}

export function createCreditsByHand({
  database: { pool, prisma },
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): CreditsByHand {
  return {
    async due(merchantId, limit) {
      const { rows } = await pool.query<CreditByHand>(
        `select k.payment_id as "paymentId", k.reference, p.order_ref as "orderRef", p.order_name as "orderName", k.amount,
           k.currency, k.created_at as "createdAt"
         from phone_credit k join payment p on p.merchant_id = k.merchant_id and p.id = k.payment_id
         where k.merchant_id = $1 and k.way = 'by-hand' and k.state = 'due' order by k.created_at, k.reference limit $2`,
        [merchantId, limit],
      )
      return rows
    },
    async paidBack(merchantId, { paymentId, reference, by }) {
      const { count } = await prisma.phoneCredit.updateMany({
        where: { merchantId, paymentId, reference, way: 'by-hand', state: 'due' },
        data: { state: 'paid-back', paidBackBy: by, changedAt: clock.now() },
      })
      return count === 1
    },
  }
}
