import { HOUR_MS } from '../clock'
import { removeReports } from '../operations/report-store'
import type { Job } from './job'

// Small enough that a delete never holds its locks for long.
const BATCH = 1_000

/** Idempotency keys live at least 72 hours, which is published (P4.2). */
const KEYS_LIVE_MS = 72 * HOUR_MS
/** Counts are asked for the last day at most. */
const COUNTS_LIVE_MS = 48 * HOUR_MS

/** A payment stays open for seven days at most; until then the wrong tries of its codes count. */
const CODES_LIVE_MS = 8 * 24 * HOUR_MS

/** The status board shows a day and compares it with the one before. */
const REPORTS_LIVE_MS = 72 * HOUR_MS

/** No receipt of an SMS comes later. */
const RECEIPTS_LIVE_MS = 30 * 24 * HOUR_MS

/**
 * Removes what has served its time: old idempotency keys, seen message ids, rate counts, codes, names of SMS parts, what applications
 * sent and set aside,
 * registrations that nobody proved, sessions and reports of processes. Never books.
 */
export const tidy: Job = {
  name: 'tidy',
  everyMs: 60_000,
  runners: 'alone',
  async runOnce({ database, clock, accounts, oauth, registrations, sessions }) {
    const now = clock.now()
    const before = (age: number) => new Date(now.getTime() - age)
    const removals = await Promise.all([
      remove('idempotency_key', 'created_at', before(KEYS_LIVE_MS)),
      remove('seen_message', 'expires_at', now),
      remove('rate_count', 'window_start', before(COUNTS_LIVE_MS)),
      remove('one_time_code', 'expires_at', before(CODES_LIVE_MS)),
      remove('sms_part', 'at', before(RECEIPTS_LIVE_MS)),
      remove('open_sms', 'created_at', before(RECEIPTS_LIVE_MS)),
      remove('open_volume', 'created_at', before(RECEIPTS_LIVE_MS)),
      accounts.removeWatchesOver(BATCH),
      registrations.removeExpired(BATCH),
      sessions.removeExpired(BATCH),
      oauth.removeExpired(BATCH),
      removeReports(database.pool, before(REPORTS_LIVE_MS), BATCH),
    ])
    return removals.some((removed) => removed === BATCH)

    async function remove(
      table:
        'idempotency_key' | 'seen_message' | 'rate_count' | 'one_time_code' | 'sms_part' | 'open_sms' | 'open_volume',
      column: string,
      until: Date,
    ): Promise<number> {
      const { rowCount } = await database.pool.query(
        `delete from ${table} where ctid = any (array(select ctid from ${table} where ${column} < $1 limit $2))`,
        [until, BATCH],
      )
      return rowCount ?? 0
    }
  },
}
