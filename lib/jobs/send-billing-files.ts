import type { Job } from './job'

/** Sends written files to the billing centres, again and again until each has arrived. */
export const sendBillingFiles: Job = {
  name: 'send-billing-files',
  everyMs: 10_000,
  runners: 'alone',
  runOnce: ({ billingFiles }) => billingFiles.sendWritten(),
}
