import type { Check } from './check'

/** What is asked of direct debits: each is in one file at a time, and the books say what its bank said. */
export const debitChecks: readonly Check[] = [
  {
    promise: 'N8',
    sentence: 'A file of direct debits is not what its lines say.',
    sql: `select b.merchant_id || ' batch ' || b.id as example from debit_batch b
          where not exists (
            select from debit_batch_line l
            where l.merchant_id = b.merchant_id and l.batch_id = b.id
            having count(*) = b.debits and sum(l.amount) = b.total)`,
  },
  {
    promise: 'N8',
    sentence: 'A direct debit is at the bank, or was collected, and its file has no such line.',
    sql: `select d.merchant_id || ' debit ' || d.id as example from debit d
          where d.state in ('batched', 'recalled', 'collected', 'settled', 'returned', 'to-return', 'returning', 'given-back')
            and not exists (select from debit_batch_line l where l.merchant_id = d.merchant_id and l.batch_id = d.batch_id
              and l.line = d.line and l.debit_id = d.id and l.try = d.tries and l.amount = d.amount)`,
  },
  {
    promise: 'P2.3',
    sentence: 'A leg was captured by direct debit, and its bank has not said that it has the money.',
    sql: `select l.merchant_id || ' payment ' || l.payment_id || ' leg ' || l.attempt || '.' || l.leg as example from leg l
          where l.module = 'direct-debit' and l.state in ('captured', 'returning', 'returned') and not exists (
            select from debit d where d.merchant_id = l.merchant_id and d.payment_id = l.payment_id and d.attempt = l.attempt
              and d.leg = l.leg and d.amount = l.amount and d.state in ('settled', 'returned'))`,
  },
  {
    promise: 'P2.5',
    sentence: 'More of a direct debit goes back than was collected.',
    sql: `select d.merchant_id || ' debit ' || d.id as example from debit d
          where d.amount < (select coalesce(sum(r.amount), 0) from debit_refund r
            where r.merchant_id = d.merchant_id and r.debit_id = d.id)`,
  },
  {
    promise: 'P2.3',
    sentence: 'The books do not show what was collected for orders that had been given up.',
    sql: `select d.merchant_id || ' payment ' || d.payment_id as example from debit d
          where d.state in ('to-return', 'returning', 'given-back', 'withdrawn') group by d.merchant_id, d.payment_id
          having coalesce(sum(d.amount) filter (where d.state in ('to-return', 'returning')), 0) <> (
            select coalesce(-sum(e.amount), 0) from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'payable:shopper'
            where g.merchant_id = d.merchant_id and g.payment_id = d.payment_id
              and g.kind in ('debit-to-return', 'debit-taken-back', 'debit-given-back', 'debit-return-back'))`,
  },
]
