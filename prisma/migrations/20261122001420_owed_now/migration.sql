-- What a debtor owes now: what was added up by day, and the postings since. It never reads more of the books than what the adding up
-- has not reached for good; before the first adding up that is all of them.
create function owed_now(of_account text, of_currency text) returns bigint language sql stable as $$
  with reached as (select a.day - 1 as day, first_uuid_at((a.day - 1)::timestamp at time zone a.zone) as id
    from receivable_added a where a.id = 1),
  nobody as (select '00000000-0000-0000-0000-000000000000'::uuid as id)
  select (coalesce((select sum(d.taken - d.received) from receivable_day d, reached r
      where d.account = of_account and d.currency = of_currency and d.day < r.day), 0)
    + coalesce((select sum(e.amount)
      from (select id from merchant union all select id from nobody) m
      join posting g on g.merchant_id = m.id and g.id >= coalesce((select r.id from reached r), (select id from nobody))
      join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id
        and e.account = of_account and e.currency = of_currency), 0))::bigint
$$;

create or replace function list_overpaid(of_bank text, file text, moment timestamptz) returns void language plpgsql as $$
declare
  s record;
  made uuid;
begin
  for s in
    select t.debtor, t.currency, (debtor_of(t.debtor)).link, (debtor_of(t.debtor)).system,
      owed_now(t.debtor, t.currency) as owed
    from (select distinct l.debtor, l.currency from bank_statement_line l
      where l.bank = of_bank and l.name = file and l.state = 'matched' and l.what = 'settlement') t
  loop
    continue when s.owed >= 0;
    update difference d set theirs = -s.owed, changed_at = moment
    where d.link = s.link and d.system = s.system and d.currency = s.currency and d.kind = 'overpaid' and d.state <> 'closed';
    continue when found;
    made := time_ordered_uuid(moment);
    insert into difference (id, link, system, currency, reference, kind, ours, theirs, state, detail, created_at, changed_at)
    values (made, s.link, s.system, s.currency, of_bank || ':' || file || ':' || s.currency, 'overpaid', 0, -s.owed, 'open',
      jsonb_build_object('file', file, 'bank', of_bank, 'account', s.debtor), moment, moment)
    on conflict do nothing;
    continue when not found;
    insert into difference_line (difference_id, number, reference, what, amount)
    select made, row_number() over (order by l.line), l.bank_ref, l.what, l.amount from bank_statement_line l
    where l.bank = of_bank and l.name = file and l.state = 'matched' and l.what = 'settlement' and l.debtor = s.debtor;
  end loop;
end $$;

create or replace function close_overpaid(said text, moment timestamptz) returns void language sql as $$
  with evened as (
    update difference d set state = 'closed', words = said, changed_at = moment
    where d.kind = 'overpaid' and d.state <> 'closed' and 0 <= owed_now(d.detail->>'account', d.currency)
    returning d.id
  )
  insert into difference_history (difference_id, number, state, words, by, at)
  select f.id, 1 + (select coalesce(max(h.number), 0) from difference_history h where h.difference_id = f.id), 'closed', said,
    jsonb_build_object('id', '', 'name', 'Moa', 'role', 'system'), moment
  from evened f
$$;

-- A backup reads the logs for as long as it takes: a day that is to be dropped waits for the next run, and not those who write behind it.
alter function keep_link_message_days(date, date, date) set lock_timeout = '1s';
alter function keep_api_request_days(date, date, date) set lock_timeout = '1s';
