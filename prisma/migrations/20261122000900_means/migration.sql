-- What came back: transfers and debits that banks send back, found and missed in their statements under whatever reference.

create index return_transfer_moved_idx on return_transfer (house_bank, changed_at) where state in ('paid', 'rejected', 'by-hand');
create index debit_returned_idx on debit (house_bank, changed_at) where state = 'returned';

-- The movement of our books that a line names, whatever it comes to there. booked: whether our books say that it happened.
create or replace function movement_of(l bank_statement_line, out what text, out merchant uuid, out movement text, out payment uuid,
  out amount bigint, out booked boolean) language plpgsql stable as $$
declare
  original bank_statement_line := l;
begin
  if l.subject = 'payout' then
    select case when l.amount < 0 then 'payout' else 'payout-return' end, p.merchant_id, p.id::text,
      case when l.amount < 0 then -p.amount else p.amount end,
      (l.amount < 0 or p.state = 'rejected') and exists (select from payout_history h
        where h.merchant_id = p.merchant_id and h.payout_id = p.id and h.state = 'paid')
    into what, merchant, movement, amount, booked
    from payout p join payout_file f on f.id = p.file_id and f.bank = l.bank where p.id = l.subject_id;
    if what is null then
      -- Money that goes back to payers is ordered as payouts are. One that the bank refuses after all has moved both ways, or not.
      select case when l.amount < 0 then 'return' else 'return-back' end, r.merchant_id, r.id::text, r.payment_id,
        case when l.amount < 0 then -r.amount else r.amount end,
        case when r.state = 'paid' then l.amount < 0 else r.state in ('rejected', 'by-hand') and exists (
          select from bank_statement_line o where o.bank = l.bank and o.subject in ('payout', 'payout-returned')
            and o.subject_id = l.subject_id and o.amount = -l.amount) end
      into what, merchant, movement, payment, amount, booked
      from return_transfer r where r.id = l.subject_id and r.house_bank = l.bank;
    end if;
  elsif l.subject = 'payout-file' then
    select 'payout-file', f.id::text, (-coalesce(sum(p.amount), 0) - coalesce((select sum(r.amount) from return_transfer r
        where r.file_id = f.id and r.state = 'paid'), 0))::bigint, f.state = 'answered'
    into what, movement, amount, booked
    from payout_file f left join payout p on p.file_id = f.id and exists (select from payout_history h
      where h.merchant_id = p.merchant_id and h.payout_id = p.id and h.state = 'paid')
    where f.id = l.subject_id and f.bank = l.bank group by f.id, f.state;
  elsif l.subject = 'debit' then
    -- What was collected and taken back before its payment was paid has left no posting: then both lines are there, or neither.
    select case when l.amount > 0 then 'debit' else 'debit-return' end, d.merchant_id, d.id || ':' || x.try, d.payment_id,
      case when l.amount > 0 then x.amount else -x.amount end,
      case when d.tries = x.try and d.state in ('collected', 'settled', 'to-return', 'returning', 'given-back') then l.amount > 0
        when d.tries = x.try and d.state = 'returned' then true
        else exists (select from bank_statement_line o where o.bank = l.bank and o.subject in ('debit', 'debit-returned')
          and o.subject_id = l.subject_id and o.subject_try = l.subject_try and o.amount = -l.amount) end
    into what, merchant, movement, payment, amount, booked
    from debit d join debit_batch_line x on x.merchant_id = d.merchant_id and x.debit_id = d.id and x.try = l.subject_try
    where d.id = l.subject_id and d.house_bank = l.bank;
  elsif l.subject = 'debit-batch' then
    select 'debit-batch', b.merchant_id, b.id::text, coalesce(sum(x.amount), 0)::bigint, b.state = 'answered'
    into what, merchant, movement, amount, booked
    from debit_batch b
    left join (debit_batch_line x join debit d on d.merchant_id = x.merchant_id and d.id = x.debit_id and d.tries = x.try
        and d.state in ('collected', 'settled', 'to-return', 'returning', 'given-back', 'returned'))
      on x.merchant_id = b.merchant_id and x.batch_id = b.id
    where b.id = l.subject_id and b.house_bank = l.bank group by b.merchant_id, b.id;
  end if;
  if what is not null then return; end if;
  -- Only the words of the line name ours: the bank sends it back under a reference of its own, or a payer has written it.
  -- What is known by the bank's own reference goes first.
  original.subject := case l.subject when 'payout-returned' then 'payout' when 'debit-returned' then 'debit' end;
  if l.amount > 0 then
    select 'giro', c.merchant_id, c.bank_ref, c.payment_id, c.amount, true
    into what, merchant, movement, payment, amount, booked
    from giro_credit c where c.bank_ref = l.bank_ref and c.bank = l.bank and c.passed_on = 0;
    if what is null and original.subject is not null then
      select m.* into what, merchant, movement, payment, amount, booked from movement_of(original) m;
    end if;
    return;
  end if;
  select 'giro-return', c.merchant_id, c.id::text, c.payment_id, -c.returned, true
  into what, merchant, movement, payment, amount, booked
  from giro_credit c where c.return_reference in (l.bank_ref, l.end_to_end, l.about) and c.bank = l.bank and c.returned > 0
  order by c.returned <> -l.amount, c.id limit 1;
  if what is not null then return; end if;
  select 'debit-refund', r.merchant_id, r.debit_id || ':' || r.reference, d.payment_id, -r.amount, true
  into what, merchant, movement, payment, amount, booked
  from debit_refund r join debit d on d.merchant_id = r.merchant_id and d.id = r.debit_id and d.house_bank = l.bank
  where r.paid_as in (l.bank_ref, l.end_to_end, l.about) order by r.amount <> -l.amount, r.debit_id limit 1;
  if what is null and original.subject is not null then
    select m.* into what, merchant, movement, payment, amount, booked from movement_of(original) m;
  end if;
end $$;

-- What our books say moved on the account in a while and no statement has told of.
create or replace function missing_movements(of_bank text, since_at timestamptz, until_at timestamptz, most int)
  returns table (what text, movement text, merchant_id uuid, payment_id uuid, amount bigint) language sql stable as $$
  select * from (
    select 'payout', p.id::text, p.merchant_id, null::uuid, -p.amount
    from payout_history h join payout p on p.merchant_id = h.merchant_id and p.id = h.payout_id
    join payout_file f on f.id = p.file_id and f.bank = of_bank
    where h.state = 'paid' and h.at >= since_at and h.at < until_at and not exists (select from bank_statement_line l
      where l.movement = p.file_id::text and l.what = 'payout-file' and l.bank = of_bank)
    union all
    select 'payout-return', p.id::text, p.merchant_id, null, p.amount
    from payout_history h join payout p on p.merchant_id = h.merchant_id and p.id = h.payout_id
    join payout_file f on f.id = p.file_id and f.bank = of_bank
    where h.state = 'rejected' and h.at >= since_at and h.at < until_at and exists (select from payout_history b
      where b.merchant_id = h.merchant_id and b.payout_id = h.payout_id and b.state = 'paid' and b.number < h.number)
    union all
    select 'giro', c.bank_ref, c.merchant_id, c.payment_id, c.amount from giro_credit c
    where c.bank = of_bank and c.came_at >= since_at and c.came_at < until_at and c.passed_on = 0
    union all
    select 'debit', d.id || ':' || d.tries, d.merchant_id, d.payment_id, d.amount from debit d
    where d.house_bank = of_bank and d.changed_at >= since_at and d.changed_at < until_at and d.state in ('collected', 'settled')
      and not exists (select from bank_statement_line l
        where l.movement = d.batch_id::text and l.what = 'debit-batch' and l.bank = of_bank)
    union all
    select 'return', r.id::text, r.merchant_id, r.payment_id, -r.amount from return_transfer r
    where r.house_bank = of_bank and r.state = 'paid' and r.changed_at >= since_at and r.changed_at < until_at
      and not exists (select from bank_statement_line l
        where l.movement = r.file_id::text and l.what = 'payout-file' and l.bank = of_bank)
    -- What the bank has never booked as gone does not come back either.
    union all
    select 'return-back', r.id::text, r.merchant_id, r.payment_id, r.amount from return_transfer r
    where r.house_bank = of_bank and r.state in ('rejected', 'by-hand') and r.changed_at >= since_at and r.changed_at < until_at
      and exists (select from bank_statement_line l
        where l.movement = r.id::text and l.what = 'return' and l.state = 'matched' and l.bank = of_bank)
    union all
    select 'debit-return', d.id || ':' || d.tries, d.merchant_id, d.payment_id, -d.amount from debit d
    where d.house_bank = of_bank and d.changed_at >= since_at and d.changed_at < until_at and d.state = 'returned'
      and exists (select from bank_statement_line l where l.bank = of_bank and l.state = 'matched'
        and ((l.movement = d.id || ':' || d.tries and l.what = 'debit')
          or (l.movement = d.batch_id::text and l.what = 'debit-batch')))
  ) as x (what, movement, merchant_id, payment_id, amount)
  where not exists (select from bank_statement_line l
    where l.movement = x.movement and l.what = x.what and l.bank = of_bank)
    and not exists (select from difference d where d.link = 'bank' and d.system = of_bank
      and d.reference = x.what || ':' || x.movement and d.kind = 'missing')
  limit most
$$;
