import type pg from 'pg'
import type { Currency } from '../money/currency'

/** What an account of our books says that somebody owes us. Amounts are minor units. */
export interface OwedRow {
  readonly account: string
  readonly currency: Currency
  /** What was taken by way of them less what went back, and what has come of it, their fee included. */
  readonly taken: bigint
  readonly received: bigint
  /** YYYY-MM-DD of the oldest part of what is owed, if the oldest is paid first. */
  readonly since: string | null
  readonly lastReceived: string | null
}

/** @returns whether there are more days to add up */
export async function addUpReceivables(
  pool: pg.Pool,
  { zone, at, days }: { zone: string; at: Date; days: number },
): Promise<boolean> {
  const { rows } = await pool.query<{ more: boolean }>('select add_up_receivables($1, $2, $3) as more', [
    zone,
    at,
    days,
  ])
  return rows[0]!.more
}

/** What was added up last of these accounts, the ones with nothing at all left out. */
export async function owedOn(pool: pg.Pool, accounts: readonly string[]): Promise<OwedRow[]> {
  const { rows } = await pool.query<OwedRow>(
    `with day as (
       select d.*, sum(taken) over (partition by account, currency order by day desc) as back,
         sum(taken - received) over (partition by account, currency) as owed
       from receivable_day d where account = any($1)
     )
     select account, currency, sum(taken)::bigint as taken, sum(received)::bigint as received,
       to_char(min(day) filter (where taken > 0 and back - taken < owed), 'YYYY-MM-DD') as since,
       to_char(max(day) filter (where received <> 0), 'YYYY-MM-DD') as "lastReceived"
     from day group by account, currency order by array_position($1, account), currency`,
    [accounts],
  )
  return rows
}

/** Closes what was listed as paid too much and is no more. */
export async function closeOverpaid(pool: pg.Pool, words: string, at: Date): Promise<void> {
  await pool.query('select close_overpaid($1, $2)', [words, at])
}
