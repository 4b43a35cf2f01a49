/** The control API of the SMS centre, and the telephones' messages. */
import { z } from 'zod'
import type { Routes } from '../control/router'
import type { PhoneInbox } from './phone-inbox'
import type { Smsc } from './smsc'
import { smsSwitch } from './smsc'

const query = z.object({
  to: z.string().max(20).optional(),
  after: z
    .string()
    .regex(/^[0-9]+$/)
    .optional(),
  /** How long to wait for a matching message when there is none, in milliseconds. */
  wait: z.coerce.number().int().min(0).max(60_000).default(0),
})

export function smsRoutes(inbox: PhoneInbox, smsc: Smsc): Routes {
  return {
    'GET /api/sms': async ({ query: asked, signal }) => {
      const { wait, ...filter } = query.parse(Object.fromEntries(asked))
      return { json: { messages: await inbox.waitFor(filter, { ms: wait, signal }) } }
    },
    'DELETE /api/sms': async () => {
      await inbox.reset()
      return { json: { messages: [] } }
    },
    'POST /api/sms/switches': ({ body }) => {
      const made = smsc.switches.set(smsSwitch.parse(body))
      if (made.do === 'down') smsc.disconnect()
      return { json: { id: made.id } }
    },
    'DELETE /api/sms/switches': () => {
      smsc.switches.clear()
      return { json: { switches: [] } }
    },
    'DELETE /api/sms/switches/:id': ({ params }) => {
      smsc.switches.clear(Number(params.id))
      return { json: { switches: smsc.switches.all() } }
    },
  }
}
