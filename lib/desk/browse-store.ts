import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import { movingStates } from '../payments/payment-moves'
import { type PaymentRow, readPayment, SELECT_PAYMENT } from '../payments/store'
import { type PurchaseTab, purchaseTabs } from './purchase-tab'
import type { BrowseFilter, PurchasePage, PurchasePlace } from './purchases'

/**
 * What no index answers is looked for among so many payments at a time: next to each other by time, or, by amount, strewn over
 * the whole table. Both are read in a fraction of a second, however many payments there are.
 */
const LOOKED_THROUGH = { byTime: 10_000, byAmount: 2_000 } as const

// As in the index payment_by_amount, word by word: otherwise the database does not see that they are the same.
const AT_REST = `p.state not in (${movingStates.map((state) => `'${state}'`).join(', ')})`

type Bind = (value: unknown) => string

/** One page of a shop's payments in the order that is asked for, read from an index up to where the page ends. */
export async function browse(pool: pg.Pool, merchantId: Uuid, filter: BrowseFilter): Promise<PurchasePage> {
  const values: unknown[] = [merchantId]
  const bind: Bind = (value) => `$${values.push(value)}`
  const { means, limit } = filter
  const isByAmount = sortsByAmount(filter)
  const direction = filter.order === 'oldest' || filter.order === 'smallest' ? 'asc' : 'desc'
  const order = isByAmount ? `amount ${direction}, id ${direction}` : `id ${direction}`
  const back = order.replaceAll(direction, direction === 'asc' ? 'desc' : 'asc')

  const rest: string[] = []
  if (means !== undefined) {
    // One probe of the legs' key for each payment: as `exists` it would be joined, with every leg there is.
    rest.push(`(select true from leg l where l.merchant_id = $1 and l.payment_id = s.id and l.attempt = s.attempt
      and l.module = ${bind(means)} limit 1)`)
  }
  if (!isByAmount) {
    if (filter.currency) rest.push(`s.currency = ${bind(filter.currency)}`)
    if (filter.least !== undefined) rest.push(`s.amount >= ${bind(filter.least)}`)
    if (filter.most !== undefined) rest.push(`s.amount <= ${bind(filter.most)}`)
  }
  // One more than the page holds tells whether there are more; what is looked for takes a longer walk.
  const walked = rest.length === 0 ? limit + 1 : LOOKED_THROUGH[isByAmount ? 'byAmount' : 'byTime']
  const walks = (isByAmount ? amountWalks(filter, bind) : [timeWalk(filter, bind)]).map(
    (conditions) => `(select p.id, p.amount, p.currency, p.attempt from payment p
      where p.merchant_id = $1 and ${conditions} order by ${order.replaceAll(/(amount|id)/g, 'p.$1')} limit ${walked})`,
  )
  const { rows } = await pool.query<{ id: Uuid; amount: bigint; isFound: boolean; isCut: boolean }>(
    `with walked as materialized (
       select * from (${walks.join(' union all ')}) w order by ${order} limit ${walked}
     ), found as (
       select s.id, s.amount from walked s where ${rest.join(' and ') || 'true'} order by ${order} limit ${bind(limit + 1)}
     )
     (select id, amount, true as "isFound", false as "isCut" from found order by ${order})
     union all
     (select id, amount, false, (select count(*) from walked) = ${walked} from walked order by ${back} limit 1)`,
    values,
  )
  const found = rows.filter(({ isFound }) => isFound)
  const shown = found.slice(0, limit)
  const end = rows.find(({ isFound }) => !isFound)
  const payments = await inThatOrder(
    pool,
    merchantId,
    shown.map(({ id }) => id),
  )
  const place = (row: { id: Uuid; amount: bigint }): PurchasePlace =>
    isByAmount ? { id: row.id, amount: row.amount } : { id: row.id }
  if (found.length > limit) return { payments, next: place(shown.at(-1)!) }
  return { payments, ...(end?.isCut && rest.length > 0 && { next: place(end), lookedThrough: walked }) }
}

/** Payments of one amount are in the index by amount in the order of their time. */
function sortsByAmount({ order, currency, least, most }: BrowseFilter): boolean {
  if (!currency) return false
  return order === 'largest' || order === 'smallest' || (least !== undefined && least === most)
}

function timeWalk({ tab, orderRef, from, until, before, order }: BrowseFilter, bind: Bind): string {
  const conditions = [...period({ from, until }, bind), ...ofOrder(orderRef, bind)]
  if (tab) conditions.push(standsIn(tab, bind))
  if (before) conditions.push(`p.id ${order === 'oldest' ? '>' : '<'} ${bind(before.id)}`)
  return conditions.join(' and ') || 'true'
}

/**
 * The walks that together are the list by amount: through the index, one of each standing, and through the few that are on
 * their way, which are not in it.
 */
function amountWalks(filter: BrowseFilter, bind: Bind): string[] {
  const { tab, orderRef, currency, least, most, from, until, before, order } = filter
  const conditions = [`p.currency = ${bind(currency)}`]
  if (least !== undefined) conditions.push(`p.amount >= ${bind(least)}`)
  if (most !== undefined) conditions.push(`p.amount <= ${bind(most)}`)
  if (before?.amount !== undefined) {
    const beyond = order === 'smallest' || order === 'oldest' ? '>' : '<'
    conditions.push(`(p.amount, p.id) ${beyond} (${bind(before.amount)}, ${bind(before.id)})`)
  }
  conditions.push(...period({ from, until }, bind), ...ofOrder(orderRef, bind))
  const standings = (tab ? [tab] : purchaseTabs).map((one) =>
    one === 'being-checked' ? standsIn(one, bind) : `p.standing = ${bind(one)} and ${AT_REST}`,
  )
  return standings.map((standing) => [standing, ...conditions].join(' and '))
}

/** An identifier begins with the moment it was made at. */
function period({ from, until }: Pick<BrowseFilter, 'from' | 'until'>, bind: Bind): string[] {
  return [
    ...(from ? [`p.id >= ${bind(firstUuidAt(from))}`] : []),
    ...(until ? [`p.id < ${bind(firstUuidAt(until))}`] : []),
  ]
}

function ofOrder(orderRef: string | undefined, bind: Bind): string[] {
  if (orderRef === undefined) return []
  const ref = bind(orderRef)
  // A failed payment has given its order reference up: there may be several of one order.
  return [`(p.live_order_ref = ${ref} or (p.standing = 'failed' and p.order_ref = ${ref}))`]
}

/** What the payments of a tab have in common; every payment is in exactly one. */
export function standsIn(tab: PurchaseTab, bind: Bind): string {
  // Payments at work have a time at which they are carried on, and there are few of them at any moment.
  if (tab === 'being-checked') return `p.carry_on_at is not null and p.state = any(${bind(movingStates)})`
  const standing = `p.standing = ${bind(tab)}`
  return tab === 'unpaid' ? `${standing} and p.state <> all(${bind(movingStates)})` : standing
}

async function inThatOrder(pool: pg.Pool, merchantId: Uuid, ids: readonly Uuid[]) {
  if (ids.length === 0) return []
  const { rows } = await pool.query<PaymentRow>(`${SELECT_PAYMENT} where p.merchant_id = $1 and p.id = any($2)`, [
    merchantId,
    ids,
  ])
  const byId = new Map(rows.map((row) => [row.id, readPayment(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
