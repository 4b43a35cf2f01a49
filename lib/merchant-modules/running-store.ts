import type pg from 'pg'
import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'

/** What still runs over a module at a merchant, and finishes although it is deactivated. */
export interface Running {
  readonly payments: number
  readonly refunds: number
}

/** By module; modules over which nothing runs are left out. */
export async function findRunning(pool: pg.Pool, merchantId: Uuid): Promise<ReadonlyMap<ModuleCode, Running>> {
  const { rows } = await pool.query<{ module: ModuleCode; payments: number; refunds: number }>(
    `select module, sum(payments)::int as payments, sum(refunds)::int as refunds from (
       select l.module, count(distinct p.id) as payments, 0 as refunds
       from payment p join leg l on l.merchant_id = p.merchant_id and l.payment_id = p.id and l.attempt = p.attempt
       where p.standing = 'unpaid' and p.merchant_id = $1
         and p.state in ('authorizing', 'confirming', 'authorized', 'capturing', 'awaiting', 'voiding', 'reversing')
       group by l.module
       union all
       select l.module, 0, count(distinct r.id)
       from refund r join refund_leg b on b.merchant_id = r.merchant_id and b.refund_id = r.id
       join leg l on l.merchant_id = r.merchant_id and l.payment_id = r.payment_id and l.attempt = b.attempt
         and l.leg = b.leg
       where r.carry_on_at is not null and r.merchant_id = $1 group by l.module) running
     group by module`,
    [merchantId],
  )
  return new Map(rows.map(({ module, ...running }) => [module, running]))
}
