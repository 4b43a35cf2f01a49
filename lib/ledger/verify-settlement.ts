import type { Check } from './check'

/** What must hold of payouts: every posting is in one of them or waits for one, and what they say is in the books. */
export const settlementChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'What is owed to a merchant is not what its payouts, and what waits for them, come to.',
    sql: `select t.merchant_id || ' ' || t.currency as example from settlement_terms t
          where (select coalesce(-sum(e.amount), 0) from entry e
              where e.merchant_id = t.merchant_id and e.currency = t.currency and e.account = 'payable:merchant')
            <> t.carried
            + (select coalesce(sum(d.amount), 0) from settlement_due d
              where d.merchant_id = t.merchant_id and d.currency = t.currency)
            + (select coalesce(sum(c.amount), 0) from merchant_balance_change c
              join posting g on g.merchant_id = c.merchant_id and g.id = c.posting_id and settles(g.kind)
              where c.merchant_id = t.merchant_id and c.currency = t.currency)
            + (select coalesce(sum(case when p.lines = 0 and p.net = 0 then
                (select coalesce(sum(l.amount), 0) from payout_line l where l.merchant_id = p.merchant_id and l.payout_id = p.id)
                else p.net end), 0)
              from payout p where p.merchant_id = t.merchant_id and p.currency = t.currency
                and p.state in ('collecting', 'blocked', 'waiting'))`,
  },
  {
    promise: 'P2.4',
    sentence: 'A posting is in more than one payout, or both in one and in the queue for the next.',
    sql: `select merchant_id || ' posting ' || posting_id as example from (
            select merchant_id, posting_id from payout_line union all select merchant_id, posting_id from settlement_due) x
          group by merchant_id, posting_id having count(*) > 1`,
  },
  {
    promise: 'P2.9',
    sentence: 'A payout is not what its lines, what was left over and what is kept back come to.',
    sql: `select p.merchant_id || ' payout ' || p.id as example from payout p
          join lateral (select count(*) as n, coalesce(sum(l.amount), 0) as total from payout_line l
            where l.merchant_id = p.merchant_id and l.payout_id = p.id) x on true
          where p.state <> 'collecting' and (p.lines <> x.n or p.net <> p.carried_in + x.total + p.released - p.reserved)`,
  },
  {
    promise: 'P2.9',
    sentence: 'What was ordered from the bank is not what the books say is on its way.',
    sql: `select coalesce(b.merchant_id, o.merchant_id) || ' ' || coalesce(b.currency, o.currency) as example
          from (select merchant_id, currency, -sum(amount) as amount from entry where account = 'paying:bank'
            group by merchant_id, currency) b
          full join (select merchant_id, currency, sum(amount) as amount from payout where state in ('due', 'filed', 'accepted')
            group by merchant_id, currency) o on o.merchant_id = b.merchant_id and o.currency = b.currency
          where coalesce(b.amount, 0) <> coalesce(o.amount, 0)`,
  },
  {
    promise: 'P2.9',
    sentence: 'What is kept back of sales is not what the books hold in reserve.',
    sql: `select coalesce(b.merchant_id, r.merchant_id) || ' ' || coalesce(b.currency, r.currency) as example
          from (select merchant_id, currency, -sum(amount) as amount from entry where account = 'reserve:rolling'
            group by merchant_id, currency) b
          full join (select merchant_id, currency, sum(amount) as amount from rolling_reserve where released_in is null
            group by merchant_id, currency) r on r.merchant_id = b.merchant_id and r.currency = b.currency
          where coalesce(b.amount, 0) <> coalesce(r.amount, 0)`,
  },
  {
    promise: 'P2.9',
    sentence: 'The months of a merchant do not come to what the books say.',
    sql: `select coalesce(b.merchant_id, m.merchant_id) || ' ' || coalesce(b.currency, m.currency) as example
          from (select e.merchant_id, e.currency, -sum(e.amount) as amount from entry e
            join posting g on g.merchant_id = e.merchant_id and g.id = e.posting_id and settles(g.kind)
            where e.account = 'payable:merchant' group by e.merchant_id, e.currency) b
          full join (select merchant_id, currency, sum(amount) as amount from (
              select merchant_id, currency, amount from merchant_month
              union all select c.merchant_id, c.currency, c.amount from merchant_balance_change c
                join posting g on g.merchant_id = c.merchant_id and g.id = c.posting_id and settles(g.kind)) x
            group by merchant_id, currency) m on m.merchant_id = b.merchant_id and m.currency = b.currency
          where coalesce(b.amount, 0) <> coalesce(m.amount, 0)`,
  },
  {
    promise: 'P2.9',
    sentence: 'A file to the bank is not what its payouts, or its transfers back, come to.',
    sql: `select f.bank || ' ' || f.name as example from payout_file f
          join lateral (select count(*) as n, coalesce(sum(y.amount), 0) as total from (
            select p.amount from payout p where p.file_id = f.id and f.kind = 'payouts'
            union all
            select t.amount from return_transfer t where t.file_id = f.id and f.kind = 'returns') y) x on true
          where f.payouts <> x.n or f.total <> x.total`,
  },
]
