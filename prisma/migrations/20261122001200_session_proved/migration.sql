-- When whoever uses a session last typed the password or showed a second factor in it. What changes how they log in asks for
-- it once more where that is long ago; in sessions of before it counts as long ago.

-- AlterTable
ALTER TABLE "session" ADD COLUMN "proved_at" TIMESTAMPTZ(3);
