import type { Job } from './job'

// A slow shop holds one place for 15 s; this many places keep the others moving.
const BATCH = 50

/** Delivers webhooks and mails from the outbox (P5.1). */
export const sendMessages: Job = {
  name: 'send-messages',
  everyMs: 500,
  runners: 'shared',
  runOnce: async ({ messages }) => (await messages.sendDue(BATCH)) === BATCH,
}
