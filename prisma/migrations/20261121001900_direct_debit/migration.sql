-- Direct debit: what shoppers agreed to, what is collected by it, the files in which it goes to the bank, and what the bank
-- said of each debit.

-- CreateTable
CREATE TABLE "mandate" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shopper_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "consent" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "mandate_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "debit" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "mandate_id" UUID NOT NULL,
    "house_bank" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "order_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "announced_at" TIMESTAMPTZ(3),
    "collect_at" TIMESTAMPTZ(3),
    "batch_id" UUID,
    "line" INTEGER,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debit_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "debit_batch" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "house_bank" TEXT NOT NULL,
    "collect_on" DATE NOT NULL,
    "debits" INTEGER NOT NULL,
    "total" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sha256" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debit_batch_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "debit_batch_line" (
    "merchant_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "debit_id" UUID NOT NULL,
    "try" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "debit_batch_line_pkey" PRIMARY KEY ("merchant_id","batch_id","line")
);

-- CreateTable
CREATE TABLE "debit_report" (
    "house_bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "merchant_id" UUID,
    "batch_id" UUID,
    "state" TEXT NOT NULL,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debit_report_pkey" PRIMARY KEY ("house_bank","name")
);

-- CreateTable
CREATE TABLE "debit_refund" (
    "merchant_id" UUID NOT NULL,
    "debit_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "paid_as" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debit_refund_pkey" PRIMARY KEY ("merchant_id","debit_id","reference")
);

-- CreateIndex
CREATE INDEX "mandate_shopper_id_id_idx" ON "mandate"("shopper_id", "id");

-- CreateIndex
CREATE INDEX "mandate_key_id_idx" ON "mandate"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "debit_payment_id_attempt_leg_merchant_id_key" ON "debit"("payment_id", "attempt", "leg", "merchant_id");

-- CreateIndex
CREATE INDEX "debit_merchant_id_state_id_idx" ON "debit"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "debit_state_collect_at_idx" ON "debit"("state", "collect_at");

-- CreateIndex
CREATE INDEX "debit_merchant_id_mandate_id_idx" ON "debit"("merchant_id", "mandate_id");

-- CreateIndex
CREATE INDEX "debit_batch_id_idx" ON "debit_batch"("id");

-- CreateIndex
CREATE INDEX "debit_batch_state_idx" ON "debit_batch"("state");

-- CreateIndex
CREATE UNIQUE INDEX "debit_batch_line_merchant_id_debit_id_try_key" ON "debit_batch_line"("merchant_id", "debit_id", "try");

-- CreateIndex
CREATE INDEX "debit_report_merchant_id_batch_id_idx" ON "debit_report"("merchant_id", "batch_id");

-- CreateIndex
CREATE INDEX "debit_refund_merchant_id_state_idx" ON "debit_refund"("merchant_id", "state");

alter table mandate
  add constraint mandate_kind_known check (kind in ('one-off', 'recurring')),
  add constraint mandate_state_known check (state in ('active', 'revoked')),
  add constraint mandate_revoked_at check ((state = 'revoked') = (revoked_at is not null));

alter table debit
  add constraint debit_amount_positive check (amount > 0),
  add constraint debit_state_known check (state in ('asked', 'open', 'batched', 'recalled', 'collected', 'settled',
    'refused', 'withdrawn', 'returned', 'to-return', 'given-back')),
  add constraint debit_in_batch check (state not in ('batched', 'recalled', 'collected', 'settled', 'returned', 'to-return',
    'given-back') or (batch_id is not null and line is not null and tries > 0));

alter table debit_batch
  add constraint debit_batch_positive check (debits > 0 and total > 0),
  add constraint debit_batch_state_known check (state in ('claimed', 'written', 'sent', 'answered', 'rejected')),
  add constraint debit_batch_written check (state = 'claimed' or sha256 is not null);

alter table debit_report
  add constraint debit_report_state_known check (state in ('applied', 'refused'));

alter table debit_refund
  add constraint debit_refund_positive check (amount > 0),
  add constraint debit_refund_state_known check (state in ('open', 'paid')),
  add constraint debit_refund_paid_as check ((state = 'paid') = (paid_as is not null));

create trigger append_only before update or delete on debit_batch_line for each row execute function refuse_change();
create trigger append_only_whole before truncate on debit_batch_line for each statement execute function refuse_change();

-- When a schedule runs next after a moment: every day, or on a day of every month (its last, where it has no such day), at a
-- time by the clocks of a zone. Nothing set is every day at two in the afternoon.
create function next_debit_run(schedule jsonb, zone text, after timestamptz) returns timestamptz language plpgsql stable as $$
declare
  here timestamp := after at time zone zone;
  run timestamp;
  month date;
begin
  schedule := coalesce(schedule, '{"kind": "daily", "at": "14:00"}');
  if schedule->>'kind' = 'daily' then
    run := here::date + (schedule->>'at')::time;
    if run <= here then run := run + interval '1 day'; end if;
  else
    month := date_trunc('month', here)::date;
    loop
      run := month + least((schedule->>'day')::int, extract(day from month + interval '1 month' - interval '1 day')::int) - 1
        + (schedule->>'at')::time;
      exit when run > here;
      month := (month + interval '1 month')::date;
    end loop;
  end if;
  return run at time zone zone;
end $$;

-- Puts the debits of a merchant that are due, and have been announced, into one batch; how many it took. The rows are locked
-- first, so that no debit is in two batches at once, whoever makes them and however often one dies meanwhile.
create function claim_debits(merchant uuid, batch uuid, bank text, in_currency text, day date, at timestamptz, most int,
    at_once boolean) returns int language plpgsql as $$
declare
  taken int;
  sum_of bigint;
begin
  with due as (
    select d.id from debit d
    where d.merchant_id = merchant and d.state = 'open' and d.house_bank = bank and d.currency = in_currency
      and d.announced_at is not null and (at_once or d.collect_at <= at)
    order by d.id limit most for update
  ), numbered as (
    select id, row_number() over (order by id) as line from due
  ), moved as (
    update debit d set state = 'batched', batch_id = batch, line = n.line, tries = d.tries + 1, reason = null, changed_at = at
    from numbered n where d.merchant_id = merchant and d.id = n.id
    returning d.id, d.line, d.tries, d.amount
  ), kept as (
    insert into debit_batch_line (merchant_id, batch_id, line, debit_id, try, amount)
    select merchant, batch, m.line, m.id, m.tries, m.amount from moved m returning amount
  )
  select count(*), sum(amount) into taken, sum_of from kept;
  if taken > 0 then
    insert into debit_batch (merchant_id, id, house_bank, collect_on, debits, total, currency, state, created_at, changed_at)
    values (merchant, batch, bank, day, taken, sum_of, in_currency, 'claimed', at, at);
  end if;
  return taken;
end $$;

-- Writes down what the bank says of one debit of a batch, and books what follows from it. What was heard before is heard
-- without effect. A return of money that the payment has taken waits until the payment is paid, so that the books say first
-- that it was.
create function answer_debit(merchant uuid, wanted uuid, said_of_try int, of_batch uuid, collected boolean, why text,
    again_at timestamptz, posting uuid, at timestamptz) returns text language plpgsql as $$
declare
  d debit;
begin
  select * into d from debit x where x.merchant_id = merchant and x.id = wanted for update;
  if not found or d.batch_id is distinct from of_batch or d.tries <> said_of_try then
    -- An older try of a debit that has gone on since: heard before.
    perform from debit_batch_line l
    where l.merchant_id = merchant and l.debit_id = wanted and l.try = said_of_try and l.batch_id = of_batch;
    return case when found then 'repeated' else 'unknown' end;
  end if;

  if collected then
    if d.state = 'batched' then
      update debit x set state = 'collected', changed_at = at where x.merchant_id = merchant and x.id = wanted;
      perform hurry_payment(merchant, d.payment_id, at);
      return 'collected';
    elsif d.state = 'recalled' then
      -- Nobody waits for it any more: it is the shopper's.
      update debit x set state = 'to-return', changed_at = at where x.merchant_id = merchant and x.id = wanted;
      insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-to-return', d.payment_id, at);
      insert into entry (merchant_id, posting_id, line, account, currency, amount)
      values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, d.amount),
        (merchant, posting, 2, 'payable:shopper', d.currency, -d.amount);
      return 'to-return';
    end if;
    return case when d.state in ('collected', 'settled', 'to-return', 'given-back') then 'repeated' else 'contrary' end;
  end if;

  if d.state in ('batched', 'collected') then
    update debit x set state = case when again_at is null or d.state = 'collected' then 'refused' else 'open' end,
      reason = why, collect_at = coalesce(again_at, x.collect_at), changed_at = at
    where x.merchant_id = merchant and x.id = wanted;
    perform hurry_payment(merchant, d.payment_id, at);
    return case when again_at is null or d.state = 'collected' then 'refused' else 'again' end;
  elsif d.state = 'recalled' then
    update debit x set state = 'withdrawn', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    return 'withdrawn';
  elsif d.state = 'to-return' then
    update debit x set state = 'withdrawn', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-taken-back', d.payment_id, at);
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
      (merchant, posting, 2, 'payable:shopper', d.currency, d.amount);
    return 'withdrawn';
  elsif d.state = 'settled' then
    perform from payment p where p.merchant_id = merchant and p.id = d.payment_id and p.state = 'paid';
    if not found then return 'later'; end if;
    perform lock_merchant_balance(merchant, d.currency);
    update debit x set state = 'returned', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'charge-back', d.payment_id, at);
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
      (merchant, posting, 2, 'payable:merchant', d.currency, d.amount);
    return 'returned';
  end if;
  return case when d.state in ('refused', 'withdrawn', 'returned', 'open') then 'repeated' else 'contrary' end;
end $$;

-- Writes down that money of a settled debit goes back to its payer, never more than there was; the row is locked first, so that
-- two at once cannot take the same. False when the bank has it back already, or there is not so much left.
create function refund_debit(merchant uuid, wanted uuid, said text, back bigint, at timestamptz) returns boolean
  language plpgsql as $$
declare
  whole bigint;
begin
  perform from debit_refund r where r.merchant_id = merchant and r.debit_id = wanted and r.reference = said;
  if found then return true; end if;
  select d.amount into whole from debit d
  where d.merchant_id = merchant and d.id = wanted and d.state = 'settled' for update;
  if whole is null then return false; end if;
  if back + (select coalesce(sum(r.amount), 0) from debit_refund r where r.merchant_id = merchant and r.debit_id = wanted) > whole
  then return false; end if;
  insert into debit_refund (merchant_id, debit_id, reference, amount, state, created_at, changed_at)
  values (merchant, wanted, said, back, 'open', at, at) on conflict do nothing;
  return true;
end $$;

-- Money that was collected for an order that had been given up is with its payer again.
create function give_back_debit(merchant uuid, wanted uuid, posting uuid, at timestamptz) returns boolean
  language plpgsql as $$
declare
  d debit;
begin
  update debit x set state = 'given-back', changed_at = at
  where x.merchant_id = merchant and x.id = wanted and x.state = 'to-return' returning * into d;
  if not found then return false; end if;
  insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-given-back', d.payment_id, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
    (merchant, posting, 2, 'payable:shopper', d.currency, d.amount);
  return true;
end $$;


-- Ends a mandate, and with it every debit of it that is not at the bank yet. False when it is not this shopper's, or over.
create function revoke_mandate(shopper uuid, wanted uuid, at timestamptz) returns boolean language plpgsql as $$
declare
  m mandate;
  p uuid;
begin
  update mandate x set state = 'revoked', revoked_at = at
  where x.shopper_id = shopper and x.id = wanted and x.state = 'active' returning * into m;
  if not found then return false; end if;
  for p in
    update debit x set state = 'refused', reason = 'MD01', changed_at = at
    where x.merchant_id = m.merchant_id and x.mandate_id = m.id and x.state = 'open' returning x.payment_id
  loop
    perform hurry_payment(m.merchant_id, p, at);
  end loop;
  return true;
end $$;

grant select, insert, update on mandate, debit, debit_batch, debit_report, debit_refund to moa_app;
grant select, insert on debit_batch_line to moa_app;
