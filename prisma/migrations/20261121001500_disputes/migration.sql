-- What is owed to merchants as a sum that is carried on, and disputes over payments.

-- ------------------------------------------------------------------------------------------------ what is owed to merchants

-- CreateTable
CREATE TABLE "merchant_balance" (
    "merchant_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" BIGINT NOT NULL,

    CONSTRAINT "merchant_balance_pkey" PRIMARY KEY ("merchant_id","currency")
);

-- CreateTable
CREATE TABLE "merchant_balance_change" (
    "merchant_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "merchant_balance_change_pkey" PRIMARY KEY ("merchant_id","posting_id","currency")
);

-- Writers of the books wait for nobody: each posting leaves what it changes in a row of its own, and whoever holds the lock of
-- the balance adds such rows up. Nothing depends on the order in which postings were made or committed.
create function note_balance_change() returns trigger language plpgsql as $$
begin
  insert into merchant_balance_change as c (merchant_id, posting_id, currency, amount)
  select i.merchant_id, i.posting_id, i.currency, -sum(i.amount) from inserted i
  where i.account = 'payable:merchant' group by i.merchant_id, i.posting_id, i.currency
  on conflict (merchant_id, posting_id, currency) do update set amount = c.amount + excluded.amount;
  return null;
end $$;

create trigger balance_change after insert on entry referencing new table as inserted
  for each statement execute function note_balance_change();

-- What was booked before there was a sum begins it.
insert into merchant_balance (merchant_id, currency, balance)
select e.merchant_id, e.currency, -sum(e.amount) from entry e where e.account = 'payable:merchant'
group by e.merchant_id, e.currency;

-- What is owed to a merchant in one currency: the sum so far and what has come since. Carries the sum on, so that the cost stays
-- that of what has come since; the worker does so for merchants of whom nobody asks. Only for holders of the balance's lock.
create function add_up_balance(merchant uuid, wanted text) returns bigint language plpgsql as $$
declare
  since bigint;
  owed bigint;
begin
  with added as (
    delete from merchant_balance_change c where c.merchant_id = merchant and c.currency = wanted returning c.amount
  )
  select sum(a.amount) into since from added a;
  if since is null then
    select b.balance into owed from merchant_balance b where b.merchant_id = merchant and b.currency = wanted;
    return coalesce(owed, 0);
  end if;
  insert into merchant_balance as b (merchant_id, currency, balance) values (merchant, wanted, since)
  on conflict (merchant_id, currency) do update set balance = b.balance + excluded.balance
  returning b.balance into owed;
  return owed;
end $$;

-- What the merchant may still have taken back of one currency: what we owe to it (reserves are kept in an account of their
-- own), less what refunds on their way will take. Whoever decides by it holds the balance's lock until the end of the
-- transaction; so must whatever pays a merchant out.
create or replace function lock_merchant_balance(merchant uuid, wanted text) returns bigint language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('merchant balance ' || merchant || ' ' || wanted, 0));
  return add_up_balance(merchant, wanted) - (
    select coalesce(sum(r.from_balance), 0) from refund r
    join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id and p.currency = wanted
    where r.merchant_id = merchant and r.state = 'refunding'
  );
end $$;

-- Carries the sums of those merchants on that have changes waiting, at most so many; how many it was.
create function add_up_balances(most int) returns int language plpgsql as $$
declare
  one record;
  done int := 0;
begin
  for one in
    select distinct c.merchant_id, c.currency from merchant_balance_change c order by c.merchant_id, c.currency limit most
  loop
    -- A balance that somebody decides by at this moment is added up by that somebody.
    if pg_try_advisory_xact_lock(hashtextextended('merchant balance ' || one.merchant_id || ' ' || one.currency, 0)) then
      perform add_up_balance(one.merchant_id, one.currency);
      done := done + 1;
    end if;
  end loop;
  return done;
end $$;

grant select, insert, update on merchant_balance to moa_app;
grant select, insert, update, delete on merchant_balance_change to moa_app;
