import type { Job } from './job'

// Each may mean asking a shop, and a refund.
const BATCH = 20

/** Ends what disputes have let their time run out for, and carries on what was left while money was going back. */
export const endDisputes: Job = {
  name: 'end-disputes',
  everyMs: 5_000,
  runners: 'shared',
  async runOnce({ disputes }) {
    return (await disputes.endDue(BATCH)) === BATCH
  },
}
