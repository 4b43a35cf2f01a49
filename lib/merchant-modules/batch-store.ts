import type pg from 'pg'
import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { BatchSchedule } from '../payments/module-terms'

export interface DueBatch {
  readonly merchantId: Uuid
  readonly module: ModuleCode
  readonly dueAt: Date
}

/** When a schedule comes next after a moment. */
export async function nextBatchAt(
  pool: pg.Pool,
  schedule: BatchSchedule,
  timeZone: string,
  after: Date,
): Promise<Date> {
  const { rows } = await pool.query<{ at: Date }>('select next_batch($1, $2, $3) as at', [schedule, timeZone, after])
  return rows[0]!.at
}

/** The batches of these modules whose time has come, the longest due first. Inactive modules finish what they hold too. */
export async function findDueBatches(
  pool: pg.Pool,
  modules: readonly ModuleCode[],
  now: Date,
  limit: number,
): Promise<DueBatch[]> {
  const { rows } = await pool.query<DueBatch>(
    `select merchant_id as "merchantId", module, next_batch_at as "dueAt" from merchant_module
     where next_batch_at <= $2 and schedule is not null and module = any($1) order by next_batch_at limit $3`,
    [modules, now, limit],
  )
  return rows
}

/** Notes that a batch has been run; the next one is due at the schedule's next time. A schedule changed meanwhile is kept. */
export async function finishBatch(pool: pg.Pool, batch: DueBatch, timeZone: string, now: Date): Promise<void> {
  await pool.query(
    `update merchant_module set next_batch_at = next_batch(schedule, $4, $5)
     where merchant_id = $1 and module = $2 and next_batch_at = $3 and schedule is not null`,
    [batch.merchantId, batch.module, batch.dueAt, timeZone, now],
  )
}

/** Payments that wait for their capture and are carried, in whole or in part, by a module; after one of them. */
export async function findHeld(
  pool: pg.Pool,
  { merchantId, module }: DueBatch,
  after: Uuid | undefined,
  limit: number,
): Promise<Uuid[]> {
  const { rows } = await pool.query<{ id: Uuid }>(
    `select p.id from payment p
     where p.standing = 'unpaid' and p.merchant_id = $1 and p.state = 'authorized' and ($3::uuid is null or p.id > $3)
       and exists (select from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id
         and l.attempt = p.attempt and l.module = $2)
     order by p.id limit $4`,
    [merchantId, module, after ?? null, limit],
  )
  return rows.map(({ id }) => id)
}
