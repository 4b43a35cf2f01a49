import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { firstUuidAt, type Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** What a shopper spent in one currency, month by month. */
export interface Spent {
  readonly currency: Currency
  readonly months: readonly {
    /** When it began, in the gateway's zone. */
    readonly start: Date
    /** Minor units: what was taken, less what went back. */
    readonly amount: bigint
  }[]
}

/** What shoppers spend: at our checkout, and with V-Cards wherever their numbers were typed. */
export interface Spending {
  /** The running month and those before it, the oldest first; a row for each currency that was used. */
  byMonth(shopperId: Uuid, months: number): Promise<Spent[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'TIME_ZONE'>
}

export function createSpending({ database: { pool }, clock, settings }: Parts): Spending {
  /** Months are counted by the calendar of the zone: their lengths, and the hours of their first days, differ. */
  async function startsOf(months: number): Promise<Date[]> {
    const { rows } = await pool.query<{ start: Date }>(
      `select (date_trunc('month', $1::timestamptz at time zone $2) - make_interval(months => back)) at time zone $2 as start
       from generate_series($3::int - 1, 0, -1) as back`,
      [clock.now(), settings.TIME_ZONE, months],
    )
    return rows.map(({ start }) => start)
  }

  return {
    async byMonth(shopperId, months) {
      const starts = await startsOf(months)
      const { rows } = await pool.query<{ start: Date; currency: Currency; amount: bigint }>(
        `with own as (
           select merchant_id, id from payment where shopper_id = $1 and id >= $2
           union
           select merchant_id, payment_id from vcard where shopper_id = $1 and payment_id >= $2
         )
         select date_trunc('month', p.created_at, $3) as start, p.currency,
           sum(p.captured_amount - p.refunded_amount)::bigint as amount
         from own join payment p on p.merchant_id = own.merchant_id and p.id = own.id
         where p.captured_amount > p.refunded_amount
         group by 1, 2`,
        [shopperId, firstUuidAt(starts[0] ?? clock.now()), settings.TIME_ZONE],
      )
      return [...new Set(rows.map(({ currency }) => currency))].sort().map((currency) => ({
        currency,
        months: starts.map((start) => {
          const found = rows.find((row) => row.currency === currency && row.start.getTime() === start.getTime())
          return { start, amount: found?.amount ?? 0n }
        }),
      }))
    },
  }
}
