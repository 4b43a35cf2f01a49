import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import type { Payment } from '../payments/payment'
import { movingStates } from '../payments/payment-moves'
import { type PaymentRow, readPayment, SELECT_PAYMENT } from '../payments/store'
import type { PurchaseQuery } from './purchase-query'
import { type PurchaseTab, purchaseTabs } from './purchase-tab'
import type { CancellationShown, PurchaseFilter } from './purchases'

// Names and digits have no index, which would cost every payment; this many rows are read in a fraction of a second.
const LOOKED_THROUGH = 20_000
const MOST_FOUND = 20
const MOST_CANCELLATIONS = 100

export async function findPage(
  pool: pg.Pool,
  merchantId: Uuid,
  { tab, orderRef, before, limit }: PurchaseFilter,
): Promise<Payment[]> {
  const values: unknown[] = [merchantId, limit]
  const given = (value: unknown) => `$${values.push(value)}`
  const conditions = ['p.merchant_id = $1']
  if (tab) conditions.push(standsIn(tab, given))
  if (orderRef !== undefined) {
    const ref = given(orderRef)
    // A failed payment has given its order reference up: there may be several of one order.
    conditions.push(`(p.live_order_ref = ${ref} or (p.standing = 'failed' and p.order_ref = ${ref}))`)
  }
  if (before !== undefined) conditions.push(`p.id < ${given(before)}`)
  const { rows } = await pool.query<PaymentRow>(
    `${SELECT_PAYMENT} where ${conditions.join(' and ')} order by p.id desc limit $2`,
    values,
  )
  return rows.map(readPayment)
}

/** What the payments of a tab have in common; every payment is in exactly one. */
function standsIn(tab: PurchaseTab, given: (value: unknown) => string): string {
  // Payments at work have a time at which they are carried on, and there are few of them at any moment.
  if (tab === 'being-checked') return `p.carry_on_at is not null and p.state = any(${given(movingStates)})`
  const standing = `p.standing = ${given(tab)}`
  return tab === 'unpaid' ? `${standing} and p.state <> all(${given(movingStates)})` : standing
}

/** How many payments stand in each tab, counted no further than `most`: however many there are, it costs the same. */
export async function countTabs(
  pool: pg.Pool,
  merchantId: Uuid,
  most: number,
): Promise<Readonly<Record<PurchaseTab, number>>> {
  const values: unknown[] = [merchantId, most]
  const given = (value: unknown) => `$${values.push(value)}`
  const counted = purchaseTabs.map(
    (tab) => `(select count(*)::int from (select from payment p where p.merchant_id = $1 and ${standsIn(tab, given)}
      limit $2) few) as "${tab}"`,
  )
  const { rows } = await pool.query<Record<PurchaseTab, number>>(`select ${counted.join(', ')}`, values)
  return rows[0]!
}

export async function findPurchases(pool: pg.Pool, merchantId: Uuid, query: PurchaseQuery): Promise<Payment[]> {
  const { among, values } = amongOf(query)
  const { rows } = await pool.query<PaymentRow>(
    `with recent as materialized (
       select id, order_ref, order_name, email from payment where merchant_id = $1 order by id desc limit $2
     )
     ${SELECT_PAYMENT} where p.merchant_id = $1 and p.id in (${among}) order by p.id desc limit $3`,
    [merchantId, LOOKED_THROUGH, MOST_FOUND, ...values],
  )
  return rows.map(readPayment)
}

function amongOf(query: PurchaseQuery): { among: string; values: readonly string[] } {
  switch (query.kind) {
    case 'payment':
      return { among: 'select $4::uuid', values: [query.id] }
    case 'tid':
      return {
        among: `select id from payment where merchant_id = $1
          and (id = $4::text::uuid or live_order_ref = $4 or (standing = 'failed' and order_ref = $4))`,
        values: [query.tid],
      }
    case 'email':
      return {
        among: `select id from recent where lower(email) = $4
          union select s.id from person o join payment s on s.shopper_id = o.id
            where o.email = $4 and s.merchant_id = $1`,
        values: [query.email],
      }
    case 'last-four':
      return {
        // One range of the legs' key, in place of a look at each payment's.
        among: `${BY_TEXT} union select l.payment_id from leg l where l.merchant_id = $1 and l.means->>'lastFour' = $4
          and l.payment_id >= (select id from recent order by id limit 1)`,
        values: [query.digits, pattern(query.digits)],
      }
    case 'text':
      return { among: BY_TEXT, values: [query.text, pattern(query.text)] }
  }
}

const BY_TEXT = `select id from payment where live_order_ref = $4 and merchant_id = $1
  union select id from recent where order_ref = $4 or order_name ilike $5`

/** Letters with a meaning of their own in LIKE stand for themselves. */
function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

export async function findCancellations(pool: pg.Pool, merchantId: Uuid, since: Date): Promise<CancellationShown[]> {
  const { rows } = await pool.query<CancellationShown>(
    `select r.id, r.payment_id as "paymentId", r.amount, r.state, r.reason, r.requested_by->>'name' as by,
       r.created_at as at, p.currency, p.order_name as "orderName"
     from refund r join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
     where r.merchant_id = $1 and r.id >= $2 and r.kind = 'cancellation' order by r.id desc limit $3`,
    [merchantId, firstUuidAt(since), MOST_CANCELLATIONS],
  )
  return rows
}
