-- What a shop has taken in e-cash is the sum of a few entries that lie far apart among all the others. This holds those alone,
-- with what is added up, so that nothing else is read; no other entry costs anything by it.
create index entry_e_cash_shop on entry (merchant_id, currency, posting_id) include (amount) where account = 'e-cash:shop';
