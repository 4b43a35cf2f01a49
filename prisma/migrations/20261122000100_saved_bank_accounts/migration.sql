-- Bank accounts that shoppers keep, with their consent, after a transfer from them (M-192). Of an account there are its bank and
-- its last four digits to be shown; number and holder are sealed, and its password is nowhere.
CREATE TABLE "saved_bank_account" (
    "shopper_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "bank" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "last_four" TEXT NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_bank_account_pkey" PRIMARY KEY ("shopper_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_bank_account_shopper_id_fingerprint_key" ON "saved_bank_account"("shopper_id", "fingerprint");

grant select, insert, update, delete on saved_bank_account to moa_app;
