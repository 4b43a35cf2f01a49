import type { Check } from './check'

/** What must hold of stored value: it is what came in less what went out, and every spend is a leg of a payment. */
export const eCashChecks: readonly Check[] = [
  {
    promise: 'P2.1',
    sentence: 'A wallet does not hold what the books, or its own history, say.',
    sql: `select 'wallet ' || w.id as example from e_cash_wallet w
          where w.balance <> (select coalesce(-sum(e.amount), 0) from entry e where e.account = 'e-cash:' || w.id)
             or w.balance <> (select coalesce(sum(m.amount), 0) from e_cash_move m
               where m.shopper_id = w.shopper_id and m.wallet_id = w.id)`,
  },
  {
    promise: 'P2.3',
    sentence: 'What is set aside in a wallet is not what its spends under way say.',
    sql: `select 'wallet ' || w.id as example from e_cash_wallet w
          where w.held <> (select coalesce(sum(s.amount), 0) from e_cash_spend s
            where s.wallet_id = w.id and s.shopper_id = w.shopper_id and s.state = 'held')`,
  },
  {
    promise: 'P2.3',
    sentence: 'A captured leg of e-cash has no spend of the same amount.',
    sql: `select l.merchant_id || ' payment ' || l.payment_id || ' leg ' || l.attempt || '.' || l.leg as example from leg l
          where l.module = 'e-cash' and l.state = 'captured' and not exists (
            select from e_cash_spend s where s.merchant_id = l.merchant_id and s.payment_id = l.payment_id
              and s.attempt = l.attempt and s.leg = l.leg and s.amount = l.amount and s.state = 'spent')`,
  },
  {
    promise: 'P2.3',
    sentence: 'E-cash is spent, or set aside, for a payment at rest that did not take it.',
    sql: `select s.merchant_id || ' payment ' || s.payment_id || ' leg ' || s.attempt || '.' || s.leg || ' ' || s.state as example
          from e_cash_spend s
          left join payment p on p.merchant_id = s.merchant_id and p.id = s.payment_id
          left join leg l on l.merchant_id = s.merchant_id and l.payment_id = s.payment_id and l.attempt = s.attempt and l.leg = s.leg
          where s.state <> 'released' and s.amount > s.returned_amount
            and (l.leg is null or (p.state in ('paid', 'declined', 'cancelled', 'expired', 'created') and l.state <> 'captured'))`,
  },
  {
    promise: 'P2.5',
    sentence: 'What came back of a spend is not what its refunds say.',
    sql: `select s.merchant_id || ' payment ' || s.payment_id as example
          from (select merchant_id, payment_id, sum(returned_amount) as returned from e_cash_spend
            group by merchant_id, payment_id having sum(returned_amount) > 0) s
          full join (select merchant_id, payment_id, sum(amount) as returned from e_cash_move where kind = 'return'
            group by merchant_id, payment_id) m using (merchant_id, payment_id)
          where s.returned is distinct from m.returned`,
  },
  {
    promise: 'P2.9',
    sentence: 'E-cash left a wallet and did not reach a shop, or the other way round.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          join posting g on g.merchant_id = p.merchant_id and g.payment_id = p.id
          join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'receivable:e-cash'
          where p.state in ('paid', 'declined', 'cancelled', 'expired') and not exists (
            select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id and r.state = 'refunding')
          group by p.merchant_id, p.id, e.currency having sum(e.amount) <> 0`,
  },
  {
    promise: 'P2.4',
    sentence: 'A top-up was credited without its payment, or other than once.',
    sql: `select 'top-up ' || t.id as example from top_up t
          left join payment p on p.merchant_id = t.merchant_id and p.id = t.payment_id
          where (t.state = 'credited' and (p.state is distinct from 'paid' or p.amount <> t.amount))
             or (t.state = 'failed' and p.state = 'paid')
             or (t.target = 'e-cash' and (t.state = 'credited') <> exists (
               select from e_cash_move m where m.shopper_id = t.shopper_id and m.wallet_id = t.target_id
                 and m.reference = 'top-up ' || t.id and m.amount = t.amount))
             or (t.target = 'account' and t.state = 'credited' and not exists (
               select from account_movement m where m.account_id = t.target_id and m.payment_id = t.payment_id
                 and m.kind = 'top-up' and m.amount = t.amount))`,
  },
  {
    promise: 'P2.7',
    sentence: 'A top-up was paid more than an hour ago and has not been credited.',
    sql: `select 'top-up ' || t.id as example from top_up t
          join payment p on p.merchant_id = t.merchant_id and p.id = t.payment_id
          where t.state = 'open' and p.state = 'paid' and p.finished_at < now() - interval '1 hour'`,
  },
]
