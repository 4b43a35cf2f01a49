-- Payment links (M-119) and subscriptions (M-121).

-- CreateTable
CREATE TABLE "payment_link" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "currency" TEXT NOT NULL,
    "amount" BIGINT,
    "least" BIGINT,
    "most" BIGINT,
    "stock" INTEGER,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_link_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "payment_link_sale" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "visitor" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_link_sale_pkey" PRIMARY KEY ("merchant_id","payment_id")
);

-- CreateTable
CREATE TABLE "subscription_plan" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "every" INTEGER NOT NULL,
    "trial_days" INTEGER NOT NULL,
    "anchor_day" INTEGER,
    "closed_at" TIMESTAMPTZ(3),
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_plan_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "reference" TEXT,
    "shopper_id" UUID,
    "email" TEXT,
    "locale" TEXT NOT NULL,
    "return_url" TEXT,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "means" JSONB,
    "consent" JSONB,
    "period" INTEGER NOT NULL DEFAULT 0,
    "period_start" DATE,
    "period_end" DATE,
    "anchor_date" DATE,
    "anchor_day" INTEGER,
    "anchor_period" INTEGER,
    "adjustment" BIGINT NOT NULL DEFAULT 0,
    "ends_on" DATE,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "announced" INTEGER NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "subscription_charge" (
    "merchant_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "period" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "price" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "payment_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_charge_pkey" PRIMARY KEY ("merchant_id","subscription_id","period")
);

-- CreateTable
CREATE TABLE "subscription_event" (
    "merchant_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "by" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_event_pkey" PRIMARY KEY ("merchant_id","subscription_id","id")
);

-- CreateIndex
CREATE INDEX "payment_link_sale_merchant_id_link_id_payment_id_idx" ON "payment_link_sale"("merchant_id", "link_id", "payment_id");

-- CreateIndex
CREATE INDEX "payment_link_sale_merchant_id_link_id_visitor_idx" ON "payment_link_sale"("merchant_id", "link_id", "visitor");

-- CreateIndex
CREATE INDEX "payment_link_sale_state_opened_at_idx" ON "payment_link_sale"("state", "opened_at");

-- CreateIndex
CREATE INDEX "subscription_shopper_id_id_idx" ON "subscription"("shopper_id", "id");

-- CreateIndex
CREATE INDEX "subscription_merchant_id_state_id_idx" ON "subscription"("merchant_id", "state", "id");

-- CreateIndex
CREATE INDEX "subscription_merchant_id_plan_id_id_idx" ON "subscription"("merchant_id", "plan_id", "id");

-- CreateIndex
CREATE INDEX "subscription_merchant_id_reference_idx" ON "subscription"("merchant_id", "reference");

-- CreateIndex
CREATE INDEX "subscription_wake_at_idx" ON "subscription"("wake_at");

-- CreateIndex
CREATE INDEX "subscription_charge_payment_id_merchant_id_idx" ON "subscription_charge"("payment_id", "merchant_id");


alter table payment_link
  add constraint payment_link_price check (
    (amount is not null and amount > 0 and least is null and most is null)
    or (amount is null and least > 0 and most >= least)),
  add constraint payment_link_stock check (taken >= 0 and (stock is null or (stock > 0 and taken <= stock)));

alter table payment_link_sale
  add constraint payment_link_sale_amount_positive check (amount > 0),
  add constraint payment_link_sale_state_known check (state in ('open', 'sold', 'given-back'));

-- Sets one piece aside for a visitor, under the lock of the link, so that it is never oversold. A visitor who has one set
-- aside already is told its payment.
create function open_link_sale(s jsonb) returns jsonb language plpgsql as $$
declare
  merchant uuid := (s->>'merchantId')::uuid;
  l payment_link;
  held payment_link_sale;
begin
  select * into l from payment_link p where p.merchant_id = merchant and p.id = (s->>'linkId')::uuid for update;
  if not found then return jsonb_build_object('kind', 'missing'); end if;
  select * into held from payment_link_sale o where o.merchant_id = merchant and o.link_id = l.id
    and o.visitor = s->>'visitor' and o.state = 'open' order by o.payment_id desc limit 1;
  if found then
    return jsonb_build_object('kind', 'held', 'paymentId', held.payment_id, 'number', held.number,
      'amount', held.amount::text);
  end if;
  if l.closed_at is not null then return jsonb_build_object('kind', 'refused', 'reason', 'off'); end if;
  if l.expires_at <= (s->>'at')::timestamptz then return jsonb_build_object('kind', 'refused', 'reason', 'expired'); end if;
  if l.taken >= l.stock then return jsonb_build_object('kind', 'refused', 'reason', 'sold-out'); end if;
  if (s->>'amount')::bigint not between coalesce(l.amount, l.least) and coalesce(l.amount, l.most) then
    return jsonb_build_object('kind', 'refused', 'reason', 'amount');
  end if;
  update payment_link p set taken = p.taken + 1, openings = p.openings + 1 where p.merchant_id = merchant and p.id = l.id;
  insert into payment_link_sale (merchant_id, payment_id, link_id, number, visitor, amount, state, opened_at)
  values (merchant, (s->>'paymentId')::uuid, l.id, l.openings + 1, s->>'visitor', (s->>'amount')::bigint, 'open',
    (s->>'at')::timestamptz);
  return jsonb_build_object('kind', 'opened', 'paymentId', s->>'paymentId', 'number', l.openings + 1,
    'amount', s->>'amount');
end $$;

-- Ends a sale whose payment has come to its end, or was never opened: sold, or back in stock.
create function close_link_sale(merchant uuid, payment uuid, is_sold boolean, at timestamptz) returns boolean
  language plpgsql as $$
declare
  link uuid;
begin
  update payment_link_sale s set state = case when is_sold then 'sold' else 'given-back' end, closed_at = at
  where s.merchant_id = merchant and s.payment_id = payment and s.state = 'open' returning s.link_id into link;
  if link is null then return false; end if;
  if not is_sold then
    update payment_link l set taken = l.taken - 1 where l.merchant_id = merchant and l.id = link;
  end if;
  return true;
end $$;

-- In the transaction that ends the payment: nobody sees it paid and the piece for sale.
create function settle_link_sale() returns trigger language plpgsql as $$
begin
  perform close_link_sale(new.merchant_id, new.id, new.state = 'paid', coalesce(new.finished_at, now()));
  return null;
end $$;

create trigger settle_link_sale after update of state on payment for each row
  when (new.metadata ? 'paymentLink' and new.state is distinct from old.state
    and new.state in ('paid', 'declined', 'cancelled', 'expired'))
  execute function settle_link_sale();

grant select, insert, update on payment_link, payment_link_sale to moa_app;

-- ------------------------------------------------------------------------------------------------ subscriptions

alter table subscription_plan
  add constraint subscription_plan_amount_positive check (amount > 0),
  add constraint subscription_plan_rhythm check (unit in ('day', 'week', 'month', 'year') and every between 1 and 365),
  add constraint subscription_plan_trial check (trial_days between 0 and 730),
  add constraint subscription_plan_anchor check (anchor_day is null or (anchor_day between 1 and 31 and unit = 'month'));

alter table subscription
  add constraint subscription_state_known check (state in
    ('offered', 'incomplete', 'trialing', 'active', 'past-due', 'paused', 'cancelled')),
  add constraint subscription_agreed check (state in ('offered', 'cancelled') or (shopper_id is not null
    and means is not null and consent is not null and period_end is not null and anchor_date is not null)),
  add constraint subscription_ended check ((state = 'cancelled') = (ended_at is not null)),
  add constraint subscription_woken check (state not in ('incomplete', 'trialing', 'active', 'past-due') or wake_at is not null);

alter table subscription_charge
  add constraint subscription_charge_amounts check (price >= 0 and amount >= 0),
  add constraint subscription_charge_state_known check (state in ('open', 'paid', 'covered', 'failed')),
  add constraint subscription_charge_settled check ((state = 'open') = (settled_at is null)),
  add constraint subscription_charge_paid check (state <> 'paid' or payment_id is not null);

create trigger append_only before update or delete on subscription_event for each row execute function refuse_change();
create trigger append_only_whole before truncate on subscription_event for each statement execute function refuse_change();

grant select, insert, update on subscription_plan, subscription, subscription_charge to moa_app;
grant select, insert on subscription_event to moa_app;
