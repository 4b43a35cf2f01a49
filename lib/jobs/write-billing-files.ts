import type { Job } from './job'

/**
 * Makes each billing centre's file at its set time and writes its copy of record; what a worker that died had begun, and
 * the day that was missed while none ran, are taken up by the next.
 */
export const writeBillingFiles: Job = {
  name: 'write-billing-files',
  everyMs: 5_000,
  runners: 'alone',
  runOnce: ({ billingFiles }) => billingFiles.writeDue(),
}
