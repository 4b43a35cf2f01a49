-- What a session that seeds a month knows: its plan, its shops, and how identifiers and references of the month are made.

set synchronous_commit = off;
set work_mem = '128MB';

-- One row. `phase` is the part of its local day that had passed at `first`.
create temp table month (seed text, total bigint, first timestamptz, until timestamptz, days float8, phase float8, zone text,
  shoppers int, mandates int);

-- Shares of all payments; they reach from 0 to 1.
create temp table month_shop (place int, id uuid, share_from float8, share_to float8, dollars boolean);

-- Whom payments are paid by, counted from 0.
create temp table month_shopper (place int primary key, id uuid, email text);
create temp table month_line (place int primary key, id uuid, last_four text);
create temp table month_account (place int primary key, id uuid, last_four text);
create temp table month_wallet (place int primary key, id uuid, shopper_id uuid);
create temp table month_mandate (merchant_id uuid, place int, id uuid, shopper_id uuid, primary key (merchant_id, place));

-- A time-ordered identifier (version 7) that is the same for the same seed.
create function pg_temp.month_id(at timestamptz, what text) returns uuid language sql immutable as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(what), 1, 3)
    || '8' || substr(md5(what), 4, 15))::uuid
$$;

-- Sixteen references of one payment are its own, whenever they are drawn; no two payments of one second share any.
create function pg_temp.month_reference(at timestamptz, n bigint, k int) returns text language sql immutable as $$
  select to_char(at at time zone 'UTC', 'YYYYMMDDHH24MISS') || lpad(((n * 16 + k) % 1000000)::text, 6, '0')
$$;

create function pg_temp.month_pick(words text[], chance float8) returns text language sql immutable as $$
  select words[1 + least(floor(chance * cardinality(words))::int, cardinality(words) - 1)]
$$;

-- How payments get where they are: the rows of their histories, at a part of the time between their beginning and end.
create temp table month_path (outcome text, version int, event text, state text, part float8);
insert into month_path values
  ('open', 1, 'opened', 'created', 0),
  ('expired', 1, 'opened', 'created', 0), ('expired', 2, 'timedOut', 'expired', 1),
  ('cancelled', 1, 'opened', 'created', 0), ('cancelled', 2, 'cancelled', 'cancelled', 1),
  ('authorizing', 1, 'opened', 'created', 0), ('authorizing', 2, 'started', 'authorizing', 0.9),
  ('authorized', 1, 'opened', 'created', 0), ('authorized', 2, 'started', 'authorizing', 0.9),
  ('authorized', 3, 'allHeld', 'authorized', 1),
  ('declined', 1, 'opened', 'created', 0), ('declined', 2, 'started', 'authorizing', 0.9),
  ('declined', 3, 'notAllAuthorized', 'voiding', 0.95), ('declined', 4, 'voided', 'declined', 1),
  ('awaiting', 1, 'opened', 'created', 0), ('awaiting', 2, 'started', 'authorizing', 0.1),
  ('awaiting', 3, 'allAuthorized', 'capturing', 0.15), ('awaiting', 4, 'restAwaited', 'awaiting', 0.2),
  ('paid', 1, 'opened', 'created', 0), ('paid', 2, 'started', 'authorizing', 0.9),
  ('paid', 3, 'allAuthorized', 'capturing', 0.95), ('paid', 4, 'allCaptured', 'paid', 1),
  ('paid-later', 1, 'opened', 'created', 0), ('paid-later', 2, 'started', 'authorizing', 0.001),
  ('paid-later', 3, 'allAuthorized', 'capturing', 0.0015), ('paid-later', 4, 'restAwaited', 'awaiting', 0.002),
  ('paid-later', 5, 'restAskedFor', 'capturing', 0.999), ('paid-later', 6, 'allCaptured', 'paid', 1);
