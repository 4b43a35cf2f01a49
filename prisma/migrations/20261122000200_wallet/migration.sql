-- In which order a shopper wants to be offered their means, and which of them is tried first.

-- CreateTable
CREATE TABLE "wallet_order" (
    "shopper_id" UUID NOT NULL,
    "means" TEXT[],
    "preferred" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wallet_order_pkey" PRIMARY KEY ("shopper_id")
);

alter table wallet_order
  add constraint wallet_order_bounded check (cardinality(means) <= 200);

grant select, insert, update on wallet_order to moa_app;
