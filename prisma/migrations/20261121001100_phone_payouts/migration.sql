-- What people paid out by hand to shoppers whose bill was paid already: one row for each credit, never changed.

-- CreateTable
CREATE TABLE "phone_payout" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "posting_id" UUID NOT NULL,
    "paid_by" TEXT NOT NULL,
    "named" TEXT NOT NULL,
    "paid_on" DATE NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "noted_by" JSONB NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_payout_pkey" PRIMARY KEY ("merchant_id","payment_id","reference")
);

-- CreateIndex
CREATE INDEX "phone_payout_merchant_id_posting_id_idx" ON "phone_payout"("merchant_id", "posting_id");

-- CreateIndex
CREATE INDEX "phone_credit_merchant_id_way_state_created_at_idx" ON "phone_credit"("merchant_id", "way", "state", "created_at");

-- CreateIndex
CREATE INDEX "phone_charge_merchant_id_state_changed_at_idx" ON "phone_charge"("merchant_id", "state", "changed_at");

alter table phone_payout
  add constraint phone_payout_paid_by_known check (paid_by in ('bank', 'micro-account')),
  add constraint phone_payout_amount_positive check (amount > 0),
  add constraint phone_payout_is_named check (named <> '');

create trigger append_only before update or delete on phone_payout for each row execute function refuse_change();
create trigger append_only_whole before truncate on phone_payout for each statement execute function refuse_change();

-- Notes that a credit was paid out by hand: the books, the credit and the shopper's messages in one transaction. The same
-- said again is done already; another payout of the same credit is refused. Nothing is paid out before the books owe it.
create function pay_out_phone_credit(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  posting_id uuid := (c->>'postingId')::uuid;
  owed phone_credit;
  earlier phone_payout;
begin
  select * into owed from phone_credit k
  where k.merchant_id = merchant and k.payment_id = payment and k.reference = c->>'reference' and k.way = 'by-hand'
  for update;
  if not found then return jsonb_build_object('kind', 'missing'); end if;
  if owed.state <> 'due' then
    select * into earlier from phone_payout p
    where p.merchant_id = merchant and p.payment_id = payment and p.reference = c->>'reference';
    return jsonb_build_object('kind', case
      when earlier.paid_by = c->>'by' and earlier.named = c->>'named' and earlier.paid_on = (c->>'paidOn')::date
      then 'done' else 'noted-before' end);
  end if;
  if owed.amount > (select coalesce(-sum(e.amount), 0) from posting g
    join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id and e.account = 'payable:shopper'
    where g.merchant_id = merchant and g.payment_id = payment)
  then
    return jsonb_build_object('kind', 'being-checked');
  end if;

  insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting_id, 'pay-out', payment, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount) values
    (merchant, posting_id, 0, 'payable:shopper', owed.currency, owed.amount),
    (merchant, posting_id, 1, 'paid-out:' || (c->>'by'), owed.currency, -owed.amount);
  insert into phone_payout (merchant_id, payment_id, reference, posting_id, paid_by, named, paid_on, amount, currency,
    noted_by, noted_at)
  values (merchant, payment, owed.reference, posting_id, c->>'by', c->>'named', (c->>'paidOn')::date, owed.amount,
    owed.currency, c->'notedBy', at);
  update phone_credit k set state = 'paid-back', paid_back_by = c->>'by', changed_at = at
  where k.merchant_id = merchant and k.payment_id = payment and k.reference = owed.reference;
  perform insert_phone_messages(merchant, payment, c->'messages', null);
  return jsonb_build_object('kind', 'done');
end $$;

-- As before; besides, a line is good again when what it owed has been given back.
create or replace function give_back_phone_charge(c jsonb) returns jsonb language plpgsql as $$
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
  if held.state in ('unpaid', 'written-off') then perform reckon_arrears(held.line_id, at); end if;
  perform insert_phone_messages(merchant, payment, c->'messages', way);
  return jsonb_build_object('kind', 'done', 'way', way);
end $$;

grant select, insert on phone_payout to moa_app;
