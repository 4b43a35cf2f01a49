-- The hot path: one function per atomic phase of a payment, each called with a batch of requests that wait at the same
-- moment. A refusal is a result, not an exception, so that one refused request does not undo its batch.

-- Whether every leg is carried by a module that is active for the shop now: decided where the payment begins, so that a
-- module that has been deactivated takes no new payment from that moment on (P9.5).
create function modules_active(merchant uuid, legs jsonb) returns boolean language sql stable as $$
  select not exists (
    select from jsonb_to_recordset(legs) as l(module text)
    where not exists (select from merchant m where m.id = merchant and l.module = any(m.modules)))
$$;

-- The legs of an attempt, with the intent to authorize them. They carry the payment, no more and no less (P2.3).
create function insert_legs(merchant uuid, payment uuid, legs jsonb, total bigint) returns void language plpgsql as $$
begin
  if total is distinct from (select sum(l.amount) from jsonb_to_recordset(legs) as l(amount bigint)) then
    raise exception 'legs do not sum to the amount of the payment' using errcode = 'check_violation';
  end if;
  insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference)
  select merchant, payment, l.attempt, l.leg, l.module, l.means, l.amount, 'authorizing', l."authorizeReference"
  from jsonb_to_recordset(legs) as l(attempt int, leg int, module text, means jsonb, amount bigint, "authorizeReference" text);
end $$;

create function insert_postings(merchant uuid, payment uuid, refund uuid, postings jsonb) returns void language plpgsql as $$
begin
  insert into posting (merchant_id, id, kind, payment_id, refund_id, at)
  select merchant, p.id, p.kind, payment, refund, p.at
  from jsonb_to_recordset(postings) as p(id uuid, kind text, at timestamptz);

  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select merchant, p.id, e.line, e.account, e.currency, e.amount
  from jsonb_to_recordset(postings) as p(id uuid, entries jsonb),
    jsonb_to_recordset(p.entries) as e(line int, account text, currency text, amount bigint);
end $$;

create function insert_messages(merchant uuid, payment uuid, messages jsonb) returns void language plpgsql as $$
begin
  insert into message (merchant_id, id, kind, topic, payment_id, payload, state, due_at, created_at)
  select merchant, m.id, m.kind, m.topic, payment, m.payload, 'due', m.at, m.at
  from jsonb_to_recordset(messages) as m(id uuid, kind text, topic text, payload jsonb, at timestamptz);
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

create function answer_idempotency_key(merchant uuid, answer jsonb) returns void language plpgsql as $$
begin
  update idempotency_key set status = (answer->>'status')::int, body = answer->'body'
  where merchant_id = merchant and key = answer->>'key';
end $$;

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
  if held.fingerprint <> print then return jsonb_build_object('kind', 'key-reused'); end if;
  if held.status is null then
    return jsonb_build_object('kind', 'in-progress', 'resourceId', held.resource_id);
  end if;
  return jsonb_build_object('kind', 'replay', 'status', held.status, 'body', held.body);
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

-- Opens a payment: idempotency key, payment, first history row and, where the means are known already, the legs of its
-- first attempt with the intent to authorize them.
create function open_payment(r jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (r->>'merchantId')::uuid;
  subject uuid := (r->>'id')::uuid;
  at timestamptz := (r->>'createdAt')::timestamptz;
  taken uuid;
  vault uuid;
  legs jsonb := r->'legs';
  refusal jsonb;
begin
  if r ? 'key' then
    refusal := claim_idempotency_key(merchant, r->>'key', decode(r->>'fingerprint', 'hex'), subject, at);
    if refusal is not null then return refusal; end if;
  end if;
  if legs is not null and not modules_active(merchant, legs) then
    delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
    return jsonb_build_object('kind', 'module-inactive');
  end if;

  insert into payment (merchant_id, id, order_ref, live_order_ref, order_name, amount, currency, state, attempt,
    capture_mode, channel, shopper_id, email, locale, return_url, metadata, created_at, expires_at, carry_on_at)
  values (merchant, subject, r->>'orderRef', r->>'orderRef', r->>'orderName', (r->>'amount')::bigint, r->>'currency',
    r->>'state', (r->>'attempt')::int, r->>'captureMode', r->>'channel', (r->>'shopperId')::uuid, r->>'email',
    r->>'locale', r->>'returnUrl', r->'metadata', at, (r->>'expiresAt')::timestamptz, (r->>'carryOnAt')::timestamptz)
  on conflict do nothing;
  if not found then
    delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
    select id into taken from payment p where p.merchant_id = merchant and p.live_order_ref = r->>'orderRef';
    return jsonb_build_object('kind', 'order-taken', 'paymentId', taken);
  end if;

  -- A V-Card that is not good for this payment: declined without a trace of why.
  if r ? 'spend' and not spend_vcard(r->'spend', merchant, subject, (r->>'amount')::bigint, r->>'currency', at) then
    update payment p set state = 'declined', standing = 'failed', live_order_ref = null, carry_on_at = null,
      reason = 'declined', finished_at = at, attempt = 0
    where p.merchant_id = merchant and p.id = subject;
    insert into payment_history (merchant_id, payment_id, version, event, state, at)
    values (merchant, subject, 1, 'refused', 'declined', at);
    if r ? 'answerRefused' then perform answer_idempotency_key(merchant, r->'answerRefused'); end if;
    return jsonb_build_object('kind', 'vcard-refused');
  end if;

  insert into payment_history (merchant_id, payment_id, version, event, state, at)
  values (merchant, subject, 1, 'opened', r->>'state', at);

  if r ? 'card' then
    vault := keep_card(merchant, r->'card', at);
    legs := jsonb_set(legs, array[coalesce(r->>'cardLeg', '0'), 'means', 'cardId'], to_jsonb(vault));
  end if;

  if legs is not null then perform insert_legs(merchant, subject, legs, (r->>'amount')::bigint); end if;
  if r ? 'answer' then perform answer_idempotency_key(merchant, r->'answer'); end if;
  return jsonb_build_object('kind', 'opened', 'cardId', vault);
end $$;

-- Records what happened to a payment, if it still is where the writer believes: new state and history, its legs, the
-- postings, the messages that report it and the stored answer of the request, all or nothing.
create function move_payment(m jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (m->>'merchantId')::uuid;
  subject uuid := (m->>'paymentId')::uuid;
  at timestamptz := (m->>'at')::timestamptz;
  held payment;
begin
  select * into held from payment p
  where p.merchant_id = merchant and p.id = subject and p.version = (m->>'version')::int for update;
  if not found then return jsonb_build_object('kind', 'stale'); end if;

  -- Only where a payment begins: a second attempt of an open one is let finish.
  if m->>'event' = 'started' and not modules_active(merchant, m->'newLegs') then
    return jsonb_build_object('kind', 'module-inactive');
  end if;
  if m ? 'spend' and not spend_vcard(m->'spend', merchant, subject, held.amount, held.currency, at) then
    return jsonb_build_object('kind', 'vcard-refused');
  end if;

  if m ? 'legs' then
    update leg l set
      state = x.state,
      settle_reference = coalesce(x."settleReference", l.settle_reference),
      hold = coalesce(x.hold, l.hold),
      reason = coalesce(x.reason, l.reason),
      captured_amount = coalesce(x."capturedAmount", l.captured_amount),
      tries = coalesce(x.tries, l.tries)
    from jsonb_to_recordset(m->'legs') as x(attempt int, leg int, state text, "settleReference" text, hold jsonb,
      reason text, "capturedAmount" bigint, tries int)
    where l.merchant_id = merchant and l.payment_id = subject and l.attempt = x.attempt and l.leg = x.leg;
  end if;
  if m ? 'newLegs' then perform insert_legs(merchant, subject, m->'newLegs', held.amount); end if;

  -- All or nothing: a paid payment's legs are captured and sum exactly to its amount (P2.3).
  if m->>'state' = 'paid' and held.state <> 'paid' and held.amount is distinct from (
    select sum(l.captured_amount) from leg l
    where l.merchant_id = merchant and l.payment_id = subject and l.attempt = held.attempt and l.state = 'captured')
  then
    raise exception 'captured legs do not sum to the amount of the payment' using errcode = 'check_violation';
  end if;

  update payment p set
    state = m->>'state',
    version = p.version + 1,
    attempt = coalesce((m->>'attempt')::int, p.attempt),
    standing = coalesce(m->>'standing', p.standing),
    captured_amount = case when m->>'state' = 'paid' then p.amount else 0 end,
    reason = case when m ? 'reason' then m->>'reason' else p.reason end,
    shopper_id = coalesce((m->>'shopperId')::uuid, p.shopper_id),
    email = coalesce(m->>'email', p.email),
    carry_on_at = (m->>'carryOnAt')::timestamptz,
    live_order_ref = case when m->>'standing' = 'failed' then null else p.live_order_ref end,
    finished_at = case when m->>'standing' in ('paid', 'failed') then at else p.finished_at end
  where p.merchant_id = merchant and p.id = subject;

  insert into payment_history (merchant_id, payment_id, version, event, state, detail, at)
  values (merchant, subject, held.version + 1, m->>'event', m->>'state', m->'detail', at);

  if m ? 'postings' then perform insert_postings(merchant, subject, null, m->'postings'); end if;
  if m ? 'messages' then perform insert_messages(merchant, subject, m->'messages'); end if;
  if m ? 'answer' then perform answer_idempotency_key(merchant, m->'answer'); end if;
  return jsonb_build_object('kind', 'moved');
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

  if m ? 'postings' then perform insert_postings(merchant, held.payment_id, held.id, m->'postings'); end if;
  if m ? 'messages' then perform insert_messages(merchant, held.payment_id, m->'messages'); end if;
  if m ? 'answer' then perform answer_idempotency_key(merchant, m->'answer'); end if;
  return jsonb_build_object('kind', 'moved');
end $$;

-- The same, for the requests that wait at one moment: results in the order of the requests. Rows are taken in one order
-- everywhere (the caller sorts by merchant and key), so that two batches do not wait for each other in a ring.
create function open_payments(batch jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_agg(open_payment(r) order by n), '[]') from jsonb_array_elements(batch) with ordinality as b(r, n)
$$;

create function move_payments(batch jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_agg(move_payment(m) order by n), '[]') from jsonb_array_elements(batch) with ordinality as b(m, n)
$$;
