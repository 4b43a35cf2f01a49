-- Micro accounts (document 001): what a holder has with us, or owes us, under a monthly limit.

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "issuer_id" UUID NOT NULL,
    "shopper_id" UUID,
    "nickname" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'ko',
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "credit_limit" BIGINT,
    "month_limit" BIGINT,
    "day_limit" BIGINT,
    "purchase_limit" BIGINT,
    "own_month_limit" BIGINT,
    "own_day_limit" BIGINT,
    "own_purchase_limit" BIGINT,
    "limits_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "counted_day" DATE NOT NULL,
    "month_used" BIGINT NOT NULL DEFAULT 0,
    "day_used" BIGINT NOT NULL DEFAULT 0,
    "threshold" BIGINT,
    "valid_until" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_by" JSONB,
    "suspended_reason" TEXT,
    "lost_at" TIMESTAMPTZ(3),
    "lost_by" JSONB,
    "sealed_mobile" BYTEA,
    "mobile_print" BYTEA,
    "mobile_masked" TEXT,
    "pin_hash" TEXT,
    "pin_tries" INTEGER NOT NULL DEFAULT 0,
    "movements" BIGINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_movement" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "merchant_id" UUID NOT NULL,
    "requester" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "charge_id" UUID,
    "reservation_id" UUID,
    "payment_id" UUID,
    "counted_day" DATE,
    "description" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_movement_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "account_refund" (
    "account_id" UUID NOT NULL,
    "charge_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "account_refund_pkey" PRIMARY KEY ("account_id","charge_id","id")
);

-- CreateTable
CREATE TABLE "account_request" (
    "merchant_id" UUID NOT NULL,
    "requester" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "result" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_request_pkey" PRIMARY KEY ("merchant_id","requester","reference")
);

-- CreateTable
CREATE TABLE "account_reservation" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "requester" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "reserved" BIGINT NOT NULL,
    "charged" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL,
    "counted_day" DATE NOT NULL,
    "payment_id" UUID,
    "description" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_reservation_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "account_watch" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "changes" TEXT[],
    "threshold" BIGINT,
    "kind" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_watch_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "voucher_batch" (
    "id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "voucher_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voucher" (
    "batch_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "account_id" UUID,
    "movement_id" UUID,
    "redeemed_at" TIMESTAMPTZ(3),

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("batch_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_fingerprint_key" ON "account"("fingerprint");

-- CreateIndex
CREATE INDEX "account_shopper_id_id_idx" ON "account"("shopper_id", "id");

-- CreateIndex
CREATE INDEX "account_issuer_id_id_idx" ON "account"("issuer_id", "id");

-- CreateIndex
CREATE INDEX "account_mobile_print_idx" ON "account"("mobile_print");

-- CreateIndex
CREATE INDEX "account_last_four_idx" ON "account"("last_four");

-- CreateIndex
CREATE INDEX "account_reservation_expires_at_idx" ON "account_reservation"("expires_at");

-- CreateIndex
CREATE INDEX "account_reservation_account_id_idx" ON "account_reservation"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_fingerprint_key" ON "voucher"("fingerprint");

-- AddForeignKey
ALTER TABLE "voucher" ADD CONSTRAINT "voucher_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "voucher_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------------------------------------ amounts and states

-- The balance is what we owe the holder; a postpaid account, which owes us, stands below zero. Every hand that writes it
-- is stopped here, whatever the program does: nothing prepaid is spent twice, nothing held is spent (N9).
alter table account
  add constraint account_kind_known check (kind in ('prepaid', 'postpaid')),
  add constraint account_held_not_negative check (held >= 0),
  add constraint account_prepaid_is_covered check (kind <> 'prepaid' or balance >= held),
  add constraint account_postpaid_is_limited check (kind <> 'postpaid' or month_limit is not null),
  add constraint account_used_not_negative check (month_used >= 0 and day_used >= 0),
  add constraint account_limits_not_negative check (least(credit_limit, month_limit, day_limit, purchase_limit,
    own_month_limit, own_day_limit, own_purchase_limit) >= 0),
  add constraint account_few_tries check (pin_tries between 0 and 5),
  add constraint account_mobile_whole check ((sealed_mobile is null) = (mobile_print is null)
    and (sealed_mobile is null) = (mobile_masked is null));

alter table account_movement
  add constraint account_movement_amount_positive check (amount > 0),
  add constraint account_movement_kind_known check (kind in ('charge', 'refund', 'top-up', 'voucher')),
  add constraint account_movement_counted check ((kind in ('charge', 'refund')) = (counted_day is not null)),
  add constraint account_movement_refund_of check ((kind = 'refund') = (charge_id is not null));

alter table account_refund add constraint account_refund_positive check (amount > 0);

alter table account_reservation
  add constraint account_reservation_state_known check (state in ('open', 'charged', 'released', 'expired')),
  add constraint account_reservation_within check (charged >= 0 and held >= 0 and charged + held <= reserved),
  add constraint account_reservation_closed_holds_nothing check (state = 'open' or (held = 0 and expires_at is null));

alter table voucher_batch
  add constraint voucher_batch_positive check (amount > 0 and count > 0);

alter table voucher
  add constraint voucher_redeemed_whole check ((redeemed_at is null) = (account_id is null)
    and (redeemed_at is null) = (movement_id is null));

create trigger append_only before update or delete on account_movement for each row execute function refuse_change();
create trigger append_only before update or delete on account_refund for each row execute function refuse_change();
create trigger append_only before update or delete on account_request for each row execute function refuse_change();
create trigger append_only_whole before truncate on account_movement for each statement execute function refuse_change();
create trigger append_only_whole before truncate on account_refund for each statement execute function refuse_change();
create trigger append_only_whole before truncate on account_request for each statement execute function refuse_change();

grant select, insert, update on account, account_reservation, account_watch, voucher_batch, voucher to moa_app;
grant select, insert on account_movement, account_refund, account_request to moa_app;
grant delete on account_watch to moa_app;
