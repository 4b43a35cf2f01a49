-- What issuers, billing centres and banks owe us, and what of it has come to our account (M-248, M-286 to M-288).

-- AlterTable
ALTER TABLE "bank_statement_line" ADD COLUMN     "debtor" TEXT,
ADD COLUMN     "fee" BIGINT,
ADD COLUMN     "party_account" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "party_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "posting_id" UUID;

-- CreateTable
CREATE TABLE "receivable_day" (
    "account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "taken" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,

    CONSTRAINT "receivable_day_pkey" PRIMARY KEY ("account","currency","day")
);

-- CreateTable
CREATE TABLE "receivable_added" (
    "id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "zone" TEXT NOT NULL,

    CONSTRAINT "receivable_added_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "receivable_day_day_idx" ON "receivable_day"("day");

create index bank_statement_line_debtor_idx on bank_statement_line (debtor, currency) where debtor is not null;
alter table bank_statement_line
  add constraint bank_statement_line_settled check ((state = 'matched' and debtor is not null) = (posting_id is not null));

-- A debtor's payment that is advised before a statement tells of it is nobody's bill: the statement books it.
alter table giro_line
  drop constraint giro_line_outcome_known,
  add constraint giro_line_outcome_known check (outcome in ('due', 'credited', 'repeated', 'not-a-credit', 'not-booked',
    'settlement'));

-- Whose account of our books it is: what is taken by way of somebody stands on an account that names them.
create function debtor_of(account text, out link text, out system text) language sql immutable as $$
  select case when account like 'receivable:bank:%' then 'bank' when account like 'collected:%' then 'centre' else 'issuer' end,
    regexp_replace(account, '^(receivable:bank:|collected:|receivable:)', '')
$$;

create function is_settlement(kind text) returns boolean language sql immutable as $$
  select kind in ('settlement-received', 'settlement-taken-back')
$$;

-- Books what a debtor has paid us, or taken back, as a line of a statement says: it lessens what they owe by that and by what
-- they have kept as their fee. The books of all shops together are meant, so that it is in no shop's.
create function book_settlement(l bank_statement_line, debtor text, fee bigint, posting uuid, at timestamptz) returns void
  language plpgsql as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  insert into posting (merchant_id, id, kind, at)
  values (nobody, posting, case when l.amount > 0 then 'settlement-received' else 'settlement-taken-back' end, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select nobody, posting, x.line, x.account, l.currency, x.amount
  from (values (1, 'bank:' || l.bank, l.amount), (2, 'expense:fees:' || (debtor_of(debtor)).system, fee),
    (3, debtor, -l.amount - fee)) as x(line, account, amount)
  where x.amount <> 0;
end $$;

-- Lists whoever has paid more than they owed, by a payment that a statement tells of. It names no payment of a shop's: nothing waits
-- for it.
create function list_overpaid(of_bank text, file text, moment timestamptz) returns void language plpgsql as $$
declare
  s record;
  made uuid;
begin
  for s in
    select t.debtor, t.currency, (debtor_of(t.debtor)).link, (debtor_of(t.debtor)).system,
      (select coalesce(sum(e.amount), 0) from entry e where e.account = t.debtor and e.currency = t.currency)::bigint as owed
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

-- Closes what is listed as paid too much once as much has been taken.
create function close_overpaid(said text, moment timestamptz) returns void language sql as $$
  with evened as (
    update difference d set state = 'closed', words = said, changed_at = moment
    where d.kind = 'overpaid' and d.state <> 'closed' and 0 <= (select coalesce(sum(e.amount), 0) from entry e
      where e.account = d.detail->>'account' and e.currency = d.currency) returning d.id
  )
  insert into difference_history (difference_id, number, state, words, by, at)
  select f.id, 1 + (select coalesce(max(h.number), 0) from difference_history h where h.difference_id = f.id), 'closed', said,
    jsonb_build_object('id', '', 'name', 'Moa', 'role', 'system'), moment
  from evened f
$$;

-- Looks for a line in our books. What no movement of ours explains and a debtor has paid, or taken back, is booked, once for each
-- reference of the bank's. A line that has been looked for so many times is listed as a difference, with the payment it names,
-- which the payouts that hold it wait for; one that was listed and is found after all closes its difference.
create function compare_statement_line(of_bank text, file text, number int, most_tries int, difference uuid, at timestamptz,
  paid_by text, kept bigint, posting uuid) returns text language plpgsql as $$
declare
  l bank_statement_line;
  m record;
  verdict text;
  is_settled boolean;
begin
  select * into l from bank_statement_line x where x.bank = of_bank and x.name = file and x.line = number
    and x.state in ('open', 'listed') for update;
  if not found then return 'matched'; end if;
  select * into m from movement_of(l);
  is_settled := m.what is null and paid_by is not null;
  if is_settled then
    m.what := case when l.amount > 0 then 'settlement' else 'settlement-back' end;
    m.movement := coalesce(nullif(l.bank_ref, ''), file || ':' || number);
    m.amount := l.amount;
    m.booked := true;
  end if;
  verdict := case
    when m.what is null then 'unknown'
    when exists (select from bank_statement_line o where o.bank = l.bank and o.what = m.what and o.movement = m.movement
      and o.state = 'matched') then 'double'
    when not m.booked then 'contradicts'
    when m.amount <> l.amount then 'differs'
    else 'matched' end;
  if verdict = 'matched' then
    update bank_statement_line x set state = 'matched', what = m.what, merchant_id = m.merchant, movement = m.movement,
      payment_id = m.payment, debtor = case when is_settled then paid_by end, fee = case when is_settled then kept end,
      posting_id = case when is_settled then posting end
    where x.bank = of_bank and x.name = file and x.line = number;
    if is_settled then
      perform book_settlement(l, paid_by, kept, posting, at);
      -- A statement whose lines are all found or listed is not closed a second time.
      if l.state = 'listed' then perform list_overpaid(of_bank, file, at); end if;
    end if;
    perform close_found(of_bank, file || ':' || number, null, 'booked', at);
    perform close_found(of_bank, m.what || ':' || m.movement, 'missing', 'booked', at);
    return 'matched';
  end if;
  if l.state = 'listed' then return 'listed'; end if;
  if l.tries + 1 < most_tries and verdict <> 'double' then
    update bank_statement_line x set tries = l.tries + 1 where x.bank = of_bank and x.name = file and x.line = number;
    return 'open';
  end if;
  insert into difference (id, link, system, currency, reference, kind, ours, theirs, state, detail, created_at, changed_at)
  values (difference, 'bank', of_bank, l.currency, file || ':' || number, verdict,
    case when verdict = 'differs' then m.amount else 0 end, l.amount, 'open', jsonb_build_object('file', file,
      'line', number::text, 'day', to_char(l.booked_on, 'YYYY-MM-DD'), 'reference', l.bank_ref, 'endToEnd', l.end_to_end,
      'about', l.about), at, at);
  insert into difference_line (difference_id, number, merchant_id, payment_id, reference, what, amount)
  values (difference, 1, m.merchant, m.payment, coalesce(nullif(l.end_to_end, ''), l.bank_ref), coalesce(m.what, 'unknown'),
    l.amount);
  update bank_statement_line x set state = 'listed', tries = l.tries + 1, difference_id = difference, what = m.what,
    merchant_id = m.merchant, movement = m.movement, payment_id = m.payment
  where x.bank = of_bank and x.name = file and x.line = number;
  return 'listed';
end $$;

-- For a version of the gateway that knows nothing of debtors and still runs while another takes its place: what it lists is found later.
create or replace function compare_statement_line(of_bank text, file text, number int, most_tries int, difference uuid,
  at timestamptz) returns text language sql as $$
  select compare_statement_line(of_bank, file, number, most_tries, difference, at, null, null, null)
$$;

-- The moment in a time-ordered UUID, and the smallest one of a moment.
create function moment_of(id uuid) returns timestamptz language sql immutable as $$
  select to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
$$;

create function first_uuid_at(at timestamptz) returns uuid language sql immutable as $$
  select rpad(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

-- Adds up by day what was taken by way of others and what they have paid, from the last day added up on, at most so many days; whether
-- there is more. The day before is added up anew: something in it may have been on its way. A day is read from the postings'
-- identifiers, shop by shop, so that it never reads more of the books than that. By the clocks of another zone all of it is added up anew.
create function add_up_receivables(zone text, moment timestamptz, most int) returns boolean language plpgsql as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  today date := (moment at time zone zone)::date;
  first date;
  until date;
begin
  select a.day into first from receivable_added a where a.id = 1 and a.zone = add_up_receivables.zone for update;
  if not found then
    delete from receivable_day;
    select (moment_of(min(o.id::text)::uuid) at time zone zone)::date into first
    from (select id from merchant union all select nobody) m
    cross join lateral (select g.id from posting g where g.merchant_id = m.id order by g.id limit 1) o;
    first := least(coalesce(first, today), today);
    insert into receivable_added (id, day, zone) values (1, first, add_up_receivables.zone)
    on conflict (id) do update set day = excluded.day, zone = excluded.zone;
  end if;
  first := least(first, today) - 1;
  until := least(today, first + most);
  delete from receivable_day d where d.day >= first and d.day <= until;
  insert into receivable_day (account, currency, day, taken, received)
  select e.account, e.currency, (moment_of(g.id) at time zone zone)::date,
    coalesce(sum(e.amount) filter (where not is_settlement(g.kind)), 0),
    coalesce(-sum(e.amount) filter (where is_settlement(g.kind)), 0)
  from (select id from merchant union all select nobody) m
  join posting g on g.merchant_id = m.id and g.id >= first_uuid_at(first::timestamp at time zone zone)
    and g.id < first_uuid_at((until + 1)::timestamp at time zone zone)
  join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id
    and (e.account like 'receivable:%' or e.account like 'collected:%')
  group by 1, 2, 3;
  update receivable_added set day = until where id = 1;
  return until < today;
end $$;

grant select, insert, update, delete on receivable_day to moa_app;
grant select, insert, update on receivable_added to moa_app;
