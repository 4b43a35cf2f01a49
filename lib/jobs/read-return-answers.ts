import type { Job } from './job'

/** Reads what the bank reports of the transfers back to payers (pain.002), each file once. */
export const readReturnAnswers: Job = {
  name: 'read-return-answers',
  everyMs: 10_000,
  runners: 'alone',
  runOnce: async ({ returns }) => {
    await returns.readAnswers()
    return false
  },
}
