-- Giro (M-117): what people are asked to pay at their bank, what the bank says has come, and what goes back.

-- CreateTable
CREATE TABLE "giro_terms" (
    "merchant_id" UUID NOT NULL,
    "pay_within_days" INTEGER NOT NULL,
    "demand_days" INTEGER[],
    "lapse_days" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_terms_pkey" PRIMARY KEY ("merchant_id")
);

-- CreateTable
CREATE TABLE "giro_bill" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "received" BIGINT NOT NULL DEFAULT 0,
    "reference" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "order_name" TEXT NOT NULL,
    "payer" JSONB NOT NULL,
    "locale" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "demands" INTEGER NOT NULL DEFAULT 0,
    "next_demand_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_bill_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "giro_reference" (
    "reference" TEXT NOT NULL,
    "merchant_id" UUID NOT NULL,
    "bill_id" UUID NOT NULL,

    CONSTRAINT "giro_reference_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "giro_demand" (
    "merchant_id" UUID NOT NULL,
    "bill_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "owed" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_demand_pkey" PRIMARY KEY ("merchant_id","bill_id","number")
);

-- CreateTable
CREATE TABLE "giro_file" (
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "message_id" TEXT,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "total" BIGINT NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "giro_file_pkey" PRIMARY KEY ("bank","name")
);

-- CreateTable
CREATE TABLE "giro_line" (
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "booked_on" DATE NOT NULL,
    "reference" TEXT,
    "remittance" TEXT NOT NULL,
    "payer_name" TEXT NOT NULL,
    "payer_account" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "giro_line_pkey" PRIMARY KEY ("bank","name","line")
);

-- CreateTable
CREATE TABLE "giro_credit" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "bill_id" UUID,
    "payment_id" UUID,
    "bank" TEXT NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "applied" BIGINT NOT NULL,
    "owed" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL DEFAULT 0,
    "unassigned" BIGINT NOT NULL,
    "passed_on" BIGINT NOT NULL DEFAULT 0,
    "finding" TEXT NOT NULL,
    "booked_on" DATE NOT NULL,
    "remittance" TEXT NOT NULL,
    "payer_name" TEXT NOT NULL,
    "payer_account" TEXT NOT NULL,
    "return_reference" TEXT,
    "told" BOOLEAN NOT NULL DEFAULT false,
    "came_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_credit_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "giro_seen" (
    "bank" TEXT NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_seen_pkey" PRIMARY KEY ("bank","bank_ref")
);

-- CreateTable
CREATE TABLE "giro_refund" (
    "merchant_id" UUID NOT NULL,
    "bill_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_refund_pkey" PRIMARY KEY ("merchant_id","bill_id","reference")
);

-- CreateIndex
CREATE UNIQUE INDEX "giro_bill_payment_id_attempt_leg_merchant_id_key" ON "giro_bill"("payment_id", "attempt", "leg", "merchant_id");

-- CreateIndex
CREATE INDEX "giro_bill_merchant_id_state_id_idx" ON "giro_bill"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "giro_bill_next_demand_at_idx" ON "giro_bill"("next_demand_at");

-- CreateIndex
CREATE INDEX "giro_file_state_bank_idx" ON "giro_file"("state", "bank");

-- CreateIndex
CREATE INDEX "giro_file_message_id_bank_idx" ON "giro_file"("message_id", "bank");

-- CreateIndex
CREATE INDEX "giro_line_outcome_bank_idx" ON "giro_line"("outcome", "bank");

-- CreateIndex
CREATE INDEX "giro_credit_bill_id_merchant_id_idx" ON "giro_credit"("bill_id", "merchant_id");

-- CreateIndex
CREATE INDEX "giro_credit_payment_id_merchant_id_idx" ON "giro_credit"("payment_id", "merchant_id");

alter table giro_terms
  add constraint giro_terms_sensible check (pay_within_days between 1 and 365 and lapse_days between 1 and 365);

alter table giro_bill
  add constraint giro_bill_amount_positive check (amount > 0 and received between 0 and amount),
  add constraint giro_bill_state_known check (state in ('asked', 'open', 'paid', 'withdrawn', 'lapsed')),
  add constraint giro_bill_open_is_owed check (state not in ('asked', 'open') or received < amount);

alter table giro_file
  add constraint giro_file_state_known check (state in ('reading', 'broken', 'repeated', 'read', 'applied'));

alter table giro_line
  add constraint giro_line_outcome_known check (outcome in ('due', 'credited', 'repeated', 'not-a-credit', 'not-booked')),
  add constraint giro_line_positive check (amount > 0);

-- Where the money of a credit is: given to a bill, the payer's, with the payer again, nobody's yet, or given to another
-- merchant's credit by assigning it.
alter table giro_credit
  add constraint giro_credit_adds_up check (amount = applied + owed + returned + unassigned + passed_on),
  add constraint giro_credit_parts check (least(applied, owed, returned, unassigned, passed_on) >= 0),
  add constraint giro_credit_finding_known check (finding in ('paid', 'part', 'over', 'double', 'late', 'no-reference',
    'unknown-reference', 'wrong-currency'));

create index giro_credit_owed_idx on giro_credit (merchant_id, id) where owed > 0;
create index giro_credit_unassigned_idx on giro_credit (merchant_id, id) where unassigned > 0;
create index giro_credit_untold_idx on giro_credit (merchant_id, id) where not told;

create trigger append_only before update or delete on giro_demand for each row execute function refuse_change();
create trigger append_only_whole before truncate on giro_demand for each statement execute function refuse_change();
create trigger append_only before update or delete on giro_refund for each row execute function refuse_change();
create trigger append_only_whole before truncate on giro_refund for each statement execute function refuse_change();

-- Books two entries of one amount; nothing where there is none.
create function post_giro(merchant uuid, posting uuid, kind text, payment uuid, in_currency text, debit text,
  credits jsonb, at timestamptz) returns void language plpgsql as $$
declare
  total bigint := (select coalesce(sum((c->>'amount')::bigint), 0) from jsonb_array_elements(credits) c);
begin
  if total = 0 then return; end if;
  insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, kind, payment, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select merchant, posting, 1, debit, in_currency, total
  union all
  select merchant, posting, 1 + row_number() over (), x.account, in_currency, -x.amount
  from jsonb_to_recordset(credits) as x(account text, amount bigint) where x.amount <> 0;
end $$;

-- Gives a credit to a bill as far as it is owed there. What is more than that, and all of it where nothing is owed any more,
-- is the payer's. The bill's row is the lock: of two credits at once, one is the second. The posting has the credit's id.
create function apply_giro(merchant uuid, bill uuid, credit uuid, l giro_line, at timestamptz) returns text
  language plpgsql as $$
declare
  b giro_bill;
  given bigint;
  found_as text;
begin
  select * into strict b from giro_bill g where g.merchant_id = merchant and g.id = bill for update;
  given := case when b.state in ('asked', 'open') then least(l.amount, b.amount - b.received) else 0 end;
  found_as := case
    when b.state in ('withdrawn', 'lapsed') then 'late'
    when b.state = 'paid' then 'double'
    when l.amount < b.amount - b.received then 'part'
    when l.amount = b.amount - b.received then 'paid'
    else 'over' end;
  insert into giro_credit (merchant_id, id, bill_id, payment_id, bank, bank_ref, amount, currency, applied, owed, unassigned,
    finding, booked_on, remittance, payer_name, payer_account, told, came_at, changed_at)
  values (merchant, credit, bill, b.payment_id, l.bank, l.bank_ref, l.amount, l.currency, given, l.amount - given, 0,
    found_as, l.booked_on, l.remittance, l.payer_name, l.payer_account, found_as = 'paid', at, at);
  perform post_giro(merchant, credit, 'giro-credit', b.payment_id, l.currency, 'bank:' || l.bank, jsonb_build_array(
    jsonb_build_object('account', 'receivable:giro', 'amount', given),
    jsonb_build_object('account', 'payable:shopper', 'amount', l.amount - given)), at);
  if given > 0 then
    update giro_bill g set received = g.received + given, changed_at = at,
      state = case when g.received + given = g.amount then 'paid' else g.state end,
      next_demand_at = case when g.received + given = g.amount then null else g.next_demand_at end
    where g.merchant_id = merchant and g.id = bill;
    if given = b.amount - b.received then perform hurry_payment(merchant, b.payment_id, at); end if;
  end if;
  return found_as;
end $$;

-- Applies the next lines of a file after one of them, each once: a credit that the bank has told of before, in whatever
-- file, is the same credit. The last line looked at, or null when there are no more.
create function apply_giro_lines(in_bank text, file text, after_line int, ids uuid[], at timestamptz) returns int
  language plpgsql as $$
declare
  l giro_line;
  known giro_reference;
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  n int := 0;
  looked int;
  in_currency text;
  reason text;
begin
  for l in select * from giro_line g where g.bank = in_bank and g.name = file and g.outcome = 'due' and g.line > after_line
    order by g.line limit array_length(ids, 1) for update
  loop
    n := n + 1;
    looked := l.line;
    insert into giro_seen (bank, bank_ref, at) values (l.bank, l.bank_ref, at) on conflict do nothing;
    if not found then
      update giro_line g set outcome = 'repeated' where g.bank = l.bank and g.name = l.name and g.line = l.line;
      continue;
    end if;
    known := null;
    select * into known from giro_reference r where r.reference = l.reference;
    select b.currency into in_currency from giro_bill b where b.merchant_id = known.merchant_id and b.id = known.bill_id;
    reason := case when l.reference is null then 'no-reference' when not found then 'unknown-reference'
      when in_currency <> l.currency then 'wrong-currency' end;
    if reason is null then
      perform apply_giro(known.merchant_id, known.bill_id, ids[n], l, at);
    else
      insert into giro_credit (merchant_id, id, bank, bank_ref, amount, currency, applied, owed, unassigned, finding,
        booked_on, remittance, payer_name, payer_account, told, came_at, changed_at)
      values (nobody, ids[n], l.bank, l.bank_ref, l.amount, l.currency, 0, 0, l.amount, reason, l.booked_on, l.remittance,
        l.payer_name, l.payer_account, true, at, at);
      perform post_giro(nobody, ids[n], 'giro-credit', null, l.currency, 'bank:' || l.bank,
        jsonb_build_array(jsonb_build_object('account', 'unassigned:giro', 'amount', l.amount)), at);
    end if;
    update giro_line g set outcome = 'credited' where g.bank = l.bank and g.name = l.name and g.line = l.line;
  end loop;
  return looked;
end $$;

-- Somebody has found out whose bill a credit was for. Null when it is nobody's credit any more, or in another currency.
create function assign_giro(credit uuid, merchant uuid, bill uuid, new_credit uuid, posting uuid, at timestamptz)
  returns text language plpgsql as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  c giro_credit;
  l giro_line;
begin
  if not exists (select from giro_bill b join giro_credit u on u.merchant_id = nobody and u.id = credit
    and u.currency = b.currency where b.merchant_id = merchant and b.id = bill) then return null; end if;
  update giro_credit u set passed_on = u.unassigned, unassigned = 0, changed_at = at
  where u.merchant_id = nobody and u.id = credit and u.unassigned > 0 returning * into c;
  if not found then return null; end if;
  perform post_giro(nobody, posting, 'giro-assigned', null, c.currency, 'unassigned:giro',
    jsonb_build_array(jsonb_build_object('account', 'bank:' || c.bank, 'amount', c.passed_on)), at);
  l.bank := c.bank; l.bank_ref := c.bank_ref; l.amount := c.amount; l.currency := c.currency; l.booked_on := c.booked_on;
  l.remittance := c.remittance; l.payer_name := c.payer_name; l.payer_account := c.payer_account;
  return apply_giro(merchant, bill, new_credit, l, at);
end $$;

-- Nothing is owed on a bill any more, because its payment came to nothing or its time is over: what has come for it is the
-- payer's. A bill that is paid whole and has been taken for its payment is not withdrawn by its time being over.
create function end_giro(merchant uuid, bill uuid, into_state text, posting uuid, at timestamptz) returns boolean
  language plpgsql as $$
declare
  b giro_bill;
begin
  select * into b from giro_bill g where g.merchant_id = merchant and g.id = bill for update;
  if not found or not (b.state in ('asked', 'open') or (into_state = 'withdrawn' and b.state = 'paid')) then
    return false;
  end if;
  update giro_bill g set state = into_state, received = 0, next_demand_at = null, changed_at = at
  where g.merchant_id = merchant and g.id = bill;
  update giro_credit c set owed = c.owed + c.applied, applied = 0, changed_at = at
  where c.merchant_id = merchant and c.bill_id = bill and c.applied > 0;
  perform post_giro(merchant, posting, 'giro-to-return', b.payment_id, b.currency, 'receivable:giro',
    jsonb_build_array(jsonb_build_object('account', 'payable:shopper', 'amount', b.received)), at);
  return true;
end $$;

-- Money of a bill that was paid goes back to its payer: booked as owed until people have returned it. Asked again with the
-- same reference it does nothing. The credits that came last give first. False when it is more than has come.
create function refund_giro(merchant uuid, bill uuid, in_reference text, asked bigint, posting uuid, at timestamptz)
  returns boolean language plpgsql as $$
declare
  b giro_bill;
  c giro_credit;
  rest bigint := asked;
  part bigint;
begin
  select * into strict b from giro_bill g where g.merchant_id = merchant and g.id = bill for update;
  if exists (select from giro_refund r where r.merchant_id = merchant and r.bill_id = bill and r.reference = in_reference)
  then return true; end if;
  if b.received < asked then return false; end if;
  insert into giro_refund (merchant_id, bill_id, reference, amount, at) values (merchant, bill, in_reference, asked, at);
  for c in select * from giro_credit x where x.merchant_id = merchant and x.bill_id = bill and x.applied > 0
    order by x.id desc for update
  loop
    part := least(rest, c.applied);
    update giro_credit x set applied = x.applied - part, owed = x.owed + part, changed_at = at
    where x.merchant_id = merchant and x.id = c.id;
    rest := rest - part;
    exit when rest = 0;
  end loop;
  update giro_bill g set received = g.received - asked, changed_at = at where g.merchant_id = merchant and g.id = bill;
  perform post_giro(merchant, posting, 'giro-to-return', b.payment_id, b.currency, 'receivable:giro',
    jsonb_build_array(jsonb_build_object('account', 'payable:shopper', 'amount', asked)), at);
  return true;
end $$;

-- People have returned what a credit is more than was owed, or what nobody could be found for; false when nothing is left.
create function return_giro(merchant uuid, credit uuid, in_reference text, posting uuid, at timestamptz) returns boolean
  language plpgsql as $$
declare
  c giro_credit;
begin
  select * into c from giro_credit x where x.merchant_id = merchant and x.id = credit and x.owed + x.unassigned > 0 for update;
  if not found then return false; end if;
  update giro_credit x set returned = x.returned + x.owed + x.unassigned, owed = 0, unassigned = 0,
    return_reference = in_reference, changed_at = at
  where x.merchant_id = merchant and x.id = credit;
  perform post_giro(merchant, posting, 'giro-returned', c.payment_id, c.currency,
    case when c.unassigned > 0 then 'unassigned:giro' else 'payable:shopper' end,
    jsonb_build_array(jsonb_build_object('account', 'bank:' || c.bank, 'amount', c.owed + c.unassigned)), at);
  return true;
end $$;

grant select, insert, update on giro_terms, giro_bill, giro_file, giro_line, giro_credit to moa_app;
grant select, insert on giro_reference, giro_demand, giro_seen, giro_refund to moa_app;
grant delete on giro_line to moa_app;
