-- Flows as data: what a shop lets happen to a payment between opening and taking it, its approvals, what it has shipped, and
-- addresses that shoppers keep and let a shop read.

-- AlterTable
ALTER TABLE "payment" ADD COLUMN "plan" JSONB;

-- CreateTable
CREATE TABLE "flow_version" (
    "merchant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_version_pkey" PRIMARY KEY ("merchant_id","version")
);

-- CreateTable
CREATE TABLE "flow_activation" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_activation_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "approval" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "needed" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "order_ref" TEXT NOT NULL,
    "order_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("merchant_id","payment_id")
);

-- CreateTable
CREATE TABLE "approval_vote" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_vote_pkey" PRIMARY KEY ("merchant_id","payment_id","person_id")
);

-- CreateTable
CREATE TABLE "order_fact" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "tracking_url" TEXT,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_fact_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "address" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateTable
CREATE TABLE "payment_address" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "shopper_id" UUID,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_address_pkey" PRIMARY KEY ("merchant_id","payment_id")
);

-- CreateTable
CREATE TABLE "address_reading" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "shopper_id" UUID,
    "reader" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_reading_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateIndex
CREATE INDEX "approval_merchant_id_state_payment_id_idx" ON "approval"("merchant_id", "state", "payment_id");

-- CreateIndex
CREATE INDEX "order_fact_payment_id_merchant_id_idx" ON "order_fact"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "payment_address_shopper_id_payment_id_idx" ON "payment_address"("shopper_id", "payment_id");

-- CreateIndex
CREATE INDEX "address_reading_payment_id_merchant_id_idx" ON "address_reading"("payment_id", "merchant_id");

alter table flow_version add constraint flow_version_positive check (version > 0);
alter table flow_activation add constraint flow_activation_not_negative check (version >= 0);
alter table approval
  add constraint approval_needed_some check (needed > 0),
  add constraint approval_state_known check (state in ('waiting', 'approved', 'refused', 'closed'));
alter table approval_vote add constraint approval_vote_known check (verdict in ('approve', 'refuse'));
alter table order_fact add constraint order_fact_kind_known check (kind in ('shipped', 'delivered'));

create trigger append_only before update or delete on flow_version for each row execute function refuse_change();
create trigger append_only_whole before truncate on flow_version for each statement execute function refuse_change();
create trigger append_only before update or delete on flow_activation for each row execute function refuse_change();
create trigger append_only_whole before truncate on flow_activation for each statement execute function refuse_change();
create trigger append_only before update or delete on approval_vote for each row execute function refuse_change();
create trigger append_only_whole before truncate on approval_vote for each statement execute function refuse_change();
create trigger append_only before update or delete on order_fact for each row execute function refuse_change();
create trigger append_only_whole before truncate on order_fact for each statement execute function refuse_change();
create trigger append_only before update or delete on address_reading for each row execute function refuse_change();
create trigger append_only_whole before truncate on address_reading for each statement execute function refuse_change();

-- What the plan of a payment asks for besides what every payment does. Payments without a plan never come here.
create function keep_plan() returns trigger language plpgsql as $$
begin
  if new.state = 'authorized' and new.plan ? 'approvals' then
    insert into approval (merchant_id, payment_id, needed, amount, currency, order_ref, order_name, state, asked_at)
    values (new.merchant_id, new.id, (new.plan->>'approvals')::int, new.amount, new.currency, new.order_ref,
      new.order_name, 'waiting', now())
    on conflict do nothing;
  elsif new.state = 'capturing' and old.state <> 'awaiting' and new.plan ? 'approvals' and not exists (
    select from approval a
    where a.merchant_id = new.merchant_id and a.payment_id = new.id and a.state = 'approved')
  then
    raise exception 'a payment that waits for approval is not taken' using errcode = 'check_violation';
  elsif old.state = 'authorized' and new.state <> 'capturing' then
    update approval a set state = 'closed', closed_at = now()
    where a.merchant_id = new.merchant_id and a.payment_id = new.id and a.state = 'waiting';
  end if;
  -- No payment without the address that its shop asked for.
  if old.state = 'created' and new.state = 'authorizing' and new.plan->>'address' = 'required' and not exists (
    select from payment_address p where p.merchant_id = new.merchant_id and p.payment_id = new.id)
  then
    raise exception 'a payment that asks for an address has none' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger keep_plan after update of state on payment for each row
  when (new.plan is not null and old.state is distinct from new.state) execute function keep_plan();

-- Whoever is about to be taken up again, because something that its plan waits for has come.
create function hurry_held_payment(merchant uuid, payment uuid, at timestamptz) returns void language sql as $$
  update payment p set carry_on_at = least(p.carry_on_at, at)
  where p.merchant_id = merchant and p.id = payment and p.state = 'authorized' and p.plan is not null
$$;

-- One person's word on a payment that waits for approval. The payment's row is locked first, as by whoever moves it.
create function vote_on_payment(v jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (v->>'merchantId')::uuid;
  payment uuid := (v->>'paymentId')::uuid;
  at timestamptz := (v->>'at')::timestamptz;
  asked approval;
  given int;
begin
  perform from payment p where p.merchant_id = merchant and p.id = payment for update;
  select * into asked from approval a where a.merchant_id = merchant and a.payment_id = payment for update;
  if not found then return jsonb_build_object('kind', 'missing'); end if;
  if asked.state <> 'waiting' then return jsonb_build_object('kind', 'not-waiting'); end if;
  insert into approval_vote (merchant_id, payment_id, person_id, person_name, verdict, words, at)
  values (merchant, payment, (v->>'personId')::uuid, v->>'personName', v->>'verdict', v->>'words', at)
  on conflict do nothing;
  if not found then return jsonb_build_object('kind', 'voted-before'); end if;
  select count(*) into given from approval_vote a
  where a.merchant_id = merchant and a.payment_id = payment and a.verdict = 'approve';
  if v->>'verdict' = 'refuse' then
    asked.state := 'refused';
  elsif given >= asked.needed then
    asked.state := 'approved';
  else
    return jsonb_build_object('kind', 'counted', 'state', 'waiting', 'given', given, 'needed', asked.needed);
  end if;
  update approval a set state = asked.state, closed_at = at where a.merchant_id = merchant and a.payment_id = payment;
  perform hurry_held_payment(merchant, payment, at);
  return jsonb_build_object('kind', 'counted', 'state', asked.state, 'given', given, 'needed', asked.needed);
end $$;

-- As before, with what was ordered line by line and the plan that the payment keeps.
create or replace function open_payments(batch jsonb) returns jsonb language plpgsql
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(batch)]);
  asked jsonb := batch;
  made uuid[];
  vaults jsonb := '{}';
  one record;
begin
  with claimed as (
    insert into idempotency_key (merchant_id, key, fingerprint, resource_id, created_at)
    select r."merchantId", r.key, decode(r.fingerprint, 'hex'), r.id, r."createdAt"
    from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, key text, fingerprint text, "createdAt" timestamptz)
    where r.key is not null
    on conflict do nothing
    returning resource_id
  )
  select array_agg(resource_id) into made from claimed;
  for one in
    select b.n, held_key(k, decode(b.r->>'fingerprint', 'hex')) as refusal
    from jsonb_array_elements(asked) with ordinality as b(r, n)
    join idempotency_key k on k.merchant_id = (b.r->>'merchantId')::uuid and k.key = b.r->>'key'
    where b.r ? 'key' and (b.r->>'id')::uuid <> all (coalesce(made, '{}'))
  loop
    results[one.n] := one.refusal;
  end loop;
  for one in
    select b.n from jsonb_array_elements(batch) with ordinality as b(r, n)
    where results[b.n] is null and b.r ? 'legs' and not modules_active((b.r->>'merchantId')::uuid, b.r->'legs')
  loop
    results[one.n] := jsonb_build_object('kind', 'module-inactive');
  end loop;
  if cardinality(array_remove(results, null)) > 0 then asked := not_refused(batch, results); end if;

  with opened as (
    insert into payment (merchant_id, id, order_ref, live_order_ref, order_name, amount, currency, state, attempt,
      capture_mode, channel, shopper_id, email, locale, return_url, metadata, items, created_at, expires_at,
      carry_on_at, plan)
    select r."merchantId", r.id, r."orderRef", r."orderRef", r."orderName", r.amount, r.currency, r.state, r.attempt,
      r."captureMode", r.channel, r."shopperId", r.email, r.locale, r."returnUrl", r.metadata, r.items,
      r."createdAt", r."expiresAt", r."carryOnAt", r.plan
    from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, "orderRef" text, "orderName" text, amount bigint,
      currency text, state text, attempt int, "captureMode" text, channel text, "shopperId" uuid, email text,
      locale text, "returnUrl" text, metadata jsonb, items jsonb, "createdAt" timestamptz,
      "expiresAt" timestamptz, "carryOnAt" timestamptz, plan jsonb)
    on conflict do nothing
    returning id
  )
  select array_agg(id) into made from opened;
  if coalesce(cardinality(made), 0) < jsonb_array_length(asked) then
    for one in
      select b.n, p.id as taken
      from jsonb_array_elements(batch) with ordinality as b(r, n)
      left join payment p on p.merchant_id = (b.r->>'merchantId')::uuid and p.live_order_ref = b.r->>'orderRef'
      where results[b.n] is null and (b.r->>'id')::uuid <> all (coalesce(made, '{}'))
    loop
      results[one.n] := jsonb_build_object('kind', 'order-taken', 'paymentId', one.taken);
    end loop;
  end if;

  -- A request that was refused before it had an effect does not use its key up (P4.3).
  if cardinality(array_remove(results, null)) > 0 then
    delete from idempotency_key k using jsonb_array_elements(batch) with ordinality as b(r, n)
    where results[b.n]->>'kind' in ('module-inactive', 'order-taken') and k.merchant_id = (b.r->>'merchantId')::uuid
      and k.key = b.r->>'key' and k.resource_id = (b.r->>'id')::uuid;
    asked := not_refused(batch, results);
  end if;

  -- A V-Card that is not good for its payment: declined without a trace of why.
  for one in
    select b.n, r.* from jsonb_array_elements(batch) with ordinality as b(whole, n),
      jsonb_to_record(b.whole) as r("merchantId" uuid, id uuid, spend jsonb, amount bigint, currency text,
        "createdAt" timestamptz, "answerRefused" jsonb)
    where results[b.n] is null and b.whole ? 'spend'
  loop
    continue when spend_vcard(one.spend, one."merchantId", one.id, one.amount, one.currency, one."createdAt");
    update payment p set state = 'declined', standing = 'failed', live_order_ref = null, carry_on_at = null,
      reason = 'declined', finished_at = one."createdAt", attempt = 0
    where p.merchant_id = one."merchantId" and p.id = one.id;
    insert into payment_history (merchant_id, payment_id, version, event, state, at)
    values (one."merchantId", one.id, 1, 'refused', 'declined', one."createdAt");
    perform answer_idempotency_keys(
      jsonb_build_array(jsonb_build_object('merchantId', one."merchantId", 'answer', one."answerRefused")));
    results[one.n] := jsonb_build_object('kind', 'vcard-refused');
    asked := not_refused(batch, results);
  end loop;

  insert into payment_history (merchant_id, payment_id, version, event, state, at)
  select r."merchantId", r.id, 1, 'opened', r.state, r."createdAt"
  from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, state text, "createdAt" timestamptz);

  -- Most cards typed at a shop have been there before.
  for one in
    select r.id, coalesce(k.id, keep_card(r."merchantId", r.card, r."createdAt")) as vault
    from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, card jsonb, "createdAt" timestamptz)
    left join card k on k.owner_id = r."merchantId" and k.fingerprint = decode(r.card->>'fingerprint', 'hex')
      and k.expiry = r.card->>'expiry'
    where r.card is not null
  loop
    vaults := vaults || jsonb_build_object(one.id, one.vault);
  end loop;
  perform insert_legs(asked, vaults);
  perform answer_idempotency_keys(asked);

  return (
    select coalesce(jsonb_agg(coalesce(results[b.n],
      jsonb_build_object('kind', 'opened', 'cardId', vaults->(b.r->>'id'))) order by b.n), '[]')
    from jsonb_array_elements(batch) with ordinality as b(r, n));
end $$;

grant select, insert on flow_version, flow_activation, approval_vote, order_fact, address_reading to moa_app;
grant select, insert, update on approval, payment_address to moa_app;
grant select, insert, update, delete on address to moa_app;
