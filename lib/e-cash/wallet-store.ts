import type pg from 'pg'
import type { ECashWallet as WalletRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { type Currency, isCurrency } from '../money/currency'
import type { Caps, Wallet, WalletMove } from './wallet'

type Tx = Prisma.TransactionClient

function walletFrom({ shopperId, id, currency, balance, held, lockedAt, openedAt }: WalletRow): Wallet[] {
  return isCurrency(currency) ? [{ shopperId, id, currency, balance, held, isLocked: lockedAt !== null, openedAt }] : []
}

export async function findWallets(tx: Tx, shopperId: Uuid): Promise<Wallet[]> {
  return (await tx.eCashWallet.findMany({ where: { shopperId }, orderBy: { id: 'asc' } })).flatMap(walletFrom)
}

/** @returns false where the shopper has one of this currency already */
export async function insertWallet(
  tx: Tx,
  wallet: { shopperId: Uuid; id: Uuid; currency: Currency; pinHash: string; openedAt: Date },
): Promise<boolean> {
  const { count } = await tx.eCashWallet.createMany({ data: [wallet], skipDuplicates: true })
  return count === 1
}

export async function findCaps(tx: Tx, currency: Currency): Promise<Caps | undefined> {
  const row = await tx.eCashCap.findUnique({ where: { currency } })
  return row ? { mostHeld: row.mostHeld, mostSpent: row.mostSpent } : undefined
}

export async function savePin(
  tx: Tx,
  { shopperId, id }: Pick<Wallet, 'shopperId' | 'id'>,
  pinHash: string,
): Promise<boolean> {
  const { count } = await tx.eCashWallet.updateMany({
    where: { shopperId, id },
    data: { pinHash, pinTries: 0, lockedAt: null },
  })
  return count === 1
}

/**
 * Counts a try before it is looked at, so that no number of tries at once gets more than five.
 * @returns the hash to compare with; undefined when the PIN is locked
 */
export async function beginPinTry(
  pool: pg.Pool,
  { shopperId, id }: Pick<Wallet, 'shopperId' | 'id'>,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ pin_hash: string }>(
    `update e_cash_wallet set pin_tries = pin_tries + 1
     where shopper_id = $1 and id = $2 and pin_tries < 5 and locked_at is null returning pin_hash`,
    [shopperId, id],
  )
  return rows[0]?.pin_hash
}

/** @returns true when this was the last wrong try */
export async function endPinTry(
  pool: pg.Pool,
  { shopperId, id }: Pick<Wallet, 'shopperId' | 'id'>,
  { matches, hash, at }: { matches: boolean; hash: string; at: Date },
): Promise<boolean> {
  const { rows } = await pool.query<{ locked: boolean }>(
    matches
      ? `update e_cash_wallet set pin_tries = 0
         where shopper_id = $1 and id = $2 and pin_hash = $3 and locked_at is null returning false as locked`
      : `update e_cash_wallet set locked_at = case when pin_tries >= 5 then coalesce(locked_at, $4) else locked_at end
         where shopper_id = $1 and id = $2 and pin_hash = $3 returning locked_at is not null as locked`,
    matches ? [shopperId, id, hash] : [shopperId, id, hash, at],
  )
  return rows[0]?.locked ?? true
}

export async function findMoves(
  pool: pg.Pool,
  { shopperId, id }: Pick<Wallet, 'shopperId' | 'id'>,
  page: { before?: Uuid; limit: number },
): Promise<WalletMove[]> {
  const { rows } = await pool.query<WalletMove>(
    `select m.id, m.kind, m.amount, m.balance, s.name as shop, m.payment_id as "paymentId", m.description, m.at
     from e_cash_move m join merchant s on s.id = m.merchant_id
     where m.shopper_id = $1 and m.wallet_id = $2 and ($3::uuid is null or m.id < $3)
     order by m.id desc limit $4`,
    [shopperId, id, page.before ?? null, page.limit],
  )
  return rows
}
