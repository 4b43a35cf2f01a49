import type pg from 'pg'
import { again } from '../db/database'
import { firstUuidAt, type Uuid } from '../ids'
import { type Currency, isCurrency } from '../money/currency'
import type { Money } from '../money/money'
import { bigintAsText } from '../payments/store'

export interface DepositedBy {
  readonly kind: 'person' | 'job'
  readonly id: string
  readonly name: string
}

export interface Deposit {
  readonly id: Uuid
  readonly currency: Currency
  readonly amount: bigint
  readonly by: DepositedBy
  readonly at: Date
}

/** What a shop has taken in e-cash and not deposited yet. */
export async function findShopWallet(pool: pg.Pool, merchantId: Uuid): Promise<Money[]> {
  const { rows } = await pool.query<{ currency: string; amount: bigint }>(
    `select currency, (-sum(amount))::bigint as amount from entry where account = 'e-cash:shop' and merchant_id = $1
     group by currency having sum(amount) <> 0 order by currency`,
    [merchantId],
  )
  return rows.flatMap(({ currency, amount }) => (isCurrency(currency) ? [{ currency, amount }] : []))
}

/** Shops that have something to deposit, took it before a time and have deposited nothing since then. */
export async function findDueShops(pool: pg.Pool, before: Date, limit: number): Promise<Uuid[]> {
  const { rows } = await pool.query<{ merchantId: Uuid }>(
    `select e.merchant_id as "merchantId" from entry e
     where e.account = 'e-cash:shop' and not exists (
       select from e_cash_deposit d where d.merchant_id = e.merchant_id and d.currency = e.currency and d.at > $1)
     group by e.merchant_id, e.currency having sum(e.amount) <> 0 and bool_or(e.posting_id < $2)
     order by e.merchant_id limit $3`,
    [before, firstUuidAt(before), limit],
  )
  return rows.map(({ merchantId }) => merchantId)
}

/** @returns what was deposited, minor units; 0: there was nothing */
export async function insertDeposit(
  pool: pg.Pool,
  deposit: { merchantId: Uuid; id: Uuid; currency: Currency; by: DepositedBy; at: Date },
): Promise<bigint> {
  const { rows } = await again(() =>
    pool.query<{ amount: bigint }>('select deposit_e_cash($1::jsonb) as amount', [
      JSON.stringify(deposit, bigintAsText),
    ]),
  )
  return rows[0]!.amount
}

export async function findDeposits(
  pool: pg.Pool,
  merchantId: Uuid,
  page: { before?: Uuid; limit: number },
): Promise<Deposit[]> {
  const { rows } = await pool.query<Deposit>(
    `select id, currency, amount, by, at from e_cash_deposit
     where merchant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [merchantId, page.before ?? null, page.limit],
  )
  return rows
}
