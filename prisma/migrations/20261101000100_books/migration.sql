-- What must hold whatever the program does: checks, append-only books, balanced postings, and the application's role.

-- ------------------------------------------------------------------------------------------------ amounts and states

alter table payment
  add constraint payment_amount_positive check (amount > 0),
  add constraint payment_captured_within check (captured_amount between 0 and amount),
  add constraint payment_refunded_within check (refunded_amount between 0 and captured_amount),
  add constraint payment_state_known check (state in ('created', 'authorizing', 'confirming', 'authorized', 'capturing',
    'paid', 'voiding', 'reversing', 'declined', 'cancelled', 'expired')),
  add constraint payment_standing_known check (standing in ('unpaid', 'paid', 'refund-requested', 'refunded', 'failed')),
  add constraint payment_paid_is_captured check (state <> 'paid' or captured_amount = amount),
  add constraint payment_else_nothing check (state in ('paid') or captured_amount = 0);

alter table leg
  add constraint leg_amount_positive check (amount > 0),
  add constraint leg_captured_whole check (captured_amount in (0, amount)),
  add constraint leg_refunded_within check (refunded_amount between 0 and captured_amount),
  add constraint leg_state_known check (state in ('authorizing', 'authorized', 'declined', 'capturing', 'captured',
    'voiding', 'voided', 'returning', 'returned'));

alter table refund
  add constraint refund_amount_positive check (amount > 0),
  add constraint refund_state_known check (state in ('refunding', 'refunded', 'partly-refunded', 'refused'));

alter table refund_leg
  add constraint refund_leg_amount_positive check (amount > 0),
  add constraint refund_leg_state_known check (state in ('refunding', 'refunded', 'refused'));

alter table vcard
  add constraint vcard_amount_positive check (amount > 0),
  add constraint vcard_state_known check (state in ('live', 'spent', 'cancelled', 'expired')),
  add constraint vcard_short_lived check (expires_at <= created_at + interval '24 hours');

alter table vcard_share add constraint vcard_share_positive check (amount > 0);

alter table entry add constraint entry_not_empty check (amount <> 0);

alter table webhook_endpoint add constraint webhook_url_http check (url ~ '^https?://');

-- ------------------------------------------------------------------------------------------------ append-only books

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: a correction is another row', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete on posting for each row execute function refuse_change();
create trigger append_only before update or delete on entry for each row execute function refuse_change();
create trigger append_only before update or delete on payment_history for each row execute function refuse_change();
create trigger append_only before update or delete on evidence for each row execute function refuse_change();
create trigger append_only before update or delete on audit_event for each row execute function refuse_change();
create trigger append_only_whole before truncate on posting for each statement execute function refuse_change();
create trigger append_only_whole before truncate on entry for each statement execute function refuse_change();
create trigger append_only_whole before truncate on payment_history for each statement execute function refuse_change();
create trigger append_only_whole before truncate on evidence for each statement execute function refuse_change();
create trigger append_only_whole before truncate on audit_event for each statement execute function refuse_change();

-- The entries of a posting are inserted in one statement and sum to zero in each currency.
create function refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (select from inserted group by merchant_id, posting_id, currency having sum(amount) <> 0) then
    raise exception 'the entries of a posting must sum to zero' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger balanced after insert on entry referencing new table as inserted
  for each statement execute function refuse_unbalanced();

-- ------------------------------------------------------------------------------------------------ trace numbers

insert into trace_block (id, next) values (1, 0);

-- Hands out `size` trace numbers of the ring 0..999999, beginning at the number returned.
create function draw_trace_block(size int) returns int language sql as $$
  update trace_block set next = (next + size) % 1000000 where id = 1 returning (next - size + 1000000) % 1000000
$$;

-- ------------------------------------------------------------------------------------------------ the application's role

do $$
begin
  create role moa_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

-- Whoever migrates may act as the application: connections set this role at start (lib/db/pool.ts).
do $$ begin execute format('grant moa_app to %I', current_user); end $$;

grant usage on schema public to moa_app;
grant select, insert, update on all tables in schema public to moa_app;
revoke update on posting, entry, payment_history, evidence, audit_event, delivery from moa_app;
-- The schema engine replays migrations in a shadow database that has no history table.
do $$
begin
  if to_regclass('_prisma_migrations') is not null then
    revoke insert, update on _prisma_migrations from moa_app;
  end if;
end $$;
grant delete on session, idempotency_key, seen_message, rate_count, membership, webhook_endpoint to moa_app;
