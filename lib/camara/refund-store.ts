import type pg from 'pg'
import type { Uuid } from '../ids'
import type { RefundStatus, SentAmount } from './camara-payment'
import { type Claimed, holderOf, type Page, pageOf } from './claims'
import type { StoredSink } from './store'

export interface RefundToClaim {
  readonly merchantId: Uuid
  readonly refundId: Uuid
  readonly paymentId: Uuid
  readonly clientId: Uuid
  readonly clientCorrelator?: string
  readonly fingerprint: Buffer
  readonly type: 'total' | 'partial'
  readonly asynchronous: boolean
  readonly referenceCode: string
  readonly merchantIdentifier?: string
  readonly refundAmount: SentAmount
  readonly reason?: string
  readonly sink?: StoredSink
  readonly correlationId: string
  readonly createdAt: Date
}

/** Writes what is known of a refund before it is opened. */
export async function claimRefund(pool: pg.Pool, row: RefundToClaim): Promise<Claimed> {
  const { rowCount } = await pool.query({
    name: 'claim_camara_refund',
    text: `insert into camara_refund (merchant_id, refund_id, payment_id, client_id, client_correlator, fingerprint, type,
        asynchronous, reference_code, merchant_identifier, refund_amount, reason, shown_at, sink, sealed_credential,
        sink_until, correlation_id, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $8 then $17::timestamptz end, $13, $14, $15, $16,
        $17)
      on conflict (client_correlator, client_id, merchant_id) do nothing`,
    values: [
      row.merchantId,
      row.refundId,
      row.paymentId,
      row.clientId,
      row.clientCorrelator ?? null,
      row.fingerprint,
      row.type,
      row.asynchronous,
      row.referenceCode,
      row.merchantIdentifier ?? null,
      JSON.stringify(row.refundAmount),
      row.reason ?? null,
      row.sink?.url ?? null,
      row.sink?.sealedCredential ?? null,
      row.sink?.until ?? null,
      row.correlationId,
      row.createdAt,
    ],
  })
  if (rowCount === 1) return { kind: 'claimed' }
  return (await holderOf(pool, 'refund', row)) ?? claimRefund(pool, row)
}

export interface RefundRow {
  readonly refund_id: Uuid
  readonly payment_id: Uuid
  readonly client_correlator: string | null
  readonly type: 'total' | 'partial'
  readonly reference_code: string
  readonly refund_amount: SentAmount
  readonly reason: string | null
  readonly shown_at: Date | null
  readonly sink: string | null
  readonly created_at: Date
  readonly status: RefundStatus
  readonly finished_at: Date | null
}

const STATUS = `case when r.state in ('refunded', 'partly-refunded') then 'succeeded'
    when r.state = 'refused' then 'denied' else 'processing' end`
const SELECT = `select c.refund_id, c.payment_id, c.client_correlator, c.type, c.reference_code, c.refund_amount, c.reason,
    c.shown_at, c.sink, c.created_at, ${STATUS} as status, r.finished_at`
const FROM = `from camara_refund c join refund r on r.merchant_id = c.merchant_id and r.id = c.refund_id`
const VISIBLE = `(c.shown_at is not null or r.state <> 'refused')`

/** Whose refunds are meant: those that a client made of one payment. */
export interface RefundsOf {
  readonly merchantId: Uuid
  readonly clientId: Uuid
  readonly paymentId: Uuid
}

/** A refund by its id; `all` also one that does not exist for its client. */
export async function findRefund(
  pool: pg.Pool,
  { merchantId, clientId, paymentId }: RefundsOf,
  refundId: Uuid,
  all = false,
): Promise<RefundRow | undefined> {
  const { rows } = await pool.query<RefundRow>({
    name: 'find_camara_refund',
    text: `${SELECT} ${FROM} where c.merchant_id = $1 and c.refund_id = $2 and c.payment_id = $3 and c.client_id = $4
      and ($5 or ${VISIBLE})`,
    values: [merchantId, refundId, paymentId, clientId, all],
  })
  return rows[0]
}

export interface RefundPage extends Page {
  readonly from?: Date
  readonly until?: Date
  readonly statuses?: readonly RefundStatus[]
  readonly merchantIdentifier?: string
}

/** One page of the refunds of a payment, and how many there are in all; counting stops one above `most`. */
export async function listRefunds(
  pool: pg.Pool,
  { merchantId, clientId, paymentId }: RefundsOf,
  page: RefundPage,
  most: number,
): Promise<{ rows: RefundRow[]; total: number }> {
  const where = `c.payment_id = $1 and c.merchant_id = $2 and c.client_id = $3
    and ($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at <= $5)
    and ($6::text[] is null or ${STATUS} = any($6)) and ($7::text is null or c.merchant_identifier = $7) and ${VISIBLE}`
  const values = [
    paymentId,
    merchantId,
    clientId,
    page.from ?? null,
    page.until ?? null,
    page.statuses ?? null,
    page.merchantIdentifier ?? null,
  ]
  return pageOf(pool, { select: SELECT, from: FROM, where, values, by: 'c.refund_id' }, page, most)
}
