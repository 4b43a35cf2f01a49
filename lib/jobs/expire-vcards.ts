import type { Job } from './job'

const BATCH = 200

/** Ends V-Cards whose time is over: the shares set aside on their cards are free again (N6). */
export const expireVCards: Job = {
  name: 'expire-vcards',
  everyMs: 5_000,
  runners: 'alone',
  runOnce: async ({ vcards }) => (await vcards.expireDue(BATCH)) === BATCH,
}
