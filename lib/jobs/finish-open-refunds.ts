import type { Job } from './job'

// As for payments: each refund asks the outside systems of all its legs at once.
const BATCH = 64

/** Takes up refunds whose request died or whose outside systems had not answered. */
export const finishOpenRefunds: Job = {
  name: 'finish-open-refunds',
  everyMs: 500,
  runners: 'shared',
  runOnce: async ({ refunds }) => (await refunds.finishDue(BATCH)) === BATCH,
}
