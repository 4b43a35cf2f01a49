import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { DeclineReason } from '../payments/decline-reason'
import type { DayFigures } from './day-figures'

/** Midnight before a moment in a zone; the database knows every zone's summer times. */
export async function startOfDay(pool: pg.Pool, at: Date, timeZone: string): Promise<Date> {
  const { rows } = await pool.query<{ start: Date }>(`select date_trunc('day', $1::timestamptz, $2) as start`, [
    at,
    timeZone,
  ])
  return rows[0]!.start
}

interface PaymentsRow {
  currency: Currency
  paid: number
  paid_amount: string
  tried: number
  approved: number
  reasons: Record<DeclineReason, number> | null
}

interface RefundsRow {
  currency: Currency
  refunds: number
  amount: string
}

/**
 * What payments and refunds begun between two moments have become. Identifiers are ordered by time, so each is one range
 * of the primary key.
 */
export async function readDay(
  pool: pg.Pool,
  merchantId: Uuid,
  { from, until }: { from: Date; until: Date },
): Promise<DayFigures[]> {
  const range = [merchantId, firstUuidAt(from), firstUuidAt(until)]
  const [payments, refunds] = await Promise.all([
    pool.query<PaymentsRow>(
      `with day as (
         select currency, state, reason, captured_amount,
           state in ('paid', 'authorized', 'awaiting') as approved, attempt > 0 and state in ('declined', 'expired') as failed
         from payment where merchant_id = $1 and id >= $2 and id < $3
       )
       select currency, count(*) filter (where state = 'paid')::int as paid,
         coalesce(sum(captured_amount) filter (where state = 'paid'), 0)::text as paid_amount,
         count(*) filter (where approved or failed)::int as tried, count(*) filter (where approved)::int as approved,
         (select jsonb_object_agg(reason, count) from (select reason, count(*) from day inner_day
           where inner_day.currency = day.currency and failed and reason is not null group by reason) why) as reasons
       from day group by currency order by currency`,
      range,
    ),
    pool.query<RefundsRow>(
      `select p.currency, count(*)::int as refunds, sum(went.amount)::text as amount
       from refund r join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id,
         lateral (select sum(l.amount) as amount from refund_leg l
           where l.merchant_id = r.merchant_id and l.refund_id = r.id and l.state <> 'refused') went
       where r.merchant_id = $1 and r.id >= $2 and r.id < $3 and went.amount is not null group by p.currency`,
      range,
    ),
  ])
  const currencies = [...new Set([...payments.rows, ...refunds.rows].map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const paid = payments.rows.find((row) => row.currency === currency)
    const back = refunds.rows.find((row) => row.currency === currency)
    return {
      currency,
      paid: { count: paid?.paid ?? 0, amount: BigInt(paid?.paid_amount ?? 0) },
      refunded: { count: back?.refunds ?? 0, amount: BigInt(back?.amount ?? 0) },
      tried: paid?.tried ?? 0,
      approved: paid?.approved ?? 0,
      reasons: Object.entries(paid?.reasons ?? {})
        .map(([reason, count]) => ({ reason: reason as DeclineReason, count }))
        .sort((a, b) => b.count - a.count),
    }
  })
}
