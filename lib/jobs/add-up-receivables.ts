import type { Job } from './job'

/** Adds up by day what issuers, billing centres and banks owe us, so that showing it never reads the whole books. */
export const addUpReceivables: Job = {
  name: 'add-up-receivables',
  everyMs: 20_000,
  runners: 'alone',
  runOnce: ({ receivables }) => receivables.addUp(),
}
