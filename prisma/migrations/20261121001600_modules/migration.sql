-- Payment modules as merchants manage them: registered, activated, limited, priced, open to everybody or to some.

-- CreateTable
CREATE TABLE "merchant_module" (
    "merchant_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'inactive',
    "position" INTEGER NOT NULL,
    "currencies" TEXT[],
    "limits" JSONB NOT NULL DEFAULT '{}',
    "fee_bps" INTEGER NOT NULL DEFAULT 0,
    "fee_fixed" JSONB NOT NULL DEFAULT '{}',
    "audience" TEXT NOT NULL DEFAULT 'everybody',
    "combination" TEXT NOT NULL DEFAULT 'any',
    "combines_with" TEXT[],
    "refund_policy" TEXT NOT NULL DEFAULT 'allow',
    "refund_days" INTEGER,
    "refund_groups" JSONB NOT NULL DEFAULT '[]',
    "schedule" JSONB,
    "next_batch_at" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL DEFAULT '{}',
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_module_pkey" PRIMARY KEY ("merchant_id","module")
);

-- CreateTable
CREATE TABLE "merchant_module_fee" (
    "merchant_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "bps" INTEGER NOT NULL,
    "fixed" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_module_fee_pkey" PRIMARY KEY ("merchant_id","module","id")
);

-- CreateTable
CREATE TABLE "shopper_group" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopper_group_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "shopper_group_member" (
    "merchant_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "shopper_group_member_pkey" PRIMARY KEY ("merchant_id","group_id","email")
);

-- CreateTable
CREATE TABLE "merchant_module_group" (
    "merchant_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "merchant_module_group_pkey" PRIMARY KEY ("merchant_id","module","group_id")
);

-- CreateTable
CREATE TABLE "merchant_module_shopper" (
    "merchant_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_module_shopper_pkey" PRIMARY KEY ("merchant_id","module","email")
);

-- CreateIndex
CREATE INDEX "merchant_module_next_batch_at_idx" ON "merchant_module"("next_batch_at");

-- CreateIndex
CREATE UNIQUE INDEX "shopper_group_merchant_id_name_key" ON "shopper_group"("merchant_id", "name");

-- AddForeignKey
ALTER TABLE "merchant_module" ADD CONSTRAINT "merchant_module_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shopper_group_member" ADD CONSTRAINT "shopper_group_member_merchant_id_group_id_fkey" FOREIGN KEY ("merchant_id", "group_id") REFERENCES "shopper_group"("merchant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant_module_group" ADD CONSTRAINT "merchant_module_group_merchant_id_module_fkey" FOREIGN KEY ("merchant_id", "module") REFERENCES "merchant_module"("merchant_id", "module") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant_module_group" ADD CONSTRAINT "merchant_module_group_merchant_id_group_id_fkey" FOREIGN KEY ("merchant_id", "group_id") REFERENCES "shopper_group"("merchant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant_module_shopper" ADD CONSTRAINT "merchant_module_shopper_merchant_id_module_fkey" FOREIGN KEY ("merchant_id", "module") REFERENCES "merchant_module"("merchant_id", "module") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table merchant_module
  add constraint merchant_module_state_known check (state in ('inactive', 'active')),
  add constraint merchant_module_audience_known check (audience in ('everybody', 'listed')),
  add constraint merchant_module_combination_known check (combination in ('any', 'alone', 'listed')),
  add constraint merchant_module_refund_policy_known check (refund_policy in ('allow', 'forbid', 'approval', 'by-hand')),
  add constraint merchant_module_refund_days_positive check (refund_days > 0),
  add constraint merchant_module_fee_bps_possible check (fee_bps between 0 and 10000);

alter table shopper_group_member add constraint shopper_group_member_lower_case check (email = lower(email));
alter table merchant_module_shopper add constraint merchant_module_shopper_lower_case check (email = lower(email));

create trigger append_only before update or delete on merchant_module_fee for each row execute function refuse_change();
create trigger append_only_whole before truncate on merchant_module_fee for each statement execute function refuse_change();

-- Until now a merchant's modules were a list of the active ones.
insert into merchant_module (merchant_id, module, state, position, registered_at, changed_at)
select m.id, listed.module, 'active', min(listed.n), m.created_at, m.created_at
from merchant m, unnest(m.modules) with ordinality as listed(module, n)
group by m.id, listed.module;

-- The list at the merchant is what every payment reads (modules_active); it follows from the rows. Neither of the two
-- triggers answers what the other wrote.
create function list_active_modules() returns trigger language plpgsql as $$
declare
  changed uuid := coalesce(new.merchant_id, old.merchant_id);
begin
  if pg_trigger_depth() > 1 then return null; end if;
  update merchant m set modules = active.codes
  from (
    select coalesce(array_agg(o.module order by o.position, o.module), '{}') as codes from merchant_module o
    where o.merchant_id = changed and o.state = 'active') active
  where m.id = changed and m.modules is distinct from active.codes;
  return null;
end $$;

create trigger active_modules after insert or update of state, position or delete on merchant_module
  for each row execute function list_active_modules();

-- Whoever writes the list has these active, in this order, and no others.
create function follow_active_modules() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() > 1 then return null; end if;
  insert into merchant_module as o (merchant_id, module, state, position, registered_at, changed_at)
  select new.id, listed.module, 'active', min(listed.n), now(), now()
  from unnest(new.modules) with ordinality as listed(module, n) group by listed.module
  on conflict (merchant_id, module) do update set state = 'active', position = excluded.position, changed_at = now()
    where (o.state, o.position) is distinct from ('active', excluded.position);
  update merchant_module o set state = 'inactive', changed_at = now()
  where o.merchant_id = new.id and o.state = 'active' and o.module <> all (new.modules);
  return null;
end $$;

create trigger active_modules after insert or update of modules on merchant
  for each row execute function follow_active_modules();

-- What a means costs the merchant for an amount that it carried, by the rule that held at a moment: basis points rounded
-- half up to the minor unit, and the fixed part; never more than the amount. Zero where no rule was ever written.
create function module_fee(merchant uuid, code text, in_currency text, amount bigint, at timestamptz) returns bigint
  language sql stable as $$
  select coalesce((
    select least(amount, div(amount::numeric * f.bps + 5000, 10000)::bigint
      + coalesce((f.fixed->>in_currency)::bigint, 0))
    from merchant_module_fee f
    where f.merchant_id = merchant and f.module = code and f.since <= at
    order by f.since desc, f.id desc limit 1), 0)
$$;

-- Which of these modules a shopper of a merchant may use: those open to everybody, and those in whose lists the address
-- stands, alone or in a group.
create function modules_open_to(merchant uuid, codes text[], address text) returns text[] language sql stable as $$
  select coalesce(array_agg(o.module), '{}') from merchant_module o
  where o.merchant_id = merchant and o.module = any(codes) and (o.audience = 'everybody'
    or exists (
      select from merchant_module_shopper s
      where s.merchant_id = merchant and s.module = o.module and s.email = lower(address))
    or exists (
      select from merchant_module_group g
      join shopper_group_member m on m.merchant_id = g.merchant_id and m.group_id = g.group_id
      where g.merchant_id = merchant and g.module = o.module and m.email = lower(address)))
$$;

-- When a schedule comes next after a moment, by the clocks of a zone; a day past the month's end means its last day.
create function next_batch(plan jsonb, zone text, after_moment timestamptz) returns timestamptz
  language sql stable as $$
  select min(c.at) from (
    select (d.day + (plan->>'at')::time) at time zone zone as at
    from generate_series(0, case plan->>'kind' when 'daily' then 2 else 0 end) as n,
      lateral (select date_trunc('day', after_moment at time zone zone) + make_interval(days => n) as day) d
    where plan->>'kind' = 'daily'
    union all
    select (m.first + make_interval(days => least((plan->>'day')::int,
        extract(day from m.first + interval '1 month' - interval '1 day')::int) - 1) + (plan->>'at')::time)
      at time zone zone
    from generate_series(0, 2) as n,
      lateral (select date_trunc('month', after_moment at time zone zone) + make_interval(months => n) as first) m
    where plan->>'kind' = 'monthly') c
  where c.at > after_moment
$$;

grant select, insert, update on merchant_module to moa_app;
grant select, insert on merchant_module_fee, shopper_group, shopper_group_member, merchant_module_group,
  merchant_module_shopper to moa_app;
grant update on shopper_group to moa_app;
grant delete on shopper_group, shopper_group_member, merchant_module_group, merchant_module_shopper to moa_app;
