-- The CAMARA interface: OAuth 2.0 clients and tokens, and what its payments and refunds have beside their own rows.

-- CreateTable
CREATE TABLE "oauth_client" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "redirect_uris" TEXT[],
    "vouches" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_token" (
    "hash" BYTEA NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "scopes" TEXT[],
    "sealed_number" BYTEA,
    "key_id" TEXT,
    "code_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "oauth_code" (
    "hash" BYTEA NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "code_challenge" TEXT NOT NULL,
    "scopes" TEXT[],
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_code_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "camara_payment" (
    "merchant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "client_correlator" TEXT,
    "fingerprint" BYTEA NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "number_print" BYTEA NOT NULL,
    "steps" INTEGER NOT NULL,
    "asynchronous" BOOLEAN NOT NULL,
    "proof" TEXT NOT NULL,
    "reference_code" TEXT NOT NULL,
    "merchant_identifier" TEXT,
    "payment_amount" JSONB NOT NULL,
    "authorization_id" UUID,
    "code_id" UUID,
    "validated_at" TIMESTAMPTZ(3),
    "shown_at" TIMESTAMPTZ(3),
    "sink" TEXT,
    "sealed_credential" BYTEA,
    "sink_until" TIMESTAMPTZ(3),
    "sink_closed_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "camara_payment_pkey" PRIMARY KEY ("merchant_id","payment_id")
);

-- CreateTable
CREATE TABLE "camara_refund" (
    "merchant_id" UUID NOT NULL,
    "refund_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "client_correlator" TEXT,
    "fingerprint" BYTEA NOT NULL,
    "type" TEXT NOT NULL,
    "asynchronous" BOOLEAN NOT NULL,
    "reference_code" TEXT NOT NULL,
    "merchant_identifier" TEXT,
    "refund_amount" JSONB NOT NULL,
    "reason" TEXT,
    "shown_at" TIMESTAMPTZ(3),
    "sink" TEXT,
    "sealed_credential" BYTEA,
    "sink_until" TIMESTAMPTZ(3),
    "sink_closed_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "camara_refund_pkey" PRIMARY KEY ("merchant_id","refund_id")
);

-- CreateIndex
CREATE INDEX "oauth_client_merchant_id_idx" ON "oauth_client"("merchant_id");

-- CreateIndex
CREATE INDEX "oauth_token_expires_at_idx" ON "oauth_token"("expires_at");

-- CreateIndex
CREATE INDEX "oauth_token_code_id_idx" ON "oauth_token"("code_id");

-- CreateIndex
CREATE INDEX "oauth_code_expires_at_idx" ON "oauth_code"("expires_at");

-- CreateIndex
CREATE INDEX "camara_payment_client_id_merchant_id_payment_id_idx" ON "camara_payment"("client_id", "merchant_id", "payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "camara_payment_client_correlator_client_id_merchant_id_key" ON "camara_payment"("client_correlator", "client_id", "merchant_id");

-- CreateIndex
CREATE INDEX "camara_refund_payment_id_merchant_id_idx" ON "camara_refund"("payment_id", "merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "camara_refund_client_correlator_client_id_merchant_id_key" ON "camara_refund"("client_correlator", "client_id", "merchant_id");

-- AddForeignKey
ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_token" ADD CONSTRAINT "oauth_token_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "oauth_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_code" ADD CONSTRAINT "oauth_code_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "oauth_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table oauth_token
  add constraint oauth_token_short_lived check (expires_at <= created_at + interval '1 hour'),
  add constraint oauth_token_sealed_whole check ((sealed_number is null) = (key_id is null));
alter table oauth_code
  add constraint oauth_code_short_lived check (expires_at <= created_at + interval '10 minutes');
alter table camara_payment
  add constraint camara_payment_steps_known check (steps in (1, 2)),
  add constraint camara_payment_proof_known check (proof in ('token', 'code', 'client'));
alter table camara_refund
  add constraint camara_refund_type_known check (type in ('total', 'partial'));

grant select, insert, update on oauth_client, oauth_token, oauth_code, camara_payment, camara_refund to moa_app;
grant delete on oauth_token, oauth_code, camara_payment, camara_refund to moa_app;

-- What a payment is in the words of CAMARA. `validates` says whether its line is proved by a code.
create function camara_payment_status(state text, reason text, validates boolean) returns text language sql immutable as $$
  select case
    when state = 'created' then case when validates then 'pending_validation' else 'processing' end
    when state = 'authorized' then 'reserved'
    when state = 'paid' then 'succeeded'
    when state in ('cancelled', 'voiding') and reason = 'cancelled' then 'cancelled'
    when state in ('declined', 'cancelled', 'expired') then 'denied'
    else 'processing'
  end
$$;

-- Events are composed for every payment of the interface, in the transaction of the fact they report; only those that
-- somebody wants to be told of become messages.
create function keep_wanted_event() returns trigger language plpgsql as $$
begin
  if new.payload ? 'refundId' then
    if not exists (select from camara_refund c where c.merchant_id = new.merchant_id
      and c.refund_id = (new.payload->>'refundId')::uuid and c.sink is not null) then return null; end if;
    -- Told only when the next bill carries it.
    if new.topic like '%.refund-in-bill' and not exists (
      select from phone_credit p join refund_leg l on l.merchant_id = p.merchant_id and l.reference = p.reference
      where p.merchant_id = new.merchant_id and p.payment_id = new.payment_id and p.way = 'next-bill'
        and l.refund_id = (new.payload->>'refundId')::uuid) then return null; end if;
    return new;
  end if;
  if exists (select from camara_payment c where c.merchant_id = new.merchant_id and c.payment_id = new.payment_id
    and c.sink is not null) then return new; end if;
  return null;
end $$;

create trigger keep_wanted_event before insert on message for each row when (new.kind = 'cloud-event')
  execute function keep_wanted_event();
