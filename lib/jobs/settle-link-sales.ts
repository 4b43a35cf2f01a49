import type { Job } from './job'

// Each is one short transaction; the next batch follows at once while there are more.
const BATCH = 100

/** Gives back to payment links what was set aside for payments that were never opened. */
export const settleLinkSales: Job = {
  name: 'settle-link-sales',
  everyMs: 60_000,
  runners: 'alone',
  runOnce: ({ paymentLinks }) => paymentLinks.settleDue(BATCH),
}
