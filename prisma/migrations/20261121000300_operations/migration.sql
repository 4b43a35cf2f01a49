-- Operation: people who run the installation, the transaction log, daily statistics, reports of processes.

CREATE TABLE "system_member" (
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "system_member_pkey" PRIMARY KEY ("person_id")
);

CREATE TABLE "link_message" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "process" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "correlation" TEXT,
    "payment_id" UUID,
    "result" TEXT,
    "duration_ms" REAL,
    "body" TEXT,

    CONSTRAINT "link_message_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

CREATE TABLE "daily_statistic" (
    "merchant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "hour" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "module" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "daily_statistic_pkey" PRIMARY KEY ("merchant_id","day","hour","currency","module","result","reason")
);

CREATE TABLE "statistic_day" (
    "day" DATE NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "merchants" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,

    CONSTRAINT "statistic_day_pkey" PRIMARY KEY ("day")
);

CREATE TABLE "process_report" (
    "instance" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "process" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "cpu" DOUBLE PRECISION NOT NULL,
    "rss_bytes" BIGINT NOT NULL,
    "loop_p99_ms" DOUBLE PRECISION NOT NULL,
    "pool" JSONB NOT NULL,
    "links" JSONB NOT NULL,
    "work" JSONB NOT NULL,

    CONSTRAINT "process_report_pkey" PRIMARY KEY ("instance","at")
);

CREATE INDEX "link_message_correlation_idx" ON "link_message"("correlation");
CREATE INDEX "link_message_payment_id_idx" ON "link_message"("payment_id");
CREATE INDEX "daily_statistic_day_idx" ON "daily_statistic"("day");
CREATE INDEX "process_report_at_idx" ON "process_report"("at");

ALTER TABLE "system_member" ADD CONSTRAINT "system_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table system_member add constraint system_member_role_known check (role in ('operator', 'auditor'));
alter table link_message add constraint link_message_direction_known check (direction in ('out', 'in'));
alter table daily_statistic
  add constraint daily_statistic_hour_of_day check (hour between 0 and 23),
  add constraint daily_statistic_result_known check (result in ('approved', 'declined', 'given-back', 'open', 'not-tried',
    'refunded'));

-- Takes what no day's partition is there for, so that a message is never lost because a job has not run.
create table link_message_other partition of link_message default;

-- Makes the partitions of the days from `first` to `last` (UTC) and drops those of days before `keep_from`. What was
-- caught by the default partition meanwhile moves into the new one. Returns how many partitions were made or dropped.
create function keep_link_message_days(first date, last date, keep_from date) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted date;
  part text;
  changed int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('keep_link_message_days'));
  for wanted in select generate_series(first, last, interval '1 day')::date loop
    part := 'link_message_' || to_char(wanted, 'YYYYMMDD');
    continue when to_regclass(part) is not null;
    execute format('create table %I (like link_message including all)', part);
    execute format('with caught as (delete from link_message_other where at >= %L and at < %L returning *)
      insert into %I select * from caught',
      wanted::timestamp at time zone 'UTC', (wanted + 1)::timestamp at time zone 'UTC', part);
    execute format('alter table link_message attach partition %I for values from (%L) to (%L)', part,
      wanted::timestamp at time zone 'UTC', (wanted + 1)::timestamp at time zone 'UTC');
    execute format('grant select on %I to moa_app', part);
    changed := changed + 1;
  end loop;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'link_message'::regclass and c.relname ~ '^link_message_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < keep_from
  loop
    execute format('drop table %I', part);
    changed := changed + 1;
  end loop;
  delete from link_message_other where at < keep_from::timestamp at time zone 'UTC';
  return changed;
end $$;

-- Writes many messages at once. The log may lose its last moment with the power, unlike money: its commit waits for no disk.
create function log_link_messages(messages json) returns void language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into link_message (at, id, process, link, system, direction, operation, correlation, payment_id, result,
    duration_ms, body)
  select m.at, m.id, m.process, m.link, m.system, m.direction, m.operation, m.correlation, m.payment_id, m.result,
    m.duration_ms, m.body
  from json_to_recordset(messages) as m(at timestamptz, id uuid, process text, link text, system text, direction text,
    operation text, correlation text, payment_id uuid, result text, duration_ms real, body text)
  on conflict do nothing;
end $$;

-- Counts one merchant's day anew, from the books as they are now. A payment belongs to the hour in which it was begun, a
-- refund to the hour in which it was asked for. Counting twice gives the same rows.
create function count_day(of_merchant uuid, of_day date, zone text, first_id uuid, end_id uuid) returns void
  language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('count_day'), hashtext(of_merchant::text || of_day));
  delete from daily_statistic where merchant_id = of_merchant and day = of_day;
  insert into daily_statistic (merchant_id, day, hour, currency, module, result, reason, count, amount)
  select of_merchant, of_day, hour, currency, module, result, reason, count(*), sum(amount)
  from (
    select extract(hour from p.created_at at time zone zone)::int as hour, p.currency, coalesce(l.module, '') as module,
      case
        when l.module is null then case when p.state = 'created' then 'open' else 'not-tried' end
        when l.state in ('captured', 'authorized') and p.state in ('paid', 'authorized') then 'approved'
        when l.state = 'declined' then 'declined'
        when l.state in ('voided', 'returned') then 'given-back'
        else 'open'
      end as result,
      case when l.state = 'declined' then coalesce(l.reason, '') else '' end as reason,
      coalesce(l.amount, p.amount) as amount
    from payment p left join leg l on l.merchant_id = p.merchant_id and l.payment_id = p.id
    where p.merchant_id = of_merchant and p.id >= first_id and p.id < end_id
    union all
    select extract(hour from r.created_at at time zone zone)::int, p.currency, l.module, 'refunded', '', w.amount
    from refund r
      join refund_leg w on w.merchant_id = r.merchant_id and w.refund_id = r.id and w.state <> 'refused'
      join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
      join leg l on l.merchant_id = r.merchant_id and l.payment_id = r.payment_id and l.attempt = w.attempt
        and l.leg = w.leg
    where r.merchant_id = of_merchant and r.id >= first_id and r.id < end_id
  ) as happened
  group by hour, currency, module, result, reason;
end $$;

revoke execute on function keep_link_message_days(date, date, date) from public;
grant execute on function keep_link_message_days(date, date, date) to moa_app;
grant select, insert, update on system_member, statistic_day to moa_app;
grant select, insert on link_message, link_message_other to moa_app;
grant select, insert, delete on daily_statistic, process_report to moa_app;
grant delete on system_member to moa_app;
