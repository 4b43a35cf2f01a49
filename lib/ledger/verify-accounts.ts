import type { Check } from './check'

/** What every account's counters have to be: its charges less what was given back of them, and what is held. */
const USED = `
  select account_id, counted_day, case kind when 'charge' then amount else -amount end as amount
  from account_movement where kind in ('charge', 'refund')
  union all
  select account_id, counted_day, held from account_reservation where held > 0`

/** What must hold of micro accounts: what they say is what moved, and nothing moved beyond what they allow. */
export const accountChecks: readonly Check[] = [
  {
    promise: 'P2.2',
    sentence: 'The balance of an account is not what was posted to it.',
    sql: `select 'account ' || a.id as example from account a
          left join (select account, currency, sum(amount) as posted from entry where account like 'account:%'
            group by account, currency) e on e.account = 'account:' || a.id and e.currency = a.currency
          where a.balance <> -coalesce(e.posted, 0)
          union all
          select account from entry e where account like 'account:%' and not exists (
            select from account a where 'account:' || a.id = e.account and a.currency = e.currency)`,
  },
  {
    promise: 'P2.2',
    sentence: 'The history of an account has a gap, or does not end in its balance.',
    sql: `select 'account ' || account_id || ' ' || id as example from (
            select m.account_id, m.id, m.balance_after,
              coalesce(lag(m.balance_after) over w, 0) + case m.kind when 'charge' then -m.amount else m.amount end as reckoned
            from account_movement m window w as (partition by m.account_id order by m.number)) m
          where balance_after <> reckoned
          union all
          select 'account ' || a.id from account a
          left join (select account_id, count(*) as movements, max(number) as latest,
              (array_agg(balance_after order by number desc))[1] as balance
            from account_movement group by account_id) m on m.account_id = a.id
          where a.movements <> coalesce(m.movements, 0) or a.movements <> coalesce(m.latest, 0)
            or a.balance <> coalesce(m.balance, 0)`,
  },
  {
    promise: 'P2.2',
    sentence: 'What moved on an account has no posting of the same amount.',
    sql: `select 'account ' || m.account_id || ' ' || m.id as example from account_movement m
          where not exists (select from entry e where e.merchant_id = m.merchant_id and e.posting_id = m.id
            and e.account = 'account:' || m.account_id
            and e.amount = case m.kind when 'charge' then m.amount else -m.amount end)`,
  },
  {
    promise: 'N9',
    sentence: 'What an account holds is not what its open reservations hold.',
    sql: `select 'account ' || a.id as example from account a
          left join (select account_id, sum(held) as held from account_reservation where state = 'open' group by account_id) v
            on v.account_id = a.id
          where a.held <> coalesce(v.held, 0)`,
  },
  {
    promise: 'P7.2',
    sentence: 'What an account says was used in a month, or on a day, is not what was.',
    sql: `select 'account ' || a.id as example from account a
          left join lateral (
            select sum(u.amount) filter (where date_trunc('month', u.counted_day) = date_trunc('month', a.counted_day)) as month_used,
              sum(u.amount) filter (where u.counted_day = a.counted_day) as day_used
            from (select counted_day, case kind when 'charge' then amount else -amount end as amount
                  from account_movement m where m.account_id = a.id and m.kind in ('charge', 'refund')
                  union all
                  select counted_day, held from account_reservation v where v.account_id = a.id and v.held > 0) u) u on true
          where a.month_used <> coalesce(u.month_used, 0) or a.day_used <> coalesce(u.day_used, 0)`,
  },
  {
    promise: 'P2.5',
    sentence: 'An account was charged beyond a limit that was in force all the time.',
    sql: `select 'account ' || a.id || ' ' || u.period as example from account a
          join (
            select account_id, 'month' as scope, date_trunc('month', counted_day)::date as period, sum(amount) as used
            from (${USED}) u group by account_id, date_trunc('month', counted_day)
            union all
            select account_id, 'day', counted_day, sum(amount) from (${USED}) u group by account_id, counted_day) u
            on u.account_id = a.id
          where u.used > case u.scope when 'month' then least(a.month_limit, a.own_month_limit)
              else least(a.day_limit, a.own_day_limit) end
            and not exists (select from account_movement m where m.account_id = a.id and m.at <= a.limits_changed_at
              and date_trunc('month', m.counted_day) = date_trunc('month', u.period))
            and not exists (select from account_reservation v where v.account_id = a.id and v.created_at <= a.limits_changed_at
              and date_trunc('month', v.counted_day) = date_trunc('month', u.period))`,
  },
  {
    promise: 'P2.5',
    sentence: 'More was given back of a charge than was charged, or a refund is not written down as one.',
    sql: `select 'account ' || m.account_id || ' ' || m.id as example from account_movement m
          join account_refund b on b.account_id = m.account_id and b.charge_id = m.id
          group by m.account_id, m.id, m.amount having sum(b.amount) > m.amount
          union all
          select 'account ' || m.account_id || ' ' || m.id from account_movement m
          where m.kind = 'refund' and not exists (select from account_refund b where b.account_id = m.account_id
            and b.charge_id = m.charge_id and b.id = m.id and b.amount = m.amount)`,
  },
  {
    promise: 'N9',
    sentence: 'A reservation was charged for something else than what was taken of it.',
    sql: `select 'reservation ' || v.id as example from account_reservation v
          left join (select reservation_id, sum(amount) as taken from account_movement
            where reservation_id is not null group by reservation_id) m on m.reservation_id = v.id
          where v.charged <> coalesce(m.taken, 0)`,
  },
  {
    promise: 'P2.4',
    sentence: 'A voucher filled an account with something else than its value, or twice.',
    sql: `select 'voucher ' || v.batch_id || ' ' || v.number as example from voucher v
          join voucher_batch b on b.id = v.batch_id
          where v.redeemed_at is not null and 1 <> (select count(*) from account_movement m
            where m.account_id = v.account_id and m.id = v.movement_id and m.kind = 'voucher' and m.amount = b.amount)
          union all
          select 'account ' || m.account_id || ' ' || m.id from account_movement m
          left join voucher v on v.movement_id = m.id
          where m.kind = 'voucher' group by m.account_id, m.id having count(v.movement_id) <> 1`,
  },
]
