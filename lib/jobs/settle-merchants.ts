import type { Job } from './job'

/**
 * Makes each merchant's payout when its day has come, and books those whose account or difference somebody has seen to. What
 * a worker that died had begun is gone on with by the next.
 */
export const settleMerchants: Job = {
  name: 'settle-merchants',
  everyMs: 15_000,
  runners: 'alone',
  setTime: ({ SETTLEMENT_AT }) => SETTLEMENT_AT,
  runOnce: ({ settlement }) => settlement.settleDue(),
}
