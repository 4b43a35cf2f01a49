import type { Job } from './job'

// Each is one short transaction; the next batch follows at once while there are more.
const BATCH = 100

/** Credits wallets and accounts with what was paid for them, where the shopper has not come back to see it. */
export const settleTopUps: Job = {
  name: 'settle-top-ups',
  everyMs: 2_000,
  runners: 'alone',
  runOnce: ({ topUps }) => topUps.settleDue(BATCH),
}
