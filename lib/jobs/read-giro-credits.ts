import type { Job } from './job'

/** Fetches the banks' credit advices, gives the money to the bills it is for, and tells payers of too little and too much. */
export const readGiroCredits: Job = {
  name: 'read-giro-credits',
  // Connects to every bank each time: often enough for somebody who waits for a transfer to see it come.
  everyMs: 20_000,
  runners: 'alone',
  runOnce: ({ giro }) => giro.readCredits(),
}
