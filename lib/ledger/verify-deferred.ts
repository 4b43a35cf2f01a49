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
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          join lateral (
            select coalesce(-sum(e.amount), 0) as taken from posting g
            join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'taken:order'
            where g.merchant_id = p.merchant_id and g.payment_id = p.id) b on true
          where p.state in ('awaiting', 'paid', 'declined', 'cancelled', 'expired') and b.taken <> (
            select coalesce(sum(l.captured_amount), 0) from leg l where p.state = 'awaiting'
              and l.merchant_id = p.merchant_id and l.payment_id = p.id and l.state = 'captured')`,
  },
]
