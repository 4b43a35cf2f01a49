CREATE TABLE "api_request" (
    "merchant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "caller_id" UUID,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "code" TEXT,
    "correlation" TEXT NOT NULL,
    "duration_ms" REAL NOT NULL,
    "remote_address" TEXT,

    CONSTRAINT "api_request_pkey" PRIMARY KEY ("merchant_id","at","id")
) PARTITION BY RANGE ("at");

-- Takes what no day's partition is there for, so that a request is never lost because a job has not run.
create table api_request_other partition of api_request default;

-- Makes the partitions of the days from `first` to `last` (UTC) and drops those of days before `keep_from`, as
-- keep_link_message_days does for the transaction log. Returns how many partitions were made or dropped.
create function keep_api_request_days(first date, last date, keep_from date) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted date;
  part text;
  changed int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('keep_api_request_days'));
  for wanted in select generate_series(first, last, interval '1 day')::date loop
    part := 'api_request_' || to_char(wanted, 'YYYYMMDD');
    continue when to_regclass(part) is not null;
    execute format('create table %I (like api_request including all)', part);
    execute format('with caught as (delete from api_request_other where at >= %L and at < %L returning *)
      insert into %I select * from caught',
      wanted::timestamp at time zone 'UTC', (wanted + 1)::timestamp at time zone 'UTC', part);
    execute format('alter table api_request attach partition %I for values from (%L) to (%L)', part,
      wanted::timestamp at time zone 'UTC', (wanted + 1)::timestamp at time zone 'UTC');
    execute format('grant select on %I to moa_app', part);
    changed := changed + 1;
  end loop;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'api_request'::regclass and c.relname ~ '^api_request_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < keep_from
  loop
    execute format('drop table %I', part);
    changed := changed + 1;
  end loop;
  delete from api_request_other where at < keep_from::timestamp at time zone 'UTC';
  return changed;
end $$;

-- Writes many requests at once. The log may lose its last moment with the power, unlike money: its commit waits for no disk.
create function log_api_requests(requests json) returns void language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into api_request (merchant_id, at, id, caller_id, method, route, path, status, code, correlation, duration_ms,
    remote_address)
  select r.merchant_id, r.at, r.id, r.caller_id, r.method, r.route, r.path, r.status, r.code, r.correlation, r.duration_ms,
    r.remote_address
  from json_to_recordset(requests) as r(merchant_id uuid, at timestamptz, id uuid, caller_id uuid, method text, route text,
    path text, status int, code text, correlation text, duration_ms real, remote_address text)
  on conflict do nothing;
end $$;

revoke execute on function keep_api_request_days(date, date, date) from public;
grant execute on function keep_api_request_days(date, date, date) to moa_app;
grant select, insert on api_request, api_request_other to moa_app;
