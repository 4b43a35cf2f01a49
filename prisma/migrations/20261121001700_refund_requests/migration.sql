-- Line items, and requests for refunds: what a shopper asks to have back, and what the shop says to it.

-- ------------------------------------------------------------------------------------------------ line items

-- What a list of line items costs, minor units; null where there is none.
create function items_total(items jsonb) returns bigint language sql immutable as $$
  select sum((i->>'quantity')::bigint * (i->>'unitAmount')::bigint)::bigint from jsonb_array_elements(items) i
$$;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN "items" JSONB;

alter table payment add constraint payment_items_sum check (items is null or items_total(items) = amount);

-- Opens payments: idempotency key, payment, first history row and, where the means are known already, the legs of the
-- first attempt with the intent to authorize them. Results in the order of the requests. Rows are taken in one order
-- everywhere (the caller sorts by merchant and key), so that two batches do not wait for each other in a ring.
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
      carry_on_at)
    select r."merchantId", r.id, r."orderRef", r."orderRef", r."orderName", r.amount, r.currency, r.state, r.attempt,
      r."captureMode", r.channel, r."shopperId", r.email, r.locale, r."returnUrl", r.metadata, r.items,
      r."createdAt", r."expiresAt", r."carryOnAt"
    from jsonb_to_recordset(asked) as r("merchantId" uuid, id uuid, "orderRef" text, "orderName" text, amount bigint,
      currency text, state text, attempt int, "captureMode" text, channel text, "shopperId" uuid, email text,
      locale text, "returnUrl" text, metadata jsonb, items jsonb, "createdAt" timestamptz,
      "expiresAt" timestamptz, "carryOnAt" timestamptz)
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
