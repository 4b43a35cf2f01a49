-- Shops and people that the operator has stopped: nothing new begins there, what runs is finished.

-- AlterTable
ALTER TABLE "merchant" ADD COLUMN "suspended_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "person" ADD COLUMN "suspended_at" TIMESTAMPTZ(3);
