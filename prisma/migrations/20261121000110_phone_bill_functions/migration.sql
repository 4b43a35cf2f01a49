-- What a phone bill may carry, decided and written in one place: codes that prove who holds a line, charges under the
-- limits of that line, and what is given back on them. A refusal is a result, not an exception.

ALTER TABLE "one_time_code" ADD COLUMN     "subscriber_mismatch" BOOLEAN NOT NULL DEFAULT false;

CREATE UNIQUE INDEX "one_time_code_id_key" ON "one_time_code"("id");

-- ------------------------------------------------------------------------------------------------ one-time codes

-- Counts one sending for each subject (a number, a payment, a session, an address) in steps of ten minutes, and says when
-- there is room again; null where there is. What is refused is not counted: asking on does not close a line for longer.
create function count_code_sendings(counts jsonb, at timestamptz) returns timestamptz language plpgsql as $$
declare
  step timestamptz := date_bin('10 minutes', at, '2000-01-01Z');
  c record;
  sent bigint;
  earliest timestamptz;
  retry timestamptz;
begin
  -- In one order, so that two requests do not wait for each other in a ring.
  for c in select subject, most from jsonb_to_recordset(counts) as x(subject text, most int) order by subject loop
    insert into rate_count (subject, window_start, count) values (c.subject, step, 1)
    on conflict (subject, window_start) do update set count = rate_count.count + 1;
    select sum(r.count), min(r.window_start) into sent, earliest from rate_count r
    where r.subject = c.subject and r.window_start > step - interval '70 minutes' and r.count > 0;
    if sent > c.most then retry := greatest(retry, earliest + interval '70 minutes'); end if;
  end loop;
  if retry is not null then
    update rate_count r set count = r.count - 1
    from jsonb_to_recordset(counts) as x(subject text) where r.subject = x.subject and r.window_start = step;
  end if;
  return retry;
end $$;

-- Makes the one live code of a payment, or of a proof, and the message that carries it: an older code is no more. Its
-- digits are drawn when the message is sent. The wrong tries of a payment are counted over all its codes.
create function open_one_time_code(r jsonb) returns boolean language plpgsql as $$
declare
  at timestamptz := (r->>'at')::timestamptz;
begin
  insert into one_time_code as o (owner_id, subject_id, id, purpose, line_id, fingerprint, code_hash, amount, currency,
    subscriber_mismatch, state, created_at, expires_at)
  values ((r->>'ownerId')::uuid, (r->>'subjectId')::uuid, (r->>'id')::uuid, r->>'purpose', (r->>'lineId')::uuid,
    decode(r->>'fingerprint', 'hex'), '', (r->>'amount')::bigint, r->>'currency', (r->>'subscriberMismatch')::boolean,
    'live', at, (r->>'expiresAt')::timestamptz)
  on conflict (owner_id, subject_id) do update set id = excluded.id, line_id = excluded.line_id,
    fingerprint = excluded.fingerprint, code_hash = '', amount = excluded.amount, currency = excluded.currency,
    subscriber_mismatch = excluded.subscriber_mismatch, state = 'live', created_at = at,
    expires_at = excluded.expires_at
  where o.state <> 'refused';
  if not found then return false; end if;
  perform insert_phone_messages((r->>'messagesOf')::uuid, (r->>'paymentId')::uuid, r->'messages', null);
  return true;
end $$;

-- Tries a code: at most five wrong ones, then the subject is refused for good (RTS SCA, article 4). The right code of a
-- payment proves possession until it is used up by the charge it was made for.
create function try_one_time_code(r jsonb) returns jsonb language plpgsql as $$
declare
  held one_time_code;
begin
  select * into held from one_time_code o
  where o.owner_id = (r->>'ownerId')::uuid and o.subject_id = (r->>'subjectId')::uuid for update;
  if not found or held.purpose <> r->>'purpose' then return jsonb_build_object('kind', 'wrong-code'); end if;
  if held.state = 'refused' then return jsonb_build_object('kind', 'too-many-tries'); end if;
  if held.id <> (r->>'id')::uuid or held.state = 'used' or held.amount is distinct from (r->>'amount')::bigint
    or held.currency is distinct from r->>'currency'
  then
    return jsonb_build_object('kind', 'wrong-code');
  end if;
  if held.expires_at <= (r->>'at')::timestamptz then return jsonb_build_object('kind', 'code-expired'); end if;
  if held.line_id is null or held.code_hash <> decode(r->>'hash', 'hex') then
    update one_time_code o set tries = o.tries + 1, state = case when o.tries = 4 then 'refused' else o.state end
    where o.owner_id = held.owner_id and o.subject_id = held.subject_id;
    return jsonb_build_object('kind', case when held.tries = 4 then 'too-many-tries' else 'wrong-code' end);
  end if;
  update one_time_code o set state = case when held.purpose = 'payment' then 'proven' else 'used' end
  where o.owner_id = held.owner_id and o.subject_id = held.subject_id;
  if held.subscriber_mismatch then return jsonb_build_object('kind', 'subscriber-mismatch'); end if;
  return jsonb_build_object('kind', 'proven', 'lineId', held.line_id);
end $$;

-- ------------------------------------------------------------------------------------------------ charges

-- `way` is told in the message of a refund: it is known only under the lock of the charge.
create function insert_phone_messages(merchant uuid, payment uuid, messages jsonb, way text) returns void
  language plpgsql as $$
begin
  insert into message (merchant_id, id, kind, topic, payment_id, payload, state, due_at, created_at)
  select merchant, m.id, m.kind, m.topic, payment,
    case when way is null then m.payload else jsonb_set(m.payload, '{way}', to_jsonb(way)) end, 'due', m.at, m.at
  from jsonb_to_recordset(messages) as m(id uuid, kind text, topic text, payload jsonb, at timestamptz);
end $$;

-- Why a line may not be charged so much now; null when it may. Called under the lock of the line's row. Held amounts
-- count, what was released, cancelled or given back does not, each in the day and month of its purchase by the telco's
-- clock (P7.2). Every limit bounds one line; a merchant's counts the line's purchases at that merchant.
create function phone_refusal(line phone_line, merchant uuid, asked bigint, in_currency text, day date) returns text
  language plpgsql as $$
declare
  u record;
  l record;
  reason text;
begin
  if exists (select from phone_limit p where p.stopped_at is not null and p.key = '' and p.scope = 'operator')
    or exists (select from phone_limit p where p.stopped_at is not null
      and (p.scope, p.key) in (('telco', line.system), ('merchant', merchant::text)))
    or not exists (select from phone_limit p where p.scope = 'operator' and p.key = '' and p.currency = in_currency)
  then
    return 'module-unavailable';
  end if;
  if line.blocked_at is not null then return 'line-blocked'; end if;
  if line.minor_until > day and line.minor_allowed_at is null then return 'line-of-minor'; end if;
  if line.locked_at is not null then return 'line-locked'; end if;
  if line.arrears_since is not null then return 'line-arrears'; end if;

  select coalesce(sum(c.left_of), 0) as month_sum, count(*) as month_count,
    coalesce(sum(c.left_of) filter (where c.local_day = day), 0) as day_sum,
    count(*) filter (where c.local_day = day) as day_count,
    coalesce(sum(c.left_of) filter (where c.merchant_id = merchant), 0) as shop_month_sum,
    count(*) filter (where c.merchant_id = merchant) as shop_month_count,
    coalesce(sum(c.left_of) filter (where c.merchant_id = merchant and c.local_day = day), 0) as shop_day_sum,
    count(*) filter (where c.merchant_id = merchant and c.local_day = day) as shop_day_count
  into u
  from (
    select p.merchant_id, p.local_day, p.amount - p.reduced_amount - p.credited_amount as left_of from phone_charge p
    where p.line_id = line.id and p.local_month = date_trunc('month', day)::date and p.currency = in_currency
      and p.state not in ('released', 'cancelled')) c
  where c.left_of > 0;

  -- Said first is what would let the purchase through soonest.
  for l in
    select p.scope = 'merchant' as of_shop, p.per_purchase, p.per_day, p.per_month, p.count_per_day, p.count_per_month
    from phone_limit p
    where p.currency = in_currency and (p.scope, p.key) in (('operator', ''), ('telco', line.system),
      ('merchant', merchant::text), ('line', line.id::text))
    union all select false, null, null, line.monthly_cap, null, null
  loop
    if asked > l.per_purchase then return 'line-purchase-limit'; end if;
    if asked + (case when l.of_shop then u.shop_month_sum else u.month_sum end) > l.per_month then
      reason := 'line-month-limit';
    elsif asked + (case when l.of_shop then u.shop_day_sum else u.day_sum end) > l.per_day then
      reason := coalesce(reason, 'line-day-limit');
    elsif (case when l.of_shop then u.shop_month_count else u.month_count end) >= l.count_per_month
      or (case when l.of_shop then u.shop_day_count else u.day_count end) >= l.count_per_day
    then
      reason := coalesce(reason, 'line-count-limit');
    end if;
  end loop;
  return reason;
end $$;

-- What a charge says of an earlier request to make it.
create function held_phone_charge(held phone_charge) returns jsonb language sql immutable as $$
  select case when held.state = 'released' then jsonb_build_object('kind', 'refused', 'reason', 'interrupted')
    else jsonb_build_object('kind', 'held') end
$$;

-- Puts an amount on a line if every limit in force allows it: checked and written under the lock of the line's row, so
-- that purchases at once never exceed one (P2.5). A hold that was given up before it was made stays given up (P3.4).
create function hold_phone_charge(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  day date := (at at time zone (c->>'zone'))::date;
  total bigint := (c->>'amount')::bigint;
  line phone_line;
  held phone_charge;
  reason text;
begin
  update phone_line p set subscriber_ref = c->>'subscriberRef', line_kind = c->>'lineKind',
    monthly_cap = (c->>'monthlyCap')::bigint
  where p.id = (c->>'lineId')::uuid returning * into strict line;

  select * into held from phone_charge p
  where p.merchant_id = merchant and p.payment_id = payment and p.attempt = (c->>'attempt')::int and p.leg = (c->>'leg')::int;
  if found then return held_phone_charge(held); end if;

  reason := phone_refusal(line, merchant, total, c->>'currency', day);
  if reason is not null then return jsonb_build_object('kind', 'refused', 'reason', reason); end if;

  if c ? 'codeId' then
    update one_time_code o set state = 'used'
    where o.owner_id = merchant and o.subject_id = payment and o.id = (c->>'codeId')::uuid and o.state = 'proven'
      and o.line_id = line.id and o.amount = total and o.currency = c->>'currency';
    if not found then return jsonb_build_object('kind', 'refused', 'reason', 'wrong-code'); end if;
  end if;

  insert into phone_charge (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount, currency,
    description, purchased_at, local_day, local_month, state, changed_at)
  values (merchant, payment, (c->>'attempt')::int, (c->>'leg')::int, line.id, line.system, c->>'centre',
    c->>'subscriberRef', total, c->>'currency', c->>'description', at, day, date_trunc('month', day)::date, 'held', at)
  on conflict do nothing;
  if not found then
    select * into strict held from phone_charge p
    where p.merchant_id = merchant and p.payment_id = payment and p.attempt = (c->>'attempt')::int and p.leg = (c->>'leg')::int;
    return held_phone_charge(held);
  end if;
  return jsonb_build_object('kind', 'held');
end $$;

-- Those that wait at one moment together; the caller sends them in the order of their lines.
create function hold_phone_charges(batch jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_agg(hold_phone_charge(c) order by n), '[]')
  from (select c, n from jsonb_array_elements(batch) with ordinality as b(c, n) order by n) ordered
$$;

-- From here on it will be billed. Its holder is told in the same transaction (P7.3).
create function approve_phone_charge(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  held phone_charge;
begin
  select * into held from phone_charge p
  where p.merchant_id = merchant and p.payment_id = payment and p.attempt = (c->>'attempt')::int and p.leg = (c->>'leg')::int
  for update;
  if not found or held.state = 'released' then return jsonb_build_object('kind', 'refused'); end if;
  if held.state = 'held' then
    update phone_charge p set state = 'approved', version = p.version + 1, changed_at = (c->>'at')::timestamptz
    where p.merchant_id = merchant and p.payment_id = payment and p.attempt = held.attempt and p.leg = held.leg;
    perform insert_phone_messages(merchant, payment, c->'messages', null);
  end if;
  return jsonb_build_object('kind', 'done');
end $$;

-- Gives a hold up; one that was never made leaves a row, so that it is not made afterwards.
create function release_phone_charge(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  day date := (at at time zone (c->>'zone'))::date;
  now_state text;
begin
  insert into phone_charge as p (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount,
    currency, description, purchased_at, local_day, local_month, state, changed_at)
  values (merchant, payment, (c->>'attempt')::int, (c->>'leg')::int, (c->>'lineId')::uuid, c->>'system', c->>'centre', '',
    (c->>'amount')::bigint, c->>'currency', c->>'description', at, day, date_trunc('month', day)::date, 'released', at)
  on conflict (merchant_id, payment_id, attempt, leg) do update set
    state = 'released', version = p.version + 1, changed_at = at
  where p.state = 'held';
  select p.state into now_state from phone_charge p
  where p.merchant_id = merchant and p.payment_id = payment and p.attempt = (c->>'attempt')::int and p.leg = (c->>'leg')::int;
  return jsonb_build_object('kind', case when now_state = 'released' then 'done' else 'refused' end);
end $$;

-- How money comes back from a charge: it is never billed, it is taken off the next bill, or people pay it out.
create function phone_refund_way(state text) returns text language sql immutable as $$
  select case when state in ('approved', 'refused') then 'not-billed'
    when state in ('billed', 'unpaid', 'written-off') then 'next-bill'
    when state = 'collected' then 'by-hand' end
$$;

-- Gives back a part of a charge or all of it, once for each reference, never more than is left of it.
create function give_back_phone_charge(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  part bigint := (c->>'amount')::bigint;
  held phone_charge;
  earlier phone_credit;
  way text;
begin
  select * into held from phone_charge p
  where p.merchant_id = merchant and p.payment_id = payment and p.attempt = (c->>'attempt')::int and p.leg = (c->>'leg')::int
  for update;
  select * into earlier from phone_credit k
  where k.merchant_id = merchant and k.payment_id = payment and k.reference = c->>'reference';
  if found then return jsonb_build_object('kind', 'done', 'way', earlier.way); end if;

  way := phone_refund_way(held.state);
  if way is null or held.reduced_amount + held.credited_amount + part > held.amount then
    return jsonb_build_object('kind', 'refused');
  end if;
  update phone_charge p set
    reduced_amount = p.reduced_amount + case when way = 'not-billed' then part else 0 end,
    credited_amount = p.credited_amount + case when way = 'not-billed' then 0 else part end,
    state = case when way = 'not-billed' and p.reduced_amount + part = p.amount then 'cancelled' else p.state end,
    version = p.version + 1, changed_at = at
  where p.merchant_id = merchant and p.payment_id = payment and p.attempt = held.attempt and p.leg = held.leg;
  insert into phone_credit (merchant_id, payment_id, reference, attempt, leg, centre, amount, currency, way, state,
    created_at, changed_at)
  values (merchant, payment, c->>'reference', held.attempt, held.leg, held.centre, part, held.currency, way,
    case when way = 'not-billed' then 'reduced' else 'due' end, at, at);
  perform insert_phone_messages(merchant, payment, c->'messages', way);
  return jsonb_build_object('kind', 'done', 'way', way);
end $$;
