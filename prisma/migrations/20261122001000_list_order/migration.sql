-- A shop's payments by their amount: the largest or the smallest first, in a tab or between two amounts, read from where the page
-- before ended. By standing first, so that a tab with few payments among a million is read without passing the others;
-- all of them together are the standings, each read in order and merged. Payments on their way are left out: a payment
-- comes into this index once, with the move that ends it, and not with each move before.
create index payment_by_amount on payment (standing, merchant_id, currency, amount, id)
  where state not in ('authorizing', 'confirming', 'capturing', 'voiding', 'reversing');
