import type { Job } from './job'

/** Tells payers what will be collected, and makes, writes and sends the files of what is due. */
export const collectDirectDebits: Job = {
  name: 'collect-direct-debits',
  everyMs: 10_000,
  runners: 'alone',
  async runOnce({ debitBatches }) {
    const isMore = await debitBatches.announceDue()
    await debitBatches.collectDue()
    return isMore
  },
}
