-- What stands behind the legs of means that we keep the books of, and the postings of all that was taken and given back.

insert into phone_charge (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount, currency,
  description, purchased_at, local_day, local_month, state, changed_at)
select l.merchant_id, l.payment_id, 1, l.leg, l.line_id, 'baram', 'MONTH', 'S-' || l.last_four, l.amount, l.currency, d.order_name,
  l.ended_at, (l.ended_at at time zone m.zone)::date, date_trunc('month', l.ended_at at time zone m.zone)::date, 'approved', l.ended_at
from drawn_leg l join drawn d on d.n = l.n cross join month m
where l.module = 'phone-bill' and l.state = 'captured' order by 1, 2;

create temp table charged on commit drop as
select l.*, pg_temp.month_id(l.ended_at, m.seed || 'charge' || l.n) as movement_id, a.movements, a.balance,
  (l.ended_at at time zone m.zone)::date as local_day, d.order_name,
  row_number() over accounts as step, sum(l.amount) over accounts as taken
from drawn_leg l join drawn d on d.n = l.n join account a on a.id = l.account_id cross join month m
where l.module = 'micro-account' and l.state = 'captured'
window accounts as (partition by l.account_id order by l.ended_at, l.n);
analyze charged;

insert into account_movement (account_id, id, number, kind, amount, balance_after, merchant_id, requester, reference, payment_id,
  counted_day, description, shop, at)
select c.account_id, c.movement_id, c.movements + c.step, 'charge', c.amount, c.balance - c.taken, c.merchant_id, 'moa',
  pg_temp.month_reference(c.created_at, c.n, c.leg), c.payment_id, c.local_day, c.order_name, '상점', c.ended_at
from charged c order by 1, 3;

update account a set balance = a.balance - c.taken, movements = a.movements + c.steps
from (select account_id, sum(amount) as taken, count(*) as steps from charged group by account_id) c where a.id = c.account_id;

-- Only what is used in the month and on the day that an account counts.
update account a set
  month_used = coalesce(u.month_used, 0), day_used = coalesce(u.day_used, 0)
from month_account o left join lateral (
  select sum(v.amount) filter (where date_trunc('month', v.counted_day) = date_trunc('month', b.counted_day)) as month_used,
    sum(v.amount) filter (where v.counted_day = b.counted_day) as day_used
  from account b join account_movement v on v.account_id = b.id and v.kind = 'charge' where b.id = o.id) u on true
where a.id = o.id and :hi = (select total from month);

create temp table spent on commit drop as
select l.*, d.order_name, sum(l.amount) over (partition by l.wallet_id order by l.ended_at, l.n) as taken, w.balance
from drawn_leg l join drawn d on d.n = l.n join e_cash_wallet w on w.shopper_id = l.shopper_id and w.id = l.wallet_id
where l.module = 'e-cash' and l.state = 'captured';
analyze spent;

insert into e_cash_spend (merchant_id, payment_id, attempt, leg, shopper_id, wallet_id, amount, currency, description, state, held_at,
  changed_at)
select s.merchant_id, s.payment_id, 1, s.leg, s.shopper_id, s.wallet_id, s.amount, s.currency, s.order_name, 'spent', s.created_at,
  s.ended_at
from spent s order by 1, 2;

insert into e_cash_move (shopper_id, wallet_id, id, kind, amount, balance, merchant_id, payment_id, reference, description, at)
select s.shopper_id, s.wallet_id, pg_temp.month_id(s.ended_at, m.seed || 'spend' || s.n), 'spend', -s.amount, s.balance - s.taken,
  s.merchant_id, s.payment_id, pg_temp.month_reference(s.created_at, s.n, s.leg), s.order_name, s.ended_at
from spent s cross join month m order by 1, 2, 3;

update e_cash_wallet w set balance = w.balance - s.taken
from (select shopper_id, wallet_id, sum(amount) as taken from spent group by 1, 2) s where w.shopper_id = s.shopper_id and w.id = s.wallet_id;

-- ------------------------------------------------------------------------------------------------ paid later

insert into cash_delivery (merchant_id, id, payment_id, attempt, leg, amount, currency, order_name, recipient, locale, state, due_at,
  courier_name, receipt_number, created_at, changed_at)
select l.merchant_id, pg_temp.month_id(l.created_at, m.seed || 'delivery' || l.n), l.payment_id, 1, l.leg, l.amount, l.currency,
  d.order_name, '{"name": "이하늘", "phone": "+821000000000", "address": "서울시 중구 세종대로 1"}', 'ko',
  case l.state when 'captured' then 'collected' else 'open' end, l.created_at + interval '20 days',
  case l.state when 'captured' then '배달 1조' end, case l.state when 'captured' then 'M-' || l.n end, l.created_at, l.ended_at
from drawn_leg l join drawn d on d.n = l.n cross join month m
where l.module = 'cash-on-delivery' and l.state in ('captured', 'awaiting') order by 1, 2;

create temp table billed on commit drop as
select l.*, d.order_name, pg_temp.month_id(l.created_at, m.seed || 'bill' || l.n) as bill_id, 'MONTH' || m.seed || '-' || l.n as reference
from drawn_leg l join drawn d on d.n = l.n cross join month m where l.module = 'giro' and l.state in ('captured', 'awaiting');
analyze billed;

insert into giro_bill (merchant_id, id, payment_id, attempt, leg, amount, currency, received, reference, bank, order_name, payer, locale,
  state, due_at, lapses_at, created_at, changed_at)
select b.merchant_id, b.bill_id, b.payment_id, 1, b.leg, b.amount, b.currency, case b.state when 'captured' then b.amount else 0 end,
  b.reference, 'hanbit', b.order_name, '{"name": "이하늘", "address": "서울시 중구 세종대로 1"}', 'ko',
  case b.state when 'captured' then 'paid' else 'open' end, b.created_at + interval '14 days', b.created_at + interval '60 days',
  b.created_at, b.ended_at
from billed b order by 1, 2;

insert into giro_reference (reference, merchant_id, bill_id) select b.reference, b.merchant_id, b.bill_id from billed b order by 1;

insert into giro_credit (merchant_id, id, bill_id, payment_id, bank, bank_ref, amount, currency, applied, owed, unassigned, finding,
  booked_on, remittance, payer_name, payer_account, told, came_at, changed_at)
select b.merchant_id, pg_temp.month_id(b.ended_at, m.seed || 'credit' || b.n), b.bill_id, b.payment_id, 'hanbit', b.reference, b.amount,
  b.currency, b.amount, 0, 0, 'paid', b.ended_at::date, b.reference, '이하늘', '***1234', true, b.ended_at, b.ended_at
from billed b cross join month m where b.state = 'captured' order by 1, 2;

create temp table debited on commit drop as
select l.*, d.order_name, pg_temp.month_id(l.created_at, m.seed || 'debit' || l.n) as debit_id,
  pg_temp.month_id(m.first, m.seed || 'batch' || :hi || l.merchant_id) as batch_id,
  row_number() over (partition by l.merchant_id, l.state order by l.n) as line, m.until
from drawn_leg l join drawn d on d.n = l.n cross join month m
where l.module = 'direct-debit' and l.state in ('captured', 'awaiting');
analyze debited;

insert into debit_batch (merchant_id, id, house_bank, collect_on, debits, total, currency, state, sha256, created_at, changed_at)
select x.merchant_id, x.batch_id, 'hanbit', max(x.ended_at)::date, count(*), sum(x.amount), 'KRW', 'answered', md5(x.batch_id::text),
  max(x.ended_at), max(x.ended_at)
from debited x where x.state = 'captured' group by 1, 2;

insert into debit (merchant_id, id, payment_id, attempt, leg, mandate_id, house_bank, amount, currency, order_name, state, tries,
  announced_at, collect_at, batch_id, line, created_at, changed_at)
select x.merchant_id, x.debit_id, x.payment_id, 1, x.leg, x.mandate_id, 'hanbit', x.amount, x.currency, x.order_name,
  case x.state when 'captured' then 'settled' else 'open' end, case x.state when 'captured' then 1 else 0 end, x.created_at,
  case x.state when 'captured' then x.ended_at else x.until + interval '20 days' end,
  case x.state when 'captured' then x.batch_id end, case x.state when 'captured' then x.line end, x.created_at, x.ended_at
from debited x order by 1, 2;

insert into debit_batch_line (merchant_id, batch_id, line, debit_id, try, amount)
select x.merchant_id, x.batch_id, x.line, x.debit_id, 1, x.amount from debited x where x.state = 'captured' order by 1, 2, 3;

-- ------------------------------------------------------------------------------------------------ postings

create temp table booked on commit drop as
select d.merchant_id, pg_temp.month_id(d.finished_at, m.seed || 'capture' || d.n) as id, 'capture' as kind, d.id as payment_id,
  null::uuid as refund_id, d.finished_at as at, d.n, d.currency, d.module
from drawn d cross join month m where d.state = 'paid'
union all
select d.merchant_id, pg_temp.month_id(d.finished_at, m.seed || 'fee' || d.n), 'fee', d.id, null, d.finished_at, d.n, d.currency, d.module
from drawn d cross join month m where d.state = 'paid'
union all
select d.merchant_id, pg_temp.month_id(d.after_at, m.seed || 'back' || d.n), 'refund', d.id,
  pg_temp.month_id(d.after_at, m.seed || 'refund' || d.n), d.after_at, d.n, d.currency, d.module
from drawn d cross join month m where d.has_refund
union all
select c.merchant_id, c.movement_id, 'account-charge', null, null, c.ended_at, c.n, c.currency, c.module from charged c
union all
select s.merchant_id, pg_temp.month_id(s.ended_at, m.seed || 'wallet' || s.n), 'e-cash-spend', s.payment_id, null, s.ended_at, s.n,
  s.currency, s.module
from spent s cross join month m
union all
select b.merchant_id, pg_temp.month_id(b.ended_at, m.seed || 'giro' || b.n), 'giro-credit', b.payment_id, null, b.ended_at, b.n,
  b.currency, b.module
from billed b cross join month m where b.state = 'captured';

create temp table summed on commit drop as
select n, sum(amount)::bigint as amount, sum(refunded)::bigint as refunded, sum(fee)::bigint as fee, sum(fee / 10)::bigint as vat
from drawn_leg group by n;
analyze booked;
analyze summed;

insert into posting (merchant_id, id, kind, payment_id, refund_id, at)
select merchant_id, id, kind, payment_id, refund_id, at from booked order by 1, 2;

insert into entry (merchant_id, posting_id, line, account, currency, amount)
select g.merchant_id, g.id, x.line, x.account, g.currency, x.amount
from booked g join drawn_leg l on l.n = g.n cross join lateral (
  select l.leg as line, 'receivable:' || l.counterparty as account, l.amount where g.kind = 'capture'
  union all
  select l.leg, 'receivable:' || l.counterparty, -l.refunded where g.kind = 'refund'
  union all
  select s.line, s.account, s.amount from (values
    ('account-charge', 1, 'account:' || l.account_id, l.amount), ('account-charge', 2, 'receivable:micro-account', -l.amount),
    ('e-cash-spend', 1, 'e-cash:' || l.wallet_id, l.amount), ('e-cash-spend', 2, 'receivable:e-cash', -l.amount),
    ('giro-credit', 1, 'bank:hanbit', l.amount), ('giro-credit', 2, 'receivable:giro', -l.amount)) as s(kind, line, account, amount)
  where s.kind = g.kind) x
where x.amount <> 0
union all
select g.merchant_id, g.id, x.line, x.account, g.currency, x.amount
from booked g join summed t on t.n = g.n
cross join lateral (values
  ('capture', 0, case g.module when 'phone-bill' then 'pending:merchant' when 'e-cash' then 'e-cash:shop' else 'payable:merchant' end,
    -t.amount),
  ('refund', 0, 'payable:merchant', t.refunded),
  ('fee', 0, 'payable:merchant', t.fee + t.vat), ('fee', 2, 'income:fees', -t.fee), ('fee', 3, 'vat:fees', -t.vat)) as x(kind, line, account, amount)
where x.kind = g.kind and x.amount <> 0
order by 1, 2, 3;
