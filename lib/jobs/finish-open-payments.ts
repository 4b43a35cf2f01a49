import type { Job } from './job'

// Each payment asks several outside systems at once; this many keep two cores busy and the connections short of full.
const BATCH = 64

/** Takes up payments whose request died or whose outside systems had not answered (P2.7). */
export const finishOpenPayments: Job = {
  name: 'finish-open-payments',
  everyMs: 500,
  runners: 'shared',
  runOnce: async ({ payments }) => (await payments.finishDue(BATCH)) === BATCH,
}
