/** The mail server of the outside world: takes every mail for anybody, unless a switch says otherwise. */
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { z } from 'zod'
import { Switches } from '../switches'
import type { MailInbox } from './inbox'

export const mailSwitch = z.strictObject({
  /** refuse: 550 for the recipient; try-later: 451 after the message; stall: no answer to the message, nothing kept. */
  do: z.enum(['refuse', 'try-later', 'stall']),
  to: z.string().toLowerCase().optional(),
  times: z.int().min(1).max(1_000_000).optional(),
})
export type MailSwitch = z.infer<typeof mailSwitch>

export interface MailServer {
  readonly port: number
  readonly switches: Switches<MailSwitch>
  close(): Promise<void>
}

const LARGEST_MAIL = 5_000_000
const CLOSE_AT_ONCE_MS = 100

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function startMailServer(
  inbox: MailInbox,
  { port, changed }: { port: number; changed: () => void },
): Promise<MailServer> {
  const switches = new Switches<MailSwitch>(changed)
  const take = (to: readonly string[], deeds: readonly MailSwitch['do'][]) =>
    switches.take((each) => deeds.includes(each.do) && (each.to === undefined || to.includes(each.to)))?.do

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_MAIL,
    closeTimeout: CLOSE_AT_ONCE_MS,
    onRcptTo: ({ address }, _session, callback) =>
      take([address.toLowerCase()], ['refuse']) ? callback(answer(550, 'no such mailbox')) : callback(),
    onData: (stream, { envelope }, callback) => {
      const to = envelope.rcptTo.map(({ address }) => address.toLowerCase())
      const receive = async () => {
        const raw = await read(stream)
        const deed = take(to, ['try-later', 'stall'])
        if (deed === 'stall') return
        if (deed === 'try-later') return callback(answer(451, 'try again later'))
        if (stream.sizeExceeded) return callback(answer(552, 'too large'))
        const parsed = await PostalMime.parse(raw)
        await inbox.add({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to,
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html ?? '',
        })
        callback()
      }
      receive().catch(() => callback(answer(451, 'not understood')))
    },
  })
  // A client that breaks off is no concern of the server's.
  server.on('error', () => undefined)
  const listening = server.listen(port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    listening.once('listening', resolve)
    listening.once('error', reject)
  })
  return {
    port: (listening.address() as AddressInfo).port,
    switches,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
