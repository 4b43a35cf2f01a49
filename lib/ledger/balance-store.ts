import type pg from 'pg'
import type { Check } from './check'

/**
 * What is owed to a merchant in one currency, minor units; negative where the merchant owes. Without any lock: to be shown. Whoever
 * pays out or takes back asks `lock_merchant_balance` in its own transaction.
 */
export async function merchantBalance(pool: pg.Pool, merchantId: string, currency: string): Promise<bigint> {
  const { rows } = await pool.query<{ owed: bigint }>(
    `select (coalesce((select balance from merchant_balance where merchant_id = $1 and currency = $2), 0)
       + coalesce((select sum(amount) from merchant_balance_change where merchant_id = $1 and currency = $2), 0))::bigint
       as owed`,
    [merchantId, currency],
  )
  return rows[0]!.owed
}

/** Adds up what is owed to merchants whose books have changed, at most so many; returns how many it was. */
export async function addUpBalances(pool: pg.Pool, most: number): Promise<number> {
  const { rows } = await pool.query<{ done: number }>('select add_up_balances($1) as done', [most])
  return rows[0]!.done
}

/** The sums are kept beside the books, and must be what the books say. */
export const balanceChecks: readonly Check[] = [
  {
    promise: 'P2.1',
    sentence: 'What is said to be owed to a merchant is not the sum of its entries.',
    sql: `with booked as (
            select merchant_id, currency, -sum(amount) as owed from entry where account = 'payable:merchant'
            group by merchant_id, currency
          ), kept as (
            select merchant_id, currency, sum(amount) as owed from (
              select merchant_id, currency, balance as amount from merchant_balance
              union all select merchant_id, currency, amount from merchant_balance_change) k
            group by merchant_id, currency
          )
          select coalesce(b.merchant_id, k.merchant_id) || ' ' || coalesce(b.currency, k.currency) as example
          from booked b full join kept k on k.merchant_id = b.merchant_id and k.currency = b.currency
          where coalesce(b.owed, 0) <> coalesce(k.owed, 0)`,
  },
]
