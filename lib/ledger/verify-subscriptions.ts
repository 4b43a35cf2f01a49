import type { Check } from './check'

/** What is asked of subscriptions: each period is charged once, and by the payment that says so. */
export const subscriptionChecks: readonly Check[] = [
  {
    promise: 'P2.9',
    sentence: 'A period of a subscription that counts as paid has no paid payment of its amount.',
    sql: `select c.merchant_id || ' subscription ' || c.subscription_id || ' period ' || c.period as example
          from subscription_charge c
          left join payment p on p.merchant_id = c.merchant_id and p.id = c.payment_id
          where c.state = 'paid' and (p.state, p.amount, p.currency)
            is distinct from ('paid', c.amount, c.currency)`,
  },
  {
    promise: 'P2.4',
    sentence: 'A payment was taken for a subscription and no period of it names it, or two do.',
    sql: `select p.merchant_id || ' payment ' || p.id as example from payment p
          where p.channel = 'recurring' and p.state = 'paid' and 1 <> (
            select count(*) from subscription_charge c where c.payment_id = p.id and c.merchant_id = p.merchant_id
              and c.state in ('open', 'paid')) + (
            select count(*) from subscription_return r where r.payment_id = p.id and r.merchant_id = p.merchant_id
              and r.taken_at is not null)`,
  },
]
