-- Settlement: what merchants are paid out, and when; what does not agree with the books of others.

-- ------------------------------------------------------------------------------------------------ terms

-- CreateTable
CREATE TABLE "settlement_terms" (
    "merchant_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "schedule" TEXT NOT NULL,
    "schedule_day" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "delay_days" INTEGER NOT NULL,
    "minimum" BIGINT NOT NULL,
    "reserve_bps" INTEGER NOT NULL,
    "reserve_days" INTEGER NOT NULL,
    "fee_fixed" BIGINT NOT NULL,
    "fee_bps" INTEGER NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "fee_given_back" BOOLEAN NOT NULL,
    "carried" BIGINT NOT NULL DEFAULT 0,
    "last_day" DATE NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlement_terms_pkey" PRIMARY KEY ("merchant_id","currency")
);

-- CreateTable
CREATE TABLE "payout_account" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "proposed_by" JSONB NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" JSONB,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_account_pkey" PRIMARY KEY ("merchant_id","id")
);

-- ------------------------------------------------------------------------------------------------ payouts

-- CreateTable
CREATE TABLE "settlement_due" (
    "merchant_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "posting_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payment_id" UUID,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "settlement_due_pkey" PRIMARY KEY ("merchant_id","currency","posting_id")
);

-- CreateTable
CREATE TABLE "payout" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "parts" JSONB NOT NULL DEFAULT '{}',
    "lines" INTEGER NOT NULL DEFAULT 0,
    "carried_in" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "released" BIGINT NOT NULL DEFAULT 0,
    "net" BIGINT NOT NULL DEFAULT 0,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "account_id" UUID,
    "posting_id" UUID,
    "file_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "payout_line" (
    "merchant_id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payment_id" UUID,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "payout_line_pkey" PRIMARY KEY ("merchant_id","payout_id","posting_id")
);

-- CreateTable
CREATE TABLE "merchant_month" (
    "merchant_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "vat" BIGINT NOT NULL,

    CONSTRAINT "merchant_month_pkey" PRIMARY KEY ("merchant_id","currency","month","kind")
);

-- CreateTable
CREATE TABLE "rolling_reserve" (
    "merchant_id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "release_on" DATE NOT NULL,
    "released_in" UUID,

    CONSTRAINT "rolling_reserve_pkey" PRIMARY KEY ("merchant_id","payout_id")
);

-- CreateTable
CREATE TABLE "payout_history" (
    "merchant_id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "detail" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_history_pkey" PRIMARY KEY ("merchant_id","payout_id","number")
);

-- CreateTable
CREATE TABLE "payout_file" (
    "id" UUID NOT NULL,
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "payouts" INTEGER NOT NULL,
    "total" BIGINT NOT NULL,
    "content" BYTEA,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_status_file" (
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_status_file_pkey" PRIMARY KEY ("bank","name")
);

-- CreateIndex
CREATE INDEX "payout_account_merchant_id_currency_state_idx" ON "payout_account"("merchant_id", "currency", "state");

-- CreateIndex
CREATE INDEX "payout_merchant_id_state_id_idx" ON "payout"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "payout_file_id_idx" ON "payout"("file_id");

-- CreateIndex
CREATE INDEX "payout_line_merchant_id_payment_id_idx" ON "payout_line"("merchant_id", "payment_id");

-- CreateIndex
CREATE INDEX "rolling_reserve_merchant_id_currency_release_on_idx" ON "rolling_reserve"("merchant_id", "currency", "release_on");

-- CreateIndex
CREATE UNIQUE INDEX "payout_file_bank_name_key" ON "payout_file"("bank", "name");

create unique index payout_collecting on payout (merchant_id, currency) where state = 'collecting';
create index payout_open on payout (state, merchant_id, id) where state in ('collecting', 'blocked', 'waiting', 'due');
create index payout_file_open on payout_file (state, id) where state in ('claimed', 'written');
create unique index payout_account_active on payout_account (merchant_id, currency) where state = 'active';

alter table settlement_terms
  add constraint settlement_schedule_known check (schedule in ('daily', 'weekly', 'monthly')),
  add constraint settlement_schedule_day check (schedule_day between
    case schedule when 'daily' then 0 else 1 end and case schedule when 'daily' then 0 when 'weekly' then 7 else 28 end),
  add constraint settlement_delay check (delay_days between 0 and 60),
  add constraint settlement_minimum check (minimum >= 0),
  add constraint settlement_reserve check (reserve_bps between 0 and 10000 and reserve_days between 0 and 400),
  add constraint settlement_fee check (fee_fixed >= 0 and fee_bps between 0 and 10000 and vat_bps between 0 and 10000);
alter table payout_account
  add constraint payout_account_state_known check (state in ('proposed', 'active', 'refused', 'replaced', 'rejected-by-bank'));
alter table payout
  add constraint payout_state_known check (state in
    ('collecting', 'blocked', 'waiting', 'carried', 'due', 'filed', 'accepted', 'paid', 'rejected')),
  add constraint payout_amount_not_negative check (amount >= 0),
  add constraint payout_booked_when_due check
    ((state in ('due', 'filed', 'accepted', 'paid', 'rejected')) = (posting_id is not null));
alter table rolling_reserve add constraint rolling_reserve_positive check (amount > 0);
alter table payout_file add constraint payout_file_state_known check (state in ('claimed', 'written', 'delivered', 'answered'));

create trigger append_only before update or delete on payout_line for each row execute function refuse_change();
create trigger append_only_whole before truncate on payout_line for each statement execute function refuse_change();
create trigger append_only before update or delete on payout_history for each row execute function refuse_change();
create trigger append_only_whole before truncate on payout_history for each statement execute function refuse_change();

-- What settlement itself moves is no line of a payout.
create function settles(kind text) returns boolean language sql immutable as $$
  select kind not in ('payout', 'reserve-kept', 'reserve-released')
$$;

-- The month of a moment by the clocks of the merchant's terms.
create function merchant_month_of(merchant uuid, wanted text, moment timestamptz) returns date language sql stable as $$
  select date_trunc('month', moment at time zone coalesce((select t.zone from settlement_terms t
    where t.merchant_id = merchant and t.currency = wanted), 'Asia/Seoul'))::date
$$;

-- The tax within what a posting took from a merchant as its fee; negative where it was given back.
create function fee_vat(g posting) returns bigint language sql stable as $$
  select case when g.kind in ('fee', 'fee-back') then coalesce((select -sum(e.amount)::bigint from entry e
    where e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'vat:fees'), 0) else 0 end
$$;

-- What was booked before there were months begins them; what still waits to be added up comes by itself.
insert into merchant_month (merchant_id, currency, month, kind, count, amount, vat)
select x.merchant_id, x.currency, x.month, x.kind, count(*), sum(x.amount), 0 from (
  select g.merchant_id, e.currency, merchant_month_of(g.merchant_id, e.currency, g.at) as month, g.kind, -sum(e.amount) as amount
  from entry e join posting g on g.merchant_id = e.merchant_id and g.id = e.posting_id
  where e.account = 'payable:merchant' and settles(g.kind) and not exists (select from merchant_balance_change c
    where c.merchant_id = g.merchant_id and c.posting_id = g.id and c.currency = e.currency)
  group by g.merchant_id, g.id, e.currency, g.at, g.kind) x
group by x.merchant_id, x.currency, x.month, x.kind;

-- Whatever changed a merchant's balance leaves the sum's queue exactly once, and comes into the queue of the payouts with that:
-- no posting is paid out twice or forgotten, in whatever order postings were made or committed.
create function note_settlement_due() returns trigger language plpgsql as $$
begin
  insert into settlement_due as d (merchant_id, currency, posting_id, kind, payment_id, amount)
  select g.merchant_id, o.currency, o.posting_id, g.kind, g.payment_id, o.amount
  from carried_on o
  join settlement_terms t on t.merchant_id = o.merchant_id and t.currency = o.currency
  join posting g on g.merchant_id = o.merchant_id and g.id = o.posting_id and settles(g.kind)
  where o.amount <> 0
  on conflict (merchant_id, currency, posting_id) do update set amount = d.amount + excluded.amount;
  insert into merchant_month as m (merchant_id, currency, month, kind, count, amount, vat)
  select x.merchant_id, x.currency, x.month, x.kind, count(*), sum(x.amount), sum(x.vat) from (
    select o.merchant_id, o.currency, merchant_month_of(o.merchant_id, o.currency, g.at) as month, g.kind, o.amount,
      fee_vat(g) as vat
    from carried_on o join posting g on g.merchant_id = o.merchant_id and g.id = o.posting_id and settles(g.kind)) x
  group by x.merchant_id, x.currency, x.month, x.kind
  on conflict (merchant_id, currency, month, kind) do update set count = m.count + excluded.count,
    amount = m.amount + excluded.amount, vat = m.vat + excluded.vat;
  return null;
end $$;

create trigger settlement_due after delete on merchant_balance_change referencing old table as carried_on
  for each statement execute function note_settlement_due();

-- Agrees on terms. With the first ones, all that was booked before comes into the queue.
create function agree_settlement(t jsonb, at timestamptz) returns void language plpgsql as $$
declare
  n settlement_terms := jsonb_populate_record(null::settlement_terms, t);
begin
  perform lock_merchant_balance(n.merchant_id, n.currency);
  if not exists (select from settlement_terms s where s.merchant_id = n.merchant_id and s.currency = n.currency) then
    insert into settlement_due (merchant_id, currency, posting_id, kind, payment_id, amount)
    select g.merchant_id, n.currency, g.id, g.kind, g.payment_id, -sum(e.amount)
    from entry e join posting g on g.merchant_id = e.merchant_id and g.id = e.posting_id
    where e.merchant_id = n.merchant_id and e.currency = n.currency and e.account = 'payable:merchant' and settles(g.kind)
    group by g.merchant_id, g.id having sum(e.amount) <> 0;
  end if;
  insert into settlement_terms as s (merchant_id, currency, schedule, schedule_day, zone, delay_days, minimum, reserve_bps,
    reserve_days, fee_fixed, fee_bps, vat_bps, fee_given_back, last_day, changed_at)
  values (n.merchant_id, n.currency, n.schedule, n.schedule_day, n.zone, n.delay_days, n.minimum, n.reserve_bps,
    n.reserve_days, n.fee_fixed, n.fee_bps, n.vat_bps, n.fee_given_back, (at at time zone n.zone)::date, at)
  on conflict (merchant_id, currency) do update set schedule = excluded.schedule, schedule_day = excluded.schedule_day,
    zone = excluded.zone, delay_days = excluded.delay_days, minimum = excluded.minimum, reserve_bps = excluded.reserve_bps,
    reserve_days = excluded.reserve_days, fee_fixed = excluded.fee_fixed, fee_bps = excluded.fee_bps,
    vat_bps = excluded.vat_bps, fee_given_back = excluded.fee_given_back, changed_at = excluded.changed_at;
end $$;

-- Agrees to a proposed account, or refuses it. Whoever proposed it cannot: two people change where money goes (P6.3).
create function decide_payout_account(merchant uuid, subject uuid, agreed boolean, hand jsonb, at timestamptz) returns boolean
  language plpgsql as $$
declare
  wanted text;
begin
  select a.currency into wanted from payout_account a where a.merchant_id = merchant and a.id = subject
    and a.state = 'proposed' and a.proposed_by->>'id' is distinct from hand->>'id' for update;
  if not found then return false; end if;
  if agreed then
    perform lock_merchant_balance(merchant, wanted);
    update payout_account a set state = 'replaced' where a.merchant_id = merchant and a.currency = wanted and a.state = 'active';
  end if;
  update payout_account a set state = case when agreed then 'active' else 'refused' end, decided_by = hand, decided_at = at
  where a.merchant_id = merchant and a.id = subject;
  return true;
end $$;

-- The last day on or before a local day on which a schedule pays out.
create function settlement_day(schedule text, schedule_day int, today date) returns date language sql immutable as $$
  select case schedule
    when 'daily' then today
    when 'weekly' then today - ((extract(isodow from today)::int - schedule_day + 7) % 7)
    else (date_trunc('month', today::timestamp)
      - case when extract(day from today) < schedule_day then interval '1 month' else interval '0' end
      + (schedule_day - 1) * interval '1 day')::date end
$$;

-- Notes what became of a payout, under its row's lock.
create function note_payout(merchant uuid, subject uuid, becomes text, why text, said jsonb, moment timestamptz) returns void
  language plpgsql as $$
begin
  update payout p set state = becomes, reason = why, changed_at = moment where p.merchant_id = merchant and p.id = subject;
  insert into payout_history (merchant_id, payout_id, number, state, detail, at)
  select merchant, subject, coalesce(max(h.number), 0) + 1, becomes, said, moment
  from payout_history h where h.merchant_id = merchant and h.payout_id = subject;
end $$;

-- Begins a payout of all that was booked before a posting could be made; null where there is nothing, where one is being
-- collected, or where the day had its own.
create function begin_payout(merchant uuid, wanted text, subject uuid, on_day date, until_at timestamptz, before uuid,
  by_schedule boolean, at timestamptz) returns uuid language plpgsql as $$
declare
  t settlement_terms;
begin
  perform lock_merchant_balance(merchant, wanted);
  select * into t from settlement_terms s where s.merchant_id = merchant and s.currency = wanted
    and (not by_schedule or s.last_day < on_day) for update;
  if not found then return null; end if;
  if by_schedule then
    update settlement_terms s set last_day = on_day where s.merchant_id = merchant and s.currency = wanted;
  end if;
  if t.carried < greatest(t.minimum, 1) and not exists (select from settlement_due d
      where d.merchant_id = merchant and d.currency = wanted and d.posting_id < before)
    and not exists (select from rolling_reserve r where r.merchant_id = merchant and r.currency = wanted
      and r.released_in is null and r.release_on <= on_day)
  then
    return null;
  end if;
  insert into payout (merchant_id, id, currency, day, until, state, created_at, changed_at)
  values (merchant, subject, wanted, on_day, until_at, 'collecting', at, at) on conflict do nothing;
  if not found then return null; end if;
  perform note_payout(merchant, subject, 'collecting', null, null, at);
  return subject;
end $$;

-- Puts the next due postings before `before` into a payout that is being collected; how many it was. May be killed and called
-- again at any point: a posting is in the queue or in one payout, never in both or neither.
create function collect_payout(merchant uuid, subject uuid, before uuid, most int) returns int language plpgsql as $$
declare
  wanted text;
  last_of_page uuid;
  moved int;
begin
  select p.currency into wanted from payout p
  where p.merchant_id = merchant and p.id = subject and p.state = 'collecting' for update;
  if not found then return 0; end if;
  -- A page is a range of the queue's key: what it costs is what is in it, however long the queue is.
  select q.posting_id into last_of_page from settlement_due q
  where q.merchant_id = merchant and q.currency = wanted and q.posting_id < before
  order by q.posting_id offset most - 1 limit 1;
  with taken as (
    delete from settlement_due d where d.merchant_id = merchant and d.currency = wanted and d.posting_id < before
      and d.posting_id <= coalesce(last_of_page, before)
    returning d.posting_id, d.kind, d.payment_id, d.amount
  )
  insert into payout_line (merchant_id, payout_id, posting_id, kind, payment_id, amount)
  select merchant, subject, t.posting_id, t.kind, t.payment_id, t.amount from taken t;
  get diagnostics moved = row_count;
  return moved;
end $$;

create function book_settlement(merchant uuid, posting uuid, what text, other text, wanted text, part bigint, at timestamptz)
  returns void language plpgsql as $$
begin
  insert into posting (merchant_id, id, kind, at) values (merchant, posting, what, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting, 0, 'payable:merchant', wanted, part), (merchant, posting, 1, other, wanted, -part);
end $$;

-- ------------------------------------------------------------------------------------------------ reconciliation

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" UUID NOT NULL,
    "link" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ours" JSONB NOT NULL,
    "theirs" JSONB,
    "carried" JSONB NOT NULL DEFAULT '{}',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "difference" (
    "id" UUID NOT NULL,
    "reconciliation_id" UUID,
    "link" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ours" BIGINT NOT NULL,
    "theirs" BIGINT,
    "state" TEXT NOT NULL,
    "words" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "difference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "difference_line" (
    "difference_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "merchant_id" UUID,
    "payment_id" UUID,
    "reference" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "difference_line_pkey" PRIMARY KEY ("difference_id","number")
);

-- CreateTable
CREATE TABLE "difference_history" (
    "difference_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "difference_history_pkey" PRIMARY KEY ("difference_id","number")
);

-- CreateIndex
CREATE INDEX "reconciliation_link_system_currency_until_idx" ON "reconciliation"("link", "system", "currency", "until");

-- CreateIndex
CREATE INDEX "difference_state_id_idx" ON "difference"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "difference_link_system_reference_kind_key" ON "difference"("link", "system", "reference", "kind");

-- CreateIndex
CREATE INDEX "difference_line_merchant_id_payment_id_idx" ON "difference_line"("merchant_id", "payment_id");

alter table reconciliation
  add constraint reconciliation_state_known check (state in ('asked', 'in-balance', 'out-of-balance'));
alter table difference add constraint difference_state_known check (state in ('open', 'explained', 'closed'));

create trigger append_only before update or delete on difference_line for each row execute function refuse_change();
create trigger append_only_whole before truncate on difference_line for each statement execute function refuse_change();
create trigger append_only before update or delete on difference_history for each row execute function refuse_change();
create trigger append_only_whole before truncate on difference_history for each statement execute function refuse_change();

-- Whether a payment of the batch is a line of a difference that nobody has closed: that batch waits, and no other.
create function payout_blocked(merchant uuid, subject uuid) returns boolean language sql stable as $$
  select exists (
    select from difference d join difference_line x on x.difference_id = d.id
    join payout_line l on l.merchant_id = x.merchant_id and l.payment_id = x.payment_id
    where d.state <> 'closed' and x.merchant_id = merchant and l.payout_id = subject)
$$;

-- Tells the shop's server of a payout as it stands now; `message` has its id, and the payout's as people see it.
create function tell_payout(merchant uuid, subject uuid, what text, message jsonb, at timestamptz) returns void language sql as $$
  insert into message (merchant_id, id, kind, topic, payload, state, due_at, created_at)
  select merchant, (message->>'id')::uuid, 'webhook', what, jsonb_build_object('type', what,
      'timestamp', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', jsonb_build_object('payout', jsonb_strip_nulls(jsonb_build_object('id', message->>'payout', 'amount',
        p.amount::text, 'currency', p.currency, 'day', to_char(p.day, 'YYYY-MM-DD'), 'reason', p.reason)))), 'due', at, at
  from payout p where p.merchant_id = merchant and p.id = subject
$$;

-- Books a payout, or says why not: what is paid is what the batch comes to, and never more than is owed at this moment. What is
-- left over is carried on to the next.
create function book_payout(merchant uuid, subject uuid, posting uuid, message jsonb, at timestamptz) returns text
  language plpgsql as $$
declare
  p payout;
  least_paid bigint;
  account uuid;
  pay bigint;
  blocked boolean;
  becomes text;
begin
  select * into p from payout q where q.merchant_id = merchant and q.id = subject for update;
  if not found or p.state not in ('collecting', 'blocked', 'waiting') then return coalesce(p.state, 'missing'); end if;
  pay := least(p.net, lock_merchant_balance(merchant, p.currency));
  select greatest(t.minimum, 1) into least_paid from settlement_terms t
  where t.merchant_id = merchant and t.currency = p.currency for update;
  if pay < least_paid then
    update settlement_terms t set carried = t.carried + p.net where t.merchant_id = merchant and t.currency = p.currency;
    perform note_payout(merchant, subject, 'carried', case when pay <= 0 then 'nothing-owed' else 'below-minimum' end, null, at);
    return 'carried';
  end if;
  select a.id into account from payout_account a
  where a.merchant_id = merchant and a.currency = p.currency and a.state = 'active';
  blocked := payout_blocked(merchant, subject);
  if blocked or account is null then
    becomes := case when blocked then 'blocked' else 'waiting' end;
    if p.state <> becomes then
      perform note_payout(merchant, subject, becomes, case when blocked then 'difference' else 'no-account' end, null, at);
    end if;
    return becomes;
  end if;
  perform book_settlement(merchant, posting, 'payout', 'paying:bank', p.currency, pay, at);
  update settlement_terms t set carried = t.carried + p.net - pay where t.merchant_id = merchant and t.currency = p.currency;
  update payout q set state = 'due', amount = pay, account_id = account, posting_id = posting
  where q.merchant_id = merchant and q.id = subject;
  perform note_payout(merchant, subject, 'due', null, null, at);
  perform tell_payout(merchant, subject, 'payout.ordered', message, at);
  return 'due';
end $$;

-- Closes a payout once all its lines are in: its sums, what is kept in reserve of its sales and what comes out of it again;
-- and books it, in the same transaction: whatever dies, it is closed once.
create function close_payout(merchant uuid, subject uuid, postings uuid[], message jsonb, at timestamptz) returns text language plpgsql as $$
declare
  p payout;
  t settlement_terms;
  summed record;
  kept bigint;
  freed bigint;
begin
  select * into p from payout q where q.merchant_id = merchant and q.id = subject for update;
  if not found or p.state <> 'collecting' then return coalesce(p.state, 'missing'); end if;
  perform lock_merchant_balance(merchant, p.currency);
  select * into t from settlement_terms s where s.merchant_id = merchant and s.currency = p.currency for update;
  select coalesce(sum(k.n), 0)::int as lines, coalesce(sum(k.total), 0) as total, coalesce(sum(k.sold), 0) as sold,
    coalesce(jsonb_object_agg(k.kind, jsonb_build_object('count', k.n, 'amount', k.total::text)), '{}') as parts
  into summed
  from (select l.kind, count(*) as n, sum(l.amount) as total,
      sum(l.amount) filter (where l.amount > 0 and l.kind in ('capture', 'collection', 'e-cash-deposit')) as sold
    from payout_line l where l.merchant_id = merchant and l.payout_id = subject group by l.kind) k;
  select coalesce(sum(r.amount), 0) into freed from rolling_reserve r
  where r.merchant_id = merchant and r.currency = p.currency and r.released_in is null and r.release_on <= p.day;
  kept := floor(summed.sold * t.reserve_bps / 10000);
  if freed > 0 then
    update rolling_reserve r set released_in = subject where r.merchant_id = merchant and r.currency = p.currency
      and r.released_in is null and r.release_on <= p.day;
    perform book_settlement(merchant, postings[1], 'reserve-released', 'reserve:rolling', p.currency, -freed, at);
  end if;
  if kept > 0 then
    perform book_settlement(merchant, postings[2], 'reserve-kept', 'reserve:rolling', p.currency, kept, at);
    insert into rolling_reserve (merchant_id, payout_id, currency, amount, release_on)
    values (merchant, subject, p.currency, kept, p.day + t.reserve_days);
  end if;
  update payout q set parts = summed.parts, lines = summed.lines, carried_in = t.carried, reserved = kept, released = freed,
    net = t.carried + summed.total + freed - kept
  where q.merchant_id = merchant and q.id = subject;
  update settlement_terms s set carried = 0 where s.merchant_id = merchant and s.currency = p.currency;
  return book_payout(merchant, subject, postings[3], message, at);
end $$;

-- Claims the due payouts of a bank for one file, so that each is in one file and no other.
create function claim_payout_file(file uuid, of_bank text, wanted text, file_name text, most int, at timestamptz) returns int
  language plpgsql as $$
declare
  one record;
  n int := 0;
  sum_of bigint := 0;
begin
  for one in
    select p.merchant_id, p.id, p.amount from payout p where p.state = 'due' and p.currency = wanted
    order by p.merchant_id, p.id limit most for update skip locked
  loop
    update payout p set file_id = file where p.merchant_id = one.merchant_id and p.id = one.id;
    perform note_payout(one.merchant_id, one.id, 'filed', null, jsonb_build_object('file', file_name), at);
    n := n + 1;
    sum_of := sum_of + one.amount;
  end loop;
  if n > 0 then
    insert into payout_file (id, bank, name, currency, payouts, total, state, created_at)
    values (file, of_bank, file_name, wanted, n, sum_of, 'claimed', at);
  end if;
  return n;
end $$;

-- Notes what the bank says of a payout. What it refuses, or sends back later, is owed to the merchant again, and its account is
-- used no more until another one is agreed on.
create function answer_payout(merchant uuid, subject uuid, becomes text, why text, posting uuid, message jsonb, at timestamptz)
  returns text language plpgsql as $$
declare
  p payout;
  of_bank text;
begin
  select * into p from payout q where q.merchant_id = merchant and q.id = subject for update;
  if not found or p.file_id is null then return 'unknown'; end if;
  if p.state = becomes then return 'repeated'; end if;
  if p.state = 'rejected' or (p.state = 'paid' and becomes = 'accepted') then return 'contradicts'; end if;
  select f.bank into of_bank from payout_file f where f.id = p.file_id;
  if becomes = 'paid' then
    insert into posting (merchant_id, id, kind, at) values (merchant, posting, 'payout-settled', at);
    insert into entry (merchant_id, posting_id, line, account, currency, amount) values
      (merchant, posting, 0, 'paying:bank', p.currency, p.amount),
      (merchant, posting, 1, 'paid-out:' || of_bank, p.currency, -p.amount);
  elsif becomes = 'rejected' then
    perform book_settlement(merchant, posting, 'payout-returned',
      case p.state when 'paid' then 'paid-out:' || of_bank else 'paying:bank' end, p.currency, -p.amount, at);
    update payout_account a set state = 'rejected-by-bank', decided_at = at
    where a.merchant_id = merchant and a.id = p.account_id and a.state = 'active';
  end if;
  perform note_payout(merchant, subject, becomes, why, null, at);
  if becomes <> 'accepted' then perform tell_payout(merchant, subject, 'payout.' || becomes, message, at); end if;
  return 'applied';
end $$;

-- ------------------------------------------------------------------------------------------------ the application's role

grant select, insert, update on merchant_month, settlement_terms, payout_account, payout, rolling_reserve, payout_file, reconciliation,
  difference to moa_app;
grant select, insert, update, delete on settlement_due to moa_app;
grant select, insert on payout_line, payout_history, payout_status_file, difference_line, difference_history to moa_app;
