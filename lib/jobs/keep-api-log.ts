import { later } from '../clock'
import { keepRequestDays } from '../operations/request-store'
import type { Job } from './job'

const DAY_MS = 86_400_000
/** Ahead, so that a worker may be away for days before requests have to be moved into their partition later. */
const DAYS_AHEAD = 3

/** Makes the partitions of the days to come for what shops see of their requests, and drops those that are too old. */
export const keepApiLog: Job = {
  name: 'keep-api-log',
  everyMs: 3_600_000,
  runners: 'alone',
  async runOnce({ database, clock, settings }) {
    const now = clock.now()
    await keepRequestDays(database.pool, {
      first: now,
      last: later(now, DAYS_AHEAD * DAY_MS),
      keepFrom: later(now, -settings.API_LOG_DAYS * DAY_MS),
    })
    return false
  },
}
