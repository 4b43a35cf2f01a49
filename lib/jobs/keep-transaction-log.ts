import { later } from '../clock'
import { keepMessageDays } from '../operations/message-store'
import type { Job } from './job'

const DAY_MS = 86_400_000
/** Ahead, so that a worker may be away for days before messages have to be moved into their partition later. */
const DAYS_AHEAD = 3

/** Makes the transaction log's partitions of the days to come, and drops those that are older than it goes back. */
export const keepTransactionLog: Job = {
  name: 'keep-transaction-log',
  everyMs: 3_600_000,
  runners: 'alone',
  async runOnce({ database, clock, settings }) {
    const now = clock.now()
    await keepMessageDays(database.pool, {
      first: now,
      last: later(now, DAYS_AHEAD * DAY_MS),
      keepFrom: later(now, -settings.TRANSACTION_LOG_DAYS * DAY_MS),
    })
    return false
  },
}
