import type pg from 'pg'
import type { Prisma, TopUp as TopUpRow } from '../db/generated/client'
import type { Uuid } from '../ids'
import { isCurrency } from '../money/currency'
import type { Money } from '../money/money'
import { bigintAsText } from '../payments/store'

type Tx = Prisma.TransactionClient

export type TopUpTarget = 'e-cash' | 'account'

/** Value bought at the house merchant, and the payment it is bought with. */
export interface TopUp {
  readonly shopperId: Uuid
  readonly id: Uuid
  readonly target: TopUpTarget
  readonly targetId: Uuid
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly amount: Money
  readonly state: 'open' | 'credited' | 'failed'
  readonly openedAt: Date
}

function topUpFrom({ amount, currency, ...row }: TopUpRow): TopUp[] {
  if (!isCurrency(currency)) return []
  return [
    {
      ...{ shopperId: row.shopperId, id: row.id, targetId: row.targetId, openedAt: row.openedAt },
      ...{ merchantId: row.merchantId, paymentId: row.paymentId, amount: { amount, currency } },
      target: row.target === 'account' ? 'account' : 'e-cash',
      state: row.state === 'credited' || row.state === 'failed' ? row.state : 'open',
    },
  ]
}

export async function insertTopUp(tx: Tx, { amount, ...topUp }: TopUp): Promise<void> {
  await tx.topUp.create({ data: { ...topUp, ...amount } })
}

/** False where the wallet would hold too much, counting what is on its way into it. */
export async function insertECashTopUp(pool: pg.Pool, topUp: TopUp): Promise<boolean> {
  const { amount, openedAt, targetId, ...rest } = topUp
  const { rows } = await pool.query<{ opened: boolean }>('select open_e_cash_load($1::jsonb) as opened', [
    JSON.stringify({ ...rest, ...amount, walletId: targetId, at: openedAt }, bigintAsText),
  ])
  return rows[0]!.opened
}

/** Credits a wallet and closes the top-up in one; the second time it does nothing. */
export async function loadECash(
  pool: pg.Pool,
  { shopperId, id, targetId, merchantId, paymentId, amount }: TopUp,
  posting: { postingId: Uuid; description: string; at: Date },
): Promise<void> {
  const load = {
    ...{ shopperId, walletId: targetId, topUpId: id, merchantId, paymentId, reference: `top-up ${id}` },
    ...{ ...posting, ...amount },
  }
  await pool.query('select load_e_cash($1::jsonb)', [JSON.stringify(load, bigintAsText)])
}

export async function closeTopUp(
  tx: Tx,
  { shopperId, id }: Pick<TopUp, 'shopperId' | 'id'>,
  state: 'credited' | 'failed',
  finishedAt: Date,
): Promise<void> {
  await tx.topUp.updateMany({ where: { shopperId, id, state: 'open' }, data: { state, finishedAt } })
}

export async function findTopUp(tx: Tx, shopperId: Uuid, paymentId: Uuid): Promise<TopUp | undefined> {
  const row = await tx.topUp.findUnique({ where: { paymentId_shopperId: { paymentId, shopperId } } })
  return row ? topUpFrom(row)[0] : undefined
}

/** Open ones whose payment has come to its end, or was never made, the oldest first. */
export async function findDueTopUps(pool: pg.Pool, abandonedBefore: Date, limit: number): Promise<TopUp[]> {
  const { rows } = await pool.query<TopUpRow>(
    `select t.shopper_id as "shopperId", t.id, t.target, t.target_id as "targetId", t.merchant_id as "merchantId",
       t.payment_id as "paymentId", t.amount, t.currency, t.state, t.opened_at as "openedAt"
     from top_up t left join payment p on p.merchant_id = t.merchant_id and p.id = t.payment_id
     where t.state = 'open' and (p.state in ('paid', 'declined', 'cancelled', 'expired')
       or (p.id is null and t.opened_at < $1))
     order by t.opened_at limit $2`,
    [abandonedBefore, limit],
  )
  return rows.flatMap(topUpFrom)
}
