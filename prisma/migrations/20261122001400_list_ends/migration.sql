-- Lists of the console that people read to their ends: each page begins where the one before ended, and is a range of its index.
create index collection_line_odd on collection_line (name desc, centre, line)
  where outcome in ('unknown', 'differs', 'contradicts');
create index phone_charge_refused on phone_charge (changed_at, payment_id) where state = 'refused';
create index giro_file_seen_at_bank_name_idx on giro_file (seen_at, bank, name);
create index giro_line_odd on giro_line (name desc, bank, line) where outcome in ('repeated', 'not-a-credit', 'not-booked');
