-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "phone_guests" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "phone_line" (
    "id" UUID NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "sealed_notify" BYTEA,
    "key_id" TEXT NOT NULL,
    "masked" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "line_kind" TEXT,
    "subscriber_ref" TEXT,
    "monthly_cap" BIGINT,
    "arrears_since" TIMESTAMPTZ(3),
    "overdue" BIGINT,
    "minor_until" DATE,
    "minor_allowed_at" TIMESTAMPTZ(3),
    "minor_allowed_by" JSONB,
    "blocked_at" TIMESTAMPTZ(3),
    "blocked_by" JSONB,
    "locked_at" TIMESTAMPTZ(3),
    "locked_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopper_line" (
    "shopper_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "nickname" TEXT NOT NULL DEFAULT '',
    "proven_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "shopper_line_pkey" PRIMARY KEY ("shopper_id","line_id")
);

-- CreateTable
CREATE TABLE "phone_limit" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "per_purchase" BIGINT,
    "per_day" BIGINT,
    "per_month" BIGINT,
    "count_per_day" INTEGER,
    "count_per_month" INTEGER,
    "stopped_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" JSONB NOT NULL,

    CONSTRAINT "phone_limit_pkey" PRIMARY KEY ("scope","key","currency")
);

-- CreateTable
CREATE TABLE "one_time_code" (
    "owner_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "line_id" UUID,
    "fingerprint" BYTEA NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "amount" BIGINT,
    "currency" TEXT,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "one_time_code_pkey" PRIMARY KEY ("owner_id","subject_id")
);

-- CreateTable
CREATE TABLE "phone_charge" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "line_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "centre" TEXT NOT NULL,
    "subscriber_ref" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reduced_amount" BIGINT NOT NULL DEFAULT 0,
    "credited_amount" BIGINT NOT NULL DEFAULT 0,
    "description" TEXT NOT NULL,
    "purchased_at" TIMESTAMPTZ(3) NOT NULL,
    "local_day" DATE NOT NULL,
    "local_month" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "file_sequence" INTEGER,
    "file_record" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_charge_pkey" PRIMARY KEY ("merchant_id","payment_id","attempt","leg")
);

-- CreateTable
CREATE TABLE "phone_credit" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "centre" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "paid_back_by" TEXT,
    "state" TEXT NOT NULL,
    "file_sequence" INTEGER,
    "file_record" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_credit_pkey" PRIMARY KEY ("merchant_id","payment_id","reference")
);

-- CreateIndex
CREATE UNIQUE INDEX "phone_line_fingerprint_key" ON "phone_line"("fingerprint");

-- CreateIndex
CREATE INDEX "shopper_line_line_id_idx" ON "shopper_line"("line_id");

-- CreateIndex
CREATE INDEX "one_time_code_expires_at_idx" ON "one_time_code"("expires_at");

-- CreateIndex
CREATE INDEX "phone_charge_line_id_local_month_idx" ON "phone_charge"("line_id", "local_month");

-- CreateIndex
CREATE INDEX "phone_charge_state_centre_purchased_at_idx" ON "phone_charge"("state", "centre", "purchased_at");

-- CreateIndex
CREATE INDEX "phone_credit_state_centre_created_at_idx" ON "phone_credit"("state", "centre", "created_at");

-- AddForeignKey
ALTER TABLE "shopper_line" ADD CONSTRAINT "shopper_line_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "phone_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_charge" ADD CONSTRAINT "phone_charge_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "phone_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ------------------------------------------------------------------------------------------------ amounts and states

alter table phone_line add constraint phone_line_kind_known check (kind in ('line', 'calling-card'));

alter table phone_limit
  add constraint phone_limit_scope_known check (scope in ('operator', 'telco', 'merchant', 'line')),
  add constraint phone_limit_not_negative check (least(per_purchase, per_day, per_month) >= 0
    and least(count_per_day, count_per_month) >= 0);

alter table one_time_code
  add constraint one_time_code_state_known check (state in ('live', 'proven', 'used', 'refused')),
  add constraint one_time_code_few_tries check (tries between 0 and 5),
  add constraint one_time_code_short_lived check (expires_at <= created_at + interval '3 minutes');

alter table phone_charge
  add constraint phone_charge_amount_positive check (amount > 0),
  add constraint phone_charge_given_back_within check (reduced_amount >= 0 and credited_amount >= 0
    and reduced_amount + credited_amount <= amount),
  add constraint phone_charge_state_known check (state in ('held', 'approved', 'released', 'cancelled', 'billed',
    'refused', 'collected', 'unpaid', 'written-off')),
  add constraint phone_charge_cancelled_whole check ((state = 'cancelled') = (reduced_amount = amount)),
  add constraint phone_charge_month_is_first_day check (local_month = date_trunc('month', local_day)::date);

alter table phone_credit
  add constraint phone_credit_amount_positive check (amount > 0),
  add constraint phone_credit_way_known check (way in ('not-billed', 'next-bill', 'by-hand')),
  add constraint phone_credit_state_known check (state in ('reduced', 'due', 'billed', 'paid-back')),
  add constraint phone_credit_paid_back_by_known check (paid_back_by in ('bank', 'micro-account'));

-- Without limits of the operator nothing is charged in a currency: the method begins with these, until they are changed.
insert into phone_limit (scope, key, currency, per_purchase, per_day, per_month, count_per_day, count_per_month,
  changed_at, changed_by)
values ('operator', '', 'KRW', 300000, 500000, 1000000, 20, 100, '2026-11-21T00:00:00Z',
  '{"kind": "installation", "id": "", "name": ""}');

grant select, insert, update on phone_line, shopper_line, phone_limit, one_time_code, phone_charge, phone_credit
  to moa_app;
grant delete on one_time_code to moa_app;
