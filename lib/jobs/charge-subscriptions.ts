import type { Job } from './job'

// Asked of issuers and others side by side; each answers within seconds.
const BATCH = 20

/** Charges the periods of subscriptions that have begun, announces those that come, and ends what is over. */
export const chargeSubscriptions: Job = {
  name: 'charge-subscriptions',
  everyMs: 5_000,
  runners: 'shared',
  runOnce: ({ subscriptions }) => subscriptions.runDue(BATCH),
}
