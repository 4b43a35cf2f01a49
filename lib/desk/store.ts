import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import type { Money } from '../money/money'
import type { Payment } from '../payments/payment'
import { type PaymentRow, readPayment, SELECT_PAYMENT } from '../payments/store'
import { standsIn } from './browse-store'
import type { PurchaseQuery } from './purchase-query'
import { type PurchaseTab, purchaseTabs } from './purchase-tab'
import type { CancellationShown } from './purchases'

// Names and digits have no index, which would cost every payment; this many rows are read in a fraction of a second.
const LOOKED_THROUGH = 20_000
const MOST_FOUND = 20
const MOST_CANCELLATIONS = 100

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

/** What is looked for, with a telephone number in the form in which lines are found again. */
export type FindablePurchase = Exclude<PurchaseQuery, { kind: 'text' }> | FindableText
type FindableText = Extract<PurchaseQuery, { kind: 'text' }> & { readonly line?: Uint8Array }

export async function findPurchases(pool: pg.Pool, merchantId: Uuid, query: FindablePurchase): Promise<Payment[]> {
  const values: unknown[] = [merchantId, LOOKED_THROUGH, MOST_FOUND]
  const among = amongOf(query, (value) => `$${values.push(value)}`)
  const { rows } = await pool.query<PaymentRow>(
    `with recent as materialized (
       select id, order_ref, order_name, email, shopper_id, amount, currency from payment where merchant_id = $1
       order by id desc limit $2
     ), oldest as materialized (select id from recent order by id limit 1)
     ${SELECT_PAYMENT} where p.merchant_id = $1 and p.id in (${among.join(' union ')}) order by p.id desc limit $3`,
    values,
  )
  return rows.map(readPayment)
}

type Given = (value: unknown) => string

/** Questions of which each answers with payments; whichever finds it. */
function amongOf(query: FindablePurchase, given: Given): string[] {
  switch (query.kind) {
    case 'payment':
      return [`select ${given(query.id)}::uuid`]
    case 'tid': {
      const tid = given(query.tid)
      return [
        `select id from payment where merchant_id = $1
          and (id = ${tid}::text::uuid or live_order_ref = ${tid} or (standing = 'failed' and order_ref = ${tid}))`,
      ]
    }
    case 'email': {
      const email = given(query.email)
      return [
        `select id from recent where lower(email) = ${email}`,
        `select s.id from person o join payment s on s.shopper_id = o.id where o.email = ${email} and s.merchant_id = $1`,
      ]
    }
    case 'last-four':
      return [
        ...byText(query.digits, given),
        // One range of the legs' key, in place of a look at each payment's.
        `select l.payment_id from leg l where ${sinceOldest('l')} and l.means->>'lastFour' = ${given(query.digits)}`,
        ...byAmount(query.amounts, given),
      ]
    case 'text':
      return [
        ...byText(query.text, given),
        ...byName(query.text, given),
        ...byPhone(query, given),
        ...byAmount(query.amounts, given),
      ]
  }
}

const sinceOldest = (table: string) => `${table}.merchant_id = $1 and ${table}.payment_id >= (select id from oldest)`

function byText(text: string, given: Given): string[] {
  const [whole, part] = [given(text), given(pattern(text))]
  return [
    `select id from payment where live_order_ref = ${whole} and merchant_id = $1`,
    `select id from recent where order_ref = ${whole} or order_name ilike ${part}`,
  ]
}

/** Whose it is: the shopper, who got it at the door, or who was sent the statement. */
function byName(text: string, given: Given): string[] {
  if (!/\p{L}/u.test(text)) return []
  const part = given(pattern(text))
  return [
    `select r.id from recent r join person o on o.id = r.shopper_id where o.name ilike ${part}`,
    `select d.payment_id from cash_delivery d where ${sinceOldest('d')} and d.recipient->>'name' ilike ${part}`,
    `select g.payment_id from giro_bill g where ${sinceOldest('g')} and g.payer->>'name' ilike ${part}`,
  ]
}

/** The line that it was put on, or the telephone of who got it at the door. */
function byPhone({ phone, line }: FindableText, given: Given): string[] {
  if (phone === undefined) return []
  const atDoor = `select d.payment_id from cash_delivery d
    where ${sinceOldest('d')} and d.recipient->>'phone' = ${given(phone)}`
  if (!line) return [atDoor]
  const onBill = `select c.payment_id from phone_line l join phone_charge c on c.line_id = l.id
    where l.fingerprint = ${given(line)} and c.merchant_id = $1`
  return [atDoor, onBill]
}

/** What all of it cost, or the part of one means: that is what stands on a statement. */
function byAmount(amounts: readonly Money[], given: Given): string[] {
  if (amounts.length === 0) return []
  const codes = given(amounts.map(({ currency }) => currency))
  const wanted = `(select * from unnest(${codes}::text[], ${given(amounts.map(({ amount }) => amount))}::bigint[]))`
  return [
    `select id from recent where (currency, amount) in ${wanted}`,
    `select l.payment_id from leg l join recent r on r.id = l.payment_id
     where ${sinceOldest('l')} and (r.currency, l.amount) in ${wanted}`,
  ]
}

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
