-- CreateTable
CREATE TABLE "sms_try" (
    "merchant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sms_try_pkey" PRIMARY KEY ("merchant_id","message_id")
);

-- CreateTable
CREATE TABLE "sms_part" (
    "centre_id" TEXT NOT NULL,
    "merchant_id" UUID,
    "message_id" UUID,
    "try" INTEGER,
    "state" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sms_part_pkey" PRIMARY KEY ("centre_id")
);

-- CreateIndex
CREATE INDEX "sms_part_message_id_idx" ON "sms_part"("message_id");

-- CreateIndex
CREATE INDEX "sms_part_at_idx" ON "sms_part"("at");

grant select, insert, update, delete on sms_try, sms_part to moa_app;

-- Once every part of a message has its receipt, the message has one: delivered, or what became of the first that was not.
create function sum_up_sms_receipts(merchant uuid, message uuid, trying int, since timestamptz, now timestamptz)
  returns void language plpgsql as $$
begin
  -- Receipts of the parts come at once; whoever is last must see the others.
  perform from message m where m.merchant_id = merchant and m.id = message for update;
  insert into delivery (merchant_id, message_id, try, target, error, duration_ms, at)
  select merchant, message, trying, 'receipt', min(p.state) filter (where p.state <> 'delivered'),
    greatest(0, extract(epoch from now - since) * 1000)::int, now
  from sms_part p where p.message_id = message and p.merchant_id = merchant and p.try = trying
  having count(*) > 0 and bool_and(p.state is not null)
  on conflict do nothing;
end $$;

-- The centre's names of a message's parts. A receipt may have been quicker than this.
create function keep_sms_parts(merchant uuid, message uuid, trying int, centre_ids text[], now timestamptz)
  returns void language plpgsql as $$
begin
  insert into sms_part (centre_id, merchant_id, message_id, try, at)
  select id, merchant, message, trying, now from unnest(centre_ids) as id order by id
  on conflict (centre_id) do update
    set merchant_id = excluded.merchant_id, message_id = excluded.message_id, try = excluded.try;
  perform sum_up_sms_receipts(merchant, message, trying, now, now);
end $$;

-- What became of a part: the first final word counts.
create function take_sms_receipt(centre text, said text, now timestamptz) returns void language plpgsql as $$
declare
  part sms_part;
begin
  insert into sms_part (centre_id, state, at) values (centre, said, now)
  on conflict (centre_id) do update set state = coalesce(sms_part.state, excluded.state)
  returning * into part;
  if part.message_id is not null then
    perform sum_up_sms_receipts(part.merchant_id, part.message_id, part.try, part.at, now);
  end if;
end $$;
