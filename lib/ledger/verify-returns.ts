import type { Check } from './check'

/** What is asked of transfers back to payers: what is ordered is marked as ordered, and what the bank has paid as paid. */
export const returnChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'What is ordered back of a giro credit is not what its transfers order.',
    sql: `select c.merchant_id || ' credit ' || c.id as example from giro_credit c
          where c.ordered <> (select coalesce(sum(t.amount), 0) from return_transfer t
            where t.merchant_id = c.merchant_id and t.source = 'giro' and t.source_id = c.id
              and t.state in ('proposed', 'due', 'filed', 'accepted'))`,
  },
  {
    promise: 'P2.4',
    sentence: 'A direct debit is not where its transfer back says.',
    sql: `select d.merchant_id || ' debit ' || d.id as example from debit d
          left join return_transfer t on t.merchant_id = d.merchant_id and t.source = 'debit' and t.source_id = d.id
            and t.state not in ('refused', 'rejected')
          where (d.state = 'returning') <> coalesce(t.state in ('due', 'filed', 'accepted'), false)
            or (t.state in ('paid', 'by-hand') and (d.state <> 'given-back' or t.amount <> d.amount))`,
  },
  {
    promise: 'P2.4',
    sentence: 'A refund of a direct debit is not where its transfer back says.',
    sql: `select r.merchant_id || ' debit ' || r.debit_id || ' refund ' || r.reference as example from debit_refund r
          left join return_transfer t on t.merchant_id = r.merchant_id and t.source = 'debit-refund'
            and t.source_id = r.debit_id and t.reference = r.reference and t.state not in ('refused', 'rejected')
          where (r.state = 'ordered') <> coalesce(t.state in ('due', 'filed', 'accepted'), false)
            or (t.state in ('paid', 'by-hand') and (r.state <> 'paid' or t.amount <> r.amount))`,
  },
]
