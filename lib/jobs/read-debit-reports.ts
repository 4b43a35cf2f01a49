import type { Job } from './job'

/** Fetches what banks say of direct debits, each report once, and applies it. */
export const readDebitReports: Job = {
  name: 'read-debit-reports',
  // Connects to the bank each time: often enough for somebody who waits for a result to see it come.
  everyMs: 20_000,
  runners: 'alone',
  async runOnce({ debitReports }) {
    await debitReports.readDue()
    return false
  },
}
