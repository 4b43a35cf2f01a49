import type { Check } from './check'

/** What is asked of the money that others take for us: what they owe is what was taken less what has come, to the last won. */
export const receivableChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'What an issuer or a bank owes for a payment is not what was taken by way of it less what went back.',
    sql: `with taken as (
            select l.merchant_id, l.payment_id, 'receivable:' || (l.hold->>'counterparty') as account,
              sum(case when l.state = 'captured' and (p.state = 'paid' or l.hold->>'booked' = 'in-part')
                then l.captured_amount - coalesce(b.amount, 0) else 0 end) as amount
            from leg l join payment p on p.merchant_id = l.merchant_id and p.id = l.payment_id
              and p.state in ('paid', 'declined', 'cancelled', 'expired')
            left join (select r.merchant_id, r.payment_id, x.attempt, x.leg, sum(x.amount) as amount from refund r
              join refund_leg x on x.merchant_id = r.merchant_id and x.refund_id = r.id and x.state = 'refunded'
              where r.state not in ('refunding', 'queued') and r.way is null group by 1, 2, 3, 4) b
              on b.merchant_id = l.merchant_id and b.payment_id = l.payment_id and b.attempt = l.attempt and b.leg = l.leg
            where l.module in ('card', 'vcard', 'bank-transfer') and l.hold->>'counterparty' is not null
              and not exists (select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id
                and r.state in ('refunding', 'queued'))
            group by 1, 2, 3
          ), booked as (
            select g.merchant_id, g.payment_id, e.account, sum(e.amount) as amount from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account like 'receivable:%'
            where g.payment_id is not null group by 1, 2, 3
          )
          select t.merchant_id || ' payment ' || t.payment_id || ' ' || t.account as example from taken t
          left join booked b on b.merchant_id = t.merchant_id and b.payment_id = t.payment_id and b.account = t.account
          where t.amount <> coalesce(b.amount, 0)`,
  },
  {
    promise: 'P2.9',
    sentence:
      'What an issuer, a billing centre or a bank has paid us by the statements is not what the books say of it.',
    sql: `with told as (
            select debtor as account, currency, sum(amount + fee) as amount from bank_statement_line
            where state = 'matched' and debtor is not null group by 1, 2
          ), booked as (
            select e.account, e.currency, -sum(e.amount) as amount from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id
              and (e.account like 'receivable:%' or e.account like 'collected:%')
            where is_settlement(g.kind) group by 1, 2
          )
          select coalesce(t.account, b.account) || ' ' || coalesce(t.currency, b.currency) as example
          from told t full join booked b on b.account = t.account and b.currency = t.currency
          where coalesce(t.amount, 0) <> coalesce(b.amount, 0)`,
  },
  {
    promise: 'P4.1',
    sentence: 'A payment to us was booked twice for one line of a statement, or for none.',
    sql: `select g.id::text as example from posting g where is_settlement(g.kind) and 1 <> (
            select count(*) from bank_statement_line l where l.posting_id = g.id)`,
  },
  {
    promise: 'P2.1',
    sentence: 'What others are said to owe us is not the sum of the entries.',
    sql: `with kept as (
            select account, currency, sum(taken - received) as amount from receivable_day d
            join receivable_added a on a.id = 1 and d.day < a.day - 1 group by 1, 2
          ), booked as (
            select e.account, e.currency, sum(e.amount) as amount from entry e join receivable_added a on a.id = 1
            where (e.account like 'receivable:%' or e.account like 'collected:%')
              and e.posting_id < first_uuid_at((a.day - 1)::timestamp at time zone a.zone)
            group by 1, 2
          )
          select coalesce(k.account, b.account) || ' ' || coalesce(k.currency, b.currency) as example
          from kept k full join booked b on b.account = k.account and b.currency = k.currency
          where coalesce(k.amount, 0) <> coalesce(b.amount, 0)`,
  },
]
