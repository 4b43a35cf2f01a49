import type { Job } from './job'

/** Makes the figures of the day before at the set time, and those of days that were missed, one at a time (M-35). */
export const dailyStatistics: Job = {
  name: 'daily-statistics',
  everyMs: 60_000,
  runners: 'alone',
  setTime: ({ STATISTICS_AT }) => STATISTICS_AT,
  runOnce: ({ daily }) => daily.countDue(),
}
