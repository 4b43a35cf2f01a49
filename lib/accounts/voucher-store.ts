import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { AccountActor, VoucherBatch } from './account'

export interface VoucherBatchToInsert extends Omit<VoucherBatch, 'redeemed' | 'withdrawnAt'> {
  readonly by: AccountActor
  readonly prints: readonly Uint8Array[]
}

export async function insertVouchers(pool: pg.Pool, batch: VoucherBatchToInsert): Promise<void> {
  await pool.query(
    `with made as (
       insert into voucher_batch (id, amount, currency, count, note, expires_at, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id)
     insert into voucher (batch_id, number, fingerprint)
     select made.id, v.number, v.print from made, unnest($9::bytea[]) with ordinality as v(print, number)`,
    [
      batch.id,
      batch.value.amount,
      batch.value.currency,
      batch.count,
      batch.note,
      batch.expiresAt,
      batch.by,
      batch.createdAt,
      batch.prints.map((print) => Buffer.from(print)),
    ],
  )
}

interface BatchRow {
  readonly id: Uuid
  readonly amount: bigint
  readonly currency: Currency
  readonly count: number
  readonly redeemed: number
  readonly note: string
  readonly expires_at: Date
  readonly withdrawn_at: Date | null
  readonly created_at: Date
}

export async function findVoucherBatches(
  pool: pg.Pool,
  { before, limit }: { readonly before?: Uuid; readonly limit: number },
): Promise<VoucherBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `select b.*, (select count(*)::int from voucher v where v.batch_id = b.id and v.redeemed_at is not null) as redeemed
     from voucher_batch b where $1::uuid is null or b.id < $1 order by b.id desc limit $2`,
    [before ?? null, limit],
  )
  return rows.map(({ id, amount, currency, count, redeemed, note, ...row }) => ({
    ...{ id, count, redeemed, note },
    value: money(amount, currency),
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    ...(row.withdrawn_at && { withdrawnAt: row.withdrawn_at }),
  }))
}

export async function withdrawBatch(pool: pg.Pool, batchId: Uuid, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update voucher_batch set withdrawn_at = $2 where id = $1 and withdrawn_at is null',
    [batchId, at],
  )
  return rowCount === 1
}
