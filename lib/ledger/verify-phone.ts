import type { Check } from './check'

/** How much a charge still counts, and under which limits of its period and scope. */
const LIMITED = `
  select p.scope, p.key, p.currency, p.per_day, p.per_month, p.changed_at, c.line_id, c.local_day, c.local_month, c.purchased_at,
    c.amount - c.reduced_amount - c.credited_amount as counted
  from phone_charge c
  join phone_line l on l.id = c.line_id
  cross join lateral (values
    ('operator', ''), ('telco', l.system), ('merchant', c.merchant_id::text), ('line', c.line_id::text)) k (scope, key)
  join phone_limit p on p.scope = k.scope and p.key = k.key and p.currency = c.currency
  where c.state not in ('released', 'cancelled')`

/** What must hold of purchases on telephone bills: they are legs of payments, and within their limits. */
export const phoneChecks: readonly Check[] = [
  {
    promise: 'P2.3',
    sentence: 'A captured leg on a phone bill has no charge of the same amount.',
    sql: `select l.merchant_id || ' payment ' || l.payment_id || ' leg ' || l.attempt || '.' || l.leg as example from leg l
          where l.module = 'phone-bill' and l.state = 'captured' and not exists (
            select from phone_charge c where c.merchant_id = l.merchant_id and c.payment_id = l.payment_id
              and c.attempt = l.attempt and c.leg = l.leg and c.amount = l.amount and c.state not in ('held', 'released'))`,
  },
  {
    promise: 'P2.3',
    sentence: 'A phone bill is charged, or held, for a payment at rest that did not take it.',
    sql: `select c.merchant_id || ' payment ' || c.payment_id || ' leg ' || c.attempt || '.' || c.leg || ' ' || c.state as example
          from phone_charge c
          left join payment p on p.merchant_id = c.merchant_id and p.id = c.payment_id
          left join leg l on l.merchant_id = c.merchant_id and l.payment_id = c.payment_id and l.attempt = c.attempt and l.leg = c.leg
          where c.state not in ('released', 'cancelled') and c.amount > c.credited_amount
            and (l.leg is null or (p.state in ('paid', 'declined', 'cancelled', 'expired', 'created') and l.state <> 'captured'))`,
  },
  {
    promise: 'P2.5',
    sentence: 'What was given back of a phone charge is not what its refunds say.',
    sql: `select c.merchant_id || ' payment ' || c.payment_id as example from phone_charge c
          where c.reduced_amount + c.credited_amount <> (
            select coalesce(sum(k.amount), 0) from phone_credit k where k.merchant_id = c.merchant_id
              and k.payment_id = c.payment_id and k.attempt = c.attempt and k.leg = c.leg)
          union all
          select l.merchant_id || ' payment ' || l.payment_id || ' refund' from refund_leg r
          join refund f on f.merchant_id = r.merchant_id and f.id = r.refund_id
          join leg l on l.merchant_id = r.merchant_id and l.payment_id = f.payment_id and l.attempt = r.attempt and l.leg = r.leg
          where l.module = 'phone-bill' and r.state = 'refunded' and not exists (
            select from phone_credit k where k.merchant_id = r.merchant_id and k.payment_id = f.payment_id
              and k.reference = r.reference and k.amount = r.amount)`,
  },
  {
    promise: 'P2.5',
    sentence: 'A line was charged beyond a limit that was in force all the time.',
    sql: `select 'line ' || line_id || ' ' || scope || ' ' || local_month as example from (${LIMITED}) u
          group by scope, key, currency, per_month, changed_at, line_id, local_month
          having sum(counted) > per_month and min(purchased_at) > changed_at
          union all
          select 'line ' || line_id || ' ' || scope || ' ' || local_day from (${LIMITED}) u
          group by scope, key, currency, per_day, changed_at, line_id, local_day
          having sum(counted) > per_day and min(purchased_at) > changed_at`,
  },
  {
    promise: 'P2.9',
    sentence: 'The books do not owe a shopper what is still to be paid out by hand.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          where exists (select from phone_credit k where k.merchant_id = p.merchant_id and k.payment_id = p.id and k.way = 'by-hand')
            and not exists (select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id and r.state = 'refunding')
            and (select coalesce(sum(k.amount), 0) from phone_credit k
              where k.merchant_id = p.merchant_id and k.payment_id = p.id and k.way = 'by-hand' and k.state = 'due')
            <> (select coalesce(-sum(e.amount), 0) from posting g
              join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'payable:shopper'
              where g.merchant_id = p.merchant_id and g.payment_id = p.id)
          union all
          select k.merchant_id || ' payment ' || k.payment_id || ' credit ' || k.reference from phone_credit k
          left join phone_payout o on o.merchant_id = k.merchant_id and o.payment_id = k.payment_id and o.reference = k.reference
          where (k.state = 'paid-back') <> (o.amount is not distinct from k.amount)`,
  },
]
