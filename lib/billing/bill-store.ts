import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** What a line has been charged in one month of its telco's calendar, and how much it may be. Minor units. */
export interface MonthUse {
  readonly currency: Currency
  readonly used: bigint
  /** The tightest limit of a month; absent: none. */
  readonly limit?: bigint
}

/** A purchase on a line, as its holder sees it. */
export interface BilledPurchase {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly shop: string
  readonly description: string
  readonly amount: bigint
  /** Cancelled or credited of it. */
  readonly givenBack: bigint
  readonly currency: Currency
  readonly purchasedAt: Date
  readonly state: string
}

interface UseRow {
  line_id: Uuid
  currency: Currency
  used: bigint
  month_limit: bigint | null
}

/**
 * For each of these lines and each currency the operator allows.
 * @param zones of the months, by the telcos' systems
 */
export async function findMonthUse(
  pool: pg.Pool,
  lineIds: readonly Uuid[],
  at: Date,
  zones: Readonly<Record<string, string>>,
): Promise<Map<Uuid, MonthUse[]>> {
  const { rows } = await pool.query<UseRow>(
    `select l.id as line_id, o.currency, coalesce((
         select sum(c.amount - c.reduced_amount - c.credited_amount) from phone_charge c
         where c.line_id = l.id and c.local_month = date_trunc('month', $2::timestamptz at time zone coalesce($3::jsonb ->> l.system, $3::jsonb ->> ''))::date
           and c.currency = o.currency and c.state not in ('released', 'cancelled')), 0)::bigint as used,
       (select min(p.per_month) from (
          select per_month from phone_limit p where p.currency = o.currency and (p.scope, p.key) in
            (('operator', ''), ('telco', l.system), ('line', l.id::text))
          union all select l.monthly_cap) p) as month_limit
     from phone_line l join phone_limit o on o.scope = 'operator' and o.key = ''
     where l.id = any($1) order by o.currency`,
    [lineIds, at, JSON.stringify(zones)],
  )
  const uses = new Map<Uuid, MonthUse[]>()
  for (const { line_id: lineId, currency, used, month_limit: limit } of rows) {
    uses.set(lineId, [...(uses.get(lineId) ?? []), { currency, used, ...(limit === null ? {} : { limit }) }])
  }
  return uses
}

const MOST_PURCHASES = 1_000

/** What was bought on a line in a month (YYYY-MM), the newest first; what never came to a charge is left out. */
export async function findPurchases(pool: pg.Pool, lineId: Uuid, month: string): Promise<BilledPurchase[]> {
  const { rows } = await pool.query<BilledPurchase>(
    `select c.merchant_id as "merchantId", c.payment_id as "paymentId", m.name as shop, c.description, c.amount,
       c.reduced_amount + c.credited_amount as "givenBack", c.currency, c.purchased_at as "purchasedAt", c.state
     from phone_charge c join merchant m on m.id = c.merchant_id
     where c.line_id = $1 and c.local_month = ($2 || '-01')::date and c.state not in ('held', 'released')
     order by c.purchased_at desc, c.payment_id desc limit $3`,
    [lineId, month, MOST_PURCHASES],
  )
  return rows
}

/** The months (YYYY-MM) in which something was bought on a line, the latest first. */
export async function findMonths(pool: pg.Pool, lineId: Uuid): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    `select to_char(local_month, 'YYYY-MM') as month from phone_charge
     where line_id = $1 and state not in ('held', 'released') group by local_month order by local_month desc`,
    [lineId],
  )
  return rows.map(({ month }) => month)
}
