-- Writes what was drawn: payments, legs and histories, the books of what was taken, refunds, requests, disputes, messages.

insert into payment (merchant_id, id, order_ref, live_order_ref, order_name, amount, currency, state, standing, version, attempt,
  capture_mode, channel, captured_amount, refunded_amount, reason, shopper_id, email, metadata, items, created_at, expires_at,
  carry_on_at, finished_at)
select d.merchant_id, d.id, d.order_ref, case when d.state in ('declined', 'expired', 'cancelled') then null else d.order_ref end,
  d.order_name, d.amount, d.currency, d.state,
  case when d.state in ('declined', 'expired', 'cancelled') then 'failed' when d.state <> 'paid' then 'unpaid'
    when d.request_state = 'open' then 'refund-requested' when d.refunded_amount = d.amount then 'refunded' else 'paid' end,
  d.version + case when d.request_state = 'open' then 1 when d.has_request then 2 else 0 end + case when d.has_refund then 2 else 0 end,
  d.attempt, case d.outcome when 'authorized' then 'manual' else 'automatic' end, 'hosted', d.captured_amount, d.refunded_amount,
  d.reason, d.shopper_id, d.email, '{}',
  case when d.n % 10 < 3 then jsonb_build_array(jsonb_build_object('name', d.order_name, 'group', d.goods_group,
    'quantity', p.pieces, 'unitAmount', (d.amount / p.pieces)::text)) end,
  d.created_at, d.created_at + interval '30 minutes',
  case when d.state in ('created', 'authorizing') then d.created_at + interval '1 day' end, d.finished_at
from drawn d cross join lateral (select case when d.amount % 2 = 0 and d.n % 3 = 0 then 2 else 1 end as pieces) p
order by d.merchant_id, d.id;

insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference, settle_reference, hold,
  reason, captured_amount, refunded_amount, tries)
select l.merchant_id, l.payment_id, 1, l.leg, l.module,
  jsonb_strip_nulls(jsonb_build_object('lastFour', l.last_four, 'lineId', l.line_id, 'accountId', l.account_id,
    'walletId', l.wallet_id, 'mandateId', l.mandate_id,
    'issuer', case when l.module in ('card', 'vcard') then l.issuer when l.module = 'bank-transfer' then 'hanbit' end)),
  l.amount, l.state, pg_temp.month_reference(l.created_at, l.n, l.leg),
  case when l.state in ('captured', 'voided') then pg_temp.month_reference(l.created_at, l.n, 3 + l.leg) end,
  case when l.state in ('captured', 'authorized', 'awaiting') then jsonb_strip_nulls(jsonb_build_object(
    'counterparty', l.counterparty, 'fee', l.fee::text, 'feeVat', (l.fee / 10)::text, 'feeBack', 'no',
    'payout', case l.module when 'phone-bill' then 'collection' when 'e-cash' then 'shop-wallet' end)) end,
  l.reason, case when l.state = 'captured' then l.amount else 0 end, l.refunded, 0
from drawn_leg l order by l.merchant_id, l.payment_id, l.leg;

insert into payment_history (merchant_id, payment_id, version, event, state, at)
select d.merchant_id, d.id, p.version, p.event, p.state, d.created_at + (d.ended_at - d.created_at) * p.part
from drawn d join month_path p on p.outcome = d.outcome
union all
select d.merchant_id, d.id, d.version + x.step, x.event, 'paid', d.after_at + interval '1 second' * x.step
from drawn d cross join lateral (
  select row_number() over (order by o.place)::int as step, o.event from (values
    (1, 'refundRequested', d.has_request), (2, 'refundRequestClosed', d.has_request and d.request_state <> 'open'),
    (3, 'refundOpened', d.has_refund), (4, 'refundFinished', d.has_refund)) as o(place, event, happened)
  where o.happened) x
where d.has_request or d.has_refund
order by 1, 2, 3;

-- ------------------------------------------------------------------------------------------------ refunds

insert into refund (merchant_id, id, payment_id, kind, amount, state, version, strategy, reason, requested_by, created_at, finished_at)
select d.merchant_id, pg_temp.month_id(d.after_at, m.seed || 'refund' || d.n), d.id, case when d.how < 0.2 then 'cancellation' else 'refund' end,
  d.refunded_amount, 'refunded', 2, 'ratio', pg_temp.month_pick(array['단순 변심', '배송 지연', '상품 불량', '오배송'], d.how),
  '{"kind": "person", "id": "month", "name": "한가람"}', d.after_at, d.after_at + interval '5 seconds'
from drawn d cross join month m where d.has_refund order by 1, 2;

insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
select l.merchant_id, pg_temp.month_id(l.after_at, m.seed || 'refund' || l.n), 1, l.leg, l.refunded, 'refunded',
  pg_temp.month_reference(l.after_at, l.n, 7 + l.leg)
from drawn_leg l cross join month m where l.refunded > 0 order by 1, 2, 4;

insert into refund_request (merchant_id, id, payment_id, token, shopper_id, asked_by, amount, reason, words, state, answer,
  decided_by, decided_at, refund_id, created_at)
select d.merchant_id, pg_temp.month_id(d.after_at, m.seed || 'request' || d.n), d.id,
  pg_temp.month_id(d.after_at, m.seed || 'token' || d.n), d.shopper_id,
  jsonb_build_object('kind', case when d.shopper_id is null then 'shop' else 'shopper' end, 'id', 'month', 'name', '구매자'),
  case when d.has_refund then d.refunded_amount else d.amount end,
  pg_temp.month_pick(array['changed-mind', 'changed-mind', 'not-received', 'damaged', 'not-as-described', 'wrong-item'], d.wait),
  pg_temp.month_pick(array['', '색이 화면과 달라요.', '아직 받지 못했어요.', '상자가 찌그러져 왔어요.'], d.wait), d.request_state,
  case d.request_state when 'declined' then '사용한 흔적이 있어 돌려드리기 어려워요.' end,
  case when d.request_state in ('approved', 'declined') then '{"kind": "person", "id": "month", "name": "한가람"}'::jsonb end,
  case when d.request_state <> 'open' then d.after_at + interval '1 second' end,
  case d.request_state when 'approved' then pg_temp.month_id(d.after_at, m.seed || 'refund' || d.n) end, d.after_at
from drawn d cross join month m where d.has_request order by 1, 2;

create temp table disputed on commit drop as
select d.*, pg_temp.month_id(d.after_at, m.seed || 'dispute' || d.n) as dispute_id,
  case when d.after_at > m.until - interval '6 days' then 'open' else 'withdrawn' end as becomes,
  jsonb_build_object('kind', 'shopper', 'id', d.shopper_id, 'name', '구매자') as actor
from drawn d cross join month m where d.has_dispute;

insert into dispute (merchant_id, id, payment_id, shopper_id, order_ref, order_name, reason, claim, wanted, currency, locale, state,
  version, answer_by, due_at, created_at, closed_at)
select d.merchant_id, d.dispute_id, d.id, d.shopper_id, d.order_ref, d.order_name, 'not-received', '아직 받지 못했어요.', d.amount,
  d.currency, 'ko', d.becomes, case d.becomes when 'open' then 1 else 2 end, d.after_at + interval '10 days',
  case d.becomes when 'open' then d.after_at + interval '10 days' end, d.after_at,
  case d.becomes when 'withdrawn' then d.after_at + interval '2 days' end
from disputed d order by 1, 2;

insert into dispute_event (merchant_id, dispute_id, version, event, state, actor, at)
select d.merchant_id, d.dispute_id, 1, 'opened', 'open', d.actor, d.after_at from disputed d
union all
select d.merchant_id, d.dispute_id, 2, 'withdrawn', 'withdrawn', d.actor, d.after_at + interval '2 days' from disputed d
where d.becomes = 'withdrawn';

-- ------------------------------------------------------------------------------------------------ messages

insert into message (merchant_id, id, kind, topic, payment_id, payload, state, tries, created_at, sent_at)
select d.merchant_id, pg_temp.month_id(d.finished_at, m.seed || 'message' || d.n), 'webhook', 'payment.paid', d.id,
  jsonb_build_object('type', 'payment.paid', 'timestamp', d.finished_at, 'data', jsonb_build_object('orderRef', d.order_ref)),
  'sent', 0, d.finished_at, d.finished_at + interval '1 second'
from drawn d cross join month m where d.state = 'paid' and d.n % 4 = 0 order by 1, 2;

insert into delivery (merchant_id, message_id, try, target, status, duration_ms, at)
select d.merchant_id, pg_temp.month_id(d.finished_at, m.seed || 'message' || d.n), 1, 'https://shop.month.example/webhooks', 200,
  20 + d.n % 200, d.finished_at + interval '1 second'
from drawn d cross join month m where d.state = 'paid' and d.n % 4 = 0 order by 1, 2;

insert into link_message (at, id, process, link, system, direction, operation, correlation, payment_id, result, duration_ms)
select x.at, pg_temp.month_id(x.at, m.seed || 'sent' || l.n || '.' || l.leg), 'api', 'issuer', l.issuer, 'out', 'authorization',
  pg_temp.month_reference(l.created_at, l.n, l.leg), l.payment_id, case l.state when 'declined' then 'refused' else 'approved' end, 15 + l.n % 90
from drawn_leg l cross join month m
cross join lateral (select l.created_at + (least(l.ended_at, l.created_at + interval '1 minute') - l.created_at) * 0.9 as at) x
where l.module in ('card', 'vcard');
