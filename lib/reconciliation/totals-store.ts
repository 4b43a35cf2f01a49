import type pg from 'pg'
import { DAY_MS } from '../clock'
import type { CutOverTotals } from '../gateways/issuer/issuer'
import { firstUuidAt, type Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** A window of our books with one issuer: after one moment, before another. */
export interface IssuerWindow {
  readonly issuer: string
  readonly currency: Currency
  readonly from: Date
  readonly until: Date
}

/** A hold is given back within a week, so that what was let go in a window began at most so long before it. */
const LONGEST_HOLD_MS = 8 * DAY_MS

// What was taken and given back is read from the books; what was let go moved no money and is in none: the legs say it.
const MOVED = `
  select g.payment_id, g.id, 'completion' as what, l.amount from posting g
  join leg l on l.merchant_id = g.merchant_id and l.payment_id = g.payment_id and l.hold->>'counterparty' = $2
    and l.state in ('captured', 'returned') and coalesce(l.hold->>'booked', '') <> 'in-part'
  join payment p on p.merchant_id = g.merchant_id and p.id = g.payment_id and p.currency = $3
  where g.merchant_id = $1 and g.id >= $4 and g.id < $5 and g.kind = 'capture'
  union all
  select g.payment_id, g.id, 'completion', l.amount from posting g
  join leg l on l.merchant_id = g.merchant_id and l.payment_id = g.payment_id and l.hold->>'counterparty' = $2
    and l.hold->>'booked' = 'in-part'
  join payment p on p.merchant_id = g.merchant_id and p.id = g.payment_id and p.currency = $3
  where g.merchant_id = $1 and g.id >= $4 and g.id < $5 and g.kind = 'part'
  union all
  select g.payment_id, g.id, 'refund', l.amount from posting g
  join leg l on l.merchant_id = g.merchant_id and l.payment_id = g.payment_id and l.hold->>'counterparty' = $2
    and l.state = 'returned'
  join payment p on p.merchant_id = g.merchant_id and p.id = g.payment_id and p.currency = $3
  where g.merchant_id = $1 and g.id >= $4 and g.id < $5 and g.kind = 'return'
  union all
  select g.payment_id, g.id, 'refund', b.amount from posting g
  join refund_leg b on b.merchant_id = g.merchant_id and b.refund_id = g.refund_id and b.state = 'refunded'
  join leg l on l.merchant_id = b.merchant_id and l.payment_id = g.payment_id and l.attempt = b.attempt and l.leg = b.leg
    and l.hold->>'counterparty' = $2
  join payment p on p.merchant_id = g.merchant_id and p.id = g.payment_id and p.currency = $3
  where g.merchant_id = $1 and g.id >= $4 and g.id < $5 and g.kind = 'refund'`

/** Our totals of one merchant with an issuer. */
export async function totalsOfMerchant(
  pool: pg.Pool,
  merchantId: Uuid,
  { issuer, currency, from, until }: IssuerWindow,
): Promise<CutOverTotals> {
  const range = [firstUuidAt(from), firstUuidAt(until)]
  const [moved, reversed] = await Promise.all([
    pool.query<{ what: 'completion' | 'refund'; count: number; amount: bigint }>(
      `select what, count(*)::int as count, sum(amount)::bigint as amount from (${MOVED}) x group by what`,
      [merchantId, issuer, currency, ...range],
    ),
    pool.query<{ count: number; amount: bigint }>(
      `select count(*)::int as count, coalesce(sum(l.amount), 0)::bigint as amount from payment p
       join leg l on l.merchant_id = p.merchant_id and l.payment_id = p.id and l.state = 'voided'
         and l.hold->>'counterparty' = $2
       where p.merchant_id = $1 and p.currency = $3 and p.id >= $4 and p.id < $5
         and coalesce(p.finished_at, p.created_at) >= $6 and coalesce(p.finished_at, p.created_at) < $7`,
      [
        ...[
          merchantId,
          issuer,
          currency,
          firstUuidAt(new Date(Math.max(0, from.getTime() - LONGEST_HOLD_MS))),
          range[1],
        ],
        ...[from, until],
      ],
    ),
  ])
  const of = (what: 'completion' | 'refund') => {
    const row = moved.rows.find((each) => each.what === what)
    return { count: row?.count ?? 0, amount: row?.amount ?? 0n }
  }
  return { completions: of('completion'), refunds: of('refund'), reversals: reversed.rows[0]! }
}

/** Writes every movement of a window as a line of a difference, a merchant at a time; how many lines there are then. */
export async function addMovedLines(
  pool: pg.Pool,
  differenceId: Uuid,
  merchantId: Uuid,
  { issuer, currency, from, until }: IssuerWindow,
): Promise<void> {
  await pool.query(
    `insert into difference_line (difference_id, number, merchant_id, payment_id, reference, what, amount)
     select $6, (select coalesce(max(number), 0) from difference_line where difference_id = $6)
         + row_number() over (order by x.id), $1, x.payment_id, x.id::text, x.what, x.amount
     from (${MOVED}) x`,
    [merchantId, issuer, currency, firstUuidAt(from), firstUuidAt(until), differenceId],
  )
}

export async function merchantIds(pool: pg.Pool): Promise<Uuid[]> {
  const { rows } = await pool.query<{ id: Uuid }>('select id from merchant order by id')
  return rows.map(({ id }) => id)
}
