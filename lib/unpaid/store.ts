import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { AwaitedPart, Unpaid, UnpaidFilter } from './unpaid'

type Pool = pg.Pool

/** Payments of a merchant that wait for a part of them, the newest first, each with what is awaited. */
export async function listUnpaid(pool: Pool, merchantId: Uuid, filter: UnpaidFilter, now: Date): Promise<Unpaid[]> {
  const { module, search, before, limit, overdue } = filter
  const { rows } = await pool.query<Row>(
    `with awaited as (
       select p.id, p.order_ref, p.order_name, p.amount, p.currency, p.created_at, p.attempt,
         (select coalesce(sum(l.captured_amount), 0) from leg l where l.merchant_id = p.merchant_id
            and l.payment_id = p.id and l.attempt = p.attempt and l.state = 'captured')::bigint as taken,
         (select jsonb_agg(jsonb_build_object('module', l.module, 'amount', l.amount::text,
            'received', coalesce(b.received, 0)::text, 'billId', b.id, 'reference', b.reference,
            'payer', coalesce(b.payer->>'name', d.recipient->>'name'), 'demands', coalesce(b.demands, 0),
            'dueAt', coalesce(b.due_at, d.due_at, (l.hold->>'awaitedUntil')::timestamptz),
            'lapsesAt', coalesce(b.lapses_at, d.due_at)) order by l.leg)
          from leg l
          left join giro_bill b on b.payment_id = l.payment_id and b.attempt = l.attempt and b.leg = l.leg
            and b.merchant_id = l.merchant_id
          left join cash_delivery d on d.payment_id = l.payment_id and d.attempt = l.attempt and d.leg = l.leg
            and d.merchant_id = l.merchant_id
          where l.merchant_id = p.merchant_id and l.payment_id = p.id and l.attempt = p.attempt
            and l.state = 'awaiting') as parts
       from payment p
       where p.merchant_id = $1 and p.standing = 'unpaid' and p.state = 'awaiting' and ($2::uuid is null or p.id < $2))
     select * from awaited a
     where ($3::text is null or a.parts @> jsonb_build_array(jsonb_build_object('module', $3::text)))
       and ($4::text is null or strpos(lower(a.order_ref || ' ' || a.order_name || ' '
         || coalesce((select string_agg(coalesce(x->>'reference', '') || ' ' || coalesce(x->>'payer', ''), ' ')
              from jsonb_array_elements(a.parts) x), '')), lower($4)) > 0)
       and (not $5 or exists (select from jsonb_array_elements(a.parts) x where (x->>'dueAt')::timestamptz < $6))
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
