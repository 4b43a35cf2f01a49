-- Charges of subscriptions that had been paid, and whose money the payer's bank has taken back.

-- CreateTable
CREATE TABLE "subscription_return" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "period" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_return_pkey" PRIMARY KEY ("merchant_id","payment_id")
);

-- CreateIndex
CREATE INDEX "subscription_return_merchant_id_subscription_id_period_idx" ON "subscription_return"("merchant_id", "subscription_id", "period");

create index subscription_return_untaken_idx on subscription_return (at) where taken_at is null;
grant select, insert, update on subscription_return to moa_app;

-- What the bank says of one try of a debit.
create or replace function answer_debit(merchant uuid, wanted uuid, said_of_try int, of_batch uuid, collected boolean, why text,
    again_at timestamptz, posting uuid, at timestamptz) returns text language plpgsql as $$
declare
  d debit;
begin
  select * into d from debit x where x.merchant_id = merchant and x.id = wanted for update;
  if not found or d.batch_id is distinct from of_batch or d.tries <> said_of_try then
    -- An older try of a debit that has gone on since: heard before.
    perform from debit_batch_line l
    where l.merchant_id = merchant and l.debit_id = wanted and l.try = said_of_try and l.batch_id = of_batch;
    return case when found then 'repeated' else 'unknown' end;
  end if;

  if collected then
    if d.state = 'batched' then
      update debit x set state = 'collected', changed_at = at where x.merchant_id = merchant and x.id = wanted;
      perform hurry_payment(merchant, d.payment_id, at);
      return 'collected';
    elsif d.state = 'recalled' then
      -- Nobody waits for it any more: it is the shopper's.
      update debit x set state = 'to-return', changed_at = at where x.merchant_id = merchant and x.id = wanted;
      insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-to-return', d.payment_id, at);
      insert into entry (merchant_id, posting_id, line, account, currency, amount)
      values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, d.amount),
        (merchant, posting, 2, 'payable:shopper', d.currency, -d.amount);
      return 'to-return';
    end if;
    return case when d.state in ('collected', 'settled', 'to-return', 'given-back') then 'repeated' else 'contrary' end;
  end if;

  if d.state in ('batched', 'collected') then
    update debit x set state = case when again_at is null or d.state = 'collected' then 'refused' else 'open' end,
      reason = why, collect_at = coalesce(again_at, x.collect_at), changed_at = at
    where x.merchant_id = merchant and x.id = wanted;
    perform hurry_payment(merchant, d.payment_id, at);
    return case when again_at is null or d.state = 'collected' then 'refused' else 'again' end;
  elsif d.state = 'recalled' then
    update debit x set state = 'withdrawn', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    return 'withdrawn';
  elsif d.state = 'to-return' then
    update debit x set state = 'withdrawn', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'debit-taken-back', d.payment_id, at);
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
      (merchant, posting, 2, 'payable:shopper', d.currency, d.amount);
    return 'withdrawn';
  elsif d.state = 'settled' then
    perform from payment p where p.merchant_id = merchant and p.id = d.payment_id and p.state = 'paid';
    if not found then return 'later'; end if;
    perform lock_merchant_balance(merchant, d.currency);
    update debit x set state = 'returned', reason = why, changed_at = at where x.merchant_id = merchant and x.id = wanted;
    insert into posting (merchant_id, id, kind, payment_id, at) values (merchant, posting, 'charge-back', d.payment_id, at);
    insert into entry (merchant_id, posting_id, line, account, currency, amount)
    values (merchant, posting, 1, 'receivable:direct-debit:' || d.house_bank, d.currency, -d.amount),
      (merchant, posting, 2, 'payable:merchant', d.currency, d.amount);
    -- The period of a subscription that it had paid is unpaid again.
    insert into subscription_return (merchant_id, payment_id, subscription_id, period, reason, at)
    select c.merchant_id, c.payment_id, c.subscription_id, c.period, why, at from subscription_charge c
    where c.payment_id = d.payment_id and c.merchant_id = merchant and c.state in ('open', 'paid')
    on conflict do nothing;
    return 'returned';
  end if;
  return case when d.state in ('refused', 'withdrawn', 'returned', 'open') then 'repeated' else 'contrary' end;
end $$;
