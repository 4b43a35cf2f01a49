-- What an account may be charged, decided and written in one step under the lock of its row (N9). A refusal is a result, not
-- an exception. Locks are taken in one order everywhere: accounts by their ids, then what hangs on them, then the rows of
-- requests, so that no two calls wait for each other in a ring.

-- A time-ordered UUID (version 7) for rows that only the database knows it has to write.
create function time_ordered_uuid(at timestamptz) returns uuid language sql volatile as $$
  select encode(set_byte(b, 6, (get_byte(b, 6) & 15) | 112), 'hex')::uuid
  from (select overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6) as b) drawn
$$;

-- ------------------------------------------------------------------------------------------------ what may be charged

-- What could be charged at once as far as money goes.
create function account_available(a account, bal bigint, hld bigint, month_sum bigint) returns bigint
  language sql immutable as $$
  select case a.kind when 'prepaid' then bal - hld
    else greatest(0, least(a.month_limit - month_sum, a.own_month_limit - month_sum, a.credit_limit + bal - hld)) end
$$;

-- Why so much may not be charged now; null when it may. The state of the account comes before what it could carry, so that
-- nobody learns a balance from a lost card.
create function account_refusal(a account, asked bigint, in_currency text, at timestamptz, bal bigint, hld bigint,
  month_sum bigint, day_sum bigint) returns text language plpgsql immutable as $$
begin
  if a.lost_at is not null then return 'locked'; end if;
  if a.suspended_at is not null then return 'suspended'; end if;
  if a.valid_until <= at then return 'expired'; end if;
  if a.currency <> in_currency then return 'wrong-currency'; end if;
  if asked > least(a.purchase_limit, a.own_purchase_limit) then return 'purchase-limit'; end if;
  if month_sum + asked > least(a.month_limit, a.own_month_limit) then return 'month-limit'; end if;
  if day_sum + asked > least(a.day_limit, a.own_day_limit) then return 'day-limit'; end if;
  if a.kind = 'prepaid' then
    if asked > bal - hld then return 'insufficient'; end if;
  elsif asked > a.credit_limit + bal - hld then
    return 'credit-limit';
  end if;
  return null;
end $$;

-- An account with its counters brought to the local day of a moment; never back to an earlier one.
create function account_at(a account, at timestamptz, zone text) returns account language plpgsql stable as $$
declare
  today date := (at at time zone zone)::date;
begin
  if today > a.counted_day then
    if date_trunc('month', today) > date_trunc('month', a.counted_day) then a.month_used := 0; end if;
    a.day_used := 0;
    a.counted_day := today;
  end if;
  return a;
end $$;

create function lock_account(subject uuid, at timestamptz, zone text) returns account language plpgsql as $$
declare
  a account;
begin
  select * into a from account x where x.id = subject for update;
  return account_at(a, at, zone);
end $$;

-- Takes back from the counters what was counted on a day, if they still count that day, or its month.
create function uncount(a account, counted date, part bigint) returns account language plpgsql immutable as $$
begin
  if date_trunc('month', counted) = date_trunc('month', a.counted_day) then a.month_used := a.month_used - part; end if;
  if counted = a.counted_day then a.day_used := a.day_used - part; end if;
  return a;
end $$;

create function save_account(a account) returns void language sql as $$
  update account x set balance = a.balance, held = a.held, counted_day = a.counted_day, month_used = a.month_used,
    day_used = a.day_used, valid_until = a.valid_until, movements = a.movements, version = x.version + 1
  where x.id = a.id
$$;

-- ------------------------------------------------------------------------------------------------ what is written

-- One change of a balance, ready to be booked. `contra` is the other side of its posting.
create type account_move as (
  account_id uuid, id uuid, number bigint, kind text, amount bigint, balance_after bigint, available bigint, currency text,
  merchant_id uuid, requester text, reference text, charge_id uuid, reservation_id uuid, payment_id uuid,
  counted_day date, description text, shop text, at timestamptz, contra text);

-- Tells those who watch an account what changed: low-balance once, when what is available falls to the threshold.
create function tell_watchers(moves account_move[]) returns void language plpgsql as $$
begin
  insert into message (merchant_id, id, kind, topic, payload, state, due_at, created_at)
  select w.merchant_id, time_ordered_uuid(m.at), w.kind, w.topic,
    w.payload || jsonb_build_object('change', jsonb_build_object('kind', c.change, 'accountId', m.account_id,
      'movementId', m.id, 'amount', m.amount::text, 'balance', m.balance_after::text, 'available', m.available::text,
      'currency', m.currency, 'description', m.description, 'reference', m.reference,
      'at', to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
    'due', m.at, m.at
  from unnest(moves) with ordinality as m
  join account_watch w on w.account_id = m.account_id and (w.until is null or w.until > m.at)
  join account a on a.id = m.account_id
  cross join lateral (
    select case m.kind when 'charge' then 'charged' when 'refund' then 'refunded' else 'topped-up' end as change
    union all
    select 'low-balance' where m.kind = 'charge' and m.available <= coalesce(w.threshold, a.threshold)
      and m.available + m.amount > coalesce(w.threshold, a.threshold)) c
  where c.change = any(w.changes)
  order by m.ordinality;
end $$;

-- Books changes of balances: history, posting, the holder's SMS (M-91, M-92) and what watchers are told (M-83).
create function book_account_moves(moves account_move[], object_at text) returns void language plpgsql
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  ids uuid[];
begin
  insert into account_movement (account_id, id, number, kind, amount, balance_after, merchant_id, requester, reference, charge_id,
    reservation_id, payment_id, counted_day, description, shop, at)
  select m.account_id, m.id, m.number, m.kind, m.amount, m.balance_after, m.merchant_id, m.requester, m.reference, m.charge_id,
    m.reservation_id, m.payment_id, m.counted_day, m.description, m.shop, m.at
  from unnest(moves) as m;

  insert into posting (merchant_id, id, kind, at)
  select m.merchant_id, m.id, 'account-' || m.kind, m.at from unnest(moves) as m;
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  select m.merchant_id, m.id, s.line,
    case s.line when 0 then 'account:' || m.account_id else m.contra end, m.currency,
    case when (m.kind = 'charge') = (s.line = 0) then m.amount else -m.amount end
  from unnest(moves) as m cross join (values (0), (1)) as s(line);

  insert into message (merchant_id, id, kind, topic, payment_id, payload, state, due_at, created_at)
  select m.merchant_id, time_ordered_uuid(m.at), 'sms', t.topic, m.payment_id,
    jsonb_build_object('accountId', a.id, 'sealedTo', translate(encode(a.sealed_mobile, 'base64'), E'\n', ''),
      'keyId', a.key_id, 'masked', a.mobile_masked, 'spoken', false, 'locale', a.locale, 'account', a.last_four,
      'shop', m.shop, 'orderName', m.description, 'amount', m.amount::text, 'currency', m.currency,
      'balance', case a.kind when 'prepaid' then m.balance_after else m.available end::text,
      'postpaid', a.kind = 'postpaid', 'objectAt', object_at),
    'due', m.at, m.at
  from unnest(moves) as m
  join account a on a.id = m.account_id and a.sealed_mobile is not null
  cross join lateral (
    select 'account-payment' as topic where m.kind = 'charge'
    union all select 'account-balance' where m.kind = 'charge' and m.available <= a.threshold
    union all select 'account-refund' where m.kind = 'refund') t;

  select array_agg(m.account_id) into ids from unnest(moves) as m;
  if exists (select from account_watch w where w.account_id = any(ids)) then perform tell_watchers(moves); end if;
end $$;

-- The side of a posting that stands against the account: what a leg brings is booked on to the merchant by its payment.
create function account_contra(requester text) returns text language sql immutable as $$
  select case requester when 'leg' then 'receivable:micro-account' else 'payable:merchant' end
$$;

create function account_charge_view(id uuid, account_id uuid, amount bigint, balance bigint) returns jsonb
  language sql immutable as $$
  select jsonb_build_object('id', id, 'accountId', account_id, 'amount', amount::text, 'balance', balance::text)
$$;

-- What a reference was answered before; null when it is new.
create function earlier_answer(r jsonb) returns jsonb language sql stable as $$
  select case when q.fingerprint <> decode(r->>'fingerprint', 'hex') then jsonb_build_object('kind', 'reference-reused')
    else q.result || '{"repeated": true}' end
  from account_request q
  where q.merchant_id = (r->>'merchantId')::uuid and q.requester = r->>'requester' and q.reference = r->>'reference'
$$;

-- Keeps what a reference was answered. Where somebody else was quicker the whole call is undone, and asked again.
create function keep_answer(r jsonb, result jsonb) returns jsonb language plpgsql as $$
begin
  insert into account_request (merchant_id, requester, reference, fingerprint, result, at)
  values ((r->>'merchantId')::uuid, r->>'requester', r->>'reference', decode(r->>'fingerprint', 'hex'), result,
    (r->>'at')::timestamptz);
  return result;
end $$;

-- ------------------------------------------------------------------------------------------------ charges and reservations

-- Charges, or sets aside, those that wait at the same moment; each over one account or several, all or nothing. The counters
-- of an account run along in memory, so that a hundred charges on one account write its row once.
create function charge_accounts(batch jsonb, zone text, object_at text) returns jsonb language plpgsql
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(batch)]);
  ids uuid[];
  held_accounts account[];
  a account;
  bal bigint[] := '{}';
  hld bigint[] := '{}';
  month_sums bigint[] := '{}';
  day_sums bigint[] := '{}';
  days date[] := '{}';
  numbers bigint[] := '{}';
  changed boolean[] := '{}';
  moves account_move[] := '{}';
  pending account_move[];
  asked record;
  today date;
  reason text;
  part bigint;
  i int;
  k int;
begin
  select array_agg(distinct x) into ids
  from jsonb_to_recordset(batch) as r(accounts uuid[]), unnest(r.accounts) as x;
  select coalesce(array_agg(l order by l.id), '{}') into held_accounts
  from (select * from account x where x.id = any(ids) order by x.id for update) l;
  ids := '{}';
  foreach a in array held_accounts loop
    ids := ids || a.id;
    bal := bal || a.balance;
    hld := hld || a.held;
    month_sums := month_sums || a.month_used;
    day_sums := day_sums || a.day_used;
    days := days || a.counted_day;
    numbers := numbers || a.movements;
    changed := changed || false;
  end loop;

  for asked in
    select b.n, q.result, q.fingerprint = decode(b.r->>'fingerprint', 'hex') as same
    from jsonb_array_elements(batch) with ordinality as b(r, n)
    join account_request q on q.merchant_id = (b.r->>'merchantId')::uuid and q.requester = b.r->>'requester'
      and q.reference = b.r->>'reference'
  loop
    results[asked.n] := case when asked.same then asked.result || '{"repeated": true}'
      else jsonb_build_object('kind', 'reference-reused') end;
  end loop;

  for asked in
    select * from rows from (jsonb_to_recordset(batch) as ("merchantId" uuid, requester text, reference text, mode text,
      currency text, description text, shop text, at timestamptz, "ownOnly" boolean, "paymentId" uuid,
      accounts uuid[], amounts bigint[], ids uuid[])) with ordinality
      as r(merchant, requester, reference, mode, currency, description, shop, at, own_only, payment, accounts, amounts, ids, n)
  loop
    continue when results[asked.n] is not null;
    reason := null;
    pending := '{}';
    for k in 1..cardinality(asked.accounts) loop
      part := asked.amounts[k];
      i := array_position(ids, asked.accounts[k]);
      if i is null then
        reason := 'unregistered';
      else
        a := held_accounts[i];
        today := (asked.at at time zone zone)::date;
        if today > days[i] then
          if date_trunc('month', today) > date_trunc('month', days[i]) then month_sums[i] := 0; end if;
          day_sums[i] := 0;
          days[i] := today;
        end if;
        reason := case when asked.own_only and a.issuer_id <> asked.merchant then 'unregistered'
          else account_refusal(a, part, asked.currency, asked.at, bal[i], hld[i], month_sums[i], day_sums[i]) end;
      end if;
      if reason is not null then
        results[asked.n] := jsonb_build_object('kind', 'refused', 'reason', reason, 'part', k - 1);
        for j in 1..k - 1 loop
          i := array_position(ids, asked.accounts[j]);
          part := asked.amounts[j];
          bal[i] := bal[i] + case asked.mode when 'charge' then part else 0 end;
          numbers[i] := numbers[i] - case asked.mode when 'charge' then 1 else 0 end;
          hld[i] := hld[i] - case asked.mode when 'charge' then 0 else part end;
          month_sums[i] := month_sums[i] - part;
          day_sums[i] := day_sums[i] - part;
        end loop;
        exit;
      end if;
      changed[i] := true;
      month_sums[i] := month_sums[i] + part;
      day_sums[i] := day_sums[i] + part;
      if asked.mode = 'charge' then
        bal[i] := bal[i] - part;
        numbers[i] := numbers[i] + 1;
        pending := pending || row(a.id, asked.ids[k], numbers[i], 'charge', part, bal[i],
          account_available(a, bal[i], hld[i], month_sums[i]), a.currency, asked.merchant, asked.requester, asked.reference,
          null, null, asked.payment, days[i], asked.description, asked.shop, asked.at,
          account_contra(asked.requester))::account_move;
      else
        hld[i] := hld[i] + part;
      end if;
    end loop;
    if reason is null and asked.mode = 'charge' then
      moves := moves || pending;
      results[asked.n] := jsonb_build_object('kind', 'charged', 'at', asked.at, 'currency', asked.currency, 'charges', (
        select jsonb_agg(account_charge_view(p.id, p.account_id, p.amount, p.balance_after) order by p.n)
        from unnest(pending) with ordinality as p(account_id, id, number, kind, amount, balance_after, available, currency, merchant_id,
          requester, reference, charge_id, reservation_id, payment_id, counted_day, description, shop, at, contra, n)));
    elsif reason is null then
      results[asked.n] := jsonb_build_object('kind', 'reserved', 'reservationId', asked.ids[1], 'day', days[i]);
    end if;
  end loop;

  update account x set balance = c.bal, held = c.hld, month_used = c.month_sum, day_used = c.day_sum, counted_day = c.today,
    movements = c.movements, version = x.version + 1
  from unnest(ids, bal, hld, month_sums, day_sums, days, numbers, changed)
    as c(id, bal, hld, month_sum, day_sum, today, movements, changed)
  where x.id = c.id and c.changed;

  if cardinality(moves) > 0 then perform book_account_moves(moves, object_at); end if;

  insert into account_reservation (merchant_id, id, account_id, requester, reference, state, currency, reserved, held,
    counted_day, payment_id, description, shop, expires_at, created_at, changed_at)
  select r."merchantId", r.ids[1], r.accounts[1], r.requester, r.reference, 'open', r.currency, r.amounts[1], r.amounts[1],
    (results[b.n]->>'day')::date, r."paymentId", r.description, r.shop, r."expiresAt", r.at, r.at
  from jsonb_array_elements(batch) with ordinality as b(whole, n),
    jsonb_to_record(b.whole) as r("merchantId" uuid, requester text, reference text, currency text, description text,
      shop text, at timestamptz, "paymentId" uuid, "expiresAt" timestamptz, accounts uuid[], amounts bigint[], ids uuid[])
  where results[b.n]->>'kind' = 'reserved' and not results[b.n] ? 'repeated';

  insert into account_request (merchant_id, requester, reference, fingerprint, result, at)
  select (b.r->>'merchantId')::uuid, b.r->>'requester', b.r->>'reference', decode(b.r->>'fingerprint', 'hex'), results[b.n],
    (b.r->>'at')::timestamptz
  from jsonb_array_elements(batch) with ordinality as b(r, n)
  where not results[b.n] ? 'repeated' and results[b.n]->>'kind' <> 'reference-reused'
  order by 1, 2, 3;

  return to_jsonb(results);
end $$;

-- An open reservation under the lock of its account; null when there is none.
create function find_reservation(r jsonb) returns account_reservation language sql stable as $$
  select v from account_reservation v
  where v.merchant_id = (r->>'merchantId')::uuid and v.id = (r->>'reservationId')::uuid and v.requester = r->>'requester'
$$;

create function reservation_view(v account_reservation) returns jsonb language sql immutable as $$
  select jsonb_build_object('merchantId', v.merchant_id, 'id', v.id, 'accountId', v.account_id, 'requester', v.requester,
    'reference', v.reference, 'state', v.state, 'currency', v.currency, 'reserved', v.reserved::text,
    'charged', v.charged::text, 'held', v.held::text, 'expiresAt', v.expires_at, 'createdAt', v.created_at)
$$;

-- Sets more aside. What is held already moves to this day with it, so that a reservation counts in one day and month.
create function reserve_more(r jsonb, zone text) returns jsonb language plpgsql as $$
declare
  v account_reservation := find_reservation(r);
  a account;
  now_at timestamptz := (r->>'at')::timestamptz;
  more bigint := (r->>'amount')::bigint;
  reason text;
begin
  if v.id is null then return jsonb_build_object('kind', 'refused', 'reason', 'no-such-reservation'); end if;
  a := lock_account(v.account_id, now_at, zone);
  v := find_reservation(r);
  if v.state <> 'open' or v.expires_at <= now_at then
    return jsonb_build_object('kind', 'refused', 'reason', 'reservation-closed');
  end if;
  if date_trunc('month', v.counted_day) < date_trunc('month', a.counted_day) then a.month_used := a.month_used + v.held; end if;
  if v.counted_day < a.counted_day then a.day_used := a.day_used + v.held; end if;
  reason := account_refusal(a, more, r->>'currency', now_at, a.balance, a.held, a.month_used, a.day_used);
  if reason is null and v.held + more > least(a.purchase_limit, a.own_purchase_limit) then reason := 'purchase-limit'; end if;
  if reason is not null then return jsonb_build_object('kind', 'refused', 'reason', reason); end if;
  a.held := a.held + more;
  a.month_used := a.month_used + more;
  a.day_used := a.day_used + more;
  perform save_account(a);
  update account_reservation x set reserved = x.reserved + more, held = x.held + more, counted_day = a.counted_day,
    changed_at = now_at
  where x.merchant_id = v.merchant_id and x.id = v.id returning * into v;
  return jsonb_build_object('kind', 'done', 'reservation', reservation_view(v));
end $$;

-- Gives back what a reservation still holds, to the day and month it was counted in.
create function close_reservation(v account_reservation, a account, closed text, at timestamptz)
  returns account_reservation language plpgsql as $$
begin
  a := uncount(a, v.counted_day, v.held);
  a.held := a.held - v.held;
  perform save_account(a);
  update account_reservation x set state = closed, held = 0, expires_at = null, changed_at = at
  where x.merchant_id = v.merchant_id and x.id = v.id returning * into v;
  return v;
end $$;

create function release_reservation(r jsonb, zone text) returns jsonb language plpgsql as $$
declare
  v account_reservation := find_reservation(r);
  a account;
begin
  if v.id is null then return jsonb_build_object('kind', 'refused', 'reason', 'no-such-reservation'); end if;
  a := lock_account(v.account_id, (r->>'at')::timestamptz, zone);
  v := find_reservation(r);
  if v.state = 'charged' then return jsonb_build_object('kind', 'refused', 'reason', 'reservation-closed'); end if;
  if v.state = 'open' then v := close_reservation(v, a, 'released', (r->>'at')::timestamptz); end if;
  return jsonb_build_object('kind', 'done', 'reservation', reservation_view(v));
end $$;

-- Takes a part of what is held, or all of it. It was allowed when it was set aside, so it is not asked again.
create function charge_reservation(r jsonb, zone text, object_at text) returns jsonb language plpgsql as $$
declare
  v account_reservation := find_reservation(r);
  a account;
  result jsonb;
  now_at timestamptz := (r->>'at')::timestamptz;
  part bigint;
  reason text;
begin
  a := lock_account(v.account_id, now_at, zone);
  result := earlier_answer(r);
  if result is not null then return result; end if;
  v := find_reservation(r);
  part := coalesce((r->>'amount')::bigint, v.held);
  reason := case
    when v.id is null then 'no-such-reservation'
    when v.state <> 'open' or v.expires_at <= now_at then 'reservation-closed'
    when v.currency <> coalesce(r->>'currency', v.currency) then 'wrong-currency'
    when part > v.held then 'exceeds' end;
  if reason is not null then return keep_answer(r, jsonb_build_object('kind', 'refused', 'reason', reason)); end if;

  a.balance := a.balance - part;
  a.held := a.held - part;
  a.movements := a.movements + 1;
  perform save_account(a);
  update account_reservation x set charged = x.charged + part, held = x.held - part, changed_at = now_at,
    state = case when x.held = part then 'charged' else x.state end,
    expires_at = case when x.held = part then null else x.expires_at end
  where x.merchant_id = v.merchant_id and x.id = v.id returning * into v;
  perform book_account_moves(array[row(a.id, (r->>'id')::uuid, a.movements, 'charge', part, a.balance,
    account_available(a, a.balance, a.held, a.month_used), a.currency, v.merchant_id, r->>'requester', r->>'reference', null,
    v.id, v.payment_id, v.counted_day, coalesce(r->>'description', v.description), v.shop, now_at,
    account_contra(r->>'requester'))::account_move], object_at);
  if v.state = 'open' and (r->>'last')::boolean then v := close_reservation(v, a, 'charged', now_at); end if;
  return keep_answer(r, jsonb_build_object('kind', 'charged', 'at', now_at, 'currency', a.currency,
    'charges', jsonb_build_array(account_charge_view((r->>'id')::uuid, a.id, part, a.balance))));
end $$;

-- Gives a leg's hold up; one that was never made leaves its answer, so that it is not made afterwards.
create function void_account_leg(r jsonb, zone text) returns jsonb language plpgsql as $$
declare
  held jsonb;
begin
  insert into account_request (merchant_id, requester, reference, fingerprint, result, at)
  values ((r->>'merchantId')::uuid, r->>'requester', r->>'reference', '', '{"kind": "refused", "reason": "interrupted"}',
    (r->>'at')::timestamptz)
  on conflict do nothing;
  select q.result into strict held from account_request q
  where q.merchant_id = (r->>'merchantId')::uuid and q.requester = r->>'requester' and q.reference = r->>'reference';
  if held->>'kind' <> 'reserved' then return jsonb_build_object('kind', 'done'); end if;
  return release_reservation(r || jsonb_build_object('reservationId', held->'reservationId'), zone);
end $$;

-- Gives back what reservations hold whose time is over; how many there were.
create function expire_reservations(now_at timestamptz, most int, zone text) returns int language plpgsql as $$
declare
  due record;
  a account;
  v account_reservation;
  done int := 0;
begin
  for due in
    select x.* from (select * from account_reservation x where x.expires_at <= now_at order by x.expires_at limit most) x
    order by x.account_id, x.id
  loop
    a := lock_account(due.account_id, now_at, zone);
    select * into v from account_reservation x where x.merchant_id = due.merchant_id and x.id = due.id;
    if v.state = 'open' and v.expires_at <= now_at then
      perform close_reservation(v, a, 'expired', now_at);
      done := done + 1;
    end if;
  end loop;
  return done;
end $$;

-- ------------------------------------------------------------------------------------------------ money that comes

-- Gives back a charge or a part of it, once for each reference and never more than is left, whatever state the account is in.
-- What counted in a month no longer does, unless that month is over.
create function refund_account_charge(r jsonb, zone text, object_at text) returns jsonb language plpgsql as $$
declare
  taken account_movement;
  a account;
  result jsonb;
  made jsonb;
  now_at timestamptz := (r->>'at')::timestamptz;
  given bigint;
  part bigint;
  reason text;
begin
  if r ? 'chargeReference' then
    select q.result->'charges'->(coalesce(r->>'part', '0')::int) into made from account_request q
    where q.merchant_id = (r->>'merchantId')::uuid and q.requester = r->>'requester' and q.reference = r->>'chargeReference'
      and q.result->>'kind' = 'charged';
  else
    made := jsonb_build_object('accountId', r->'accountId', 'id', r->'chargeId');
  end if;
  a := lock_account((made->>'accountId')::uuid, now_at, zone);
  result := earlier_answer(r);
  if result is not null then return result; end if;
  select * into taken from account_movement m
  where m.account_id = a.id and m.id = (made->>'id')::uuid and m.kind = 'charge' and m.merchant_id = (r->>'merchantId')::uuid
    and m.requester = r->>'requester';
  select coalesce(sum(b.amount), 0) into given from account_refund b where b.account_id = a.id and b.charge_id = taken.id;
  part := coalesce((r->>'amount')::bigint, taken.amount - given);
  reason := case
    when taken.id is null then 'no-such-charge'
    when a.currency <> coalesce(r->>'currency', a.currency) then 'wrong-currency'
    when part = 0 or given + part > taken.amount then 'exceeds' end;
  if reason is not null then return keep_answer(r, jsonb_build_object('kind', 'refused', 'reason', reason)); end if;

  a := uncount(a, taken.counted_day, part);
  a.balance := a.balance + part;
  a.movements := a.movements + 1;
  perform save_account(a);
  insert into account_refund (account_id, charge_id, id, amount) values (a.id, taken.id, (r->>'id')::uuid, part);
  perform book_account_moves(array[row(a.id, (r->>'id')::uuid, a.movements, 'refund', part, a.balance,
    account_available(a, a.balance, a.held, a.month_used), a.currency, taken.merchant_id, r->>'requester', r->>'reference',
    taken.id, null, taken.payment_id, taken.counted_day, coalesce(r->>'description', taken.description),
    coalesce(r->>'shop', taken.shop), now_at, account_contra(r->>'requester'))::account_move], object_at);
  return keep_answer(r, jsonb_build_object('kind', 'refunded', 'at', now_at, 'currency', a.currency,
    'charges', jsonb_build_array(account_charge_view((r->>'id')::uuid, a.id, part, a.balance))));
end $$;

-- Loads money. The larger balances become, the nearer they come to what a number can hold: there is a bound.
create function top_up_account(r jsonb, zone text, object_at text) returns jsonb language plpgsql as $$
declare
  now_at timestamptz := (r->>'at')::timestamptz;
  part bigint := (r->>'amount')::bigint;
  a account := lock_account((r->>'accountId')::uuid, now_at, zone);
  result jsonb := earlier_answer(r);
  reason text;
begin
  if result is not null then return result; end if;
  reason := case
    when a.id is null then 'unregistered'
    when a.currency <> r->>'currency' then 'wrong-currency'
    when a.balance + part > 999999999999 then 'too-much' end;
  if reason is not null then return keep_answer(r, jsonb_build_object('kind', 'refused', 'reason', reason)); end if;
  a.balance := a.balance + part;
  a.movements := a.movements + 1;
  a.valid_until := case when a.valid_until is null then null
    else greatest(a.valid_until, now_at + make_interval(days => (r->>'validForDays')::int)) end;
  perform save_account(a);
  perform book_account_moves(array[row(a.id, (r->>'id')::uuid, a.movements, r->>'kind', part, a.balance,
    account_available(a, a.balance, a.held, a.month_used), a.currency, (r->>'merchantId')::uuid, r->>'requester',
    r->>'reference', null, null, (r->>'paymentId')::uuid, null, r->>'description', r->>'shop', now_at,
    r->>'contra')::account_move], object_at);
  return keep_answer(r, jsonb_build_object('kind', 'topped-up', 'at', now_at, 'currency', a.currency,
    'charges', jsonb_build_array(account_charge_view((r->>'id')::uuid, a.id, part, a.balance))));
end $$;

-- Fills an account by a code, once. A wrong code is counted before it is looked up, so that guesses at once are counted too;
-- a right one is not a guess.
create function redeem_voucher(r jsonb, zone text, object_at text) returns jsonb language plpgsql as $$
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
    when found_one.batch_id is null then 'unknown-voucher'
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
