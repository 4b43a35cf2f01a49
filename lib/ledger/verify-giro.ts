import type { Check } from './check'

/** What is asked of money that comes by giro: every credit is somewhere, once, and the books say the same. */
export const giroChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'What has come for a giro bill is not what its credits gave it.',
    sql: `select b.merchant_id || ' bill ' || b.id as example from giro_bill b
          where b.received <> (select coalesce(sum(c.applied), 0) from giro_credit c
            where c.merchant_id = b.merchant_id and c.bill_id = b.id)`,
  },
  {
    promise: 'P2.9',
    sentence: 'A giro leg was taken although its bill is not paid, or waits although it is.',
    sql: `select b.merchant_id || ' bill ' || b.id || ' ' || b.state || ' leg ' || l.state as example from giro_bill b
          join leg l on l.merchant_id = b.merchant_id and l.payment_id = b.payment_id and l.attempt = b.attempt
            and l.leg = b.leg
          where (l.state = 'captured' and (b.state <> 'paid' or b.received <> b.amount - (select coalesce(sum(r.amount), 0)
              from giro_refund r where r.merchant_id = b.merchant_id and r.bill_id = b.id)))
            or (l.state = 'awaiting' and b.state not in ('open', 'paid', 'lapsed'))
            or (l.state in ('voided', 'declined') and b.state not in ('withdrawn', 'lapsed'))`,
  },
  {
    promise: 'P2.9',
    sentence:
      'The books do not say of giro what its credits say: at the bank, given to bills, owed to payers, nobody’s yet.',
    sql: `select c.merchant_id || ' ' || c.account || ' ' || c.currency as example from (
            select merchant_id, currency, 'bank:' || bank as account, sum(amount - returned - passed_on) as amount
            from giro_credit group by 1, 2, 3
            union all
            select merchant_id, currency, 'receivable:giro', -sum(applied) from giro_credit group by 1, 2
            union all
            select merchant_id, currency, 'payable:shopper', -sum(owed + case when bill_id is null then 0 else ordered end)
            from giro_credit group by 1, 2
            union all
            select merchant_id, currency, 'unassigned:giro', -sum(unassigned + case when bill_id is null then ordered else 0 end)
            from giro_credit group by 1, 2) c
          where c.amount <> (select coalesce(sum(e.amount), 0) from posting p
            join entry e on e.merchant_id = p.merchant_id and e.posting_id = p.id
            where p.merchant_id = c.merchant_id and p.kind like 'giro-%' and e.account = c.account
              and e.currency = c.currency)`,
  },
  {
    promise: 'P4.1',
    sentence: 'A bank’s credit was booked more than once.',
    sql: `select bank || ' ' || bank_ref as example from giro_credit where passed_on = 0
          group by bank, bank_ref having count(*) > 1`,
  },
  {
    promise: 'P2.9',
    sentence: 'A line of a credit advice was taken in and is in no credit.',
    sql: `select l.bank || ' ' || l.name || ' line ' || l.line as example from giro_line l
          where l.outcome = 'credited' and not exists (
            select from giro_credit c where c.bank = l.bank and c.bank_ref = l.bank_ref and c.amount = l.amount)`,
  },
]
