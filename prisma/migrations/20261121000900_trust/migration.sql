-- Certificates, and what a merchant's contract asks of signatures (docs/trust.md).

ALTER TABLE "merchant" ADD COLUMN     "signed_link" TEXT NOT NULL DEFAULT 'required',
ADD COLUMN     "signed_cancel" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "confirmation_line" TEXT NOT NULL DEFAULT 'public';

ALTER TABLE "merchant_key" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'jwk',
ADD COLUMN     "authority" TEXT,
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3);

CREATE TABLE "merchant_authority" (
    "merchant_id" UUID NOT NULL,
    "use" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "merchant_authority_pkey" PRIMARY KEY ("merchant_id","use","fingerprint")
);

CREATE TABLE "authority" (
    "kid" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "authority_pkey" PRIMARY KEY ("kid")
);

CREATE TABLE "gateway_certificate" (
    "purpose" TEXT NOT NULL,
    "kid" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "jwk" JSONB NOT NULL,
    "x5c" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gateway_certificate_pkey" PRIMARY KEY ("purpose","kid","fingerprint")
);

ALTER TABLE "merchant_authority" ADD CONSTRAINT "merchant_authority_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table merchant
  add constraint merchant_signed_link_known check (signed_link in ('required', 'none')),
  add constraint merchant_signed_cancel_known check (signed_cancel in ('required', 'none')),
  add constraint merchant_confirmation_line_known check (confirmation_line in ('public', 'mutual'));

alter table merchant_authority
  add constraint merchant_authority_use_known check ("use" in ('keys', 'tls'));

-- What an authority was, and which certificates our keys had, is never changed: old signatures rest on it.
create trigger append_only before update or delete on authority for each row execute function refuse_change();
create trigger append_only before update or delete on gateway_certificate for each row execute function refuse_change();
create trigger append_only_whole before truncate on authority for each statement execute function refuse_change();
create trigger append_only_whole before truncate on gateway_certificate for each statement execute function refuse_change();

grant select, insert on authority, gateway_certificate to moa_app;
grant select, insert, update on merchant_authority to moa_app;
