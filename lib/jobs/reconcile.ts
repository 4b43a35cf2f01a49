import type { Job } from './job'

/** Compares our totals with the issuers' at the cut-over of the day, and lists what billing centres report otherwise. */
export const reconcile: Job = {
  name: 'reconcile',
  everyMs: 20_000,
  runners: 'alone',
  setTime: ({ CUT_OVER_AT }) => CUT_OVER_AT,
  runOnce: async ({ reconciliation }) => {
    await reconciliation.runDue()
    return false
  },
}
