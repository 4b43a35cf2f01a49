import { createHmac, randomInt } from 'node:crypto'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'
import type { Money } from '../money/money'
import {
  type CodeSubject,
  type CodeVerdict,
  countSendings,
  findHeldCode,
  openCode,
  putHash,
  type SendingCount,
  tryCode,
  uncountSendings,
} from './code-store'

/** A code lives so long (P6.6; the database knows it too). */
const CODE_LIVES_MS = 3 * 60_000
/** Nobody needs a second code for the same line sooner: the first is still on its way. */
const RESEND_PAUSE_MS = 30_000

/** How many codes may be sent within any hour (P6.6), and why so many. */
const MOST_SENDINGS = {
  /** A stranger who keeps asking must not flood somebody's telephone. */
  number: 5,
  payment: 5,
  /** A person may try several lines. */
  session: 10,
  /** Many people share an address: an office, a mobile network. */
  address: 30,
} as const

/** Who asks for a code. */
export interface Asker {
  /** Network address. */
  readonly address: string
  /** The shopper, the browser of a guest, or the application that asks for somebody. */
  readonly session: string
}

export type SendingRefusal = { kind: 'too-many'; retryAt: Date } | { kind: 'refused' }

export interface TakenSending {
  readonly kind: 'taken'
  putBack(): Promise<void>
}

export interface CodeToOpen {
  readonly subject: CodeSubject
  readonly id: Uuid
  /** Absent where there is no such line: then there is no message, and no code is right. */
  readonly lineId?: Uuid
  readonly fingerprint: Uint8Array
  /** What a payment's code is good for, and nothing else (dynamic linking). */
  readonly amount?: Money
  readonly subscriberMismatch: boolean
  readonly messagesOf: Uuid
  readonly message?: OutgoingMessage
  readonly at: Date
}

/** One-time codes: six digits, three minutes, once, five tries, one live code a payment (P6.6). */
export interface Codes {
  /** Until when a code that is made now will be good. */
  expiryOf(at: Date): Date
  /** Whether one more may be sent; counts it if so. What was counted is put back where nothing could be sent. */
  take(subject: CodeSubject, fingerprint: Uint8Array, asker: Asker): Promise<SendingRefusal | TakenSending>
  /** Makes the live code of its subject, in one transaction with the message that carries it. */
  open(code: CodeToOpen): Promise<{ kind: 'opened'; expiresAt: Date; resendAt: Date } | { kind: 'refused' }>
  /**
   * Draws the digits of a live code while its message is being sent: they are in that message and nowhere else, and an
   * earlier message of the same code no longer counts.
   * @returns undefined when the code is no longer worth sending
   */
  draw(codeId: Uuid): Promise<string | undefined>
  /** Tries a code. The right one says which line was proved; it may be said again until the payment has used it. */
  check(subject: CodeSubject, typed: { codeId: Uuid; code: string; amount?: Money }): Promise<CodeVerdict>
}

export function createCodes({
  database,
  clock,
  secret,
}: {
  readonly database: Database
  readonly clock: Clock
  /** Keys the hash: a million codes are soon tried by whoever has only the table. */
  readonly secret: string
}): Codes {
  const { pool } = database
  const hashOf = (codeId: Uuid, code: string) =>
    createHmac('sha256', secret).update(`one-time-code\n${codeId}\n${code}`).digest()

  return {
    expiryOf: (at) => later(at, CODE_LIVES_MS),

    async take(subject, fingerprint, asker) {
      const now = clock.now()
      const held = await findHeldCode(pool, subject)
      if (held?.state === 'refused') return { kind: 'refused' }
      const pauseEnds = held && later(held.created_at, RESEND_PAUSE_MS)
      if (pauseEnds && pauseEnds > now && held.fingerprint.equals(fingerprint)) {
        return { kind: 'too-many', retryAt: pauseEnds }
      }
      const counts = countsOf(subject, fingerprint, asker)
      const retryAt = await countSendings(pool, counts, now)
      return retryAt
        ? { kind: 'too-many', retryAt }
        : { kind: 'taken', putBack: () => uncountSendings(pool, counts, now) }
    },

    async open({ subject, message, amount, lineId, at, ...rest }) {
      const expiresAt = later(at, CODE_LIVES_MS)
      const opened = await openCode(pool, {
        ...subject,
        ...rest,
        at,
        expiresAt,
        lineId,
        messages: message ? [message] : [],
        ...(amount ? { amount: amount.amount, currency: amount.currency } : {}),
        ...(subject.purpose === 'payment' ? { paymentId: subject.subjectId } : {}),
      })
      return opened ? { kind: 'opened', expiresAt, resendAt: later(at, RESEND_PAUSE_MS) } : { kind: 'refused' }
    },

    async draw(codeId) {
      const digits = String(randomInt(1_000_000)).padStart(6, '0')
      return (await putHash(pool, codeId, hashOf(codeId, digits), clock.now())) ? digits : undefined
    },

    check: (subject, { codeId, code, amount }) =>
      tryCode(pool, {
        ...subject,
        id: codeId,
        hash: hashOf(codeId, code),
        at: clock.now(),
        ...(amount ? { amount: amount.amount, currency: amount.currency } : {}),
      }),
  }
}

function countsOf(subject: CodeSubject, fingerprint: Uint8Array, { address, session }: Asker): SendingCount[] {
  const number = Buffer.from(fingerprint).toString('hex')
  return [
    { subject: `code-number:${number}`, most: MOST_SENDINGS.number },
    { subject: `code-address:${address}`, most: MOST_SENDINGS.address },
    { subject: `code-session:${session}`, most: MOST_SENDINGS.session },
    ...(subject.purpose === 'payment'
      ? [{ subject: `code-payment:${subject.subjectId}`, most: MOST_SENDINGS.payment }]
      : []),
  ]
}
