import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { AccountActor, VoucherBatch, VoucherBatchState } from './account'

export async function insertBatch(
  pool: pg.Pool,
  batch: Omit<VoucherBatch, 'redeemed' | 'state'>,
): Promise<VoucherBatch> {
  await pool.query(
    `insert into voucher_batch (id, amount, currency, count, note, expires_at, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[batch.id, batch.value.amount, batch.value.currency, batch.count, batch.note, batch.expiresAt],
      ...[batch.proposedBy, batch.createdAt],
    ],
  )
  return { ...batch, redeemed: 0, state: 'proposed' }
}

interface Decision {
  readonly by: AccountActor
  readonly at: Date
}

// Whoever is not the first, of what still waits: whoever asks at the same moment finds it decided.
const DECIDED = `update voucher_batch set state = $2, decided_by = $3, decided_at = $4
  where id = $1 and state = 'proposed' and created_by->>'id' <> $5 and expires_at > $4 returning id`

/** Puts the codes of a batch in force, all of them with the yes. */
export async function agreeToBatch(
  pool: pg.Pool,
  batchId: Uuid,
  { by, at, prints }: Decision & { readonly prints: readonly Uint8Array[] },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with made as (${DECIDED})
     insert into voucher (batch_id, number, fingerprint)
     select made.id, v.number, v.print from made, unnest($6::bytea[]) with ordinality as v(print, number)`,
    [batchId, 'made', by, at, by.id, prints.map((print) => Buffer.from(print))],
  )
  return rowCount === prints.length
}

export async function refuseBatch(pool: pg.Pool, batchId: Uuid, { by, at }: Decision): Promise<boolean> {
  const { rowCount } = await pool.query(DECIDED, [batchId, 'refused', by, at, by.id])
  return rowCount === 1
}

interface BatchRow {
  readonly id: Uuid
  readonly state: VoucherBatchState
  readonly amount: bigint
  readonly currency: Currency
  readonly count: number
  readonly redeemed: number
  readonly note: string
  readonly expires_at: Date
  readonly created_by: AccountActor
  readonly created_at: Date
}

const SELECT = `select b.*,
  (select count(*)::int from voucher v where v.batch_id = b.id and v.redeemed_at is not null) as redeemed from voucher_batch b`

function batchFrom({ id, state, amount, currency, count, redeemed, note, ...row }: BatchRow): VoucherBatch {
  return {
    ...{ id, state, count, redeemed, note },
    value: money(amount, currency),
    expiresAt: row.expires_at,
    proposedBy: row.created_by,
    createdAt: row.created_at,
  }
}

export async function findVoucherBatches(
  pool: pg.Pool,
  { before, limit }: { readonly before?: Uuid; readonly limit: number },
): Promise<VoucherBatch[]> {
  const { rows } = await pool.query<BatchRow>(
    `${SELECT} where $1::uuid is null or b.id < $1 order by b.id desc limit $2`,
    [before ?? null, limit],
  )
  return rows.map(batchFrom)
}

export async function findVoucherBatch(pool: pg.Pool, batchId: Uuid): Promise<VoucherBatch | undefined> {
  const { rows } = await pool.query<BatchRow>(`${SELECT} where b.id = $1`, [batchId])
  return rows[0] && batchFrom(rows[0])
}

export async function withdrawBatch(pool: pg.Pool, batchId: Uuid, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update voucher_batch set state = 'withdrawn', withdrawn_at = $2 where id = $1 and state in ('proposed', 'made')`,
    [batchId, at],
  )
  return rowCount === 1
}
