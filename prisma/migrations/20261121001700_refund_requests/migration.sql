-- Line items, and requests for refunds: what a shopper asks to have back, and what the shop says to it.

-- ------------------------------------------------------------------------------------------------ line items

-- What a list of line items costs, minor units; null where there is none.
create function items_total(items jsonb) returns bigint language sql immutable as $$
  select sum((i->>'quantity')::bigint * (i->>'unitAmount')::bigint)::bigint from jsonb_array_elements(items) i
$$;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN "items" JSONB;

alter table payment add constraint payment_items_sum check (items is null or items_total(items) = amount);

-- ------------------------------------------------------------------------------------------------ refund requests

-- CreateTable
CREATE TABLE "refund_request" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "token" UUID NOT NULL,
    "shopper_id" UUID,
    "asked_by" JSONB NOT NULL,
    "amount" BIGINT NOT NULL,
    "items" JSONB,
    "reason" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "proposed" JSONB,
    "decided_by" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "refund_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_request_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "refund_item" (
    "merchant_id" UUID NOT NULL,
    "refund_id" UUID NOT NULL,
    "item" INTEGER NOT NULL,
    "payment_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "refund_item_pkey" PRIMARY KEY ("merchant_id","refund_id","item")
);

-- CreateIndex
CREATE UNIQUE INDEX "refund_request_payment_id_merchant_id_token_key" ON "refund_request"("payment_id", "merchant_id", "token");

-- CreateIndex
CREATE INDEX "refund_request_merchant_id_state_id_idx" ON "refund_request"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "refund_item_payment_id_merchant_id_idx" ON "refund_item"("payment_id", "merchant_id");

-- AlterTable
ALTER TABLE "refund" ADD COLUMN "way" JSONB;

alter table refund_request
  add constraint refund_request_amount_positive check (amount > 0),
  add constraint refund_request_state_known check (state in ('open', 'approved', 'declined', 'withdrawn', 'closed')),
  add constraint refund_request_decided check ((state = 'open') = (decided_at is null)),
  add constraint refund_request_refund_named check ((state = 'approved') = (refund_id is not null)),
  add constraint refund_request_answered check (state <> 'declined' or answer is not null);
alter table refund_item add constraint refund_item_quantity_positive check (quantity > 0);

create trigger append_only before update or delete on refund_item for each row execute function refuse_change();
create trigger append_only_whole before truncate on refund_item for each statement execute function refuse_change();

-- How many of each line have gone back, are on their way, or have been asked for.
create function items_taken(merchant uuid, subject uuid, with_asked boolean)
  returns table (item int, quantity bigint) language sql stable as $$
  select t.item, sum(t.quantity) from (
    select i.item, i.quantity from refund_item i
    join refund r on r.merchant_id = i.merchant_id and r.id = i.refund_id and r.state <> 'refused'
    where i.payment_id = subject and i.merchant_id = merchant
    union all
    select x.item, x.quantity from refund_request q, jsonb_to_recordset(q.items) as x(item int, quantity int)
    where with_asked and q.payment_id = subject and q.merchant_id = merchant and q.state = 'open') t
  group by t.item
$$;

-- Whether lines are named that were not ordered, or more of them than have not gone back yet. Asked under the payment's lock.
create function items_beyond(merchant uuid, subject uuid, ordered jsonb, wanted jsonb, with_asked boolean default false)
  returns boolean language sql stable as $$
  select wanted is not null and exists (
    select from jsonb_to_recordset(wanted) as x(item int, quantity int)
    left join items_taken(merchant, subject, with_asked) t on t.item = x.item
    where x.item < 1 or x.quantity + coalesce(t.quantity, 0) > coalesce((ordered->(x.item - 1)->>'quantity')::bigint, 0))
$$;

-- How merchants sort a paid payment: all of it has gone back, somebody waits for an answer, or neither (M-154, M-155).
create function paid_standing(p payment) returns text language sql stable as $$
  select case
    when p.refunded_amount = p.captured_amount and not exists (
      select from refund r where r.merchant_id = p.merchant_id and r.payment_id = p.id and r.state in ('refunding', 'queued'))
      then 'refunded'
    when exists (
      select from refund_request q where q.merchant_id = p.merchant_id and q.payment_id = p.id and q.state = 'open')
      then 'refund-requested'
    else 'paid' end
$$;

-- A request that came to its end, in the payment's history and standing. The caller holds the payment's row.
create function write_closed_request(merchant uuid, subject uuid, request uuid, outcome text, at timestamptz)
  returns void language plpgsql as $$
declare
  now payment;
begin
  update payment p set version = p.version + 1 where p.merchant_id = merchant and p.id = subject returning * into now;
  update payment p set standing = paid_standing(now) where p.merchant_id = merchant and p.id = subject;
  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  values (merchant, subject, now.version, 'refundRequestClosed', now.state,
    jsonb_build_object('requestId', request, 'outcome', outcome), at);
end $$;

-- The standing once a refund has come to its end. Where all has gone back, what was still asked for has been given.
create function settle_standing(merchant uuid, subject uuid, at timestamptz) returns void language plpgsql as $$
declare
  now payment;
  over uuid;
begin
  select * into now from payment p where p.merchant_id = merchant and p.id = subject;
  if paid_standing(now) = 'refunded' then
    for over in
      update refund_request q set state = 'closed', decided_at = at
      where q.payment_id = subject and q.merchant_id = merchant and q.state = 'open' returning q.id
    loop
      perform write_closed_request(merchant, subject, over, 'closed', at);
    end loop;
  end if;
  update payment p set standing = paid_standing(p) where p.merchant_id = merchant and p.id = subject;
end $$;

-- Writes down what somebody asks to have back: never more than is left and has not been asked for yet, checked under the lock
-- of the payment's row, so that requests and refunds at once cannot go beyond what was paid (P2.5).
create function ask_refund(r jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (r->>'merchantId')::uuid;
  subject uuid := (r->>'paymentId')::uuid;
  at timestamptz := (r->>'at')::timestamptz;
  held payment;
  known uuid;
begin
  select * into held from payment p where p.merchant_id = merchant and p.id = subject for update;
  if not found or held.state <> 'paid' then return jsonb_build_object('kind', 'refused', 'reason', 'not-paid'); end if;
  select q.id into known from refund_request q
  where q.payment_id = subject and q.merchant_id = merchant and q.token = (r->>'token')::uuid;
  if found then return jsonb_build_object('kind', 'asked', 'id', known); end if;
  if held.refunded_amount + (r->>'amount')::bigint + (
      select coalesce(sum(q.amount), 0) from refund_request q
      where q.payment_id = subject and q.merchant_id = merchant and q.state = 'open') > held.captured_amount
    or items_beyond(merchant, subject, held.items, r->'items', true)
  then
    return jsonb_build_object('kind', 'refused', 'reason', 'exceeds');
  end if;
  insert into refund_request (merchant_id, id, payment_id, token, shopper_id, asked_by, amount, items, reason, words, created_at)
  values (merchant, (r->>'id')::uuid, subject, (r->>'token')::uuid, (r->>'shopperId')::uuid, r->'askedBy',
    (r->>'amount')::bigint, r->'items', r->>'reason', r->>'words', at);
  update payment p set standing = 'refund-requested', version = p.version + 1 where p.merchant_id = merchant and p.id = subject;
  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  values (merchant, subject, held.version + 1, 'refundRequested', held.state,
    jsonb_build_object('requestId', r->>'id', 'amount', r->>'amount'), at);
  perform insert_messages(jsonb_build_array(r));
  return jsonb_build_object('kind', 'asked', 'id', r->>'id');
end $$;

-- Ends a request without a refund: declined by the shop with words, or withdrawn by whoever asked. False when it has ended.
create function close_refund_request(m jsonb) returns boolean language plpgsql as $$
declare
  merchant uuid := (m->>'merchantId')::uuid;
  subject uuid := (m->>'paymentId')::uuid;
  at timestamptz := (m->>'at')::timestamptz;
begin
  perform from payment p where p.merchant_id = merchant and p.id = subject for update;
  update refund_request q set state = m->>'state', answer = m->>'answer', decided_by = m->'by', decided_at = at
  where q.merchant_id = merchant and q.id = (m->>'id')::uuid and q.payment_id = subject and q.state = 'open';
  if not found then return false; end if;
  perform write_closed_request(merchant, subject, (m->>'id')::uuid, m->>'state', at);
  perform insert_messages(jsonb_build_array(m));
  return true;
end $$;

-- Opens a refund: what is on its way back counts as refunded from here on. Checked and written under the lock of the
-- payment's row, for the payment and for each leg, so that refunds at once can never exceed what was paid (P2.5). Stale
-- when its division no longer fits, because another one was quicker: then it is divided anew. By a contract that says so, a
-- refund that the merchant's balance does not cover is queued.
-- With a request, that request is granted by it, once. Lines are given back at most as often as they were ordered.
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
  wish refund_request;
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
    or items_beyond(merchant, payment, held.items, r->'items')
  then
    if r ? 'key' then
      delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
    end if;
    return jsonb_build_object('kind', 'stale');
  end if;

  if r ? 'requestId' then
    select * into wish from refund_request q
    where q.merchant_id = merchant and q.id = (r->>'requestId')::uuid and q.payment_id = payment and q.state = 'open' for update;
    if not found then
      delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
      return jsonb_build_object('kind', 'request-closed');
    end if;
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
    from_balance, queued_at, way)
  values (merchant, refund, payment, r->>'kind', (r->>'amount')::bigint, stands, r->>'strategy', r->>'reason',
    r->'requestedBy', at, case when stands = 'queued' then (r->>'askAgainAt')::timestamptz else (r->>'carryOnAt')::timestamptz end,
    needs, case when stands = 'queued' then at end, r->'way');
  insert into refund_item (merchant_id, refund_id, item, payment_id, quantity)
  select merchant, refund, x.item, payment, x.quantity from jsonb_to_recordset(r->'items') as x(item int, quantity int);
  insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
  select merchant, refund, x.attempt, x.leg, x.amount, 'refunding', x.reference
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint, reference text);
  update leg l set refunded_amount = l.refunded_amount + x.amount
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint)
  where l.merchant_id = merchant and l.payment_id = payment and l.attempt = x.attempt and l.leg = x.leg;
  if wish.id is not null then
    update refund_request q set state = 'approved', refund_id = refund, decided_by = r->'requestedBy', decided_at = at
    where q.merchant_id = merchant and q.id = wish.id;
    perform write_closed_request(merchant, payment, wish.id, 'approved', at);
    perform insert_messages(jsonb_build_array(r || jsonb_build_object('messages', r->'requestMessages')));
  end if;
  return jsonb_build_object('kind', 'opened', 'state', stands);
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
    update payment p set refunded_amount = p.refunded_amount - refused, version = p.version + 1
    where p.merchant_id = merchant and p.id = held.payment_id returning * into remaining;
    insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
    values (merchant, held.payment_id, remaining.version, 'refundFinished', remaining.state,
      jsonb_build_object('refundId', held.id, 'outcome', m->>'state'), at);
    perform settle_standing(merchant, held.payment_id, at);
  end if;

  m := m || jsonb_build_object('paymentId', held.payment_id);
  perform insert_postings(jsonb_build_array(m));
  perform insert_messages(jsonb_build_array(m));
  perform answer_idempotency_keys(jsonb_build_array(m));
  return jsonb_build_object('kind', 'moved');
end $$;

grant select, insert, update on refund_request to moa_app;
grant select, insert on refund_item to moa_app;
