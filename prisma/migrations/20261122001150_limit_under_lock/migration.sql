-- The limit of whoever gives money back alone is decided where the refund is opened: read before, two forms sent at once would
-- each find the whole of it (P6.3).

-- What somebody has given back of a payment, minor units; what was refused has not gone back. Asked under the payment's lock.
create function given_back_by(merchant uuid, subject uuid, person text) returns bigint language sql stable as $$
  select coalesce(sum(r.amount), 0)::bigint from refund r
  where r.payment_id = subject and r.merchant_id = merchant and r.state <> 'refused' and r.requested_by->>'id' = person
$$;

-- Opens a refund: what is on its way back counts as refunded from here on. Checked and written under the lock of the
-- payment's row, for the payment and for each leg, so that refunds at once can never exceed what was paid (P2.5). Stale
-- when its division no longer fits, because another one was quicker: then it is divided anew. By a contract that says so, a
-- refund that the merchant's balance does not cover is queued.
-- With a request, that request is granted by it, once. Lines are given back at most as often as they were ordered.
-- With a limit, whoever asks gives back no more of the payment alone, in however many steps, and however many at once (P6.3).
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
  if r ? 'limit' and given_back_by(merchant, payment, r->'requestedBy'->>'id') + (r->>'amount')::bigint > (r->>'limit')::bigint then
    delete from idempotency_key k where k.merchant_id = merchant and k.key = r->>'key';
    return jsonb_build_object('kind', 'over-limit');
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

-- What whoever decided a dispute may give back of its payment alone: whoever carries the decision on after a crash knows it too.
-- AlterTable
ALTER TABLE "dispute" ADD COLUMN "alone_limit" BIGINT;

-- Records a move, only if the dispute is still as it was read. What a move does not name stays as it is.
create or replace function move_dispute(m jsonb) returns boolean language plpgsql as $$
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
    alone_limit = case when changes ? 'aloneLimit' then (changes->>'aloneLimit')::bigint else d.alone_limit end,
    refund_id = case when changes ? 'refundId' then (changes->>'refundId')::uuid else d.refund_id end,
    closed_at = case when m->>'dueAt' is null then at end
  where d.merchant_id = merchant and d.id = subject;
  insert into dispute_event (merchant_id, dispute_id, version, event, state, actor, words, detail, at)
  values (merchant, subject, held.version + 1, m->>'event', m->>'state', m->'actor', m->>'words', m->'detail', at);
  if m->>'dueAt' is null then perform freeze_evidence(merchant, subject, held.payment_id); end if;
  perform insert_messages(jsonb_build_array(m || jsonb_build_object('paymentId', held.payment_id)));
  return true;
end $$;
