-- Deferred means: a payment that is accepted while a part of it is paid later (on delivery, by giro). What could be taken
-- stands in taken:order until the rest has come, or goes back because it has not.

alter table payment drop constraint payment_state_known,
  add constraint payment_state_known check (state in ('created', 'authorizing', 'confirming', 'authorized', 'capturing',
    'awaiting', 'paid', 'voiding', 'reversing', 'declined', 'cancelled', 'expired'));

alter table leg drop constraint leg_state_known,
  add constraint leg_state_known check (state in ('authorizing', 'authorized', 'declined', 'capturing', 'awaiting',
    'captured', 'voiding', 'voided', 'returning', 'returned'));

-- ------------------------------------------------------------------------------------------------ cash on delivery

-- CreateTable
CREATE TABLE "cash_delivery" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "order_name" TEXT NOT NULL,
    "recipient" JSONB NOT NULL,
    "locale" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "visits" JSONB NOT NULL DEFAULT '[]',
    "courier_id" UUID,
    "courier_name" TEXT,
    "receipt_number" TEXT,
    "hand_in_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cash_delivery_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "cash_hand_in" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "courier_id" UUID NOT NULL,
    "courier_name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "deliveries" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cash_hand_in_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cash_delivery_payment_id_attempt_leg_merchant_id_key" ON "cash_delivery"("payment_id", "attempt", "leg", "merchant_id");

-- CreateIndex
CREATE INDEX "cash_delivery_merchant_id_state_id_idx" ON "cash_delivery"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "cash_delivery_courier_id_merchant_id_hand_in_id_idx" ON "cash_delivery"("courier_id", "merchant_id", "hand_in_id");

alter table cash_delivery
  add constraint cash_delivery_amount_positive check (amount > 0),
  add constraint cash_delivery_state_known check (state in ('asked', 'open', 'collected', 'withdrawn', 'undelivered', 'to-return', 'given-back')),
  add constraint cash_delivery_collected_by check ((state in ('collected', 'to-return', 'given-back')) = (receipt_number is not null)),
  add constraint cash_delivery_handed_in_once check (hand_in_id is null or receipt_number is not null);

alter table cash_hand_in
  add constraint cash_hand_in_positive check (amount > 0 and deliveries > 0);

create trigger append_only before update or delete on cash_hand_in for each row execute function refuse_change();
create trigger append_only_whole before truncate on cash_hand_in for each statement execute function refuse_change();

-- A payment that waits for its rest is taken up at once, by whoever finishes payments: something has come, or never will.
create function hurry_payment(merchant uuid, payment uuid, at timestamptz) returns void language sql as $$
  update payment p set carry_on_at = at where p.merchant_id = merchant and p.id = payment and p.state = 'awaiting'
$$;

-- Cash that was taken for an order in the moment of its cancelling is the buyer's: booked as owed until it is given back.
create function owe_cash(merchant uuid, delivery uuid, posting uuid, given boolean, at timestamptz) returns boolean
  language plpgsql as $$
declare
  d cash_delivery;
  sign int := case when given then -1 else 1 end;
begin
  update cash_delivery c set state = case when given then 'given-back' else 'to-return' end, changed_at = at
  where c.merchant_id = merchant and c.id = delivery and c.state = case when given then 'to-return' else 'collected' end
  returning * into d;
  if not found then return false; end if;
  insert into posting (merchant_id, id, kind, payment_id, at)
  values (merchant, posting, case when given then 'cash-given-back' else 'cash-to-return' end, d.payment_id, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting, 1, 'receivable:cash-on-delivery', d.currency, sign * d.amount),
    (merchant, posting, 2, 'payable:shopper', d.currency, -sign * d.amount);
  return true;
end $$;

-- Hands in all that a courier has collected in a currency and not handed in yet: one report to the head office (M-112).
-- The rows are locked first, so that nothing is in two reports. Null when there is nothing.
create function hand_in_cash(merchant uuid, courier uuid, name text, in_currency text, report uuid, at timestamptz)
  returns jsonb language plpgsql as $$
declare
  total bigint;
  count int;
begin
  with mine as (
    select d.id, d.amount from cash_delivery d
    where d.merchant_id = merchant and d.courier_id = courier and d.currency = in_currency and d.hand_in_id is null
      and d.receipt_number is not null
    order by d.id for update
  ), given as (
    update cash_delivery d set hand_in_id = report, changed_at = at from mine
    where d.merchant_id = merchant and d.id = mine.id returning mine.amount
  )
  select sum(given.amount), count(*) into total, count from given;
  if count = 0 then return null; end if;
  insert into cash_hand_in (merchant_id, id, courier_id, courier_name, currency, amount, deliveries, at)
  values (merchant, report, courier, name, in_currency, total, count, at);
  return jsonb_build_object('amount', total::text, 'deliveries', count);
end $$;

grant select, insert, update on cash_delivery to moa_app;
grant select, insert on cash_hand_in to moa_app;
