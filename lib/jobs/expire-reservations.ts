import type { Job } from './job'

const BATCH = 200

/** Gives back what accounts have set aside for reservations whose time is over (M-103). */
export const expireReservations: Job = {
  name: 'expire-reservations',
  everyMs: 5_000,
  runners: 'alone',
  runOnce: async ({ accounts }) => (await accounts.expireReservations(BATCH)) === BATCH,
}
