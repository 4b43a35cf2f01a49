import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { AwaitedPart, Unpaid, UnpaidFilter } from './unpaid'

type Pool = pg.Pool

/**
 * Payments that may have an overdue part, some that have none among them: of the thousands that wait, most are not due yet. A
 * payment is carried on when the first of its parts that have no bill and no parcel is due; whoever does that puts it off by
 * some seconds, hence the hour.
 */
const MAY_BE_OVERDUE = `
  select id from payment where merchant_id = $1 and state = 'awaiting' and carry_on_at < $6::timestamptz + interval '1 hour'
  union all
  select payment_id from giro_bill where merchant_id = $1 and state in ('asked', 'open') and due_at < $6
  union all
  select payment_id from cash_delivery where merchant_id = $1 and state in ('asked', 'open') and due_at < $6`

/** Payments of a merchant that wait for a part of them, the newest first, each with what is awaited. */
export async function listUnpaid(pool: Pool, merchantId: Uuid, filter: UnpaidFilter, now: Date): Promise<Unpaid[]> {
  const { module, search, before, limit, overdue } = filter
  const { rows } = await pool.query<Row>(
    // The newest first from the beginning, so that reading ends with the page: what is awaited is asked of each in turn.
    `select a.id, a.order_ref, a.order_name, a.amount, a.currency, a.created_at, a.attempt, w.parts,
       (select coalesce(sum(l.captured_amount), 0) from leg l where l.merchant_id = a.merchant_id
          and l.payment_id = a.id and l.attempt = a.attempt and l.state = 'captured')::bigint as taken
     from (select p.* from payment p
       where p.merchant_id = $1 and p.standing = 'unpaid' and p.state = 'awaiting' and ($2::uuid is null or p.id < $2)
         and ($4::text is null or strpos(lower(p.order_ref || ' ' || p.order_name), lower($4)) > 0 or p.id in (
           select b.payment_id from giro_bill b where b.merchant_id = $1 and b.state in ('asked', 'open')
             and strpos(lower(b.reference || ' ' || coalesce(b.payer->>'name', '')), lower($4)) > 0
           union all
           select d.payment_id from cash_delivery d where d.merchant_id = $1 and d.state in ('asked', 'open')
             and strpos(lower(coalesce(d.recipient->>'name', '')), lower($4)) > 0))
         and (not $5 or p.id in (${MAY_BE_OVERDUE}))
       order by p.id desc offset 0) a
     cross join lateral (
       select jsonb_agg(jsonb_build_object('module', l.module, 'amount', l.amount::text,
          'received', coalesce(b.received, 0)::text, 'billId', b.id, 'reference', b.reference,
          'payer', coalesce(b.payer->>'name', d.recipient->>'name'), 'demands', coalesce(b.demands, 0),
          'dueAt', coalesce(b.due_at, d.due_at, (l.hold->>'awaitedUntil')::timestamptz),
          'lapsesAt', coalesce(b.lapses_at, d.due_at)) order by l.leg) as parts
       from leg l
       left join giro_bill b on l.module = 'giro' and b.payment_id = l.payment_id and b.attempt = l.attempt
         and b.leg = l.leg and b.merchant_id = l.merchant_id
       left join cash_delivery d on l.module = 'cash-on-delivery' and d.payment_id = l.payment_id
         and d.attempt = l.attempt and d.leg = l.leg and d.merchant_id = l.merchant_id
       where l.merchant_id = a.merchant_id and l.payment_id = a.id and l.attempt = a.attempt
         and l.state = 'awaiting') w
     where ($3::text is null or w.parts @> jsonb_build_array(jsonb_build_object('module', $3::text)))
       and (not $5 or exists (select from jsonb_array_elements(w.parts) x where (x->>'dueAt')::timestamptz < $6))
     order by a.id desc limit $7`,
    [merchantId, before ?? null, module ?? null, search ?? null, overdue === true, now, limit],
  )
  return rows.map((row) => readUnpaid(row, now))
}

interface Row {
  id: Uuid
  order_ref: string
  order_name: string
  amount: bigint
  currency: Currency
  created_at: Date
  taken: bigint
  parts:
    | {
        module: string
        amount: string
        received: string
        billId: Uuid | null
        reference: string | null
        payer: string | null
        demands: number
        dueAt: string | null
        lapsesAt: string | null
      }[]
    | null
}

function readUnpaid(row: Row, now: Date): Unpaid {
  return {
    paymentId: row.id,
    orderRef: row.order_ref,
    orderName: row.order_name,
    amount: row.amount,
    currency: row.currency,
    taken: row.taken,
    createdAt: row.created_at,
    parts: (row.parts ?? []).map((part): AwaitedPart => {
      const dueAt = part.dueAt === null ? undefined : new Date(part.dueAt)
      return {
        module: part.module,
        amount: BigInt(part.amount),
        received: BigInt(part.received),
        ...(part.billId === null ? {} : { billId: part.billId }),
        ...(part.reference === null ? {} : { reference: part.reference }),
        ...(part.payer === null ? {} : { payer: part.payer }),
        demands: part.demands,
        ...(dueAt ? { dueAt, isOverdue: dueAt < now } : { isOverdue: false }),
        ...(part.lapsesAt === null ? {} : { lapsesAt: new Date(part.lapsesAt) }),
      }
    }),
  }
}
