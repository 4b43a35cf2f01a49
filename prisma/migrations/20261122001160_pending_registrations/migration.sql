-- Somebody who has registered becomes a person once they have followed the link of a mail to their address, and have typed
-- the password they chose. Until then they are here, and nothing that asks for a person or for an address meets them.
-- Whoever is a person already stays one.

-- CreateTable
CREATE TABLE "pending_registration" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "next" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_registration_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pending_registration_email_created_at_idx" ON "pending_registration"("email", "created_at");

-- CreateIndex
CREATE INDEX "pending_registration_expires_at_idx" ON "pending_registration"("expires_at");

grant select, insert, delete on pending_registration to moa_app;
