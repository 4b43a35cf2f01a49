import type { Job } from './job'

/** Brings booked payouts to our bank as files (pain.001), each in one file that is the same however often it is sent. */
export const orderPayouts: Job = {
  name: 'order-payouts',
  everyMs: 10_000,
  runners: 'alone',
  runOnce: ({ settlement }) => settlement.orderDue(),
}
