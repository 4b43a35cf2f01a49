-- What used to be one operator's deed now takes two (P6.3): vouchers are proposed before there are any, and whose a credit of
-- nobody's is, or that it was transferred back by hand, is proposed before it is booked.

-- AlterTable
ALTER TABLE "voucher_batch" ADD COLUMN "decided_at" TIMESTAMPTZ(3),
ADD COLUMN "decided_by" JSONB,
ADD COLUMN "state" TEXT NOT NULL DEFAULT 'proposed';

-- CreateTable
CREATE TABLE "giro_proposal" (
    "id" UUID NOT NULL,
    "credit_id" UUID NOT NULL,
    "deed" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payer_name" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "to_merchant" UUID,
    "to_bill" UUID,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "proposed_by" JSONB NOT NULL,
    "decided_by" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giro_proposal_pkey" PRIMARY KEY ("id")
);

-- Whatever batch there is has its codes already.
update voucher_batch set state = case when withdrawn_at is null then 'made' else 'withdrawn' end;

-- Those that one operator made before have nobody who agreed.
alter table voucher_batch
  add constraint voucher_batch_state_known check (state in ('proposed', 'refused', 'made', 'withdrawn')),
  add constraint voucher_batch_withdrawn_since check (state <> 'withdrawn' or withdrawn_at is not null),
  add constraint voucher_batch_two_people check (decided_by->>'id' <> created_by->>'id'),
  add constraint voucher_batch_agreed check (state <> 'made' or decided_by is not null) not valid;

alter table giro_proposal
  add constraint giro_proposal_positive check (amount > 0),
  add constraint giro_proposal_deed_known check (deed in ('assign', 'return')),
  add constraint giro_proposal_state_known check (state in ('proposed', 'refused', 'agreed', 'too-late')),
  add constraint giro_proposal_whole check ((deed = 'assign') = (to_merchant is not null)
    and (deed = 'assign') = (to_bill is not null) and (state = 'proposed') = (decided_by is null)),
  add constraint giro_proposal_two_people check (decided_by->>'id' <> proposed_by->>'id');

-- Of one credit one thing is proposed at a time.
create unique index giro_proposal_live on giro_proposal (credit_id) where state = 'proposed';

-- A batch without a second person's yes has no codes that anybody could know.
create or replace function redeem_voucher(r jsonb, zone text, object_at text) returns jsonb language plpgsql as $$
declare
  now_at timestamptz := (r->>'at')::timestamptz;
  step timestamptz := date_bin('10 minutes', now_at, '2000-01-01Z');
  subjects text[] := array['voucher:account:' || (r->>'accountId'), 'voucher:by:' || (r->>'triedBy')];
  s text;
  wrong bigint := 0;
  found_one voucher;
  of_batch voucher_batch;
  a account;
  result jsonb;
  reason text;
begin
  foreach s in array subjects loop
    insert into rate_count (subject, window_start, count) values (s, step, 1)
    on conflict (subject, window_start) do update set count = rate_count.count + 1;
    select greatest(wrong, sum(c.count)) into wrong from rate_count c
    where c.subject = s and c.window_start > step - interval '60 minutes';
  end loop;
  if wrong <= 10 then
    a := lock_account((r->>'accountId')::uuid, now_at, zone);
    select * into found_one from voucher v where v.fingerprint = decode(r->>'voucher', 'hex') for update;
    select * into of_batch from voucher_batch b where b.id = found_one.batch_id;
  end if;
  reason := case
    when wrong > 10 then 'too-many-tries'
    when a.id is null then 'unregistered'
    when found_one.batch_id is null or of_batch.state in ('proposed', 'refused') then 'unknown-voucher'
    when found_one.redeemed_at is not null then 'voucher-used'
    when of_batch.withdrawn_at is not null or of_batch.expires_at <= now_at then 'voucher-expired'
    when of_batch.currency <> a.currency then 'wrong-currency' end;
  -- Beyond the bound nothing is counted, so that asking on does not keep the account closed for longer.
  if reason is distinct from 'unknown-voucher' then
    update rate_count c set count = c.count - 1 where c.subject = any(subjects) and c.window_start = step;
  end if;
  if reason is not null then return jsonb_build_object('kind', 'refused', 'reason', reason); end if;

  update voucher v set account_id = a.id, movement_id = (r->>'id')::uuid, redeemed_at = now_at
  where v.batch_id = found_one.batch_id and v.number = found_one.number;
  result := top_up_account(r || jsonb_build_object('kind', 'voucher', 'amount', of_batch.amount::text,
    'currency', of_batch.currency, 'requester', 'voucher', 'reference', found_one.batch_id || '/' || found_one.number,
    'contra', 'receivable:vouchers'), zone, object_at);
  if result->>'kind' <> 'topped-up' then raise exception 'a voucher cannot fill its account' using errcode = 'check_violation'; end if;
  return result || '{"kind": "redeemed"}';
end $$;

-- Somebody says whose a credit of nobody's is, or by what name it was transferred back. 'proposed'; 'waits' when something is
-- proposed of it already; 'not-open' when it is nobody's no more, or in another currency than the bill.
create function propose_giro(proposal uuid, of_credit uuid, of_deed text, words text, merchant uuid, bill uuid, hand jsonb,
    at timestamptz) returns text language plpgsql as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  c giro_credit;
begin
  select * into c from giro_credit x where x.merchant_id = nobody and x.id = of_credit for update;
  if not found or c.unassigned = 0 then return 'not-open'; end if;
  if of_deed = 'assign' and not exists (select from giro_bill b where b.merchant_id = merchant and b.id = bill
    and b.currency = c.currency) then return 'not-open'; end if;
  insert into giro_proposal (id, credit_id, deed, amount, currency, payer_name, said, to_merchant, to_bill, proposed_by,
    created_at, changed_at)
  values (proposal, of_credit, of_deed, c.unassigned, c.currency, c.payer_name, words, merchant, bill, hand, at, at)
  on conflict (credit_id) where state = 'proposed' do nothing;
  return case when found then 'proposed' else 'waits' end;
end $$;

-- A second person decides. 'gone' when nothing is proposed, or whoever asks has proposed it; 'too-late' when the credit is
-- nobody's no more: it was ordered back meanwhile.
create function decide_giro(proposal uuid, agreed boolean, hand jsonb, new_credit uuid, posting uuid, at timestamptz)
  returns text language plpgsql as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  p giro_proposal;
  became text := 'refused';
begin
  select * into p from giro_proposal x where x.id = proposal and x.state = 'proposed' for update;
  if not found or p.proposed_by->>'id' = hand->>'id' then return 'gone'; end if;
  if agreed then
    became := case when case p.deed
      when 'assign' then assign_giro(p.credit_id, p.to_merchant, p.to_bill, new_credit, posting, at) is not null
      else return_giro(nobody, p.credit_id, p.said, posting, at) end
      then 'agreed' else 'too-late' end;
  end if;
  update giro_proposal x set state = became, decided_by = hand, changed_at = at where x.id = proposal;
  return became;
end $$;

grant select, insert, update on giro_proposal to moa_app;
