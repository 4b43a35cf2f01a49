import type { Job } from './job'

/** Captures what merchants hold for it, at the time of day, or day of the month, that each has set for a means (M-150). */
export const captureByBatch: Job = {
  name: 'capture-by-batch',
  everyMs: 15_000,
  runners: 'alone',
  runOnce: ({ captureBatches }) => captureBatches.runDue(),
}
