import type pg from 'pg'
import { again } from '../db/database'
import { keysetOf, type ListOrder } from '../db/list-order'
import { readPublicId, type Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Requester } from '../payments/payment'
import type { OutboxRow } from '../payments/payment-move'
import type { RefundItem } from '../payments/refund-items'
import { bigintAsText, present } from '../payments/store'
import type { Proposed, RefundReason, RefundRequest, RequestState } from './refund-request'

export interface RequestToWrite extends Pick<
  RefundRequest,
  'merchantId' | 'id' | 'paymentId' | 'shopperId' | 'askedBy' | 'amount' | 'items' | 'reason' | 'words'
> {
  /** Of the form: sent twice, it is asked once. */
  readonly token: Uuid
  readonly at: Date
  readonly messages: readonly OutboxRow[]
}

export type AskResult = { kind: 'asked'; id: Uuid } | { kind: 'refused'; reason: 'not-paid' | 'exceeds' }

export interface RequestEnd extends Pick<RefundRequest, 'merchantId' | 'id' | 'paymentId'> {
  readonly state: 'declined' | 'withdrawn'
  readonly answer?: string
  readonly by: Requester
  readonly at: Date
  readonly messages: readonly OutboxRow[]
}

export interface RequestFilter {
  readonly state?: RequestState
  readonly reason?: RefundReason
  /** A payment's or request's number, an order reference, or a part of the order's name. */
  readonly text?: string
  /** Requests older than this one. */
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

async function call<Result>(pool: pg.Pool, text: string, request: object): Promise<Result> {
  const { rows } = await again(() => pool.query<{ result: Result }>(text, [JSON.stringify(request, bigintAsText)]))
  return rows[0]!.result
}

export function writeRequest(pool: pg.Pool, request: RequestToWrite): Promise<AskResult> {
  return call(pool, 'select ask_refund($1) as result', request)
}

/** False where it has been decided already. */
export function endRequest(pool: pg.Pool, end: RequestEnd): Promise<boolean> {
  return call(pool, 'select close_refund_request($1) as result', end)
}

/** Notes what somebody agreed to above their limit, as long as it is open: the last word holds. */
export async function proposeRequest(
  pool: pg.Pool,
  { merchantId, id }: Pick<RefundRequest, 'merchantId' | 'id'>,
  proposed: Proposed,
): Promise<void> {
  await pool.query(`update refund_request set proposed = $3 where merchant_id = $1 and id = $2 and state = 'open'`, [
    merchantId,
    id,
    JSON.stringify(proposed, bigintAsText),
  ])
}

export async function findRequest(pool: pg.Pool, merchantId: Uuid, id: Uuid): Promise<RefundRequest | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where q.merchant_id = $1 and q.id = $2`, [merchantId, id])
  return rows[0] && read(rows[0])
}

export async function findOfPayment(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid): Promise<RefundRequest[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where q.merchant_id = $1 and q.payment_id = $2 order by q.id desc limit 100`,
    [merchantId, paymentId],
  )
  return rows.map(read)
}

/** One page of the queue. */
export async function findPage(
  pool: pg.Pool,
  merchantId: Uuid,
  { state, reason, text, order, before, limit }: RequestFilter,
): Promise<RefundRequest[]> {
  const values: unknown[] = [merchantId, limit]
  const given = (value: unknown) => `$${values.push(value)}`
  const { direction, beyond } = keysetOf(order)
  const conditions = ['q.merchant_id = $1']
  let named = ''
  if (state) conditions.push(`q.state = ${given(state)}`)
  if (reason) conditions.push(`q.reason = ${given(reason)}`)
  if (before) conditions.push(`q.id ${beyond} ${given(before)}`)
  if (text) {
    const paymentId = readPublicId('pay', text.toLowerCase())
    const requestId = readPublicId('rrq', text.toLowerCase())
    if (paymentId) conditions.push(`q.payment_id = ${given(paymentId)}`)
    else if (requestId) conditions.push(`q.id = ${given(requestId)}`)
    else {
      // Letters with a meaning of their own in LIKE stand for themselves.
      const pattern = given(`%${text.replace(/[\\%_]/g, '\\$&')}%`)
      named = `where p.order_ref = ${given(text)} or p.order_name ilike ${pattern}`
    }
  }
  const { rows } = await pool.query<Row>(
    // From the requests to their payments, of which there may be a thousand times as many, whatever a name is thought to be like.
    `select q.*, p.* from (
       select q.* from refund_request q where ${conditions.join(' and ')} order by q.id ${direction} offset 0) q
     cross join lateral (
       select p.currency, p.order_ref, p.order_name from payment p
       where p.merchant_id = q.merchant_id and p.id = q.payment_id offset 0) p
     ${named} order by q.id ${direction} limit $2`,
    values,
  )
  return rows.map(read)
}

/** How many wait for an answer, and since when the oldest does. */
export async function countOpen(pool: pg.Pool, merchantId: Uuid): Promise<{ count: number; oldest?: Date }> {
  const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
    `select count(*)::int as count, min(created_at) as oldest from refund_request
     where merchant_id = $1 and state = 'open'`,
    [merchantId],
  )
  const { count = 0, oldest = null } = rows[0] ?? {}
  return { count, ...(oldest && { oldest }) }
}

const SELECT = `select q.*, p.currency, p.order_ref, p.order_name from refund_request q
  join payment p on p.merchant_id = q.merchant_id and p.id = q.payment_id`

interface Row {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  shopper_id: Uuid | null
  asked_by: Requester
  amount: bigint
  items: RefundItem[] | null
  reason: RefundReason
  words: string
  state: RequestState
  answer: string | null
  proposed: { by: Requester; amount?: string; at: string } | null
  decided_by: Requester | null
  decided_at: Date | null
  refund_id: Uuid | null
  created_at: Date
  currency: Currency
  order_ref: string
  order_name: string
}

function read(row: Row): RefundRequest {
  const { merchant_id: merchantId, id, payment_id: paymentId, amount, reason, words, state, currency } = row
  return {
    ...{ merchantId, id, paymentId, amount, reason, words, state, currency },
    ...{ askedBy: row.asked_by, createdAt: row.created_at, orderRef: row.order_ref, orderName: row.order_name },
    ...present({
      ...{ shopperId: row.shopper_id, items: row.items, answer: row.answer, refundId: row.refund_id },
      ...{ decidedBy: row.decided_by, decidedAt: row.decided_at },
      proposed: row.proposed && readProposed(row.proposed),
    }),
  }
}

/** What was agreed to before its amount was kept with it says nothing of how much: it has to be proposed anew. */
function readProposed({ by, amount, at }: NonNullable<Row['proposed']>): Proposed | null {
  return amount === undefined ? null : { by, amount: BigInt(amount), at: new Date(at) }
}
