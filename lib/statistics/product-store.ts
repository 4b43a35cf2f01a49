import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import type { ProductQuestion, ProductRates } from './product-rates'

/** Refund requests and disputes that say that something was wrong with what was bought. */
const REASONS = ['not-received', 'damaged', 'not-as-described', 'wrong-item']

/**
 * What was sold and has come back of the orders of a period, by product or group. Payments' identifiers are ordered by time:
 * a period is one range of the primary key, and refunds, requests and disputes are found by their payments.
 */
export async function readProductRates(
  pool: pg.Pool,
  merchantId: Uuid,
  { by, currency, first, last, search, zone, most }: ProductQuestion & { zone: string; most: number },
): Promise<ProductRates[]> {
  const { rows: bounds } = await pool.query<{ from: Date; until: Date }>(
    `select ($1::date)::timestamp at time zone $3 as from, ($2::date + 1)::timestamp at time zone $3 as until`,
    [first, last, zone],
  )
  const { from, until } = bounds[0]!
  const { rows } = await pool.query<ProductRates>(
    `with ordered as (
       select p.id, p.items, p.amount, p.captured_amount, p.refunded_amount from payment p
       where p.merchant_id = $1 and p.id >= $2 and p.id < $3 and p.state = 'paid' and p.currency = $4 and p.items is not null
     ), line as (
       select o.id, i.item, i.value->>'name' as name, coalesce(i.value->>'group', '') as grouped,
         (i.value->>'quantity')::bigint as pieces, (i.value->>'unitAmount')::bigint as price, o.amount as whole,
         o.refunded_amount, o.refunded_amount = o.captured_amount as is_all_back
       from ordered o, jsonb_array_elements(o.items) with ordinality as i(value, item)
     ), named as (
       select b.payment_id, b.item, sum(b.quantity) as pieces from refund_item b
       join refund r on r.merchant_id = b.merchant_id and r.id = b.refund_id and r.state in ('refunded', 'partly-refunded')
       where b.merchant_id = $1 and b.payment_id in (select id from ordered where refunded_amount > 0)
       group by b.payment_id, b.item
     ), priced as (
       select l.*, coalesce(n.pieces, 0) as pieces_named,
         greatest(l.refunded_amount - sum(coalesce(n.pieces, 0) * l.price) over (partition by l.id), 0) as unnamed
       from line l left join named n on n.payment_id = l.id and n.item = l.item
     ), wrong as (
       select q.payment_id, q.items from refund_request q
       where q.merchant_id = $1 and q.payment_id in (select id from ordered) and q.reason = any($5) and q.state <> 'withdrawn'
       union all
       select d.payment_id, null from dispute d
       where d.merchant_id = $1 and d.payment_id in (select id from ordered) and d.reason = any($5) and d.state <> 'withdrawn'
     )
     select * from (
       select case $6 when 'group' then l.grouped else l.name end as name, count(distinct l.id)::int as orders,
         sum(l.pieces)::int as pieces,
         sum(case when l.is_all_back then l.pieces else least(l.pieces_named, l.pieces) end)::int as "piecesBack",
         sum(l.pieces * l.price)::bigint as sold,
         round(sum(case when l.is_all_back then l.pieces * l.price else least(l.pieces * l.price,
           l.pieces_named * l.price + l.unnamed * (l.pieces * l.price)::numeric / l.whole) end))::bigint as back,
         count(distinct l.id) filter (where exists (select from wrong w where w.payment_id = l.id and (w.items is null
           or exists (select from jsonb_array_elements(w.items) x where (x->>'item')::int = l.item))))::int as dissatisfied
       from priced l group by 1) x
     where $7::text is null or strpos(lower(x.name), lower($7)) > 0
     order by back desc, sold desc, name
     limit $8`,
    [merchantId, firstUuidAt(from), firstUuidAt(until), currency, REASONS, by, search ?? null, most],
  )
  return rows
}
