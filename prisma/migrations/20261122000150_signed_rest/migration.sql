-- Operators read the disputes of every merchant, the newest first, and look for one by its order.

-- CreateIndex
CREATE INDEX "dispute_id_idx" ON "dispute"("id");

-- CreateIndex
CREATE INDEX "dispute_order_ref_id_idx" ON "dispute"("order_ref", "id");
