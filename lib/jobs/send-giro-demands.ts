import type { Job } from './job'

// A demand is two small writes; an hour's bills of a large shop are through in some runs.
const BATCH = 200

/** Sends demands for bills whose day for one has come, by the terms of their shop (M-152). */
export const sendGiroDemands: Job = {
  name: 'send-giro-demands',
  everyMs: 60_000,
  runners: 'alone',
  runOnce: ({ giro }) => giro.sendDue(BATCH),
}
