import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'
import type { CreditByHand, NotedPayout, PayOutAnswer, PayoutToNote } from './credits'

/** Which credit of which payment. */
export interface CreditPlace {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Names the refund's part on its leg. */
  readonly reference: string
}

/** How far a list has been read: the row it goes on after. */
export interface CreditMark {
  readonly at: Date
  readonly reference: string
}

const DUE = `select k.payment_id as "paymentId", k.reference, p.order_ref as "orderRef", p.order_name as "orderName", k.amount,
    k.currency, k.created_at as "createdAt", c.line_id as "lineId", l.masked
  from phone_credit k
  join payment p on p.merchant_id = k.merchant_id and p.id = k.payment_id
  join phone_charge c on c.merchant_id = k.merchant_id and c.payment_id = k.payment_id and c.attempt = k.attempt and c.leg = k.leg
  join phone_line l on l.id = c.line_id
  where k.merchant_id = $1 and k.way = 'by-hand' and k.state = 'due'`

/** The oldest first. */
export async function dueCredits(
  pool: pg.Pool,
  merchantId: Uuid,
  limit: number,
  after?: CreditMark,
): Promise<CreditByHand[]> {
  const { rows } = await pool.query<CreditByHand>(
    `${DUE} and ($2::timestamptz is null or (k.created_at, k.reference) > ($2, $3)) order by k.created_at, k.reference limit $4`,
    [merchantId, after?.at ?? null, after?.reference ?? null, limit],
  )
  return rows
}

export async function findDueCredit(pool: pg.Pool, place: CreditPlace): Promise<CreditByHand | undefined> {
  const { rows } = await pool.query<CreditByHand>(`${DUE} and k.payment_id = $2 and k.reference = $3`, [
    ...[place.merchantId, place.paymentId, place.reference],
  ])
  return rows[0]
}

/** What is due in each currency. */
export async function sumOfDue(pool: pg.Pool, merchantId: Uuid) {
  const { rows } = await pool.query<{ currency: string; amount: bigint; count: number }>(
    `select currency, sum(amount)::bigint as amount, count(*)::int as count from phone_credit
     where merchant_id = $1 and way = 'by-hand' and state = 'due' group by currency order by currency`,
    [merchantId],
  )
  return rows
}

/** The newest first. */
export async function notedPayouts(
  pool: pg.Pool,
  merchantId: Uuid,
  limit: number,
  before?: CreditMark,
): Promise<NotedPayout[]> {
  const { rows } = await pool.query<NotedPayout>(
    `select o.payment_id as "paymentId", o.reference, p.order_ref as "orderRef", p.order_name as "orderName", o.amount,
       o.currency, o.paid_by as "by", o.named, o.paid_on::text as "paidOn", o.noted_by->>'name' as "notedBy",
       o.noted_at as "notedAt"
     from phone_payout o join payment p on p.merchant_id = o.merchant_id and p.id = o.payment_id
     where o.merchant_id = $1 and ($2::timestamptz is null or (o.noted_at, o.reference) < ($2, $3))
     order by o.noted_at desc, o.reference desc limit $4`,
    [merchantId, before?.at ?? null, before?.reference ?? null, limit],
  )
  return rows
}

/** Books a payout, settles its credit and writes the shopper's messages, in one transaction. */
export async function payOutCredit(
  pool: pg.Pool,
  payout: PayoutToNote & { merchantId: Uuid; postingId: Uuid; at: Date; messages: readonly OutgoingMessage[] },
): Promise<PayOutAnswer> {
  const { rows } = await again(() =>
    pool.query<{ result: PayOutAnswer }>('select pay_out_phone_credit($1::jsonb) as result', [JSON.stringify(payout)]),
  )
  return rows[0]!.result
}
