import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { DeclineReason } from '../payments/decline-reason'
import type { OutboxRow } from '../payments/payment-move'
import type { PaymentState } from '../payments/payment-moves'
import { type Claimed, holderOf, type Page, pageOf } from './claims'
import type { PaymentStatus, Proof, SentAmount } from './camara-payment'

/** Where events go, as it lies in a row. */
export interface StoredSink {
  readonly url: string
  readonly sealedCredential?: Uint8Array
  readonly until?: Date
}

export interface PaymentToClaim {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly clientId: Uuid
  readonly clientCorrelator?: string
  readonly fingerprint: Buffer
  readonly number: Sealed
  readonly numberPrint: Buffer
  readonly steps: 1 | 2
  readonly asynchronous: boolean
  readonly proof: Proof
  readonly referenceCode: string
  readonly merchantIdentifier?: string
  readonly paymentAmount: SentAmount
  readonly authorizationId?: Uuid
  readonly sink?: StoredSink
  readonly correlationId: string
  readonly createdAt: Date
}

/** Writes what is known of a payment before it is opened. */
export async function claimPayment(pool: pg.Pool, row: PaymentToClaim): Promise<Claimed> {
  const { rowCount } = await pool.query({
    name: 'claim_camara_payment',
    text: `insert into camara_payment (merchant_id, payment_id, client_id, client_correlator, fingerprint, sealed_number,
        key_id, number_print, steps, asynchronous, proof, reference_code, merchant_identifier, payment_amount,
        authorization_id, shown_at, sink, sealed_credential, sink_until, correlation_id, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, case when $10 then $20::timestamptz end,
        $16, $17, $18, $19, $20)
      on conflict (client_correlator, client_id, merchant_id) do nothing`,
    values: [
      row.merchantId,
      row.paymentId,
      row.clientId,
      row.clientCorrelator ?? null,
      row.fingerprint,
      row.number.sealedNumber,
      row.number.keyId,
      row.numberPrint,
      row.steps,
      row.asynchronous,
      row.proof,
      row.referenceCode,
      row.merchantIdentifier ?? null,
      JSON.stringify(row.paymentAmount),
      row.authorizationId ?? null,
      row.sink?.url ?? null,
      row.sink?.sealedCredential ?? null,
      row.sink?.until ?? null,
      row.correlationId,
      row.createdAt,
    ],
  })
  if (rowCount === 1) return { kind: 'claimed' }
  return (await holderOf(pool, 'payment', row)) ?? claimPayment(pool, row)
}

export async function noteCode(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid, codeId: Uuid): Promise<void> {
  await pool.query('update camara_payment set code_id = $3 where merchant_id = $1 and payment_id = $2', [
    merchantId,
    paymentId,
    codeId,
  ])
}

export async function noteValidated(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid, at: Date): Promise<void> {
  await pool.query('update camara_payment set validated_at = $3 where merchant_id = $1 and payment_id = $2', [
    merchantId,
    paymentId,
    at,
  ])
}

/** Puts an event into the outbox that reports nothing written elsewhere. */
export async function insertEvent(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid, row: OutboxRow): Promise<void> {
  await pool.query(
    `insert into message (merchant_id, id, kind, topic, payment_id, payload, state, due_at, created_at)
     values ($1, $2, $3, $4, $5, $6, 'due', $7, $7)`,
    [merchantId, row.id, row.kind, row.topic, paymentId, JSON.stringify(row.payload), row.at],
  )
}

export interface PaymentRow {
  readonly merchant_id: Uuid
  readonly payment_id: Uuid
  readonly client_id: Uuid
  readonly client_correlator: string | null
  readonly sealed_number: Uint8Array<ArrayBuffer>
  readonly key_id: string
  readonly steps: number
  readonly proof: Proof
  readonly reference_code: string
  readonly payment_amount: SentAmount
  readonly authorization_id: Uuid | null
  readonly code_id: Uuid | null
  readonly validated_at: Date | null
  readonly shown_at: Date | null
  readonly sink: string | null
  readonly created_at: Date
  readonly status: PaymentStatus
  readonly state: PaymentState
  readonly reason: DeclineReason | null
  readonly amount: bigint
  readonly currency: Currency
  readonly captured_amount: bigint
  readonly refunded_amount: bigint
  readonly finished_at: Date | null
}

const STATUS = `camara_payment_status(p.state, p.reason, c.proof = 'code')`
const SELECT = `select c.merchant_id, c.payment_id, c.client_id, c.client_correlator, c.sealed_number, c.key_id, c.steps,
    c.proof, c.reference_code, c.payment_amount, c.authorization_id, c.code_id, c.validated_at, c.shown_at, c.sink,
    c.created_at,
    ${STATUS} as status, p.state, p.reason, p.amount, p.currency, p.captured_amount, p.refunded_amount, p.finished_at`
const FROM = `from camara_payment c join payment p on p.merchant_id = c.merchant_id and p.id = c.payment_id`
// One that was denied before its client was given its id does not exist for it.
const VISIBLE = `(c.shown_at is not null or p.state not in ('declined', 'cancelled', 'expired'))`

/** Whose payments are meant: those of a client, or of a client and one line. */
export interface Owner {
  readonly merchantId: Uuid
  readonly clientId: Uuid
  readonly numberPrint?: Buffer
}

/** A client's payment by its id; `all` also those that do not exist for it. */
export async function findPayment(
  pool: pg.Pool,
  { merchantId, clientId, numberPrint }: Owner,
  paymentId: Uuid,
  all = false,
): Promise<PaymentRow | undefined> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'find_camara_payment',
    text: `${SELECT} ${FROM} where c.merchant_id = $1 and c.payment_id = $2 and c.client_id = $3
      and ($4::bytea is null or c.number_print = $4) and ($5 or ${VISIBLE})`,
    values: [merchantId, paymentId, clientId, numberPrint ?? null, all],
  })
  return rows[0]
}

export interface PaymentPage extends Page {
  readonly from?: Date
  readonly until?: Date
  readonly statuses?: readonly PaymentStatus[]
  readonly merchantIdentifier?: string
}

/** One page of a client's payments, and how many there are in all; counting stops one above `most`. */
export async function listPayments(
  pool: pg.Pool,
  { merchantId, clientId, numberPrint }: Owner,
  page: PaymentPage,
  most: number,
): Promise<{ rows: PaymentRow[]; total: number }> {
  const where = `c.client_id = $1 and c.merchant_id = $2 and ($3::bytea is null or c.number_print = $3)
    and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at <= $5)
    and ($6::text[] is null or ${STATUS} = any($6)) and ($7::text is null or c.merchant_identifier = $7) and ${VISIBLE}`
  const values = [
    clientId,
    merchantId,
    numberPrint ?? null,
    page.from ?? null,
    page.until ?? null,
    page.statuses ?? null,
    page.merchantIdentifier ?? null,
  ]
  return pageOf(pool, { select: SELECT, from: FROM, where, values, by: 'c.payment_id' }, page, most)
}

/**
 * Adds requests of clients to the counts of a minute.
 * @returns how many each had made before in that minute
 */
export async function countRequests(
  pool: pg.Pool,
  requests: ReadonlyMap<Uuid, number>,
  window: Date,
): Promise<Map<Uuid, number>> {
  // In one order, so that two calls do not wait for each other's rows in a ring.
  const sorted = [...requests].sort(([a], [b]) => (a < b ? -1 : 1))
  const { rows } = await pool.query<{ client: Uuid; before: number }>({
    name: 'count_camara_requests',
    text: `with asked as (select client, n from unnest($1::text[], $2::int[]) as x(client, n)),
      counted as (
        insert into rate_count (subject, window_start, count)
        select 'camara:' || client, $3, n from asked order by client
        on conflict (subject, window_start) do update set count = rate_count.count + excluded.count
        returning subject, count)
      select a.client, c.count - a.n as before from asked a join counted c on c.subject = 'camara:' || a.client`,
    values: [sorted.map(([client]) => client), sorted.map(([, count]) => count), window],
  })
  return new Map(rows.map(({ client, before }) => [client, before]))
}
