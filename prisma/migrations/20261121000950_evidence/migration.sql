-- Evidence that stands by itself, a hash-chained audit trail, and refunds that wait for the merchant's balance.

CREATE TABLE "audit_waiting" (
    "tenant_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "row_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_waiting_pkey" PRIMARY KEY ("tenant_id","event_id")
);

CREATE TABLE "audit_link" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "event_id" UUID NOT NULL,
    "row_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("tenant_id","position")
);

CREATE UNIQUE INDEX "audit_link_event_id_tenant_id_key" ON "audit_link"("event_id", "tenant_id");

CREATE TABLE "audit_head" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "kid" TEXT NOT NULL,
    "jws" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("tenant_id","position")
);

ALTER TABLE "evidence" ADD COLUMN "key" JSONB;

ALTER TABLE "merchant" ADD COLUMN "refund_beyond_balance" TEXT NOT NULL DEFAULT 'allow';

ALTER TABLE "refund" ADD COLUMN "from_balance" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "queued_at" TIMESTAMPTZ(3),
ADD COLUMN "released_at" TIMESTAMPTZ(3),
ADD COLUMN "released_by" JSONB;

-- ------------------------------------------------------------------------------------------------ the audit trail's chain

-- What of an audit line is bound: everything it says.
create function audit_row_hash(line audit_event) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(line.tenant_id, line.id,
    to_char(line.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), line.actor, line.action, line.object,
    line.outcome, line.detail)::text, 'UTF8'))
$$;

-- A link binds the one before it, its place and its line. The first one of a tenant binds the tenant.
create function audit_link_hash(before bytea, tenant uuid, place bigint, event uuid, row_hash bytea) returns bytea
language sql immutable as $$
  select sha256(coalesce(before, sha256(uuid_send(tenant))) || int8send(place) || uuid_send(event) || row_hash)
$$;

-- Writers of the trail wait for nobody: the line's own hash is taken at once, its place in the chain is given by the worker.
create function await_chaining() returns trigger language plpgsql as $$
begin
  insert into audit_waiting (tenant_id, event_id, row_hash) values (new.tenant_id, new.id, audit_row_hash(new));
  return null;
end $$;

create trigger await_chaining after insert on audit_event for each row execute function await_chaining();

-- Gives waiting lines their places, at most so many, and returns how many. One caller at a time gives places; a second one
-- waits and then finds what is left.
create function chain_audit(most int) returns int language plpgsql as $$
declare
  one audit_waiting;
  tenant uuid;
  place bigint;
  latest bytea;
  given int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('chain_audit', 0));
  for one in select * from audit_waiting order by tenant_id, event_id limit most loop
    if tenant is distinct from one.tenant_id then
      tenant := one.tenant_id;
      place := null;
      latest := null;
      select l.position, l.hash into place, latest from audit_link l
      where l.tenant_id = tenant order by l.position desc limit 1;
    end if;
    place := coalesce(place, 0) + 1;
    latest := audit_link_hash(latest, tenant, place, one.event_id, one.row_hash);
    insert into audit_link (tenant_id, position, event_id, row_hash, hash)
    values (tenant, place, one.event_id, one.row_hash, latest);
    delete from audit_waiting w where w.tenant_id = tenant and w.event_id = one.event_id;
    given := given + 1;
  end loop;
  return given;
end $$;

-- What was noted before there was a chain begins it.
insert into audit_waiting (tenant_id, event_id, row_hash) select e.tenant_id, e.id, audit_row_hash(e) from audit_event e;

create trigger append_only before update or delete on audit_link for each row execute function refuse_change();
create trigger append_only_whole before truncate on audit_link for each statement execute function refuse_change();
create trigger append_only before update or delete on audit_head for each row execute function refuse_change();
create trigger append_only_whole before truncate on audit_head for each statement execute function refuse_change();

-- ------------------------------------------------------------------------------------------------ contracts and refunds

alter table merchant
  add constraint merchant_refund_beyond_balance_known check (refund_beyond_balance in ('allow', 'queue'));

alter table refund
  drop constraint refund_state_known,
  add constraint refund_state_known check (state in ('queued', 'refunding', 'refunded', 'partly-refunded', 'refused')),
  add constraint refund_from_balance_not_negative check (from_balance >= 0),
  add constraint refund_queued_is_dated check (state <> 'queued' or (queued_at is not null and released_at is null));

create index refund_queued on refund (merchant_id, id) where state = 'queued';
create index refund_on_its_way on refund (merchant_id) where state = 'refunding';

-- What the merchant may still have taken back of one currency: what we owe to it (reserves are kept in an account of their
-- own), less what refunds on their way will take. Whoever decides by it holds the balance's lock until the end of the
-- transaction; so must whatever pays a merchant out.
create function lock_merchant_balance(merchant uuid, wanted text) returns bigint language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('merchant balance ' || merchant || ' ' || wanted, 0));
  return (
    select coalesce(-sum(e.amount), 0) from entry e
    where e.account = 'payable:merchant' and e.merchant_id = merchant and e.currency = wanted
  ) - (
    select coalesce(sum(r.from_balance), 0) from refund r
    join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id and p.currency = wanted
    where r.merchant_id = merchant and r.state = 'refunding'
  );
end $$;

-- Opens a refund: what is on its way back counts as refunded from here on. Checked and written under the lock of the
-- payment's row, for the payment and for each leg, so that refunds at once can never exceed what was paid (P2.5). Stale
-- when its division no longer fits, because another one was quicker: then it is divided anew. By a contract that says so, a
-- refund that the merchant's balance does not cover is queued.
create or replace function open_refund(r jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (r->>'merchantId')::uuid;
  payment uuid := (r->>'paymentId')::uuid;
  refund uuid := (r->>'id')::uuid;
  at timestamptz := (r->>'createdAt')::timestamptz;
  needs bigint := coalesce((r->>'fromBalance')::bigint, 0);
  stands text := 'refunding';
  held payment;
  refusal jsonb;
begin
  if r ? 'key' then
    refusal := claim_idempotency_key(merchant, r->>'key', decode(r->>'fingerprint', 'hex'), refund, at);
    if refusal is not null then return refusal; end if;
  end if;
  select * into held from payment p where p.merchant_id = merchant and p.id = payment for update;
  if not found or held.state <> 'paid' or held.refunded_amount + (r->>'amount')::bigint > held.captured_amount
    or exists (
      select from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint)
      left join leg l on l.merchant_id = merchant and l.payment_id = payment and l.attempt = x.attempt and l.leg = x.leg
      where l.leg is null or l.refunded_amount + x.amount > l.captured_amount)
  then
    if r ? 'key' then
      delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
    end if;
    return jsonb_build_object('kind', 'stale');
  end if;

  if needs > 0 and exists (select from merchant m where m.id = merchant and m.refund_beyond_balance = 'queue')
    and lock_merchant_balance(merchant, held.currency) < needs
  then
    stands := 'queued';
  end if;

  update payment p set refunded_amount = p.refunded_amount + (r->>'amount')::bigint, version = p.version + 1
  where p.merchant_id = merchant and p.id = payment;
  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  values (merchant, payment, held.version + 1, 'refundOpened', held.state, jsonb_build_object('refundId', refund), at);

  insert into refund (merchant_id, id, payment_id, kind, amount, state, strategy, reason, requested_by, created_at, carry_on_at,
    from_balance, queued_at)
  values (merchant, refund, payment, r->>'kind', (r->>'amount')::bigint, stands, r->>'strategy', r->>'reason',
    r->'requestedBy', at, case when stands = 'queued' then (r->>'askAgainAt')::timestamptz else (r->>'carryOnAt')::timestamptz end,
    needs, case when stands = 'queued' then at end);
  insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
  select merchant, refund, x.attempt, x.leg, x.amount, 'refunding', x.reference
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint, reference text);
  update leg l set refunded_amount = l.refunded_amount + x.amount
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint)
  where l.merchant_id = merchant and l.payment_id = payment and l.attempt = x.attempt and l.leg = x.leg;
  return jsonb_build_object('kind', 'opened', 'state', stands);
end $$;

-- Lets a queued refund go once the balance covers it, or because somebody who may says so. False when it goes on waiting.
create function release_refund(merchant uuid, subject uuid, needs bigint, at timestamptz, carry_on timestamptz,
  ask_again timestamptz, by jsonb) returns boolean language plpgsql as $$
declare
  held refund;
  wanted text;
begin
  select * into held from refund r where r.merchant_id = merchant and r.id = subject and r.state = 'queued' for update;
  if not found then return false; end if;
  select p.currency into wanted from payment p where p.merchant_id = merchant and p.id = held.payment_id;
  if lock_merchant_balance(merchant, wanted) < needs and by is null
    and exists (select from merchant m where m.id = merchant and m.refund_beyond_balance = 'queue')
  then
    update refund r set carry_on_at = ask_again, from_balance = needs where r.merchant_id = merchant and r.id = subject;
    return false;
  end if;
  update refund r set state = 'refunding', version = r.version + 1, carry_on_at = carry_on, from_balance = needs,
    released_at = at, released_by = by
  where r.merchant_id = merchant and r.id = subject;
  return true;
end $$;

-- Records how a refund went on. What an outside system refused to give back is no longer on its way.
create or replace function move_refund(m jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (m->>'merchantId')::uuid;
  subject uuid := (m->>'refundId')::uuid;
  at timestamptz := (m->>'at')::timestamptz;
  held refund;
  refused bigint;
  remaining payment;
begin
  select * into held from refund r
  where r.merchant_id = merchant and r.id = subject and r.version = (m->>'version')::int and r.state = 'refunding' for update;
  if not found then return jsonb_build_object('kind', 'stale'); end if;

  with answered as (
    update refund_leg l set state = x.state, reason = coalesce(x.reason, l.reason), tries = coalesce(x.tries, l.tries)
    from jsonb_to_recordset(m->'legs') as x(attempt int, leg int, state text, reason text, tries int)
    where l.merchant_id = merchant and l.refund_id = held.id and l.attempt = x.attempt and l.leg = x.leg
    returning l.attempt, l.leg, l.amount, l.state
  )
  update leg l set refunded_amount = l.refunded_amount - a.amount
  from answered a
  where a.state = 'refused' and l.merchant_id = merchant and l.payment_id = held.payment_id
    and l.attempt = a.attempt and l.leg = a.leg;

  update refund r set state = m->>'state', version = r.version + 1, carry_on_at = (m->>'carryOnAt')::timestamptz,
    finished_at = case when m->>'state' = 'refunding' then null else at end
  where r.merchant_id = merchant and r.id = held.id;

  if m->>'state' <> 'refunding' then
    select coalesce(sum(l.amount), 0) into refused from refund_leg l
    where l.merchant_id = merchant and l.refund_id = held.id and l.state = 'refused';
    -- The lock comes first: of two refunds that finish at once, the second sees that the first has. A payment is refunded
    -- when all of it has gone back; what is still on its way, or waits, may yet be refused.
    perform from payment p where p.merchant_id = merchant and p.id = held.payment_id for update;
    update payment p set refunded_amount = p.refunded_amount - refused, version = p.version + 1,
      standing = case when p.refunded_amount - refused = p.captured_amount and not exists (
        select from refund r where r.merchant_id = merchant and r.payment_id = held.payment_id
          and r.state in ('refunding', 'queued'))
        then 'refunded' else 'paid' end
    where p.merchant_id = merchant and p.id = held.payment_id returning * into remaining;
    insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
    values (merchant, held.payment_id, remaining.version, 'refundFinished', remaining.state,
      jsonb_build_object('refundId', held.id, 'outcome', m->>'state'), at);
  end if;

  m := m || jsonb_build_object('paymentId', held.payment_id);
  perform insert_postings(jsonb_build_array(m));
  perform insert_messages(jsonb_build_array(m));
  perform answer_idempotency_keys(jsonb_build_array(m));
  return jsonb_build_object('kind', 'moved');
end $$;

grant select, insert, delete on audit_waiting to moa_app;
grant select, insert on audit_link, audit_head to moa_app;
