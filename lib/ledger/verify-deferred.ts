import type { Check } from './check'

/** What is asked of payments whose rest is paid later: all or nothing holds for them too, and their books say how far they are. */
export const deferredChecks: readonly Check[] = [
  {
    promise: 'P2.3',
    sentence: 'A payment that waits for its rest has a leg that is neither captured nor awaited, or awaits none.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          where p.state = 'awaiting' and (
            exists (select from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id
              and ((l.attempt = p.attempt and l.state not in ('captured', 'awaiting'))
                or (l.attempt < p.attempt and l.state not in ('declined', 'voided', 'returned'))))
            or not exists (select from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id
              and l.attempt = p.attempt and l.state = 'awaiting'))`,
  },
  {
    promise: 'P2.3',
    sentence:
      'What was taken for an order is not what stands in the books while its rest is awaited, or still stands there after.',
    sql: `with booked as (
            select g.merchant_id, g.payment_id, -sum(e.amount) as amount from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'taken:order'
            where g.payment_id is not null group by g.merchant_id, g.payment_id
          ), captured as (
            select l.merchant_id, l.payment_id, sum(l.captured_amount) as amount from leg l
            join payment p on p.merchant_id = l.merchant_id and p.id = l.payment_id and p.state = 'awaiting'
            where l.state = 'captured' group by l.merchant_id, l.payment_id
          )
          select p.merchant_id || ' payment ' || p.id as example from payment p
          left join booked b on b.merchant_id = p.merchant_id and b.payment_id = p.id
          left join captured c on c.merchant_id = p.merchant_id and c.payment_id = p.id
          where p.state in ('awaiting', 'paid', 'declined', 'cancelled', 'expired')
            and coalesce(b.amount, 0) <> coalesce(c.amount, 0)`,
  },
]
