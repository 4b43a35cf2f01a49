-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "phone_payout" TEXT NOT NULL DEFAULT 'collection',
ADD COLUMN     "phone_reserve_bps" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "billing_centre" (
    "code" TEXT NOT NULL,
    "last_sequence" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_centre_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "billing_file" (
    "centre" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "gateway_id" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "details" INTEGER NOT NULL,
    "charges" BIGINT NOT NULL,
    "credits" BIGINT NOT NULL,
    "sha256" TEXT,
    "state" TEXT NOT NULL,
    "replaces" INTEGER,
    "reason" TEXT,
    "written_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "alerted_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_file_pkey" PRIMARY KEY ("centre","sequence")
);

-- CreateTable
CREATE TABLE "billing_record" (
    "centre" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "record" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "reference" TEXT,
    "line_id" UUID NOT NULL,
    "subscriber_ref" TEXT NOT NULL,
    "purchased_at" TIMESTAMPTZ(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "original_sequence" INTEGER NOT NULL DEFAULT 0,
    "original_record" INTEGER NOT NULL DEFAULT 0,
    "description" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "billing_record_pkey" PRIMARY KEY ("centre","sequence","record")
);

-- CreateTable
CREATE TABLE "collection_file" (
    "centre" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "sha256" TEXT,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "collection_file_pkey" PRIMARY KEY ("centre","name")
);

-- CreateTable
CREATE TABLE "collection_line" (
    "centre" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "tid" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "date" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "collection_line_pkey" PRIMARY KEY ("centre","name","line")
);

-- CreateIndex
CREATE INDEX "billing_file_state_centre_idx" ON "billing_file"("state", "centre");

-- CreateIndex
CREATE INDEX "billing_record_payment_id_merchant_id_idx" ON "billing_record"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "collection_line_outcome_centre_idx" ON "collection_line"("outcome", "centre");

-- ------------------------------------------------------------------------------------------------ amounts and states

alter table merchant
  add constraint merchant_phone_payout_known check (phone_payout in ('collection', 'advance')),
  add constraint merchant_phone_reserve_within check (phone_reserve_bps between 0 and 10000);

alter table billing_file
  add constraint billing_file_state_known check (state in ('claimed', 'written', 'sent', 'accepted', 'rejected', 'corrected')),
  add constraint billing_file_sequence_fits check (sequence between 1 and 999999),
  add constraint billing_file_written_is_known check (state = 'claimed' or sha256 is not null);

-- The widths of the file (docs/links/billing-file.md) are kept where a record is made, so that no file stops at one.
alter table billing_record
  add constraint billing_record_kind_known check (kind in ('charge', 'credit')),
  add constraint billing_record_state_known check (state in ('billed', 'refused', 'replaced')),
  add constraint billing_record_amount_fits check (amount between 1 and 999999999999),
  add constraint billing_record_number_fits check (record between 1 and 9999999),
  add constraint billing_record_credit_has_original check ((kind = 'credit') = (reference is not null)
    and (kind = 'credit') = (original_record > 0));

-- A purchase is in exactly one file, whatever crashes when (N8).
create unique index billing_record_charge_once on billing_record (payment_id, merchant_id, attempt, leg)
  where kind = 'charge' and state = 'billed';
create unique index billing_record_credit_once on billing_record (payment_id, merchant_id, reference)
  where kind = 'credit' and state = 'billed';

alter table collection_file
  add constraint collection_file_state_known check (state in ('reading', 'broken', 'read', 'applied'));

alter table collection_line
  add constraint collection_line_result_known check (result in ('paid', 'unpaid', 'written-off')),
  add constraint collection_line_outcome_known check (outcome in ('due', 'applied', 'repeated', 'unknown', 'differs',
    'contradicts'));

grant select, insert, update on billing_centre, billing_file, billing_record, collection_file, collection_line to moa_app;
-- What was read of a file that turned out to be broken is read anew.
grant delete on collection_line to moa_app;

-- ------------------------------------------------------------------------------------------------ claiming a file

-- Takes the next sequence of a centre: its row is the lock that keeps sequences without gaps.
create function draw_billing_sequence(wanted text) returns int language sql as $$
  update billing_centre set last_sequence = last_sequence + 1 where code = wanted returning last_sequence
$$;

create function billing_file_name(centre text, zone text, at timestamptz, sequence int) returns text language sql stable as $$
  select 'MOA_' || centre || '_' || to_char(at at time zone zone, 'YYYYMMDD') || '_' || lpad(sequence::text, 6, '0') || '.chg'
$$;

-- What the records of a file come to is noted in the file.
create function note_billing_totals(wanted text, number int) returns void language sql as $$
  update billing_file f set (details, charges, credits) = (
    select count(*), coalesce(sum(r.amount) filter (where r.kind = 'charge'), 0),
      coalesce(sum(r.amount) filter (where r.kind = 'credit'), 0)
    from billing_record r where r.centre = wanted and r.sequence = number)
  where f.centre = wanted and f.sequence = number
$$;

-- The latest moment, up to a given one, at which the clocks of a zone showed a time of day.
create function latest_set_time(zone text, set_at time, at timestamptz) returns timestamptz language sql stable as $$
  select max(t) from (
    select (((at at time zone zone)::date - back) + set_at) at time zone zone as t from generate_series(0, 1) as back) x
  where t <= at
$$;

-- Makes the next file of a centre, in one transaction: every approved purchase and every credit that is due and in no
-- file yet becomes one of its records. Null when a file was made since the last set time: of two who come at once, the
-- second finds nothing to do; without a set time it is made now. A purchase that is being changed at this moment is left
-- for the next file.
create function claim_billing_file(wanted text, gateway text, zone text, in_currency text, set_at time, at timestamptz,
  most int) returns int language plpgsql as $$
declare
  held billing_centre;
  due_since timestamptz := latest_set_time(zone, set_at, at);
  number int;
  charged int;
begin
  insert into billing_centre (code, opened_at) select wanted, at
  where not exists (select from billing_centre where code = wanted) on conflict do nothing;
  select * into held from billing_centre where code = wanted;
  if coalesce(held.claimed_at, held.opened_at) >= due_since then return null; end if;
  select * into held from billing_centre where code = wanted for update;
  if coalesce(held.claimed_at, held.opened_at) >= due_since then return null; end if;
  number := draw_billing_sequence(wanted);

  with chosen as materialized (
    select * from phone_charge c where c.state = 'approved' and c.centre = wanted and c.currency = in_currency
    order by c.payment_id, c.merchant_id limit most for update skip locked),
  recorded as (
    insert into billing_record (centre, sequence, record, kind, merchant_id, payment_id, attempt, leg, line_id,
      subscriber_ref, purchased_at, amount, description, state)
    select wanted, number, row_number() over (order by payment_id, merchant_id, attempt, leg), 'charge', merchant_id,
      payment_id, attempt, leg, line_id, subscriber_ref, purchased_at, amount - reduced_amount, description, 'billed'
    from chosen
    returning merchant_id, payment_id, attempt, leg, record)
  update phone_charge c set state = 'billed', file_sequence = number, file_record = r.record, version = c.version + 1,
    changed_at = at
  from recorded r
  where c.merchant_id = r.merchant_id and c.payment_id = r.payment_id and c.attempt = r.attempt and c.leg = r.leg;
  get diagnostics charged = row_count;

  with chosen as materialized (
    select d.*, c.line_id, c.subscriber_ref, c.purchased_at, c.description,
      c.file_sequence as original_sequence, c.file_record as original_record
    from phone_credit d
    join phone_charge c on c.merchant_id = d.merchant_id and c.payment_id = d.payment_id and c.attempt = d.attempt and c.leg = d.leg
    where d.state = 'due' and d.way = 'next-bill' and d.centre = wanted and d.currency = in_currency
      and c.state in ('billed', 'collected', 'unpaid', 'written-off') and c.file_record is not null
    order by d.payment_id, d.merchant_id, d.reference limit most - charged for update of d skip locked),
  recorded as (
    insert into billing_record (centre, sequence, record, kind, merchant_id, payment_id, attempt, leg, reference, line_id,
      subscriber_ref, purchased_at, amount, original_sequence, original_record, description, state)
    select wanted, number, charged + row_number() over (order by payment_id, merchant_id, reference), 'credit', merchant_id,
      payment_id, attempt, leg, reference, line_id, subscriber_ref, purchased_at, amount, original_sequence,
      original_record, description, 'billed'
    from chosen
    returning merchant_id, payment_id, reference, record)
  update phone_credit d set state = 'billed', file_sequence = number, file_record = r.record, changed_at = at
  from recorded r
  where d.merchant_id = r.merchant_id and d.payment_id = r.payment_id and d.reference = r.reference;

  insert into billing_file (centre, sequence, name, gateway_id, zone, currency, period_start, period_end, created_at,
    details, charges, credits, state)
  values (wanted, number, billing_file_name(wanted, zone, at, number), gateway, zone, in_currency,
    coalesce(held.claimed_at, held.opened_at), at, at, 0, 0, 0, 'claimed');
  perform note_billing_totals(wanted, number);
  update billing_centre set claimed_at = at where code = wanted;
  return number;
end $$;

-- Makes the file that takes the place of a rejected one: the same records, without those that were refused one by one.
-- Null when the file is not, or no longer, rejected.
create function correct_billing_file(wanted text, rejected int, at timestamptz) returns int language plpgsql as $$
declare
  former billing_file;
  number int;
begin
  perform from billing_centre where code = wanted for update;
  select * into former from billing_file f where f.centre = wanted and f.sequence = rejected and f.state = 'rejected' for update;
  if not found then return null; end if;
  number := draw_billing_sequence(wanted);
  update billing_file f set state = 'corrected' where f.centre = wanted and f.sequence = rejected;
  update billing_record r set state = 'replaced' where r.centre = wanted and r.sequence = rejected and r.state = 'billed';

  with recorded as (
    insert into billing_record (centre, sequence, record, kind, merchant_id, payment_id, attempt, leg, reference, line_id,
      subscriber_ref, purchased_at, amount, original_sequence, original_record, description, state)
    select wanted, number, row_number() over (order by record), kind, merchant_id, payment_id, attempt, leg, reference,
      line_id, subscriber_ref, purchased_at, amount, original_sequence, original_record, description, 'billed'
    from billing_record r where r.centre = wanted and r.sequence = rejected and r.state = 'replaced'
    returning kind, merchant_id, payment_id, attempt, leg, reference, record),
  charges as (
    update phone_charge c set file_sequence = number, file_record = r.record, version = c.version + 1, changed_at = at
    from recorded r where r.kind = 'charge' and c.merchant_id = r.merchant_id and c.payment_id = r.payment_id
      and c.attempt = r.attempt and c.leg = r.leg)
  update phone_credit d set file_sequence = number, file_record = r.record, changed_at = at
  from recorded r where r.kind = 'credit' and d.merchant_id = r.merchant_id and d.payment_id = r.payment_id
    and d.reference = r.reference;
  -- A credit names the file that bills its purchase now.
  update billing_record r set original_sequence = c.file_sequence, original_record = c.file_record
  from phone_charge c
  where r.centre = wanted and r.sequence = number and r.kind = 'credit' and c.merchant_id = r.merchant_id
    and c.payment_id = r.payment_id and c.attempt = r.attempt and c.leg = r.leg and c.file_record is not null;

  insert into billing_file (centre, sequence, name, gateway_id, zone, currency, period_start, period_end, created_at,
    details, charges, credits, state, replaces)
  values (wanted, number, billing_file_name(wanted, former.zone, at, number), former.gateway_id, former.zone,
    former.currency, former.period_start, former.period_end, at, 0, 0, 0, 'claimed', rejected);
  perform note_billing_totals(wanted, number);
  return number;
end $$;

-- ------------------------------------------------------------------------------------------------ acknowledgements

-- Writes down what a centre said of a file. A refused purchase waits for people; a refused credit goes into the next file.
-- False when the file was not waiting for an answer.
create function answer_billing_file(wanted text, number int, accepted boolean, why text, refusals jsonb, at timestamptz)
  returns boolean language plpgsql as $$
begin
  update billing_file f set state = case when accepted then 'accepted' else 'rejected' end, reason = nullif(why, ''),
    answered_at = at
  where f.centre = wanted and f.sequence = number and f.state = 'sent';
  if not found then return false; end if;

  with refused as (
    update billing_record r set state = 'refused', reason = x.reason
    from jsonb_to_recordset(refusals) as x(record int, reason text)
    where r.centre = wanted and r.sequence = number and r.record = x.record and r.state = 'billed'
    returning r.kind, r.merchant_id, r.payment_id, r.attempt, r.leg, r.reference),
  charges as (
    update phone_charge c set state = 'refused', version = c.version + 1, changed_at = at
    from refused r where r.kind = 'charge' and c.state = 'billed' and c.merchant_id = r.merchant_id
      and c.payment_id = r.payment_id and c.attempt = r.attempt and c.leg = r.leg)
  update phone_credit d set state = 'due', file_sequence = null, file_record = null, changed_at = at
  from refused r where r.kind = 'credit' and d.merchant_id = r.merchant_id and d.payment_id = r.payment_id
    and d.reference = r.reference;
  return true;
end $$;

-- Puts a purchase that a centre refused into the next file once more; false when it is not refused.
create function rebill_phone_charge(merchant uuid, payment uuid, at timestamptz) returns boolean language plpgsql as $$
begin
  update phone_charge c set state = 'approved', file_sequence = null, file_record = null, version = c.version + 1,
    changed_at = at
  where c.merchant_id = merchant and c.payment_id = payment and c.state = 'refused';
  return found;
end $$;

-- ------------------------------------------------------------------------------------------------ collection

-- What a posting must move for a leg whose bill was paid, or written off, read from the books themselves: whatever was
-- given back before has reduced it already.
create function book_collection(merchant uuid, payment uuid, posting_id uuid, owed_by text, centre text, result text,
  at timestamptz) returns void language plpgsql as $$
declare
  in_currency text;
  owed bigint;
  pending bigint;
  reserve bigint;
begin
  select e.currency, coalesce(sum(e.amount) filter (where e.account = owed_by), 0),
    coalesce(-sum(e.amount) filter (where e.account = 'pending:merchant'), 0),
    coalesce(-sum(e.amount) filter (where e.account = 'reserve:merchant'), 0)
  into in_currency, owed, pending, reserve
  from posting p join entry e on e.merchant_id = p.merchant_id and e.posting_id = p.id
  where p.merchant_id = merchant and p.payment_id = payment group by e.currency;
  if not found or (owed = 0 and pending = 0 and reserve = 0) then return; end if;

  insert into posting (merchant_id, id, kind, payment_id, at)
  values (merchant, posting_id, case result when 'paid' then 'collection' else 'charge-back' end, payment, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select merchant, posting_id, row_number() over () - 1, x.account, in_currency, x.amount
  from (values
    (owed_by, -owed),
    (case result when 'paid' then 'collected:' || centre end, owed),
    ('pending:merchant', pending),
    ('reserve:merchant', reserve),
    ('payable:merchant', case result when 'paid' then -(pending + reserve) else owed - pending - reserve end)
  ) as x(account, amount)
  where x.account is not null and x.amount <> 0;
end $$;

-- A line is in arrears while purchases of ours on its bills are unpaid, and good again when all of them are paid.
create function reckon_arrears(line uuid, at timestamptz) returns void language sql as $$
  update phone_line l set overdue = nullif(u.overdue, 0),
    arrears_since = case when u.overdue > 0 then coalesce(l.arrears_since, at) end
  from (select coalesce(sum(c.amount - c.reduced_amount - c.credited_amount), 0) as overdue from phone_charge c
    where c.line_id = line and c.state in ('unpaid', 'written-off')) u
  where l.id = line
$$;

-- Applies one line of a collection file; says what came of it. 'due': its payment is being refunded at this moment, and
-- the line is taken up again when that is over.
create function apply_collection_line(l collection_line, posting_id uuid, at timestamptz) returns text language plpgsql as $$
declare
  billed billing_record;
  paid payment;
  charge phone_charge;
  hold jsonb;
  becomes text := case l.result when 'paid' then 'collected' else l.result end;
begin
  if l.tid !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then return 'unknown'; end if;
  select * into billed from billing_record r where r.payment_id = l.tid::uuid and r.kind = 'charge' and r.state = 'billed'
    and r.centre = l.centre;
  if not found then return 'unknown'; end if;

  -- Under the payment's lock no refund of it can begin, so that what a refund takes back, and from where, stays as it is.
  select * into paid from payment p where p.merchant_id = billed.merchant_id and p.id = billed.payment_id for update;
  if not found then return 'unknown'; end if;
  if paid.state not in ('paid', 'declined', 'cancelled') or exists (select from refund r
    where r.merchant_id = paid.merchant_id and r.payment_id = paid.id and r.state = 'refunding') then return 'due'; end if;

  select * into charge from phone_charge c where c.merchant_id = billed.merchant_id and c.payment_id = billed.payment_id
    and c.attempt = billed.attempt and c.leg = billed.leg for update;
  if l.amount not in (billed.amount, billed.amount - charge.credited_amount) then return 'differs'; end if;
  if charge.state = becomes then return 'repeated'; end if;
  if not (charge.state = 'billed' or (charge.state = 'unpaid' and l.result <> 'unpaid')) then return 'contradicts'; end if;

  update phone_charge c set state = becomes, version = c.version + 1, changed_at = at
  where c.merchant_id = charge.merchant_id and c.payment_id = charge.payment_id and c.attempt = charge.attempt
    and c.leg = charge.leg;
  if l.result <> 'unpaid' then
    update leg g set hold = coalesce(g.hold, '{}') || jsonb_build_object('payout', becomes)
    where g.merchant_id = charge.merchant_id and g.payment_id = charge.payment_id and g.attempt = charge.attempt
      and g.leg = charge.leg
    returning g.hold into hold;
    perform book_collection(charge.merchant_id, charge.payment_id, posting_id,
      'receivable:' || coalesce(hold->>'counterparty', 'phone-bill'), l.centre, l.result, at);
  end if;
  if charge.state = 'unpaid' or l.result <> 'paid' then perform reckon_arrears(charge.line_id, at); end if;
  return 'applied';
end $$;

-- Applies the next due lines of a file after one of its lines, each once, with an identifier for the posting of each.
-- Returns the last line it looked at; null when there are no more.
create function apply_collection(wanted text, file text, after int, ids uuid[], at timestamptz) returns int
  language plpgsql as $$
declare
  l collection_line;
  came text;
  looked int;
  n int := 0;
begin
  for l in select * from collection_line c where c.centre = wanted and c.name = file and c.line > after and c.outcome = 'due'
    order by c.line limit cardinality(ids) for update
  loop
    n := n + 1;
    looked := l.line;
    came := apply_collection_line(l, ids[n], at);
    if came <> 'due' then
      update collection_line c set outcome = came
      where c.centre = wanted and c.name = file and c.line = l.line;
    end if;
  end loop;
  return looked;
end $$;
