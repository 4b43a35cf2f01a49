/** The control API of the mail server, and the mails themselves. */
import { z } from 'zod'
import type { Routes } from '../control/router'
import { Refusal } from '../control/router'
import type { MailInbox } from './inbox'
import type { MailServer } from './smtp'
import { mailSwitch } from './smtp'

const query = z.object({
  to: z.string().max(320).optional(),
  after: z
    .string()
    .regex(/^[0-9]+$/)
    .optional(),
  /** How long to wait for a matching mail when there is none, in milliseconds. */
  wait: z.coerce.number().int().min(0).max(60_000).default(0),
})

/** A mail is a stranger's page: it is shown without scripts, without anything loaded, in an origin of its own. */
const MAIL_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

export function mailRoutes(inbox: MailInbox, server: MailServer): Routes {
  return {
    'GET /api/mail': async ({ query: asked, signal }) => {
      const { wait, ...filter } = query.parse(Object.fromEntries(asked))
      return { json: { mails: await inbox.waitFor(filter, { ms: wait, signal }) } }
    },
    'DELETE /api/mail': async () => {
      await inbox.reset()
      return { json: { mails: [] } }
    },
    'POST /api/mail/switches': ({ body }) => ({ json: { id: server.switches.set(mailSwitch.parse(body)).id } }),
    'DELETE /api/mail/switches': () => {
      server.switches.clear()
      return { json: { switches: [] } }
    },
    'DELETE /api/mail/switches/:id': ({ params }) => {
      server.switches.clear(Number(params.id))
      return { json: { switches: server.switches.all() } }
    },
    'GET /mail/:id/html': ({ params }) => {
      const found = inbox.find(params.id ?? '')
      if (!found) throw new Refusal(404, 'no such mail')
      return {
        text: found.html,
        type: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': MAIL_POLICY },
      }
    },
  }
}
