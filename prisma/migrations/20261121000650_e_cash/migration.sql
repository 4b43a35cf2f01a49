-- Stored value of shoppers (M-114, M-115): wallets with a PIN, what moves out of them and into them, what shops have taken
-- and deposited, and the purchases of value at the house merchant. A refusal is a result, not an exception.

-- CreateTable
CREATE TABLE "e_cash_wallet" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "pin_hash" TEXT NOT NULL,
    "pin_tries" INTEGER NOT NULL DEFAULT 0,
    "locked_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "e_cash_wallet_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateTable
CREATE TABLE "e_cash_spend" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "shopper_id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "returned_amount" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "e_cash_spend_pkey" PRIMARY KEY ("merchant_id","payment_id","attempt","leg")
);

-- CreateTable
CREATE TABLE "e_cash_move" (
    "shopper_id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL,
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "e_cash_move_pkey" PRIMARY KEY ("shopper_id","wallet_id","id")
);

-- CreateTable
CREATE TABLE "e_cash_deposit" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "e_cash_deposit_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "e_cash_cap" (
    "currency" TEXT NOT NULL,
    "most_held" BIGINT NOT NULL,
    "most_spent" BIGINT NOT NULL,

    CONSTRAINT "e_cash_cap_pkey" PRIMARY KEY ("currency")
);

-- CreateTable
CREATE TABLE "top_up" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "top_up_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "e_cash_wallet_shopper_id_currency_key" ON "e_cash_wallet"("shopper_id", "currency");

-- CreateIndex
CREATE INDEX "e_cash_spend_wallet_id_state_idx" ON "e_cash_spend"("wallet_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "e_cash_move_shopper_id_wallet_id_reference_key" ON "e_cash_move"("shopper_id", "wallet_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_payment_id_shopper_id_key" ON "top_up"("payment_id", "shopper_id");

-- CreateIndex
CREATE INDEX "top_up_state_opened_at_idx" ON "top_up"("state", "opened_at");

-- CreateIndex
CREATE INDEX "top_up_target_id_opened_at_idx" ON "top_up"("target_id", "opened_at");

-- ------------------------------------------------------------------------------------------------ amounts and states

-- Value is stored, never lent: it cannot be spent twice, and not beyond what is there.
alter table e_cash_wallet
  add constraint e_cash_wallet_not_overdrawn check (held >= 0 and balance >= held),
  add constraint e_cash_wallet_few_tries check (pin_tries between 0 and 5);

alter table e_cash_spend
  add constraint e_cash_spend_amount_positive check (amount > 0),
  add constraint e_cash_spend_returned_within check (returned_amount between 0 and amount),
  add constraint e_cash_spend_state_known check (state in ('held', 'spent', 'released'));

alter table e_cash_move
  add constraint e_cash_move_kind_known check (kind in ('load', 'spend', 'return')),
  add constraint e_cash_move_direction check (amount <> 0 and (amount < 0) = (kind = 'spend')),
  add constraint e_cash_move_balance check (balance >= 0);

alter table e_cash_cap add constraint e_cash_cap_positive check (most_spent > 0 and most_held >= most_spent);

alter table top_up
  add constraint top_up_amount_positive check (amount > 0),
  add constraint top_up_target_known check (target in ('e-cash', 'account')),
  add constraint top_up_state_known check (state in ('open', 'credited', 'failed'));

create trigger append_only before update or delete on e_cash_move for each row execute function refuse_change();
create trigger append_only before update or delete on e_cash_deposit for each row execute function refuse_change();
create trigger append_only_whole before truncate on e_cash_move for each statement execute function refuse_change();
create trigger append_only_whole before truncate on e_cash_deposit for each statement execute function refuse_change();

-- E-cash is for small amounts: what a wallet may hold, and what may be paid at once. A currency without a row has none.
insert into e_cash_cap (currency, most_held, most_spent) values ('KRW', 500000, 100000), ('USD', 40000, 8000);

-- The operator as a merchant of its own: value that shoppers load into wallets and accounts is bought from it.
insert into merchant (id, name, name_en, category_code, currencies, confirmation, return_urls, modules, created_at)
values ('00000000-0000-7000-8000-00006d6f6100', '모아 충전', 'Moa Top-up', '6540', '{KRW,USD}', 'none', '{}', '{card,vcard}',
  '2026-11-21T00:00:00Z');

-- ------------------------------------------------------------------------------------------------ what moves

-- Locks a wallet: everything that moves its value begins here, so that no two moves see the same balance.
create function lock_e_cash_wallet(c jsonb) returns e_cash_wallet language plpgsql as $$
declare
  wallet e_cash_wallet;
begin
  select * into wallet from e_cash_wallet w
  where w.shopper_id = (c->>'shopperId')::uuid and w.id = (c->>'walletId')::uuid for update;
  return wallet;
end $$;

-- One line in the wallet's history, and its posting: value is a debt of the operator's, so that what comes in is a credit.
create function move_e_cash(wallet e_cash_wallet, c jsonb, kind text, amount bigint, contra text) returns void
  language plpgsql as $$
declare
  at timestamptz := (c->>'at')::timestamptz;
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  posting_id uuid := (c->>'postingId')::uuid;
begin
  insert into e_cash_move (shopper_id, wallet_id, id, kind, amount, balance, merchant_id, payment_id, reference,
    description, at)
  values (wallet.shopper_id, wallet.id, posting_id, kind, amount, wallet.balance + amount, merchant, payment,
    c->>'reference', c->>'description', at);
  insert into posting (merchant_id, id, kind, payment_id, at)
  -- What a top-up brings is not a part of the payment that it was bought with.
  values (merchant, posting_id, 'e-cash-' || kind, case when kind = 'load' then null else payment end, at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting_id, 1, 'e-cash:' || wallet.id, wallet.currency, -amount),
    (merchant, posting_id, 2, contra, wallet.currency, amount);
end $$;

-- Sets an amount aside in a wallet, if it is there and small enough. A spend has one row for ever: its leg names it.
create function hold_e_cash(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  wanted bigint := (c->>'amount')::bigint;
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  earlier e_cash_spend;
  most bigint;
begin
  select * into earlier from e_cash_spend s where s.merchant_id = merchant and s.payment_id = payment
    and s.attempt = (c->>'attempt')::int and s.leg = (c->>'leg')::int;
  if found then
    return case when earlier.state = 'released' then jsonb_build_object('kind', 'refused', 'reason', 'interrupted')
      else jsonb_build_object('kind', 'held') end;
  end if;
  select k.most_spent into most from e_cash_cap k where k.currency = c->>'currency';
  if wallet.id is null or wallet.currency <> c->>'currency' or most is null then
    return jsonb_build_object('kind', 'refused', 'reason', 'not-permitted');
  end if;
  if wallet.locked_at is not null then return jsonb_build_object('kind', 'refused', 'reason', 'pin-locked'); end if;
  if wanted > most then return jsonb_build_object('kind', 'refused', 'reason', 'limit-exceeded'); end if;
  if wanted > wallet.balance - wallet.held then
    return jsonb_build_object('kind', 'refused', 'reason', 'insufficient-funds');
  end if;
  insert into e_cash_spend (merchant_id, payment_id, attempt, leg, shopper_id, wallet_id, amount, currency, description,
    state, held_at, changed_at)
  values (merchant, payment, (c->>'attempt')::int, (c->>'leg')::int, wallet.shopper_id, wallet.id, wanted,
    wallet.currency, c->>'description', 'held', at, at);
  update e_cash_wallet w set held = w.held + wanted, version = w.version + 1
  where w.shopper_id = wallet.shopper_id and w.id = wallet.id;
  return jsonb_build_object('kind', 'held');
end $$;

-- The value moves from the person's wallet to the shop's: the payment's own posting brings it there.
create function settle_e_cash(c jsonb) returns jsonb language plpgsql as $$
declare
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  spend e_cash_spend;
begin
  select * into spend from e_cash_spend s where s.merchant_id = (c->>'merchantId')::uuid
    and s.payment_id = (c->>'paymentId')::uuid and s.attempt = (c->>'attempt')::int and s.leg = (c->>'leg')::int
  for update;
  if not found or spend.state = 'released' then return jsonb_build_object('kind', 'refused'); end if;
  if spend.state = 'held' then
    update e_cash_spend s set state = 'spent', version = s.version + 1, changed_at = (c->>'at')::timestamptz
    where s.merchant_id = spend.merchant_id and s.payment_id = spend.payment_id and s.attempt = spend.attempt
      and s.leg = spend.leg;
    perform move_e_cash(wallet, c, 'spend', -spend.amount, 'receivable:e-cash');
    update e_cash_wallet w set balance = w.balance - spend.amount, held = w.held - spend.amount, version = w.version + 1
    where w.shopper_id = wallet.shopper_id and w.id = wallet.id;
  end if;
  return jsonb_build_object('kind', 'done');
end $$;

-- Gives a hold up; one that was never made leaves a row, so that it is not made afterwards.
create function release_e_cash(c jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  payment uuid := (c->>'paymentId')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  spend e_cash_spend;
begin
  select * into spend from e_cash_spend s where s.merchant_id = merchant and s.payment_id = payment
    and s.attempt = (c->>'attempt')::int and s.leg = (c->>'leg')::int
  for update;
  if not found then
    insert into e_cash_spend (merchant_id, payment_id, attempt, leg, shopper_id, wallet_id, amount, currency,
      description, state, held_at, changed_at)
    values (merchant, payment, (c->>'attempt')::int, (c->>'leg')::int, (c->>'shopperId')::uuid, (c->>'walletId')::uuid,
      (c->>'amount')::bigint, c->>'currency', c->>'description', 'released', at, at);
  elsif spend.state = 'held' then
    update e_cash_spend s set state = 'released', version = s.version + 1, changed_at = at
    where s.merchant_id = merchant and s.payment_id = payment and s.attempt = spend.attempt and s.leg = spend.leg;
    update e_cash_wallet w set held = w.held - spend.amount, version = w.version + 1
    where w.shopper_id = wallet.shopper_id and w.id = wallet.id;
  end if;
  return jsonb_build_object('kind', case when spend.state = 'spent' then 'refused' else 'done' end);
end $$;

-- Value comes back from the shop's wallet, once for each reference, never more than was spent.
create function return_e_cash(c jsonb) returns jsonb language plpgsql as $$
declare
  part bigint := (c->>'amount')::bigint;
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  spend e_cash_spend;
begin
  if exists (select from e_cash_move m where m.shopper_id = wallet.shopper_id and m.wallet_id = wallet.id
    and m.reference = c->>'reference')
  then
    return jsonb_build_object('kind', 'done');
  end if;
  select * into spend from e_cash_spend s where s.merchant_id = (c->>'merchantId')::uuid
    and s.payment_id = (c->>'paymentId')::uuid and s.attempt = (c->>'attempt')::int and s.leg = (c->>'leg')::int
  for update;
  if not found or spend.state <> 'spent' or spend.returned_amount + part > spend.amount then
    return jsonb_build_object('kind', 'refused');
  end if;
  update e_cash_spend s set returned_amount = s.returned_amount + part, version = s.version + 1,
    changed_at = (c->>'at')::timestamptz
  where s.merchant_id = spend.merchant_id and s.payment_id = spend.payment_id and s.attempt = spend.attempt
    and s.leg = spend.leg;
  perform move_e_cash(wallet, c, 'return', part, 'receivable:e-cash');
  update e_cash_wallet w set balance = w.balance + part, version = w.version + 1
  where w.shopper_id = wallet.shopper_id and w.id = wallet.id;
  return jsonb_build_object('kind', 'done');
end $$;

-- Those that wait at one moment together, in the order of their wallets.
create function hold_e_cash_all(batch jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_agg(hold_e_cash(c) order by n), '[]')
  from (select c, n from jsonb_array_elements(batch) with ordinality as b(c, n) order by n) ordered
$$;

-- Writes down that value is to be bought. Together with what is there and on its way it may not pass what a wallet holds.
create function open_e_cash_load(c jsonb) returns boolean language plpgsql as $$
declare
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  most bigint;
  coming bigint;
begin
  select k.most_held into most from e_cash_cap k where k.currency = wallet.currency;
  select coalesce(sum(t.amount), 0) into coming from top_up t
  where t.target_id = wallet.id and t.state = 'open' and t.opened_at > (c->>'at')::timestamptz - interval '1 day';
  if wallet.id is null or most is null or wallet.currency <> c->>'currency'
    or wallet.balance + coming + (c->>'amount')::bigint > most
  then
    return false;
  end if;
  insert into top_up (shopper_id, id, target, target_id, merchant_id, payment_id, amount, currency, state, opened_at)
  values (wallet.shopper_id, (c->>'id')::uuid, 'e-cash', wallet.id, (c->>'merchantId')::uuid, (c->>'paymentId')::uuid,
    (c->>'amount')::bigint, wallet.currency, 'open', (c->>'at')::timestamptz);
  return true;
end $$;

-- The payment of a top-up was paid: its value is in the wallet, once.
create function load_e_cash(c jsonb) returns void language plpgsql as $$
declare
  wallet e_cash_wallet := lock_e_cash_wallet(c);
  part bigint := (c->>'amount')::bigint;
begin
  update top_up t set state = 'credited', finished_at = (c->>'at')::timestamptz
  where t.shopper_id = wallet.shopper_id and t.id = (c->>'topUpId')::uuid and t.state = 'open' and t.amount = part;
  if not found then return; end if;
  perform move_e_cash(wallet, c, 'load', part, 'payable:merchant');
  update e_cash_wallet w set balance = w.balance + part, version = w.version + 1
  where w.shopper_id = wallet.shopper_id and w.id = wallet.id;
end $$;

-- What stands in a shop's wallet becomes owed to it like any other payment. After refunds there may be less than nothing
-- in it: then the difference comes from what is owed. One deposit of a shop at a time.
create function deposit_e_cash(c jsonb) returns bigint language plpgsql as $$
declare
  merchant uuid := (c->>'merchantId')::uuid;
  posting_id uuid := (c->>'id')::uuid;
  at timestamptz := (c->>'at')::timestamptz;
  part bigint;
begin
  perform from merchant m where m.id = merchant for no key update;
  select coalesce(-sum(e.amount), 0) into part from entry e
  where e.merchant_id = merchant and e.account = 'e-cash:shop' and e.currency = c->>'currency';
  if part = 0 then return 0; end if;
  insert into e_cash_deposit (merchant_id, id, currency, amount, by, at)
  values (merchant, posting_id, c->>'currency', part, c->'by', at);
  insert into posting (merchant_id, id, kind, at) values (merchant, posting_id, 'e-cash-deposit', at);
  insert into entry (merchant_id, posting_id, line, account, currency, amount)
  values (merchant, posting_id, 1, 'e-cash:shop', c->>'currency', part),
    (merchant, posting_id, 2, 'payable:merchant', c->>'currency', -part);
  return part;
end $$;

grant select, insert, update on e_cash_wallet, e_cash_spend, top_up to moa_app;
grant select, insert on e_cash_move, e_cash_deposit to moa_app;
grant select on e_cash_cap to moa_app;
