import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Watch } from './watch'

export async function insertWatch(pool: pg.Pool, id: Uuid, watch: Watch, at: Date): Promise<void> {
  await pool.query(
    `insert into account_watch (account_id, id, merchant_id, changes, threshold, kind, topic, payload, until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      watch.accountId,
      id,
      watch.merchantId,
      watch.changes,
      watch.threshold ?? null,
      watch.kind,
      watch.topic,
      watch.payload,
      watch.until ?? null,
      at,
    ],
  )
}

export async function deleteWatch(pool: pg.Pool, accountId: Uuid, id: Uuid): Promise<boolean> {
  const { rowCount } = await pool.query('delete from account_watch where account_id = $1 and id = $2', [accountId, id])
  return rowCount === 1
}

/** Watches whose time is over say nothing any more; how many were taken out. */
export async function deleteWatchesOver(pool: pg.Pool, now: Date, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from account_watch where ctid = any (array(select ctid from account_watch where until <= $1 limit $2))',
    [now, limit],
  )
  return rowCount ?? 0
}
