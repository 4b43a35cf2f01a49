import type { Job } from './job'

// Each shop is a transaction of its own over what it took since its last deposit.
const BATCH = 50

/** Moves what shops have taken in e-cash, and have not deposited themselves for a day, to what is owed to them. */
export const depositECash: Job = {
  name: 'deposit-e-cash',
  everyMs: 60_000,
  runners: 'alone',
  runOnce: ({ eCash }) => eCash.depositDue(BATCH),
}
