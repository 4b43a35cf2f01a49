-- The open service: applications that speak Parlay X for a merchant, and what each of them may do (M-77).

-- CreateTable
CREATE TABLE "open_application" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rights" TEXT[],
    "reach" TEXT NOT NULL DEFAULT 'own',
    "largest_charge" BIGINT,
    "charge_currency" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "open_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "open_secret" (
    "application_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "open_secret_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable
CREATE TABLE "open_tariff" (
    "application_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "per_volume" BIGINT,
    "unit" TEXT NOT NULL DEFAULT '',
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_tariff_pkey" PRIMARY KEY ("application_id","code")
);

-- CreateTable
CREATE TABLE "open_volume" (
    "merchant_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "per_volume" BIGINT NOT NULL,
    "reserved_volume" BIGINT NOT NULL,
    "charged_volume" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_volume_pkey" PRIMARY KEY ("merchant_id","reservation_id")
);

-- CreateTable
CREATE TABLE "open_volume_charge" (
    "merchant_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "volume" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "open_volume_charge_pkey" PRIMARY KEY ("merchant_id","reservation_id","reference")
);

-- CreateTable
CREATE TABLE "open_watch" (
    "application_id" UUID NOT NULL,
    "correlator" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "account_id" UUID,
    "watch_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_watch_pkey" PRIMARY KEY ("application_id","correlator")
);

-- CreateTable
CREATE TABLE "open_sms" (
    "merchant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "receipt_endpoint" TEXT,
    "receipt_correlator" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_sms_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "open_sms_address" (
    "merchant_id" UUID NOT NULL,
    "sms_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "print" BYTEA NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_sms_address_pkey" PRIMARY KEY ("merchant_id","sms_id","message_id")
);

-- CreateIndex
CREATE INDEX "open_application_merchant_id_idx" ON "open_application"("merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "open_secret_hash_key" ON "open_secret"("hash");

-- CreateIndex
CREATE INDEX "open_volume_created_at_idx" ON "open_volume"("created_at");

-- CreateIndex
CREATE INDEX "open_sms_created_at_idx" ON "open_sms"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "open_sms_receipt_correlator_application_id_key" ON "open_sms"("receipt_correlator", "application_id");

-- CreateIndex
CREATE INDEX "open_sms_address_message_id_idx" ON "open_sms_address"("message_id");

-- CreateIndex
CREATE INDEX "open_sms_address_print_created_at_idx" ON "open_sms_address"("print", "created_at");

-- AddForeignKey
ALTER TABLE "open_application" ADD CONSTRAINT "open_application_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_secret" ADD CONSTRAINT "open_secret_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "open_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_tariff" ADD CONSTRAINT "open_tariff_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "open_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_watch" ADD CONSTRAINT "open_watch_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "open_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_volume_charge" ADD CONSTRAINT "open_volume_charge_merchant_id_reservation_id_fkey" FOREIGN KEY ("merchant_id", "reservation_id") REFERENCES "open_volume"("merchant_id", "reservation_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_sms_address" ADD CONSTRAINT "open_sms_address_merchant_id_sms_id_fkey" FOREIGN KEY ("merchant_id", "sms_id") REFERENCES "open_sms"("merchant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table open_application
  add constraint open_application_reach_known check (reach in ('own', 'every')),
  add constraint open_application_largest_whole check ((largest_charge is null) = (charge_currency is null)),
  add constraint open_application_largest_positive check (largest_charge > 0);

alter table open_tariff
  add constraint open_tariff_price_positive check (price > 0),
  add constraint open_tariff_volume_positive check (per_volume > 0);

alter table open_volume
  add constraint open_volume_positive check (price > 0 and per_volume > 0),
  add constraint open_volume_within check (charged_volume between 0 and reserved_volume);

alter table open_watch
  add constraint open_watch_kind_known check (kind in ('account-change', 'sms-receipt')),
  add constraint open_watch_account check ((kind = 'account-change') = (account_id is not null and watch_id is not null));

alter table open_sms
  add constraint open_sms_receipt_whole check ((receipt_endpoint is null) = (receipt_correlator is null));

grant select, insert, update on open_application, open_secret, open_tariff, open_volume, open_volume_charge, open_watch,
  open_sms, open_sms_address to moa_app;
grant delete on open_tariff, open_volume, open_volume_charge, open_watch, open_sms, open_sms_address to moa_app;

-- A time-ordered identifier (version 7, RFC 9562) for rows that are written by the database itself.
create function uuid_at(moment timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from moment) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Tells an application what became of a message that it sent: whoever the request named, or whoever waits for all of them.
create function tell_sms_receipt(merchant uuid, message uuid, status text, moment timestamptz) returns void
  language sql as $$
  insert into message (merchant_id, id, kind, topic, payload, state, due_at, created_at)
  select merchant, uuid_at(moment), 'soap', 'sms-receipt', jsonb_build_object('applicationId', s.application_id,
    'endpoint', t.endpoint, 'correlator', t.correlator, 'smsId', s.id, 'messageId', a.message_id, 'status', status),
    'due', moment, moment
  from open_sms_address a
    join open_sms s on s.merchant_id = a.merchant_id and s.id = a.sms_id,
    lateral (
      select s.receipt_endpoint as endpoint, s.receipt_correlator as correlator where s.receipt_endpoint is not null
      union all
      select w.endpoint, w.correlator from open_watch w
      where s.receipt_endpoint is null and w.application_id = s.application_id and w.kind = 'sms-receipt'
    ) t
  where a.message_id = message and a.merchant_id = merchant
$$;

-- The receipt of the telephone: written once all parts of a message have theirs.
create function sms_receipt_came() returns trigger language plpgsql as $$
begin
  perform tell_sms_receipt(new.merchant_id, new.message_id,
    case when new.error is null then 'DeliveredToTerminal' when new.error = 'unknown' then 'DeliveryUncertain'
      else 'DeliveryImpossible' end, new.at);
  return null;
end $$;
create trigger sms_receipt_came after insert on delivery for each row
  when (new.target = 'receipt') execute function sms_receipt_came();

-- A message that ended before it was handed over, or whose end nobody knows, may never have a receipt: that is told instead.
create function sms_ended() returns trigger language plpgsql as $$
begin
  perform tell_sms_receipt(new.merchant_id, new.id, case when exists (
      select from delivery d where d.merchant_id = new.merchant_id and d.message_id = new.id
        and d.error in ('no-answer', 'unknown'))
    then 'DeliveryUncertain' else 'DeliveryImpossible' end, (select max(d.at) from delivery d
      where d.merchant_id = new.merchant_id and d.message_id = new.id));
  return null;
end $$;
create trigger sms_ended after update of state on message for each row
  when (new.kind = 'sms' and new.topic = 'application-text' and new.state = 'failed' and old.state = 'due')
  execute function sms_ended();
