-- Draws the next payments of the month into `drawn`, and their legs into `drawn_leg`. The same seed draws the same.

create temp table dice on commit drop as
select n, random() as when_, random() as shop, random() as means, random() as size, random() as fate, random() as wait,
  random() as who, random() as goods, random() as back, random() as how, random() as why
from generate_series(:lo, :hi) n;
analyze dice;

create temp table begun on commit drop as
select d.*, s.id as merchant_id, s.dollars and d.means < 0.52 and d.goods < 0.4 as in_dollars,
  date_trunc('milliseconds', least(m.until, m.first + interval '1 day'
    -- Four times as many at noon as at midnight.
    * (x.day + 0.6 * (sin(2 * pi() * (x.day + m.phase)) - sin(2 * pi() * m.phase)) / (2 * pi())))) as created_at,
  case when d.means < 0.52 then 'card' when d.means < 0.58 then 'cards' when d.means < 0.64 then 'vcard'
    when d.means < 0.74 then 'bank-transfer' when d.means < 0.82 then 'phone-bill' when d.means < 0.85 then 'micro-account'
    when d.means < 0.88 then 'e-cash' when d.means < 0.91 then 'cash-on-delivery' when d.means < 0.94 then 'giro'
    when d.means < 0.96 then 'direct-debit' else 'stripe' end as kind
from dice d cross join month m
cross join lateral (select (d.n - 1 + d.when_) / m.total * m.days as day) x
join month_shop s on d.shop >= s.share_from and d.shop < s.share_to;
analyze begun;

create temp table decided on commit drop as
select b.*, case when kind = 'cards' then 'card' else kind end as module,
  kind in ('cash-on-delivery', 'giro', 'direct-debit') as is_deferred,
  b.created_at + case kind when 'cash-on-delivery' then interval '3 days' * b.wait when 'giro' then interval '10 days' * b.wait
    when 'direct-debit' then interval '12 days' * b.wait else interval '20 seconds' + interval '100 seconds' * b.wait end as ends_at,
  case when b.in_dollars then (500 + floor(power(b.size, 2) * 20000))::bigint
    when kind = 'micro-account' then (5 + floor(b.size * 45))::bigint * 100
    when kind = 'phone-bill' then (10 + floor(b.size * 290))::bigint * 100
    else floor(exp(ln(30) + b.size * ln(100)))::bigint * 100 end as amount,
  case when b.in_dollars then 'USD' else 'KRW' end as currency,
  case kind when 'cards' then 2 + (b.how * 2)::int % 2 when 'vcard' then 2 + (b.how * 2)::int % 2 else 1 end as legs
from begun b;
analyze decided;

create temp table ended on commit drop as
select d.*, case
    when d.created_at > m.until - interval '25 minutes' and d.fate < 0.12 then 'open'
    when d.fate < 0.030 then 'expired'
    when d.fate < 0.036 then 'cancelled'
    when d.fate < 0.105 then 'declined'
    when d.fate < 0.109 and d.kind in ('card', 'stripe') and d.created_at > m.until - interval '5 days' then 'authorized'
    when d.fate < 0.130 and d.kind = 'card' and d.created_at > m.until - interval '3 minutes' then 'authorizing'
    when d.is_deferred and d.ends_at > m.until then 'awaiting'
    when d.is_deferred then 'paid-later' else 'paid' end as outcome
from decided d cross join month m;
analyze ended;

-- What happened after they were paid: money went back, somebody asked for it, or disputes it. Only means that give back at once.
create temp table after on commit drop as
select e.n, case when e.back < 0.03 then e.amount else greatest(1, floor(e.amount * (0.2 + 0.6 * e.wait))::bigint) end as refunded,
  e.back < 0.05 and e.ends_at + interval '10 days' * e.why < m.until as has_refund,
  e.back < 0.01 or e.back between 0.05 and 0.06 as has_request,
  e.back between 0.06 and 0.061 as has_dispute,
  date_trunc('milliseconds', e.ends_at + interval '10 days' * e.why) as at
from ended e cross join month m
where e.outcome = 'paid' and e.kind in ('card', 'cards', 'vcard', 'bank-transfer', 'stripe') and e.back < 0.061
  and e.ends_at + interval '10 days' * e.why < m.until;
analyze after;

create temp table drawn on commit drop as
select e.n, e.merchant_id, pg_temp.month_id(e.created_at, m.seed || 'payment' || e.n) as id, e.created_at, e.outcome, e.kind, e.module,
  e.amount, e.currency, e.legs, e.how, e.wait,
  'M' || to_char(e.created_at at time zone m.zone, 'YYMMDD') || '-' || e.n as order_ref,
  pg_temp.month_pick(array['원두 커피 1kg', '여름 셔츠', '무선 이어폰', '제주 감귤 5kg', '요가 매트', '동화책 전집', '캠핑 의자',
    '수분 크림', '기계식 키보드', '강아지 사료', '콘서트 예매', '한 달 구독'], e.goods) as order_name,
  pg_temp.month_pick(array['식품', '의류', '전자기기', '식품', '운동', '도서', '운동', '화장품', '전자기기', '반려동물', '공연',
    '구독'], e.goods) as goods_group,
  case when e.kind = 'e-cash' then w.shopper_id when e.kind = 'direct-debit' then a.shopper_id
    when e.who < 0.6 then s.id end as shopper_id,
  case when e.who >= 0.6 and e.kind not in ('e-cash', 'direct-debit') then 'guest-' || e.n % 50000 || '@month.example' end as email,
  w.id as wallet_id, a.id as mandate_id,
  case e.outcome when 'open' then 'created' when 'paid-later' then 'paid' else e.outcome end as state,
  case e.outcome when 'paid-later' then 6 when 'paid' then 4 when 'awaiting' then 4 when 'declined' then 4 when 'authorized' then 3
    when 'open' then 1 else 2 end as version,
  case when e.outcome in ('open', 'expired', 'cancelled') then 0 else 1 end as attempt,
  case when e.outcome like 'paid%' then e.amount else 0 end as captured_amount,
  case when f.has_refund then f.refunded else 0 end as refunded_amount,
  case e.outcome when 'expired' then 'timed-out' when 'cancelled' then 'cancelled' when 'declined' then pg_temp.month_pick(case
    when e.module in ('card', 'vcard', 'stripe') then array['insufficient-funds', 'insufficient-funds', 'insufficient-funds',
      'limit-exceeded', 'limit-exceeded', 'declined', 'declined', 'expired-card', 'card-not-usable', 'try-later']
    when e.module = 'bank-transfer' then array['account-balance', 'account-balance', 'wrong-account', 'account-limit']
    when e.module = 'phone-bill' then array['line-month-limit', 'line-month-limit', 'wrong-code', 'line-arrears', 'line-blocked']
    when e.module = 'micro-account' then array['micro-account-credit-limit', 'micro-account-month-limit', 'wrong-pin']
    when e.module = 'e-cash' then array['insufficient-funds', 'wrong-pin'] else array['not-permitted', 'cancelled'] end, e.why) end as reason,
  case when e.outcome in ('open', 'authorizing', 'authorized', 'awaiting') then null
    else date_trunc('milliseconds', least(e.ends_at, m.until)) end as finished_at,
  date_trunc('milliseconds', least(e.ends_at, m.until)) as ended_at,
  coalesce(f.has_refund, false) as has_refund, coalesce(f.has_request, false) as has_request,
  coalesce(f.has_dispute, false) and e.who < 0.6 as has_dispute, f.at as after_at,
  -- Requests of the last days wait; of the others a third was agreed to, in so far as money went back.
  case when f.has_request then case when f.has_refund then 'approved' when f.at > m.until - interval '4 days' then 'open'
    when e.how < 0.7 then 'declined' else 'withdrawn' end end as request_state
from ended e cross join month m
left join after f on f.n = e.n
left join month_shopper s on s.place = (floor(e.who / 0.6 * m.shoppers))::int
left join month_wallet w on e.kind = 'e-cash' and w.place = e.n % (select count(*) from month_wallet)
left join month_mandate a on e.kind = 'direct-debit' and a.merchant_id = e.merchant_id and a.place = e.n % m.mandates;
create index on drawn (n);
analyze drawn;

create temp table drawn_leg on commit drop as
select d.n, d.merchant_id, d.id as payment_id, d.created_at, d.ended_at, d.outcome, d.module, d.currency, d.after_at, k as leg,
  l.amount,
  case when d.outcome like 'paid%' then 'captured' when d.outcome = 'declined' then case when k = 1 then 'declined' else 'voided' end
    else d.outcome end as state,
  case when d.outcome = 'declined' and k = 1 then d.reason end as reason,
  case when not d.has_refund then 0 when k < d.legs then floor(d.refunded_amount::numeric * (d.amount / d.legs) / d.amount)::bigint
    else d.refunded_amount - (d.legs - 1) * floor(d.refunded_amount::numeric * (d.amount / d.legs) / d.amount)::bigint end as refunded,
  i.issuer, h.counterparty,
  div(l.amount * case d.module when 'card' then 220 when 'vcard' then 230 when 'phone-bill' then 900 when 'stripe' then 290
    when 'bank-transfer' then 120 else 150 end + 5000, 10000)::bigint as fee,
  t.id as line_id, o.id as account_id, coalesce(t.last_four, o.last_four, lpad((d.n * 7 % 10000)::text, 4, '0')) as last_four,
  d.wallet_id, d.mandate_id, d.shopper_id
from drawn d
cross join lateral generate_series(1, d.legs) k
cross join lateral (select case when k < d.legs then d.amount / d.legs else d.amount - (d.legs - 1) * (d.amount / d.legs) end as amount) l
cross join lateral (select (array['hanbit', 'saero', 'narae', 'daon'])[1 + (d.n + k) % 4] as issuer) i
cross join lateral (select case when d.module in ('card', 'vcard') then i.issuer when d.module = 'bank-transfer' then 'bank:hanbit'
  when d.module = 'phone-bill' then 'MONTH' when d.module = 'direct-debit' then 'direct-debit:hanbit' else d.module end as counterparty) h
left join month_line t on d.module = 'phone-bill' and t.place = d.n % (select count(*) from month_line)
left join month_account o on d.module = 'micro-account' and o.place = d.n % (select count(*) from month_account)
where d.attempt = 1;
create index on drawn_leg (n);
analyze drawn_leg;
