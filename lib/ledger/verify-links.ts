import type { Check } from './check'

/** What is asked of payment links: never oversold, and nothing stays set aside for a payment that is over. */
export const linkChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'A payment link has not taken what its sales say, or more than its stock.',
    sql: `select l.merchant_id || ' payment link ' || l.id as example from payment_link l
          where l.taken > l.stock or l.taken <> (select count(*) from payment_link_sale s
            where s.merchant_id = l.merchant_id and s.link_id = l.id and s.state in ('open', 'sold'))`,
  },
  {
    promise: 'P2.9',
    sentence: 'A sale of a payment link does not stand as its payment does.',
    sql: `select s.merchant_id || ' payment ' || s.payment_id as example from payment_link_sale s
          join payment p on p.merchant_id = s.merchant_id and p.id = s.payment_id
          where (s.state = 'sold') is distinct from (p.state = 'paid')
             or (s.state = 'given-back') is distinct from (p.state in ('declined', 'cancelled', 'expired'))`,
  },
]
