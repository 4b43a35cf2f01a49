-- Lists that people read stay quick when a shop has a million payments. Each of these holds only the few rows that a list is
-- about, so that the payments that pass by every second cost nothing more.

-- A failed payment has given its order reference up, and is still found by it.
create index payment_failed_order_ref on payment (order_ref, merchant_id) where standing = 'failed';

-- Payments on their way: the tab of those that are being checked.
create index payment_on_its_way on payment (merchant_id, id) where carry_on_at is not null;

-- What is accepted and waits for its rest.
create index payment_awaiting on payment (merchant_id, id) where state = 'awaiting';

-- Messages that have not arrived, among the many that have.
create index message_not_sent on message (merchant_id, state, id) where state <> 'sent';
