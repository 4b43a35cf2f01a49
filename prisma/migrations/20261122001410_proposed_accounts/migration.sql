-- Accounts that wait for a second person, the oldest first: a page of them is a range of this, among all that ever were.
create index payout_account_proposed on payout_account (id) where state = 'proposed';
