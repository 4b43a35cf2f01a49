import { DAY_MS, HOUR_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Job } from './job'

/** Ahead, so that a worker may be away for days before rows have to be moved into their partition later. */
const DAYS_AHEAD = 3

interface Log {
  readonly name: string
  /** Makes the partitions from the first day to the last, and drops those before the day from which it is kept. */
  keepDays(pool: Database['pool'], days: { first: Date; last: Date; keepFrom: Date }): Promise<unknown>
  /** How many days it goes back. */
  daysOf(settings: Settings): number
}

/** Keeps a log that is partitioned by day in bounds. */
export const keepLog = ({ name, keepDays, daysOf }: Log): Job => ({
  name,
  everyMs: HOUR_MS,
  runners: 'alone',
  async runOnce({ database, clock, settings }) {
    const now = clock.now()
    await keepDays(database.pool, {
      first: now,
      last: later(now, DAYS_AHEAD * DAY_MS),
      keepFrom: later(now, -daysOf(settings) * DAY_MS),
    })
    return false
  },
})
