import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { BatchState, BatchWithCounts, DebitBatch, DebitState } from './debit'
import type { MandateKind } from './mandate'

type Pool = Pick<pg.Pool, 'query'>

interface Row {
  merchant_id: Uuid
  id: Uuid
  house_bank: string
  collect_on: string
  debits: number
  total: bigint
  currency: Currency
  state: BatchState
  sha256: string | null
  reason: string | null
  created_at: Date
  changed_at: Date
}

const SELECT = `select b.merchant_id, b.id, b.house_bank, b.collect_on::text as collect_on, b.debits, b.total, b.currency, b.state,
  b.sha256, b.reason, b.created_at, b.changed_at from debit_batch b`

function readBatch(row: Row): DebitBatch {
  return {
    ...{ merchantId: row.merchant_id, id: row.id, houseBank: row.house_bank, collectOn: row.collect_on },
    ...{ debits: row.debits, total: money(row.total, row.currency), state: row.state },
    ...(row.sha256 ? { sha256: row.sha256 } : {}),
    ...(row.reason ? { reason: row.reason } : {}),
    ...{ createdAt: row.created_at, changedAt: row.changed_at },
  }
}

/** Merchants that have debits to collect now from a bank, at most so many. */
export async function merchantsDue(pool: Pool, houseBank: string, at: Date, limit: number): Promise<Uuid[]> {
  const { rows } = await pool.query<{ merchant_id: Uuid }>(
    `select distinct merchant_id from debit
     where state = 'open' and collect_at <= $2 and house_bank = $1 and announced_at is not null limit $3`,
    [houseBank, at, limit],
  )
  return rows.map((row) => row.merchant_id)
}

/** Puts what is due, or everything announced, into one batch; how many debits it took. */
export async function claimDebits(
  pool: Pool,
  wanted: {
    readonly merchantId: Uuid
    readonly id: Uuid
    readonly houseBank: string
    readonly currency: Currency
    readonly collectOn: string
    readonly at: Date
    readonly most: number
    readonly atOnce: boolean
  },
): Promise<number> {
  const { merchantId, id, houseBank, currency, collectOn, at, most, atOnce } = wanted
  const { rows } = await again(() =>
    pool.query<{ taken: number }>('select claim_debits($1, $2, $3, $4, $5, $6, $7, $8) as taken', [
      ...[merchantId, id, houseBank, currency, collectOn, at, most, atOnce],
    ]),
  )
  return rows[0]?.taken ?? 0
}

export async function batchesIn(
  pool: Pool,
  state: BatchState,
  houseBank: string,
  limit: number,
): Promise<DebitBatch[]> {
  const { rows } = await pool.query<Row>(`${SELECT} where b.state = $1 and b.house_bank = $2 order by b.id limit $3`, [
    state,
    houseBank,
    limit,
  ])
  return rows.map(readBatch)
}

export async function findBatch(pool: Pool, id: Uuid): Promise<DebitBatch | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where b.id = $1`, [id])
  return rows[0] && readBatch(rows[0])
}

/** Moves a batch on, if it still is in one of the states. */
export async function moveBatch(
  pool: Pool,
  { merchantId, id }: Pick<DebitBatch, 'merchantId' | 'id'>,
  from: readonly BatchState[],
  to: { state: BatchState; sha256?: string; reason?: string },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update debit_batch set state = $3, sha256 = coalesce($4, sha256), reason = coalesce($5, reason), changed_at = $6
     where merchant_id = $1 and id = $2 and state = any($7)`,
    [merchantId, id, to.state, to.sha256 ?? null, to.reason ?? null, at, from],
  )
  return rowCount === 1
}

/** A merchant's batches with what became of their debits, the newest first. */
export async function listBatches(
  pool: Pool,
  merchantId: Uuid,
  { before, limit, id }: { before?: Uuid | undefined; limit: number; id?: Uuid },
): Promise<BatchWithCounts[]> {
  const { rows } = await pool.query<Row & { counts: Partial<Record<DebitState, number>> | null }>(
    `${SELECT.replace(' from debit_batch b', ', c.counts from debit_batch b')}
     left join lateral (
       select jsonb_object_agg(s.state, s.many) as counts from (
         select d.state, count(*) as many from debit_batch_line l
         join debit d on d.merchant_id = l.merchant_id and d.id = l.debit_id
         where l.merchant_id = b.merchant_id and l.batch_id = b.id group by d.state) s) c on true
     where b.merchant_id = $1 and ($2::uuid is null or b.id < $2) and ($4::uuid is null or b.id = $4)
     order by b.id desc limit $3`,
    [merchantId, before ?? null, limit, id ?? null],
  )
  return rows.map((row) => ({ ...readBatch(row), counts: row.counts ?? {} }))
}

export interface SealedLine {
  readonly line: number
  readonly tries: number
  readonly amount: bigint
  readonly debitId: Uuid
  readonly orderName: string
  readonly announcedAt: Date
  readonly mandateId: Uuid
  readonly kind: MandateKind
  readonly bank: string
  readonly signedAt: Date
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** The lines of a batch with the sealed accounts, after a line. */
export async function sealedLines(
  pool: Pool,
  { merchantId, id }: Pick<DebitBatch, 'merchantId' | 'id'>,
  after: number,
  limit: number,
): Promise<SealedLine[]> {
  const { rows } = await pool.query<SealedLine>(
    `select l.line, l.try as tries, l.amount, d.id as "debitId", d.order_name as "orderName", d.announced_at as "announcedAt",
       m.id as "mandateId", m.kind, m.bank, m.signed_at as "signedAt", m.sealed_number as "sealedNumber", m.key_id as "keyId"
     from debit_batch_line l
     join debit d on d.merchant_id = l.merchant_id and d.id = l.debit_id
     join mandate m on m.merchant_id = d.merchant_id and m.id = d.mandate_id
     where l.merchant_id = $1 and l.batch_id = $2 and l.line > $3 order by l.line limit $4`,
    [merchantId, id, after, limit],
  )
  return rows
}
