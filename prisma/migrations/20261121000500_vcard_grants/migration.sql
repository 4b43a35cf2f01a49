-- A shopper's authorization for one merchant's agent to make V-Cards for purchases at that merchant.

CREATE TABLE "vcard_grant" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "most_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "vcard_grant_pkey" PRIMARY KEY ("shopper_id","id")
);

CREATE UNIQUE INDEX "vcard_grant_token_hash_shopper_id_key" ON "vcard_grant"("token_hash", "shopper_id");

ALTER TABLE "vcard" ADD COLUMN "grant_id" UUID;

alter table vcard_grant
  add constraint vcard_grant_amount_positive check (most_amount > 0),
  add constraint vcard_grant_short_lived check (expires_at <= created_at + interval '7 days');

grant select, insert, update on vcard_grant to moa_app;
