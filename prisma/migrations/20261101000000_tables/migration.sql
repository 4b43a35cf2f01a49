-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'ko',
    "registration_number" TEXT NOT NULL,
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "membership" (
    "merchant_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "refund_limit" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("merchant_id","person_id")
);

-- CreateTable
CREATE TABLE "merchant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "category_code" TEXT NOT NULL,
    "currencies" TEXT[],
    "confirmation" TEXT NOT NULL DEFAULT 'none',
    "confirmation_url" TEXT,
    "return_urls" TEXT[],
    "modules" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "hash" BYTEA NOT NULL,
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "merchant_key" (
    "merchant_id" UUID NOT NULL,
    "kid" TEXT NOT NULL,
    "jwk" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "merchant_key_pkey" PRIMARY KEY ("merchant_id","kid")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secrets" JSONB NOT NULL,
    "topics" TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "card" (
    "owner_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "bin" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "expiry" TEXT NOT NULL,
    "issuer" TEXT,
    "holder_name" TEXT NOT NULL DEFAULT '',
    "nickname" TEXT NOT NULL DEFAULT '',
    "billing" JSONB NOT NULL DEFAULT '{}',
    "terms" JSONB NOT NULL DEFAULT '{}',
    "standing" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "card_pkey" PRIMARY KEY ("owner_id","id")
);

-- CreateTable
CREATE TABLE "preference" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "weights" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateTable
CREATE TABLE "vcard" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "merchant_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "may_retry" BOOLEAN NOT NULL,
    "payment_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "vcard_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateTable
CREATE TABLE "vcard_share" (
    "shopper_id" UUID NOT NULL,
    "vcard_id" UUID NOT NULL,
    "card_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "vcard_share_pkey" PRIMARY KEY ("shopper_id","vcard_id","card_id")
);

-- CreateTable
CREATE TABLE "vcard_number" (
    "fingerprint" BYTEA NOT NULL,
    "shopper_id" UUID NOT NULL,
    "vcard_id" UUID NOT NULL,

    CONSTRAINT "vcard_number_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "payment" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_ref" TEXT NOT NULL,
    "live_order_ref" TEXT,
    "order_name" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "standing" TEXT NOT NULL DEFAULT 'unpaid',
    "version" INTEGER NOT NULL DEFAULT 1,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "capture_mode" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "shopper_id" UUID,
    "email" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'ko',
    "return_url" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "carry_on_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "leg" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "module" TEXT NOT NULL,
    "means" JSONB NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "authorize_reference" TEXT NOT NULL,
    "settle_reference" TEXT,
    "hold" JSONB,
    "reason" TEXT,
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "leg_pkey" PRIMARY KEY ("merchant_id","payment_id","attempt","leg")
);

-- CreateTable
CREATE TABLE "payment_history" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "detail" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_history_pkey" PRIMARY KEY ("merchant_id","payment_id","version")
);

-- CreateTable
CREATE TABLE "refund" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "strategy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "carry_on_at" TIMESTAMPTZ(3),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "refund_leg" (
    "merchant_id" UUID NOT NULL,
    "refund_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "leg" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "reason" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "refund_leg_pkey" PRIMARY KEY ("merchant_id","refund_id","attempt","leg")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "merchant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "resource_id" UUID,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("merchant_id","key")
);

-- CreateTable
CREATE TABLE "posting" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payment_id" UUID,
    "refund_id" UUID,
    "corrects" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "entry" (
    "merchant_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("merchant_id","posting_id","line")
);

-- CreateTable
CREATE TABLE "message" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "payment_id" UUID,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "merchant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "try" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "status" INTEGER,
    "error" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("merchant_id","message_id","try","target")
);

-- CreateTable
CREATE TABLE "evidence" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "kid" TEXT,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "seen_message" (
    "merchant_id" UUID NOT NULL,
    "jti" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_message_pkey" PRIMARY KEY ("merchant_id","jti")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "trace_block" (
    "id" INTEGER NOT NULL,
    "next" INTEGER NOT NULL,

    CONSTRAINT "trace_block_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_lease" (
    "job" TEXT NOT NULL,
    "token" BIGINT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "last_started_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "job_lease_pkey" PRIMARY KEY ("job")
);

-- CreateTable
CREATE TABLE "rate_count" (
    "subject" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_count_pkey" PRIMARY KEY ("subject","window_start")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "person_registration_number_key" ON "person"("registration_number");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE INDEX "api_key_merchant_id_idx" ON "api_key"("merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "card_fingerprint_owner_id_key" ON "card"("fingerprint", "owner_id");

-- CreateIndex
CREATE INDEX "vcard_state_expires_at_idx" ON "vcard"("state", "expires_at");

-- CreateIndex
CREATE INDEX "payment_standing_merchant_id_id_idx" ON "payment"("standing", "merchant_id", "id");

-- CreateIndex
CREATE INDEX "payment_carry_on_at_idx" ON "payment"("carry_on_at");

-- CreateIndex
CREATE INDEX "payment_shopper_id_id_idx" ON "payment"("shopper_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_live_order_ref_merchant_id_key" ON "payment"("live_order_ref", "merchant_id");

-- CreateIndex
CREATE INDEX "refund_payment_id_merchant_id_idx" ON "refund"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "refund_carry_on_at_idx" ON "refund"("carry_on_at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "posting_payment_id_merchant_id_idx" ON "posting"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "entry_account_merchant_id_idx" ON "entry"("account", "merchant_id");

-- CreateIndex
CREATE INDEX "message_due_at_idx" ON "message"("due_at");

-- CreateIndex
CREATE INDEX "message_payment_id_merchant_id_idx" ON "message"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "evidence_payment_id_merchant_id_idx" ON "evidence"("payment_id", "merchant_id");

-- CreateIndex
CREATE INDEX "seen_message_expires_at_idx" ON "seen_message"("expires_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant_key" ADD CONSTRAINT "merchant_key_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vcard_share" ADD CONSTRAINT "vcard_share_shopper_id_vcard_id_fkey" FOREIGN KEY ("shopper_id", "vcard_id") REFERENCES "vcard"("shopper_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leg" ADD CONSTRAINT "leg_merchant_id_payment_id_fkey" FOREIGN KEY ("merchant_id", "payment_id") REFERENCES "payment"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_merchant_id_payment_id_fkey" FOREIGN KEY ("merchant_id", "payment_id") REFERENCES "payment"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_merchant_id_payment_id_fkey" FOREIGN KEY ("merchant_id", "payment_id") REFERENCES "payment"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_leg" ADD CONSTRAINT "refund_leg_merchant_id_refund_id_fkey" FOREIGN KEY ("merchant_id", "refund_id") REFERENCES "refund"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_merchant_id_posting_id_fkey" FOREIGN KEY ("merchant_id", "posting_id") REFERENCES "posting"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_merchant_id_message_id_fkey" FOREIGN KEY ("merchant_id", "message_id") REFERENCES "message"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
