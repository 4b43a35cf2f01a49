-- Statements of our accounts at banks (camt.053), and the movements of our books that their lines are.

-- CreateTable
CREATE TABLE "bank_statement" (
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "statement_id" TEXT,
    "sequence" INTEGER,
    "currency" TEXT NOT NULL,
    "opening" BIGINT NOT NULL DEFAULT 0,
    "closing" BIGINT NOT NULL DEFAULT 0,
    "day" DATE,
    "from" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),
    "lines" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "compared_at" TIMESTAMPTZ(3),

    CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("bank","name")
);

-- CreateTable
CREATE TABLE "bank_statement_line" (
    "bank" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "end_to_end" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "booked_on" DATE NOT NULL,
    "about" TEXT NOT NULL,
    "subject" TEXT,
    "subject_id" UUID,
    "subject_try" INTEGER,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "what" TEXT,
    "merchant_id" UUID,
    "movement" TEXT,
    "payment_id" UUID,
    "difference_id" UUID,

    CONSTRAINT "bank_statement_line_pkey" PRIMARY KEY ("bank","name","line")
);

-- CreateIndex
CREATE INDEX "bank_statement_bank_sequence_idx" ON "bank_statement"("bank", "sequence");

-- CreateIndex
CREATE INDEX "bank_statement_statement_id_bank_idx" ON "bank_statement"("statement_id", "bank");

-- CreateIndex
CREATE INDEX "bank_statement_line_state_bank_name_idx" ON "bank_statement_line"("state", "bank", "name");

-- CreateIndex
CREATE INDEX "bank_statement_line_movement_what_idx" ON "bank_statement_line"("movement", "what");

-- CreateIndex
CREATE INDEX "giro_credit_bank_ref_bank_idx" ON "giro_credit"("bank_ref", "bank");

-- CreateIndex
CREATE INDEX "giro_credit_bank_came_at_idx" ON "giro_credit"("bank", "came_at");

-- CreateIndex
CREATE INDEX "payout_id_idx" ON "payout"("id");

-- CreateIndex
CREATE INDEX "return_transfer_id_idx" ON "return_transfer"("id");

-- CreateIndex
CREATE INDEX "debit_id_idx" ON "debit"("id");

alter table bank_statement
  add constraint bank_statement_state_known check (state in ('reading', 'broken', 'repeated', 'read', 'compared'));
alter table bank_statement_line
  add constraint bank_statement_line_state_known check (state in ('open', 'matched', 'listed')),
  add constraint bank_statement_line_moves check (amount <> 0),
  add constraint bank_statement_line_found check (state <> 'matched' or movement is not null),
  add constraint bank_statement_line_listed check (state <> 'listed' or difference_id is not null);
-- A movement of our books is one line of the bank's and no other.
create unique index bank_statement_line_once on bank_statement_line (bank, what, movement) where state = 'matched';
create index giro_credit_returned_idx on giro_credit (return_reference) where return_reference is not null;
create index debit_refund_paid_idx on debit_refund (paid_as) where paid_as is not null;
create index payout_history_ended_idx on payout_history (at) where state in ('paid', 'rejected');
create index debit_changed_idx on debit (house_bank, changed_at) where state in ('collected', 'settled');

-- The movement of our books that a line names, whatever it comes to there. booked: whether our books say that it happened.
create function movement_of(l bank_statement_line, out what text, out merchant uuid, out movement text, out payment uuid,
  out amount bigint, out booked boolean) language plpgsql stable as $$
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
          select from bank_statement_line o where o.bank = l.bank and o.subject = 'payout' and o.subject_id = l.subject_id
            and o.amount = -l.amount) end
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
        else exists (select from bank_statement_line o where o.bank = l.bank and o.subject = 'debit'
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
  if l.amount > 0 then
    select 'giro', c.merchant_id, c.bank_ref, c.payment_id, c.amount, true
    into what, merchant, movement, payment, amount, booked
    from giro_credit c where c.bank_ref = l.bank_ref and c.bank = l.bank and c.passed_on = 0;
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
end $$;

-- Closes differences of a bank that are no more, because what was missing has come.
create function close_found(of_bank text, about text, of_kind text, said text, moment timestamptz) returns void language sql as $$
  with found as (
    update difference d set state = 'closed', words = said, changed_at = moment
    where d.link = 'bank' and d.system = of_bank and d.reference = about and d.state <> 'closed'
      and (of_kind is null or d.kind = of_kind) returning d.id
  )
  insert into difference_history (difference_id, number, state, words, by, at)
  select f.id, 1 + (select coalesce(max(h.number), 0) from difference_history h where h.difference_id = f.id), 'closed', said,
    jsonb_build_object('id', '', 'name', 'Moa', 'role', 'system'), moment
  from found f
$$;

-- Looks for a line in our books. One that has been looked for so many times is listed as a difference, with the payment it
-- names, which the payouts that hold it wait for; one that was listed and is found after all closes its difference.
create function compare_statement_line(of_bank text, file text, number int, most_tries int, difference uuid, at timestamptz)
  returns text language plpgsql as $$
declare
  l bank_statement_line;
  m record;
  verdict text;
begin
  select * into l from bank_statement_line x where x.bank = of_bank and x.name = file and x.line = number
    and x.state in ('open', 'listed') for update;
  if not found then return 'matched'; end if;
  select * into m from movement_of(l);
  verdict := case
    when m.what is null then 'unknown'
    when exists (select from bank_statement_line o where o.bank = l.bank and o.what = m.what and o.movement = m.movement
      and o.state = 'matched') then 'double'
    when not m.booked then 'contradicts'
    when m.amount <> l.amount then 'differs'
    else 'matched' end;
  if verdict = 'matched' then
    update bank_statement_line x set state = 'matched', what = m.what, merchant_id = m.merchant, movement = m.movement,
      payment_id = m.payment where x.bank = of_bank and x.name = file and x.line = number;
    perform close_found(of_bank, file || ':' || number, null, 'booked', at);
    perform close_found(of_bank, m.what || ':' || m.movement, 'missing', 'booked', at);
    return 'matched';
  end if;
  if l.state = 'listed' then return 'listed'; end if;
  if l.tries + 1 < most_tries and verdict <> 'double' then
    update bank_statement_line x set tries = l.tries + 1 where x.bank = of_bank and x.name = file and x.line = number;
    return 'open';
  end if;
  insert into difference (id, link, system, currency, reference, kind, ours, theirs, state, detail, created_at, changed_at)
  values (difference, 'bank', of_bank, l.currency, file || ':' || number, verdict,
    case when verdict = 'differs' then m.amount else 0 end, l.amount, 'open', jsonb_build_object('file', file,
      'line', number::text, 'day', to_char(l.booked_on, 'YYYY-MM-DD'), 'reference', l.bank_ref, 'endToEnd', l.end_to_end,
      'about', l.about), at, at);
  insert into difference_line (difference_id, number, merchant_id, payment_id, reference, what, amount)
  values (difference, 1, m.merchant, m.payment, coalesce(nullif(l.end_to_end, ''), l.bank_ref), coalesce(m.what, 'unknown'),
    l.amount);
  update bank_statement_line x set state = 'listed', tries = l.tries + 1, difference_id = difference, what = m.what,
    merchant_id = m.merchant, movement = m.movement, payment_id = m.payment
  where x.bank = of_bank and x.name = file and x.line = number;
  return 'listed';
end $$;

-- What our books say moved on the account in a while and no statement has told of.
create function missing_movements(of_bank text, since_at timestamptz, until_at timestamptz, most int)
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
  ) as x (what, movement, merchant_id, payment_id, amount)
  where not exists (select from bank_statement_line l
    where l.movement = x.movement and l.what = x.what and l.bank = of_bank)
    and not exists (select from difference d where d.link = 'bank' and d.system = of_bank
      and d.reference = x.what || ':' || x.movement and d.kind = 'missing')
  limit most
$$;

-- Whoever closes a difference lets go what waits for it: it takes another person than the one who has explained it.
create function move_difference(subject uuid, becomes text, said text, hand jsonb, moment timestamptz) returns text
  language plpgsql as $$
declare
  d difference;
  explained_by text;
begin
  select * into d from difference x where x.id = subject for update;
  if not found or d.state = 'closed' then return 'closed'; end if;
  if becomes = 'closed' then
    select h.by->>'id' into explained_by from difference_history h where h.difference_id = subject and h.state = 'explained'
    order by h.number desc limit 1;
    if explained_by is null then return 'unexplained'; end if;
    if explained_by = hand->>'id' then return 'same-person'; end if;
  end if;
  update difference x set state = becomes, words = said, changed_at = moment where x.id = subject;
  insert into difference_history (difference_id, number, state, words, by, at)
  select subject, 1 + coalesce(max(h.number), 0), becomes, said, hand, moment
  from difference_history h where h.difference_id = subject;
  return 'moved';
end $$;

grant select, insert, update on bank_statement to moa_app;
grant select, insert, update, delete on bank_statement_line to moa_app;
