import { createTransport } from 'nodemailer'
import { maskedEmail } from '../auth/email-address'
import type { Settings } from '../env'
import type { LinkObserver } from '../gateways/link-observer'
import type { Uuid } from '../ids'
import { oneLine } from './format'
import type { Mail } from './render-mail'

export type Mailed =
  | { kind: 'sent'; status: number }
  /** The server will never take it (5xx), or there is nobody to send it to. */
  | { kind: 'refused'; status?: number }
  | { kind: 'no-answer'; status?: number; error: string }

export interface Mailer {
  /** @param id the same for every try, so that a mail that arrives twice can be recognized */
  send(
    mail: Mail & { readonly to: string; readonly id: string; readonly paymentId?: Uuid | undefined },
  ): Promise<Mailed>
  close(): void
}

const LIMIT_MS = 15_000

export function createMailer(
  { SMTP_URL, MAIL_FROM }: Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'>,
  observe?: LinkObserver,
): Mailer {
  const transport = createTransport({
    url: SMTP_URL,
    pool: true,
    maxConnections: 4,
    connectionTimeout: LIMIT_MS,
    greetingTimeout: LIMIT_MS,
    socketTimeout: LIMIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(MAIL_FROM)?.[1] ?? 'moa.example'

  const system = new URL(SMTP_URL).host

  /** Who a mail is for and what it is about; the rest of it is in the outbox. */
  async function observed({ to, subject, id, paymentId }: Parameters<Mailer['send']>[0], work: Promise<Mailed>) {
    const message = { link: 'mail', system, operation: 'send', correlation: id, paymentId } as const
    const sentAt = performance.now()
    observe?.({ ...message, direction: 'out', body: () => `${maskedEmail(to)}: ${subject}` })
    const mailed = await work
    const status = mailed.status ?? (mailed.kind === 'no-answer' ? mailed.error : undefined)
    observe?.({
      ...message,
      direction: 'in',
      result: mailed.kind === 'sent' ? 'approved' : mailed.kind,
      durationMs: performance.now() - sentAt,
      ...(status !== undefined && { body: () => String(status) }),
    })
    return mailed
  }

  async function send({ to, id, subject, text, html, attachments }: Parameters<Mailer['send']>[0]): Promise<Mailed> {
    try {
      const messageId = `<${id}@${domain}>`
      // An object, not text: an address is never read as a list of addresses.
      const recipient = { name: '', address: oneLine(to) }
      const sent = await transport.sendMail({
        ...{ from: MAIL_FROM, to: recipient, messageId, subject, text, html },
        ...(attachments && {
          attachments: attachments.map(({ filename, type, content }) => ({ filename, contentType: type, content })),
        }),
      })
      return { kind: 'sent', status: statusIn(sent.response) ?? 250 }
    } catch (error) {
      return failure(error)
    }
  }

  return {
    send: (mail) => observed(mail, send(mail)),
    close: () => transport.close(),
  }
}

function failure(error: unknown): Mailed {
  const { code, responseCode } =
    error instanceof Error ? (error as Error & { code?: string; responseCode?: number }) : {}
  const status = responseCode === undefined ? {} : { status: responseCode }
  const permanent = responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500
  return permanent ? { kind: 'refused', ...status } : { kind: 'no-answer', ...status, error: code ?? 'no-answer' }
}

function statusIn(response: string): number | undefined {
  const digits = /^([0-9]{3})/.exec(response)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
