-- The hot path: one function per atomic phase of a payment, each called with the requests that wait at the same moment.
-- Every statement serves all of them: what a statement costs before it touches its first row is most of what it costs. A
-- refusal is a result, not an exception, so that one refused request does not undo its batch; a request that breaks a
-- constraint does undo it, and the caller then sends each of them alone.

-- Whether every leg is carried by a module that is active for the shop now: decided where the payment begins, so that a
-- module that has been deactivated takes no new payment from that moment on (P9.5).
create function modules_active(merchant uuid, legs jsonb) returns boolean language sql stable as $$
  select not exists (
    select from jsonb_to_recordset(legs) as l(module text)
    where not exists (select from merchant m where m.id = merchant and l.module = any(m.modules)))
$$;

-- The legs of the attempts that begin, with the intent to authorize them. They carry their payment, no more and no less
-- (P2.3). A card that was kept just now is named by `vaults`, its id by that of the payment.
create function insert_legs(attempts jsonb, vaults jsonb default '{}') returns void language plpgsql as $$
begin
  if exists (
    select from jsonb_to_recordset(attempts) as a(amount bigint, legs jsonb)
    where a.legs is not null
      and a.amount is distinct from (select sum(l.amount) from jsonb_to_recordset(a.legs) as l(amount bigint)))
  then
    raise exception 'legs do not sum to the amount of the payment' using errcode = 'check_violation';
  end if;
  insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference)
  select a."merchantId", a.id, l.attempt, l.leg, l.module,
    case when l.leg = a."cardLeg" + 1 and vaults ? a.id::text
      then l.means || jsonb_build_object('cardId', vaults->>a.id::text) else l.means end,
    l.amount, 'authorizing', l."authorizeReference"
  from jsonb_to_recordset(attempts) as a("merchantId" uuid, id uuid, legs jsonb, "cardLeg" int),
    jsonb_to_recordset(a.legs) as l(attempt int, leg int, module text, means jsonb, amount bigint, "authorizeReference" text);
end $$;

create function insert_postings(moves jsonb) returns void language plpgsql as $$
begin
  insert into posting (merchant_id, id, kind, payment_id, refund_id, at)
  select m."merchantId", p.id, p.kind, m."paymentId", m."refundId", p.at
  from jsonb_to_recordset(moves) as m("merchantId" uuid, "paymentId" uuid, "refundId" uuid, postings jsonb),
    jsonb_to_recordset(m.postings) as p(id uuid, kind text, at timestamptz);

  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select m."merchantId", p.id, e.line, e.account, e.currency, e.amount
  from jsonb_to_recordset(moves) as m("merchantId" uuid, postings jsonb),
    jsonb_to_recordset(m.postings) as p(id uuid, entries jsonb),
    jsonb_to_recordset(p.entries) as e(line int, account text, currency text, amount bigint);
end $$;

create function insert_messages(moves jsonb) returns void language plpgsql as $$
begin
  insert into message (merchant_id, id, kind, topic, payment_id, payload, state, due_at, created_at)
  select m."merchantId", x.id, x.kind, x.topic, m."paymentId", x.payload, 'due', x.at, x.at
  from jsonb_to_recordset(moves) as m("merchantId" uuid, "paymentId" uuid, messages jsonb),
    jsonb_to_recordset(m.messages) as x(id uuid, kind text, topic text, payload jsonb, at timestamptz);
end $$;

-- A V-Card is spent in the transaction that first accepts it: once, at its merchant, for exactly its amount (P8.3).
create function spend_vcard(v jsonb, merchant uuid, payment uuid, total bigint, in_currency text, at timestamptz)
  returns boolean language plpgsql as $$
begin
  update vcard set state = 'spent', payment_id = payment, closed_at = at
  where shopper_id = (v->>'shopperId')::uuid and id = (v->>'vcardId')::uuid and state = 'live' and expires_at > at
    and merchant_id = merchant and amount = total and currency = in_currency;
  return found;
end $$;

-- Keeps what requests were answered, for those who ask again (P4.1).
create function answer_idempotency_keys(moves jsonb) returns void language plpgsql as $$
begin
  update idempotency_key k set status = a.status, body = a.body
  from jsonb_to_recordset(moves) as m("merchantId" uuid, answer jsonb),
    jsonb_to_record(m.answer) as a(key text, status int, body jsonb)
  where k.merchant_id = m."merchantId" and k.key = a.key;
end $$;

-- What the owner of a key that is held must be told.
create function held_key(held idempotency_key, print bytea) returns jsonb language sql immutable as $$
  select case
    when held.fingerprint <> print then jsonb_build_object('kind', 'key-reused')
    when held.status is null then jsonb_build_object('kind', 'in-progress', 'resourceId', held.resource_id)
    else jsonb_build_object('kind', 'replay', 'status', held.status, 'body', held.body) end
$$;

-- Claims an idempotency key: null when it is ours now, else what its owner must be told.
create function claim_idempotency_key(merchant uuid, claimed text, print bytea, resource uuid, at timestamptz)
  returns jsonb language plpgsql as $$
declare
  held idempotency_key;
begin
  insert into idempotency_key (merchant_id, key, fingerprint, resource_id, created_at)
  values (merchant, claimed, print, resource, at) on conflict do nothing;
  if found then return null; end if;
  select * into held from idempotency_key k where k.merchant_id = merchant and k.key = claimed;
  return held_key(held, print);
end $$;

-- Keeps a sealed card number for its owner; a number that is there already keeps its row. Returns the card's id.
create function keep_card(owner uuid, c jsonb, at timestamptz) returns uuid language plpgsql as $$
declare
  kept uuid;
begin
  select id into kept from card k where k.owner_id = owner and k.fingerprint = decode(c->>'fingerprint', 'hex')
    and k.expiry = c->>'expiry';
  if found then return kept; end if;
  insert into card (owner_id, id, sealed_number, key_id, fingerprint, bin, last_four, expiry, issuer, created_at)
  values (owner, (c->>'id')::uuid, decode(c->>'sealedNumber', 'hex'), c->>'keyId', decode(c->>'fingerprint', 'hex'),
    c->>'bin', c->>'lastFour', c->>'expiry', c->>'issuer', at)
  on conflict (owner_id, fingerprint) do update set expiry = excluded.expiry
  returning id into kept;
  return kept;
end $$;

-- Those requests of a batch that were not refused; `results` holds null for them, in the order of the batch.
create function not_refused(batch jsonb, results jsonb[]) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(r order by n), '[]') from jsonb_array_elements(batch) with ordinality as b(r, n)
  where results[n] is null
$$;

-- Opens payments: idempotency key, payment, first history row and, where the means are known already, the legs of the
-- first attempt with the intent to authorize them. Results in the order of the requests. Rows are taken in one order
-- everywhere (the caller sorts by merchant and key), so that two batches do not wait for each other in a ring.
create function open_payments(batch jsonb) returns jsonb language plpgsql
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
      capture_mode, channel, shopper_id, email, locale, return_url, metadata, created_at, expires_at, carry_on_at)
    select r."merchantId", r.id, r."orderRef", r."orderRef", r."orderName", r.amount, r.currency, r.state, r.attempt,
      r."captureMode", r.channel, r."shopperId", r.email, r.locale, r."returnUrl", r.metadata, r."createdAt",
      r."expiresAt", r."carryOnAt"
    from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, "orderRef" text, "orderName" text, amount bigint,
      currency text, state text, attempt int, "captureMode" text, channel text, "shopperId" uuid, email text,
      locale text, "returnUrl" text, metadata jsonb, "createdAt" timestamptz, "expiresAt" timestamptz,
      "carryOnAt" timestamptz)
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

-- Records what happened to payments, to each if it still is where its writer believes: new state and history, its legs,
-- the postings, the messages that report it and the stored answer of the request, all or nothing. Results in the order
-- of the requests.
create function move_payments(batch jsonb) returns jsonb language plpgsql
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(batch)]);
  asked jsonb := batch;
  moving bigint[];
  one record;
begin
  -- The first that moves a payment from a version is the only one.
  select array_agg(n) into moving from (
    select min(h.n) as n from (
      select m.n, p.merchant_id, p.id
      from rows from (jsonb_to_recordset(batch) as ("merchantId" uuid, "paymentId" uuid, version int)) with ordinality
        as m(merchant, subject, version, n)
      join payment p on p.merchant_id = m.merchant and p.id = m.subject and p.version = m.version
      order by m.n for update of p) h
    group by h.merchant_id, h.id) f;
  if coalesce(cardinality(moving), 0) < jsonb_array_length(batch) then
    for one in select n from generate_series(1, jsonb_array_length(batch)) n where n <> all (coalesce(moving, '{}')) loop
      results[one.n] := jsonb_build_object('kind', 'stale');
    end loop;
    asked := not_refused(batch, results);
  end if;

  for one in
    select b.n, m.*, p.amount, p.currency
    from jsonb_array_elements(batch) with ordinality as b(whole, n),
      jsonb_to_record(b.whole) as m("merchantId" uuid, "paymentId" uuid, event text, "newLegs" jsonb, spend jsonb, at timestamptz)
    join payment p on p.merchant_id = m."merchantId" and p.id = m."paymentId"
    where results[b.n] is null and (b.whole ? 'spend' or b.whole->>'event' = 'started')
  loop
    -- Only where a payment begins: a second attempt of an open one is let finish.
    if one.event = 'started' and not modules_active(one."merchantId", one."newLegs") then
      results[one.n] := jsonb_build_object('kind', 'module-inactive');
    elsif one.spend is not null
      and not spend_vcard(one.spend, one."merchantId", one."paymentId", one.amount, one.currency, one.at)
    then
      results[one.n] := jsonb_build_object('kind', 'vcard-refused');
    end if;
    if results[one.n] is not null then asked := not_refused(batch, results); end if;
  end loop;

  update leg l set
    state = x.state,
    settle_reference = coalesce(x."settleReference", l.settle_reference),
    hold = coalesce(x.hold, l.hold),
    reason = coalesce(x.reason, l.reason),
    captured_amount = coalesce(x."capturedAmount", l.captured_amount),
    tries = coalesce(x.tries, l.tries)
  from jsonb_to_recordset(asked) as m("merchantId" uuid, "paymentId" uuid, legs jsonb),
    jsonb_to_recordset(m.legs) as x(attempt int, leg int, state text, "settleReference" text, hold jsonb,
      reason text, "capturedAmount" bigint, tries int)
  where l.merchant_id = m."merchantId" and l.payment_id = m."paymentId" and l.attempt = x.attempt and l.leg = x.leg;

  perform insert_legs(attempts) from (
    select jsonb_agg(jsonb_build_object('merchantId', m."merchantId", 'id', m."paymentId", 'amount', p.amount, 'legs',
      m."newLegs")) as attempts
    from jsonb_to_recordset(asked) as m("merchantId" uuid, "paymentId" uuid, "newLegs" jsonb)
    join payment p on p.merchant_id = m."merchantId" and p.id = m."paymentId"
    where m."newLegs" is not null) a
  where attempts is not null;

  -- All or nothing: a paid payment's legs are captured and sum exactly to its amount (P2.3).
  if exists (
    select from jsonb_to_recordset(asked) as m("merchantId" uuid, "paymentId" uuid, state text)
    join payment p on p.merchant_id = m."merchantId" and p.id = m."paymentId"
    where m.state = 'paid' and p.state <> 'paid' and p.amount is distinct from (
      select sum(l.captured_amount) from leg l
      where l.merchant_id = p.merchant_id and l.payment_id = p.id and l.attempt = p.attempt and l.state = 'captured'))
  then
    raise exception 'captured legs do not sum to the amount of the payment' using errcode = 'check_violation';
  end if;

  update payment p set
    state = m.state,
    version = p.version + 1,
    attempt = coalesce(m.attempt, p.attempt),
    standing = coalesce(m.standing, p.standing),
    captured_amount = case when m.state = 'paid' then p.amount else 0 end,
    reason = case when b.whole ? 'reason' then m.reason else p.reason end,
    shopper_id = coalesce(m."shopperId", p.shopper_id),
    email = coalesce(m.email, p.email),
    carry_on_at = m."carryOnAt",
    live_order_ref = case when m.standing = 'failed' then null else p.live_order_ref end,
    finished_at = case when m.standing in ('paid', 'failed') then m.at else p.finished_at end
  from jsonb_array_elements(asked) as b(whole),
    jsonb_to_record(b.whole) as m("merchantId" uuid, "paymentId" uuid, state text, attempt int, standing text,
      reason text, "shopperId" uuid, email text, "carryOnAt" timestamptz, at timestamptz)
  where p.merchant_id = m."merchantId" and p.id = m."paymentId";

  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  select m."merchantId", m."paymentId", m.version + 1, m.event, m.state, m.detail, m.at
  from jsonb_to_recordset(asked) as m("merchantId" uuid, "paymentId" uuid, version int, event text, state text,
    detail jsonb, at timestamptz);

  perform insert_postings(asked);
  perform insert_messages(asked);
  perform answer_idempotency_keys(asked);
  return (
    select coalesce(jsonb_agg(coalesce(results[n], jsonb_build_object('kind', 'moved')) order by n), '[]')
    from generate_series(1, jsonb_array_length(batch)) n);
end $$;

-- Opens a refund: what is on its way back counts as refunded from here on. Checked and written under the lock of the
-- payment's row, for the payment and for each leg, so that refunds at once can never exceed what was paid (P2.5). Stale
-- when its division no longer fits, because another one was quicker: then it is divided anew.
create function open_refund(r jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (r->>'merchantId')::uuid;
  payment uuid := (r->>'paymentId')::uuid;
  refund uuid := (r->>'id')::uuid;
  at timestamptz := (r->>'createdAt')::timestamptz;
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

  update payment p set refunded_amount = p.refunded_amount + (r->>'amount')::bigint, version = p.version + 1
  where p.merchant_id = merchant and p.id = payment;
  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  values (merchant, payment, held.version + 1, 'refundOpened', held.state, jsonb_build_object('refundId', refund), at);

  insert into refund (merchant_id, id, payment_id, kind, amount, state, strategy, reason, requested_by, created_at, carry_on_at)
  values (merchant, refund, payment, r->>'kind', (r->>'amount')::bigint, 'refunding', r->>'strategy', r->>'reason',
    r->'requestedBy', at, (r->>'carryOnAt')::timestamptz);
  insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
  select merchant, refund, x.attempt, x.leg, x.amount, 'refunding', x.reference
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint, reference text);
  update leg l set refunded_amount = l.refunded_amount + x.amount
  from jsonb_to_recordset(r->'legs') as x(attempt int, leg int, amount bigint)
  where l.merchant_id = merchant and l.payment_id = payment and l.attempt = x.attempt and l.leg = x.leg;
  return jsonb_build_object('kind', 'opened');
end $$;

-- Records how a refund went on. What an outside system refused to give back is no longer on its way.
create function move_refund(m jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (m->>'merchantId')::uuid;
  subject uuid := (m->>'refundId')::uuid;
  at timestamptz := (m->>'at')::timestamptz;
  held refund;
  refused bigint;
  remaining payment;
begin
  select * into held from refund r
  where r.merchant_id = merchant and r.id = subject and r.version = (m->>'version')::int for update;
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
    -- when all of it has gone back; what is still on its way may yet be refused.
    perform from payment p where p.merchant_id = merchant and p.id = held.payment_id for update;
    update payment p set refunded_amount = p.refunded_amount - refused, version = p.version + 1,
      standing = case when p.refunded_amount - refused = p.captured_amount and not exists (
        select from refund r where r.merchant_id = merchant and r.payment_id = held.payment_id and r.state = 'refunding')
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
