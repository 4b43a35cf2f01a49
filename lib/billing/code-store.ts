import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'
import { bigintAsText } from '../payments/store'

/** Of what the codes are: a payment of a merchant, or the proof of a line by a person. */
export interface CodeSubject {
  readonly purpose: 'payment' | 'line'
  readonly ownerId: Uuid
  readonly subjectId: Uuid
}

export interface NewCode extends CodeSubject {
  readonly id: Uuid
  readonly lineId: Uuid | undefined
  readonly fingerprint: Uint8Array
  readonly amount?: bigint
  readonly currency?: string
  readonly subscriberMismatch: boolean
  readonly at: Date
  readonly expiresAt: Date
  readonly messagesOf: Uuid
  readonly paymentId?: Uuid
  readonly messages: readonly OutgoingMessage[]
}

export interface CodeTry extends CodeSubject {
  readonly id: Uuid
  readonly hash: Buffer
  readonly amount?: bigint
  readonly currency?: string
  readonly at: Date
}

export type CodeVerdict =
  | { kind: 'proven'; lineId: Uuid }
  | { kind: 'wrong-code' }
  | { kind: 'code-expired' }
  | { kind: 'too-many-tries' }
  | { kind: 'subscriber-mismatch' }

export interface SendingCount {
  readonly subject: string
  /** Within any hour. */
  readonly most: number
}

interface HeldCode {
  readonly state: string
  readonly fingerprint: Buffer
  readonly created_at: Date
}

/** The live code of a subject, as far as the next sending has to know it. */
export async function findHeldCode(pool: pg.Pool, { ownerId, subjectId }: CodeSubject): Promise<HeldCode | undefined> {
  const { rows } = await pool.query<HeldCode>(
    'select state, fingerprint, created_at from one_time_code where owner_id = $1 and subject_id = $2',
    [ownerId, subjectId],
  )
  return rows[0]
}

/** Counts a sending; says when there is room again where there is none. */
export async function countSendings(
  pool: pg.Pool,
  counts: readonly SendingCount[],
  at: Date,
): Promise<Date | undefined> {
  const { rows } = await again(() =>
    pool.query<{ retry: Date | null }>('select count_code_sendings($1, $2) as retry', [JSON.stringify(counts), at]),
  )
  return rows[0]?.retry ?? undefined
}

/** Takes back what countSendings has counted at that moment: nothing was sent. */
export async function uncountSendings(pool: pg.Pool, counts: readonly SendingCount[], at: Date): Promise<void> {
  await pool.query(
    `update rate_count set count = count - 1
     where subject = any($1) and window_start = date_bin('10 minutes', $2, '2000-01-01Z') and count > 0`,
    [counts.map(({ subject }) => subject), at],
  )
}

/** Writes the code and the message that carries it; false where the subject is refused. */
export async function openCode(pool: pg.Pool, code: NewCode): Promise<boolean> {
  const { fingerprint, ...rest } = code
  const request = { ...rest, fingerprint: Buffer.from(fingerprint).toString('hex') }
  const { rows } = await again(() =>
    pool.query<{ opened: boolean }>('select open_one_time_code($1) as opened', [JSON.stringify(request, bigintAsText)]),
  )
  return rows[0]!.opened
}

export async function tryCode(pool: pg.Pool, { hash, ...rest }: CodeTry): Promise<CodeVerdict> {
  const request = { ...rest, hash: hash.toString('hex') }
  const { rows } = await again(() =>
    pool.query<{ verdict: CodeVerdict }>('select try_one_time_code($1) as verdict', [
      JSON.stringify(request, bigintAsText),
    ]),
  )
  return rows[0]!.verdict
}

/** How many codes may still be typed for a subject; wrong ones are counted over all its codes (P6.6). */
export async function findTriesLeft(pool: pg.Pool, { ownerId, subjectId }: CodeSubject): Promise<number> {
  const { rows } = await pool.query<{ left: number }>(
    'select 5 - tries as left from one_time_code where owner_id = $1 and subject_id = $2',
    [ownerId, subjectId],
  )
  return rows[0]?.left ?? 0
}

/** Keeps the hash of digits just drawn; false when the code is no longer live. */
export async function putHash(pool: pg.Pool, codeId: Uuid, hash: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update one_time_code set code_hash = $2 where id = $1 and state = 'live' and expires_at > $3`,
    [codeId, hash, at],
  )
  return rowCount === 1
}
