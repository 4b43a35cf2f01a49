import type { Job } from './job'

/** Reads what the bank reports of the payouts it was asked for (pain.002), each file once. */
export const readPayoutAnswers: Job = {
  name: 'read-payout-answers',
  everyMs: 10_000,
  runners: 'alone',
  runOnce: async ({ settlement }) => {
    await settlement.readAnswers()
    return false
  },
}
