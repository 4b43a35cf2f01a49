import type { Check } from './check'

/** What is asked of disputes: what was decided is what went back, and their files are as they were. */
export const disputeChecks: readonly Check[] = [
  {
    promise: 'P2.5',
    sentence: 'A dispute was decided, and its refund is missing, or is of another amount or payment.',
    sql: `select d.merchant_id || ' dispute ' || d.id as example from dispute d
          where d.state = 'decided' and d.granted > 0 and not exists (
            select from refund r where r.merchant_id = d.merchant_id and r.id = d.refund_id
              and r.payment_id = d.payment_id and r.amount = d.granted)`,
  },
  {
    promise: 'P2.2',
    sentence: 'The history of a dispute has gaps, or does not end in its state.',
    sql: `select d.merchant_id || ' dispute ' || d.id as example from dispute d
          join lateral (
            select count(*) as moves, max(version) as latest, (array_agg(state order by version desc))[1] as state
            from dispute_event e where e.merchant_id = d.merchant_id and e.dispute_id = d.id) e on true
          where e.moves <> d.version or e.latest is distinct from d.version or e.state is distinct from d.state`,
  },
  {
    promise: 'P9.3',
    sentence: 'A signed message in the file of a dispute is gone, or is not what was put there.',
    sql: `select f.merchant_id || ' dispute ' || f.dispute_id || ' message ' || f.evidence_id as example
          from dispute_evidence f
          left join evidence e on e.merchant_id = f.merchant_id and e.id = f.evidence_id
          where e.id is null or sha256(convert_to(e.message, 'UTF8')) <> f.digest`,
  },
]
