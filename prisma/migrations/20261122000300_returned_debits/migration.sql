-- Money that goes back to payers by transfer: refunds of collected direct debits, what was collected for orders that had been
-- given up, and what came by giro and is its payer's. It is ordered from the bank that has it, as payouts are.

-- CreateTable
CREATE TABLE "return_transfer" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "payment_id" UUID,
    "house_bank" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payer_name" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "named" TEXT,
    "file_id" UUID,
    "proposed_by" JSONB,
    "decided_by" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "return_transfer_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "giro_payer_account" (
    "bank" TEXT NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "agent" TEXT,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "giro_payer_account_pkey" PRIMARY KEY ("bank","bank_ref")
);

-- AlterTable
ALTER TABLE "giro_credit" ADD COLUMN "ordered" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "payout_file" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'payouts';

-- CreateIndex
CREATE INDEX "return_transfer_merchant_id_source_id_idx" ON "return_transfer"("merchant_id", "source_id");

-- CreateIndex
CREATE INDEX "return_transfer_file_id_idx" ON "return_transfer"("file_id");

-- CreateIndex
CREATE INDEX "giro_payer_account_key_id_idx" ON "giro_payer_account"("key_id");

alter table return_transfer
  add constraint return_transfer_positive check (amount > 0),
  add constraint return_transfer_source_known check (source in ('debit-refund', 'debit', 'giro')),
  add constraint return_transfer_state_known check (state in
    ('proposed', 'refused', 'due', 'filed', 'accepted', 'paid', 'rejected', 'by-hand')),
  add constraint return_transfer_filed check (case when state in ('filed', 'accepted', 'paid') then file_id is not null
    when state in ('proposed', 'refused', 'due') then file_id is null else true end),
  add constraint return_transfer_named check ((state = 'by-hand') = (named is not null));

-- Of one thing that is to go back, one transfer at a time is under way or done.
create unique index return_transfer_live on return_transfer (merchant_id, source, source_id, reference)
  where source <> 'giro' and state not in ('refused', 'rejected');
create index return_transfer_open on return_transfer (state, house_bank, merchant_id, id) where state in ('proposed', 'due');
create index debit_refund_open on debit_refund (merchant_id, debit_id) where state = 'open';
create index debit_to_return on debit (merchant_id, id) where state = 'to-return';

alter table payout_file add constraint payout_file_kind_known check (kind in ('payouts', 'returns'));

-- returning: the transfer back is ordered.
alter table debit drop constraint debit_state_known, drop constraint debit_in_batch;
alter table debit
  add constraint debit_state_known check (state in ('asked', 'open', 'batched', 'recalled', 'collected', 'settled',
    'refused', 'withdrawn', 'returned', 'to-return', 'returning', 'given-back')),
  add constraint debit_in_batch check (state not in ('batched', 'recalled', 'collected', 'settled', 'returned', 'to-return',
    'returning', 'given-back') or (batch_id is not null and line is not null and tries > 0));
alter table debit_refund drop constraint debit_refund_state_known;
alter table debit_refund add constraint debit_refund_state_known check (state in ('open', 'ordered', 'paid'));

-- What is ordered back of a credit is still owed, or nobody's, until the bank has paid it.
alter table giro_credit drop constraint giro_credit_adds_up, drop constraint giro_credit_parts;
alter table giro_credit
  add constraint giro_credit_adds_up check (amount = applied + owed + ordered + returned + unassigned + passed_on),
  add constraint giro_credit_parts check (least(applied, owed, ordered, returned, unassigned, passed_on) >= 0);

-- Money that was collected for an order that had been given up is with its payer again.
create or replace function give_back_debit(merchant uuid, wanted uuid, posting uuid, at timestamptz) returns boolean
  language plpgsql as $$
declare
  d debit;
begin
  update debit x set state = 'given-back', changed_at = at
  where x.merchant_id = merchant and x.id = wanted and x.state in ('to-return', 'returning') returning * into d;
  if not found then return false; end if;
  insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-given-back', d.payment_id, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
    (merchant, posting, 2, 'payable:shopper', d.currency, d.amount);
  return true;
end $$;

-- Orders a transfer back of what is owed of a source now: a refund of a debit, a debit, or a giro credit. The source's row is
-- the lock, and it says from then on that it is ordered. 'gone' when nothing of it is to go back, 'no-account' when the bank
-- did not tell whose account it came from.
create function order_return(merchant uuid, of_source text, of_id uuid, of_reference text, transfer uuid, hand jsonb, first text,
    at timestamptz) returns text language plpgsql as $$
declare
  d debit;
  c giro_credit;
  back bigint;
begin
  if of_source = 'giro' then
    select * into c from giro_credit x where x.merchant_id = merchant and x.id = of_id for update;
    back := c.owed + c.unassigned;
    if not found or back = 0 then return 'gone'; end if;
    if not exists (select from giro_payer_account a where a.bank = c.bank and a.bank_ref = c.bank_ref) then return 'no-account'; end if;
    update giro_credit x set ordered = x.ordered + back, owed = 0, unassigned = 0, changed_at = at
    where x.merchant_id = merchant and x.id = of_id;
    insert into return_transfer (merchant_id, id, source, source_id, reference, payment_id, house_bank, amount, currency,
      payer_name, last_four, state, proposed_by, created_at, changed_at)
    values (merchant, transfer, of_source, of_id, of_reference, c.payment_id, c.bank, back, c.currency,
      c.payer_name, c.payer_account, first, hand, at, at);
    return 'ordered';
  end if;
  select * into d from debit x where x.merchant_id = merchant and x.id = of_id for update;
  if not found then return 'gone'; end if;
  if of_source = 'debit' then
    if d.state <> 'to-return' then return 'gone'; end if;
    back := d.amount;
    update debit x set state = 'returning', changed_at = at where x.merchant_id = merchant and x.id = of_id;
  else
    -- What its bank has taken back is with the payer already.
    if d.state <> 'settled' then return 'gone'; end if;
    update debit_refund r set state = 'ordered', changed_at = at where r.merchant_id = merchant and r.debit_id = of_id
      and r.reference = of_reference and r.state = 'open' returning r.amount into back;
    if back is null then return 'gone'; end if;
  end if;
  insert into return_transfer (merchant_id, id, source, source_id, reference, payment_id, house_bank, amount, currency,
    payer_name, last_four, state, proposed_by, created_at, changed_at)
  select merchant, transfer, of_source, of_id, of_reference, d.payment_id, d.house_bank, back, d.currency, '', m.last_four,
    first, hand, at, at
  from mandate m where m.merchant_id = merchant and m.id = d.mandate_id;
  return 'ordered';
end $$;

-- Whose the money of a giro credit is in the books.
create function giro_owed_as(merchant uuid) returns text language sql immutable as $$
  select case when merchant = '00000000-0000-0000-0000-000000000000' then 'unassigned:giro' else 'payable:shopper' end
$$;

-- The payer has the money, by a transfer of this name at the bank.
create function returned_at_bank(t return_transfer, said text, posting uuid, at timestamptz) returns void language plpgsql as $$
begin
  if t.source = 'debit' then
    perform give_back_debit(t.merchant_id, t.source_id, posting, at);
  elsif t.source = 'debit-refund' then
    update debit_refund r set state = 'paid', paid_as = said, changed_at = at
    where r.merchant_id = t.merchant_id and r.debit_id = t.source_id and r.reference = t.reference;
  else
    update giro_credit x set ordered = x.ordered - t.amount, returned = x.returned + t.amount, return_reference = said,
      changed_at = at where x.merchant_id = t.merchant_id and x.id = t.source_id;
    perform post_giro(t.merchant_id, posting, 'giro-returned', t.payment_id, t.currency, giro_owed_as(t.merchant_id),
      jsonb_build_array(jsonb_build_object('account', 'bank:' || t.house_bank, 'amount', t.amount)), at);
  end if;
end $$;

-- The transfer came to nothing, or its money came back after it had been paid: it is to be returned again.
create function not_returned(t return_transfer, posting uuid, at timestamptz) returns void language plpgsql as $$
begin
  if t.source = 'debit' then
    update debit x set state = 'to-return', changed_at = at where x.merchant_id = t.merchant_id and x.id = t.source_id;
    if t.state = 'paid' then
      insert into posting (merchant_id, id, kind, payment_id, at)
      values (t.merchant_id, posting, 'debit-return-back', t.payment_id, at);
      insert into entry (merchant_id, posting_id, line, account, currency, amount)
      values (t.merchant_id, posting, 1, 'receivable:direct-debit:' || t.house_bank, t.currency, t.amount),
        (t.merchant_id, posting, 2, 'payable:shopper', t.currency, -t.amount);
    end if;
  elsif t.source = 'debit-refund' then
    update debit_refund r set state = 'open', paid_as = null, changed_at = at
    where r.merchant_id = t.merchant_id and r.debit_id = t.source_id and r.reference = t.reference;
  else
    update giro_credit x set
      ordered = x.ordered - case when t.state = 'paid' then 0 else t.amount end,
      returned = x.returned - case when t.state = 'paid' then t.amount else 0 end,
      owed = x.owed + case when x.bill_id is null then 0 else t.amount end,
      unassigned = x.unassigned + case when x.bill_id is null then t.amount else 0 end, changed_at = at
    where x.merchant_id = t.merchant_id and x.id = t.source_id;
    if t.state = 'paid' then
      perform post_giro(t.merchant_id, posting, 'giro-return-back', t.payment_id, t.currency, 'bank:' || t.house_bank,
        jsonb_build_array(jsonb_build_object('account', giro_owed_as(t.merchant_id), 'amount', t.amount)), at);
    end if;
  end if;
end $$;

-- A second person decides on a proposed transfer; false when there is none, or whoever asks has proposed it.
create function decide_return(merchant uuid, subject uuid, agreed boolean, hand jsonb, posting uuid, at timestamptz)
  returns boolean language plpgsql as $$
declare
  t return_transfer;
begin
  select * into t from return_transfer x where x.merchant_id = merchant and x.id = subject and x.state = 'proposed' for update;
  if not found or t.proposed_by->>'id' = hand->>'id' then return false; end if;
  if not agreed then perform not_returned(t, posting, at); end if;
  update return_transfer x set state = case when agreed then 'due' else 'refused' end, decided_by = hand, changed_at = at
  where x.merchant_id = merchant and x.id = subject;
  return true;
end $$;

-- Claims the due transfers of a bank for one file, so that each is in one file and no other.
create function claim_return_file(file uuid, of_bank text, wanted text, file_name text, most int, at timestamptz) returns int
  language plpgsql as $$
declare
  n int;
  sum_of bigint;
begin
  with due as (
    select x.merchant_id, x.id from return_transfer x where x.state = 'due' and x.house_bank = of_bank and x.currency = wanted
    order by x.merchant_id, x.id limit most for update skip locked
  ), filed as (
    update return_transfer x set state = 'filed', file_id = file, changed_at = at from due
    where x.merchant_id = due.merchant_id and x.id = due.id returning x.amount
  )
  select count(*), coalesce(sum(amount), 0) into n, sum_of from filed;
  if n > 0 then
    insert into payout_file (id, bank, name, currency, payouts, total, state, kind, created_at)
    values (file, of_bank, file_name, wanted, n, sum_of, 'claimed', 'returns', at);
  end if;
  return n;
end $$;

-- Notes what the bank says of a transfer back. What it refuses, or sends back later, is to be returned again.
create function answer_return(merchant uuid, subject uuid, becomes text, why text, posting uuid, at timestamptz) returns text
  language plpgsql as $$
declare
  t return_transfer;
begin
  select * into t from return_transfer x where x.merchant_id = merchant and x.id = subject for update;
  if not found or t.file_id is null then return 'unknown'; end if;
  if t.state = becomes then return 'repeated'; end if;
  if t.state in ('rejected', 'by-hand') or (t.state = 'paid' and becomes = 'accepted') then return 'contradicts'; end if;
  if becomes = 'paid' then
    perform returned_at_bank(t, replace(subject::text, '-', ''), posting, at);
  elsif becomes = 'rejected' then
    perform not_returned(t, posting, at);
  end if;
  update return_transfer x set state = becomes, reason = why, changed_at = at where x.merchant_id = merchant and x.id = subject;
  return 'applied';
end $$;

-- People have transferred by hand what the bank had sent back of a direct debit. False when that is not so any more.
create function return_by_hand(merchant uuid, subject uuid, said text, hand jsonb, posting uuid, at timestamptz) returns boolean
  language plpgsql as $$
declare
  t return_transfer;
begin
  select * into t from return_transfer x where x.merchant_id = merchant and x.id = subject and x.state = 'rejected' for update;
  if not found or t.source = 'giro' then return false; end if;
  perform from debit d where d.merchant_id = merchant and d.id = t.source_id
    and d.state = case when t.source = 'debit' then 'to-return' else 'settled' end for update;
  if not found then return false; end if;
  perform from debit_refund r where r.merchant_id = merchant and r.debit_id = t.source_id and r.reference = t.reference
    and r.state = 'open' for update;
  if not found and t.source = 'debit-refund' then return false; end if;
  perform returned_at_bank(t, said, posting, at);
  update return_transfer x set state = 'by-hand', named = said, decided_by = hand, changed_at = at
  where x.merchant_id = merchant and x.id = subject;
  return true;
end $$;

-- What was to go back until now was transferred by people, or is about to be: nothing of it is ordered by itself. It stands as if
-- the bank had refused it, so that somebody says for each whether it is ordered, or was transferred by hand.
insert into return_transfer (merchant_id, id, source, source_id, reference, payment_id, house_bank, amount, currency, payer_name,
  last_four, state, created_at, changed_at)
select x.merchant_id, gen_random_uuid(), x.source, x.source_id, x.reference, d.payment_id, d.house_bank, x.amount, d.currency, '',
  m.last_four, 'rejected', x.at, x.at
from (
  select r.merchant_id, 'debit-refund' as source, r.debit_id as source_id, r.reference, r.amount, r.changed_at as at
  from debit_refund r where r.state = 'open'
  union all
  select t.merchant_id, 'debit', t.id, '', t.amount, t.changed_at from debit t where t.state = 'to-return') x
join debit d on d.merchant_id = x.merchant_id and d.id = x.source_id
join mandate m on m.merchant_id = d.merchant_id and m.id = d.mandate_id;

grant select, insert, update on return_transfer to moa_app;
grant select, insert, update on giro_payer_account to moa_app;
