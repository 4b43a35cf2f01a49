-- What is owed to merchants as a sum that is carried on, and disputes over payments.

-- ------------------------------------------------------------------------------------------------ what is owed to merchants

-- CreateTable
CREATE TABLE "merchant_balance" (
    "merchant_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" BIGINT NOT NULL,

    CONSTRAINT "merchant_balance_pkey" PRIMARY KEY ("merchant_id","currency")
);

-- CreateTable
CREATE TABLE "merchant_balance_change" (
    "merchant_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "merchant_balance_change_pkey" PRIMARY KEY ("merchant_id","posting_id","currency")
);

-- Writers of the books wait for nobody: each posting leaves what it changes in a row of its own, and whoever holds the lock of
-- the balance adds such rows up. Nothing depends on the order in which postings were made or committed.
create function note_balance_change() returns trigger language plpgsql as $$
begin
  insert into merchant_balance_change as c (merchant_id, posting_id, currency, amount)
  select i.merchant_id, i.posting_id, i.currency, -sum(i.amount) from inserted i
  where i.account = 'payable:merchant' group by i.merchant_id, i.posting_id, i.currency
  on conflict (merchant_id, posting_id, currency) do update set amount = c.amount + excluded.amount;
  return null;
end $$;

create trigger balance_change after insert on entry referencing new table as inserted
  for each statement execute function note_balance_change();

-- What was booked before there was a sum begins it.
insert into merchant_balance (merchant_id, currency, balance)
select e.merchant_id, e.currency, -sum(e.amount) from entry e where e.account = 'payable:merchant'
group by e.merchant_id, e.currency;

-- What is owed to a merchant in one currency: the sum so far and what has come since. Carries the sum on, so that the cost stays
-- that of what has come since; the worker does so for merchants of whom nobody asks. Only for holders of the balance's lock.
create function add_up_balance(merchant uuid, wanted text) returns bigint language plpgsql as $$
declare
  since bigint;
  owed bigint;
begin
  with added as (
    delete from merchant_balance_change c where c.merchant_id = merchant and c.currency = wanted returning c.amount
  )
  select sum(a.amount) into since from added a;
  if since is null then
    select b.balance into owed from merchant_balance b where b.merchant_id = merchant and b.currency = wanted;
    return coalesce(owed, 0);
  end if;
  insert into merchant_balance as b (merchant_id, currency, balance) values (merchant, wanted, since)
  on conflict (merchant_id, currency) do update set balance = b.balance + excluded.balance
  returning b.balance into owed;
  return owed;
end $$;

-- What the merchant may still have taken back of one currency: what we owe to it (reserves are kept in an account of their
-- own), less what refunds on their way will take. Whoever decides by it holds the balance's lock until the end of the
-- transaction; so must whatever pays a merchant out.
create or replace function lock_merchant_balance(merchant uuid, wanted text) returns bigint language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('merchant balance ' || merchant || ' ' || wanted, 0));
  return add_up_balance(merchant, wanted) - (
    select coalesce(sum(r.from_balance), 0) from refund r
    join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id and p.currency = wanted
    where r.merchant_id = merchant and r.state = 'refunding'
  );
end $$;

-- Carries the sums of those merchants on that have changes waiting, at most so many; how many it was.
create function add_up_balances(most int) returns int language plpgsql as $$
declare
  one record;
  done int := 0;
begin
  for one in
    select distinct c.merchant_id, c.currency from merchant_balance_change c order by c.merchant_id, c.currency limit most
  loop
    -- A balance that somebody decides by at this moment is added up by that somebody.
    if pg_try_advisory_xact_lock(hashtextextended('merchant balance ' || one.merchant_id || ' ' || one.currency, 0)) then
      perform add_up_balance(one.merchant_id, one.currency);
      done := done + 1;
    end if;
  end loop;
  return done;
end $$;

grant select, insert, update on merchant_balance to moa_app;
grant select, insert, update, delete on merchant_balance_change to moa_app;

-- ------------------------------------------------------------------------------------------------ disputes

-- CreateTable
CREATE TABLE "dispute" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "shopper_id" UUID NOT NULL,
    "order_ref" TEXT NOT NULL,
    "order_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "wanted" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "decide_by" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answered_by" JSONB,
    "answered_at" TIMESTAMPTZ(3),
    "offer" BIGINT,
    "outcome" TEXT,
    "granted" BIGINT,
    "decision" TEXT,
    "decided_by" JSONB,
    "confirmed_by" JSONB,
    "refund_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "dispute_event" (
    "merchant_id" UUID NOT NULL,
    "dispute_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "words" TEXT,
    "detail" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dispute_event_pkey" PRIMARY KEY ("merchant_id","dispute_id","version")
);

-- CreateTable
CREATE TABLE "dispute_evidence" (
    "merchant_id" UUID NOT NULL,
    "dispute_id" UUID NOT NULL,
    "evidence_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "dispute_evidence_pkey" PRIMARY KEY ("merchant_id","dispute_id","evidence_id")
);

-- CreateIndex
CREATE INDEX "dispute_payment_id_merchant_id_idx" ON "dispute"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "dispute_merchant_id_state_id_idx" ON "dispute"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "dispute_shopper_id_id_idx" ON "dispute"("shopper_id", "id");

-- CreateIndex
CREATE INDEX "dispute_due_at_id_idx" ON "dispute"("due_at", "id");

alter table dispute
  add constraint dispute_state_known check (state in ('open', 'answered', 'unanswered', 'second', 'deciding', 'decided',
    'withdrawn', 'expired')),
  add constraint dispute_wanted_positive check (wanted > 0),
  add constraint dispute_offer_within check (offer is null or (offer > 0 and offer <= wanted)),
  add constraint dispute_granted_within check (granted is null or (granted >= 0 and granted <= wanted)),
  add constraint dispute_outcome_known check (outcome is null or outcome in ('shopper', 'shop', 'part')),
  add constraint dispute_decided_whole check (state <> 'decided' or (outcome is not null and granted is not null
    and (granted > 0) = (refund_id is not null))),
  add constraint dispute_closed_is_dated check ((state in ('decided', 'withdrawn', 'expired')) = (closed_at is not null)),
  add constraint dispute_goes_on check ((state in ('decided', 'withdrawn', 'expired')) = (due_at is null));

-- A payment has one dispute at a time.
create unique index dispute_one_open on dispute (merchant_id, payment_id)
  where state not in ('decided', 'withdrawn', 'expired');

create trigger append_only before update or delete on dispute_event for each row execute function refuse_change();
create trigger append_only_whole before truncate on dispute_event for each statement execute function refuse_change();
create trigger append_only before update or delete on dispute_evidence for each row execute function refuse_change();
create trigger append_only_whole before truncate on dispute_evidence for each statement execute function refuse_change();

-- Puts the payment's signed messages into the dispute's file, as they are at this moment; what is there stays.
create function freeze_evidence(merchant uuid, subject uuid, payment uuid) returns void language sql as $$
  insert into dispute_evidence (merchant_id, dispute_id, evidence_id, digest)
  select merchant, subject, e.id, sha256(convert_to(e.message, 'UTF8')) from evidence e
  where e.merchant_id = merchant and e.payment_id = payment
  on conflict do nothing
$$;

-- Opens a dispute with its file, its first line and the messages that report it. Under the lock of the payment's row, so that
-- nothing is claimed that has gone back already. What stands in the way: taken, exceeds; null when it was opened.
create function open_dispute(d jsonb) returns text language plpgsql as $$
declare
  merchant uuid := (d->>'merchantId')::uuid;
  subject uuid := (d->>'id')::uuid;
  bought uuid := (d->>'paymentId')::uuid;
  at timestamptz := (d->>'createdAt')::timestamptz;
  held payment;
begin
  select * into held from payment p where p.merchant_id = merchant and p.id = bought for update;
  if exists (select from dispute x where x.merchant_id = merchant and x.payment_id = bought
    and x.state not in ('decided', 'withdrawn', 'expired')) then return 'taken'; end if;
  if held.state <> 'paid' or (d->>'wanted')::bigint > held.captured_amount - held.refunded_amount then return 'exceeds'; end if;

  insert into dispute (merchant_id, id, payment_id, shopper_id, order_ref, order_name, reason, claim, wanted, currency, locale,
    state, answer_by, due_at, created_at)
  values (merchant, subject, bought, (d->>'shopperId')::uuid, d->>'orderRef', d->>'orderName', d->>'reason', d->>'claim',
    (d->>'wanted')::bigint, d->>'currency', d->>'locale', 'open', (d->>'answerBy')::timestamptz,
    (d->>'answerBy')::timestamptz, at);
  insert into dispute_event (merchant_id, dispute_id, version, event, state, actor, words, at)
  values (merchant, subject, 1, 'claimed', 'open', d->'actor', d->>'claim', at);
  perform freeze_evidence(merchant, subject, bought);
  perform insert_messages(jsonb_build_array(d));
  return null;
end $$;

-- Records a move, only if the dispute is still as it was read. What a move does not name stays as it is.
create function move_dispute(m jsonb) returns boolean language plpgsql as $$
declare
  merchant uuid := (m->>'merchantId')::uuid;
  subject uuid := (m->>'id')::uuid;
  at timestamptz := (m->>'at')::timestamptz;
  changes jsonb := m->'changes';
  held dispute;
begin
  select * into held from dispute d
  where d.merchant_id = merchant and d.id = subject and d.version = (m->>'version')::int for update;
  if not found then return false; end if;
  update dispute d set state = m->>'state', version = d.version + 1, due_at = (m->>'dueAt')::timestamptz,
    decide_by = case when changes ? 'decideBy' then (changes->>'decideBy')::timestamptz else d.decide_by end,
    answer = case when changes ? 'answer' then changes->>'answer' else d.answer end,
    answered_by = case when changes ? 'answeredBy' then changes->'answeredBy' else d.answered_by end,
    answered_at = case when changes ? 'answer' then at else d.answered_at end,
    offer = case when changes ? 'offer' then (changes->>'offer')::bigint else d.offer end,
    outcome = case when changes ? 'outcome' then changes->>'outcome' else d.outcome end,
    granted = case when changes ? 'granted' then (changes->>'granted')::bigint else d.granted end,
    decision = case when changes ? 'decision' then changes->>'decision' else d.decision end,
    decided_by = case when changes ? 'decidedBy' then nullif(changes->'decidedBy', 'null') else d.decided_by end,
    confirmed_by = case when changes ? 'confirmedBy' then nullif(changes->'confirmedBy', 'null') else d.confirmed_by end,
    refund_id = case when changes ? 'refundId' then (changes->>'refundId')::uuid else d.refund_id end,
    closed_at = case when m->>'dueAt' is null then at end
  where d.merchant_id = merchant and d.id = subject;
  insert into dispute_event (merchant_id, dispute_id, version, event, state, actor, words, detail, at)
  values (merchant, subject, held.version + 1, m->>'event', m->>'state', m->'actor', m->>'words', m->'detail', at);
  if m->>'dueAt' is null then perform freeze_evidence(merchant, subject, held.payment_id); end if;
  perform insert_messages(jsonb_build_array(m || jsonb_build_object('paymentId', held.payment_id)));
  return true;
end $$;

grant select, insert, update on dispute to moa_app;
grant select, insert on dispute_event, dispute_evidence to moa_app;
