import type { Job } from './job'

/** Brings what goes back to payers to the bank as files (pain.001), each transfer in one file that is always the same. */
export const orderReturns: Job = {
  name: 'order-returns',
  everyMs: 10_000,
  runners: 'alone',
  runOnce: ({ returns }) => returns.orderDue(),
}
