import type { Job } from './job'

/** Fetches acknowledgements and collection results, and tells people of files that nobody has acknowledged in six hours. */
export const readBillingResults: Job = {
  name: 'read-billing-results',
  // Connects to every centre each time: often enough for somebody who waits for a result to see it come.
  everyMs: 20_000,
  runners: 'alone',
  runOnce: ({ billingFiles }) => billingFiles.readResults(),
}
