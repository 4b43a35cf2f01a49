import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'

export type FileState = 'claimed' | 'written' | 'sent' | 'accepted' | 'rejected' | 'corrected'

/** One charging file. Stamps are YYYYMMDDhhmmss by the clocks of the centre. */
export interface BillingFile {
  readonly centre: string
  readonly sequence: number
  readonly name: string
  readonly gatewayId: string
  readonly currency: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly created: string
  readonly createdAt: Date
  readonly details: number
  readonly charges: bigint
  readonly credits: bigint
  /** As its trailer has it; null until it is written. */
  readonly sha256: string | null
  readonly state: FileState
  readonly replaces: number | null
  readonly reason: string | null
  readonly sentAt: Date | null
  readonly answeredAt: Date | null
  readonly alertedAt: Date | null
}

/** One detail of a file, with the sealed number of its line. */
export interface BillingRecord {
  readonly record: number
  readonly kind: 'charge' | 'credit'
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly lineId: Uuid
  readonly subscriberRef: string
  readonly purchased: string
  readonly amount: bigint
  readonly originalSequence: number
  readonly originalRecord: number
  readonly description: string
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** A purchase that its billing centre would not put on the bill. */
export interface RefusedCharge {
  readonly orderRef: string
  readonly orderName: string
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly centre: string
  readonly sequence: number
  readonly record: number
  readonly amount: bigint
  readonly currency: string
  readonly masked: string
  readonly reason: string
  readonly changedAt: Date
}

export interface ClaimRequest {
  readonly centre: string
  readonly gatewayId: string
  readonly zone: string
  readonly currency: string
  /** hh:mm by the clocks of the zone; absent: now, whatever the time. */
  readonly setAt?: string
  readonly most: number
  readonly at: Date
}

/** Claiming a large file takes longer than a request may: its limits are lifted for this one transaction. */
const CLAIM_LIMIT_MS = 600_000

const STAMP = 'YYYYMMDDHH24MISS'
const COLUMNS = `centre, sequence, name, gateway_id as "gatewayId", currency,
  to_char(period_start at time zone zone, '${STAMP}') as "periodStart",
  to_char(period_end at time zone zone, '${STAMP}') as "periodEnd",
  to_char(created_at at time zone zone, '${STAMP}') as created, created_at as "createdAt",
  details, charges, credits, sha256, state, replaces, reason, sent_at as "sentAt", answered_at as "answeredAt",
  alerted_at as "alertedAt"`

/** Makes the centre's next file if one is due; its sequence, or null. */
export async function claimFile(pool: pg.Pool, request: ClaimRequest): Promise<number | null> {
  const { centre, gatewayId, zone, currency, setAt = null, at, most } = request
  return again(() =>
    patient(pool, 'select claim_billing_file($1, $2, $3, $4, $5, $6, $7) as sequence', [
      ...[centre, gatewayId, zone, currency, setAt, at, most],
    ]),
  )
}

/** Makes the file that takes the place of a rejected one; null when somebody else has. */
export function correctFile(pool: pg.Pool, { centre, sequence }: BillingFile, at: Date): Promise<number | null> {
  return again(() => patient(pool, 'select correct_billing_file($1, $2, $3) as sequence', [centre, sequence, at]))
}

async function patient(pool: pg.Pool, text: string, values: unknown[]): Promise<number | null> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query(`begin; set local statement_timeout = ${CLAIM_LIMIT_MS}`)
    const query = { text, values, query_timeout: CLAIM_LIMIT_MS }
    const { rows } = await client.query<{ sequence: number | null }>(query)
    await client.query('commit')
    broken = false
    return rows[0]!.sequence
  } catch (error) {
    await client.query('rollback').then(
      () => (broken = false),
      () => undefined,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

export async function filesIn(pool: pg.Pool, centre: string, state: FileState): Promise<BillingFile[]> {
  const { rows } = await pool.query<BillingFile>(
    `select ${COLUMNS} from billing_file where state = $1 and centre = $2 order by sequence`,
    [state, centre],
  )
  return rows
}

export async function findFile(pool: pg.Pool, centre: string, sequence: number): Promise<BillingFile | undefined> {
  const { rows } = await pool.query<BillingFile>(
    `select ${COLUMNS} from billing_file where centre = $1 and sequence = $2`,
    [centre, sequence],
  )
  return rows[0]
}

/** The newest files over all centres; those that come after one of them, where it is given. */
export async function newestFiles(
  pool: pg.Pool,
  limit: number,
  before?: Pick<BillingFile, 'createdAt' | 'centre' | 'sequence'>,
): Promise<BillingFile[]> {
  const { rows } = await pool.query<BillingFile>(
    `select ${COLUMNS} from billing_file
     where $2::timestamptz is null or (created_at, centre, sequence) < ($2, $3, $4)
     order by created_at desc, centre desc, sequence desc limit $1`,
    [limit, before?.createdAt ?? null, before?.centre ?? null, before?.sequence ?? null],
  )
  return rows
}

/** The newest file of each of some centres. */
export async function latestFiles(pool: pg.Pool, centres: readonly string[]): Promise<BillingFile[]> {
  const { rows } = await pool.query<BillingFile>(
    `select f.* from unnest($1::text[]) as c (code) cross join lateral (
       select ${COLUMNS} from billing_file where centre = c.code order by sequence desc limit 1) f`,
    [centres],
  )
  return rows
}

/** The details of a file after one of them; they are numbered without gaps, so that a page is a range of the index. */
export async function recordsAfter(
  pool: pg.Pool,
  { centre, sequence }: Pick<BillingFile, 'centre' | 'sequence'>,
  after: number,
  limit: number,
): Promise<BillingRecord[]> {
  const { rows } = await pool.query<BillingRecord>({
    name: 'billing_records',
    text: `select r.record, r.kind, r.merchant_id as "merchantId", r.payment_id as "paymentId", r.line_id as "lineId",
        r.subscriber_ref as "subscriberRef", to_char(r.purchased_at at time zone f.zone, '${STAMP}') as purchased,
        r.amount, r.original_sequence as "originalSequence", r.original_record as "originalRecord", r.description,
        l.sealed_number as "sealedNumber", l.key_id as "keyId"
      from billing_record r
      join billing_file f on f.centre = r.centre and f.sequence = r.sequence
      join phone_line l on l.id = r.line_id
      where r.centre = $1 and r.sequence = $2 and r.record > $3 and r.record <= $3 + $4 order by r.record`,
    values: [centre, sequence, after, limit],
  })
  return rows
}

/** A file's next state, if it still is in the one it was in; false when somebody else was quicker. */
export async function moveFile(
  pool: pg.Pool,
  { centre, sequence, state }: BillingFile,
  to: { state: 'written'; sha256: string } | { state: 'sent' },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    to.state === 'written'
      ? `update billing_file set state = 'written', sha256 = $4, written_at = $5 where centre = $1 and sequence = $2 and state = $3`
      : `update billing_file set state = 'sent', sent_at = $4 where centre = $1 and sequence = $2 and state = $3`,
    [centre, sequence, state, ...(to.state === 'written' ? [to.sha256] : []), at],
  )
  return rowCount === 1
}

export interface Answer {
  readonly accepted: boolean
  readonly reason: string
  readonly refused: readonly { readonly record: number; readonly reason: string }[]
}

/** Writes down what a centre said of a file; false when it was written down before. */
export async function answerFile(
  pool: pg.Pool,
  { centre, sequence }: BillingFile,
  { accepted, reason, refused }: Answer,
  at: Date,
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ answered: boolean }>('select answer_billing_file($1, $2, $3, $4, $5::jsonb, $6) as answered', [
      ...[centre, sequence, accepted, reason, JSON.stringify(refused), at],
    ]),
  )
  return rows[0]!.answered
}

/** Notes that people have been told of a file; false when they were before. */
export async function noteAlert(pool: pg.Pool, { centre, sequence }: BillingFile, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update billing_file set alerted_at = $3 where centre = $1 and sequence = $2 and alerted_at is null',
    [centre, sequence, at],
  )
  return rowCount === 1
}

/** Which refused purchases are wanted: of all merchants, or of one; before one of them. */
export interface RefusedQuery {
  readonly limit: number
  readonly merchantId?: Uuid
  readonly before?: { readonly at: Date; readonly paymentId: Uuid }
}

/** Purchases that billing centres refused, newest first. */
export async function refusedCharges(
  pool: pg.Pool,
  { limit, merchantId, before }: RefusedQuery,
): Promise<RefusedCharge[]> {
  const { rows } = await pool.query<RefusedCharge>(
    `select c.merchant_id as "merchantId", c.payment_id as "paymentId", c.centre, c.file_sequence as sequence,
       c.file_record as record, c.amount - c.reduced_amount as amount, c.currency, l.masked,
       coalesce(r.reason, '') as reason, c.changed_at as "changedAt", p.order_ref as "orderRef", p.order_name as "orderName"
     from phone_charge c join phone_line l on l.id = c.line_id
     join payment p on p.merchant_id = c.merchant_id and p.id = c.payment_id
     left join billing_record r on r.centre = c.centre and r.sequence = c.file_sequence and r.record = c.file_record
     where c.state = 'refused' and ($2::uuid is null or c.merchant_id = $2)
       and ($3::timestamptz is null or (c.changed_at, c.payment_id) < ($3, $4))
     order by c.changed_at desc, c.payment_id desc limit $1`,
    [limit, merchantId ?? null, before?.at ?? null, before?.paymentId ?? null],
  )
  return rows
}

/** Puts a refused purchase into the next file once more; false when it is not refused. */
export async function rebill(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid, at: Date): Promise<boolean> {
  const { rows } = await pool.query<{ rebilled: boolean }>('select rebill_phone_charge($1, $2, $3) as rebilled', [
    ...[merchantId, paymentId, at],
  ])
  return rows[0]!.rebilled
}
