import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { hashPassword } from '../../lib/auth/password-hash'
import { newRegistrationNumber } from '../../lib/auth/registration-number'
import { maskNumber } from '../../lib/messages/compose-sms'
import type { Vault } from '../../lib/cards/vault'
import { bindingOf } from '../../lib/direct-debit/mandates'
import { type Uuid, uuidAt } from '../../lib/ids'

/** How many of each a month of a million payments has; a smaller one has fewer, but never too few to tell apart. */
const MOST = { shoppers: 20_000, lines: 2_000, accounts: 1_000, wallets: 500 } as const
const FEWEST = 100
/** Of each shop. */
const MANDATES = 50

/** Won on each wallet at the beginning of the month: more than any of them spends in it. */
const LOADED = 1_000_000_000

interface Means {
  readonly vault: Vault
  readonly payments: number
  readonly until: Date
  readonly zone: string
}

/** Writes whom the payments of a month are made by, and the lines, accounts, wallets and mandates that they are made with. */
export async function seedPayers(
  client: pg.Client,
  means: Means,
  { from, shops }: { readonly from: Date; readonly shops: readonly { readonly id: Uuid }[] },
): Promise<{ shoppers: number; mandates: number }> {
  const { vault, payments } = means
  const count = (most: number) => Math.max(FEWEST, Math.min(most, Math.ceil((most * payments) / 1_000_000)))
  const shoppers = await seedShoppers(client, count(MOST.shoppers), from)
  await seedLines(client, vault, { count: count(MOST.lines), from })
  await seedAccounts(client, means, { count: count(MOST.accounts), from, issuer: shops[0]!.id })
  await seedWallets(client, shoppers.slice(0, count(MOST.wallets)), { from, house: shops[0]!.id })
  const payers = shoppers.slice(-MANDATES)
  for (const { id: merchantId } of shops) await seedMandates(client, vault, { merchantId, from, payers })
  return { shoppers: shoppers.length, mandates: payers.length }
}

async function seedShoppers(client: pg.Client, count: number, from: Date): Promise<Uuid[]> {
  const ids = Array.from({ length: count }, () => uuidAt(from))
  // Nobody logs in as one of them: what was hashed is not kept.
  const nobody = await hashPassword(randomBytes(32).toString('base64'))
  await client.query(
    `with made as (
       select id, n - 1 as place, 'm' || substr(id::text, 15, 22) || '@month.example' as email, number
       from unnest($1::uuid[], $2::text[]) with ordinality as x(id, number, n)),
     people as (
       insert into person (id, email, name, password_hash, registration_number, created_at)
       select id, email, (array['김', '이', '박', '최', '정'])[1 + place % 5] || (array['하늘', '가람', '도윤', '서연'])[1 + place % 4],
         $3, number, $4 from made)
     insert into month_shopper select place, id, email from made`,
    [ids, ids.map(() => newRegistrationNumber()), nobody, from],
  )
  return ids
}

async function seedLines(
  client: pg.Client,
  vault: Vault,
  { count, from }: { count: number; from: Date },
): Promise<void> {
  const first = 100_000 + (randomBytes(3).readUIntBE(0, 3) % 800_000)
  const lines = Array.from({ length: count }, (_, place) => {
    const id = uuidAt(from)
    const number = `+8270${first}${String(place).padStart(4, '0')}`
    return { id, number, ...vault.seal({ kind: 'phone-line', ownerId: id, id }, number) }
  })
  await client.query(
    `with made as (select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[], $5::text[]) with ordinality
         as x(id, print, sealed, masked, four, n)),
       written as (insert into phone_line (id, fingerprint, kind, sealed_number, key_id, masked, system, subscriber_ref, created_at)
         select id, print, 'line', sealed, $6, masked, 'baram', 'S-' || four, $7 from made)
     insert into month_line select n - 1, id, four from made`,
    [
      lines.map(({ id }) => id),
      lines.map(({ number }) => vault.fingerprint(number)),
      lines.map(({ sealedNumber }) => sealedNumber),
      lines.map(({ number }) => maskNumber(number)),
      lines.map(({ number }) => number.slice(-4)),
      vault.keyId,
      from,
    ],
  )
}

async function seedAccounts(
  client: pg.Client,
  { vault, until, zone }: Means,
  { count, from, issuer }: { count: number; from: Date; issuer: Uuid },
): Promise<void> {
  const accounts = Array.from({ length: count }, () => {
    const id = uuidAt(from)
    const number = `9${randomBytes(8).readBigUInt64BE().toString().padStart(20, '0').slice(0, 15)}`
    return { id, number, ...vault.seal({ kind: 'account', ownerId: id, id }, number) }
  })
  // Their limits are as old as the month's end: what was bought before them is not held against them.
  await client.query(
    `with made as (select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[]) with ordinality as x(id, print, sealed, four, n)),
       written as (insert into account (id, fingerprint, sealed_number, key_id, last_four, kind, currency, issuer_id, month_limit,
           limits_changed_at, counted_day, created_at)
         select id, print, sealed, $5, four, 'postpaid', 'KRW', $6, 100000000, $7, ($7::timestamptz at time zone $8)::date, $9 from made)
     insert into month_account select n - 1, id, four from made`,
    [
      accounts.map(({ id }) => id),
      accounts.map(({ number }) => vault.fingerprint(number)),
      accounts.map(({ sealedNumber }) => sealedNumber),
      accounts.map(({ number }) => number.slice(-4)),
      ...[vault.keyId, issuer, until, zone, from],
    ],
  )
}

async function seedWallets(
  client: pg.Client,
  shoppers: readonly Uuid[],
  { from, house }: { from: Date; house: Uuid },
): Promise<void> {
  const pin = await hashPassword(randomBytes(32).toString('base64'))
  const made = shoppers.map((shopperId) => ({ shopperId, id: uuidAt(from), postingId: uuidAt(from) }))
  const columns = [
    made.map(({ shopperId }) => shopperId),
    made.map(({ id }) => id),
    made.map(({ postingId }) => postingId),
  ]
  const wallets = `(select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as x(shopper, id, posting, n)) w`
  await client.query(
    `with kept as (insert into month_wallet select n - 1, id, shopper from ${wallets}),
       posted as (insert into posting (merchant_id, id, kind, at) select $4, posting, 'e-cash-load', $5::timestamptz from ${wallets}),
       moved as (insert into e_cash_move (shopper_id, wallet_id, id, kind, amount, balance, merchant_id, payment_id, reference, description, at)
         select shopper, id, posting, 'load', $6::bigint, $6::bigint, $4, posting, 'month', '충전', $5::timestamptz from ${wallets})
     insert into e_cash_wallet (shopper_id, id, currency, balance, pin_hash, opened_at)
     select shopper, id, 'KRW', $6::bigint, $7, $5::timestamptz from ${wallets}`,
    [...columns, house, from, LOADED, pin],
  )
  await client.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     select $4, posting, line, case line when 1 then 'e-cash:' || id else 'receivable:top-ups' end, 'KRW',
       case line when 1 then -$5::bigint else $5::bigint end
     from ${wallets} cross join generate_series(1, 2) line`,
    [...columns, house, LOADED],
  )
}

async function seedMandates(
  client: pg.Client,
  vault: Vault,
  { merchantId, from, payers }: { merchantId: Uuid; from: Date; payers: readonly Uuid[] },
): Promise<void> {
  for (const [place, shopperId] of payers.entries()) {
    const id = uuidAt(from)
    const number = `110${randomBytes(5).readUIntBE(0, 5).toString().padStart(13, '0').slice(0, 11)}`
    const { sealedNumber, keyId } = vault.seal(
      bindingOf({ merchantId, id }),
      JSON.stringify({ number, holder: '이하늘' }),
    )
    await client.query(
      `with kept as (insert into month_mandate values ($1, $9, $2, $3))
       insert into mandate (merchant_id, id, shopper_id, kind, bank, last_four, sealed_number, key_id, consent, state, signed_at)
       values ($1, $2, $3, 'recurring', 'hanbit', $4, $5, $6, $7, 'active', $8)`,
      [merchantId, id, shopperId, number.slice(-4), sealedNumber, keyId, 'month', from, place],
    )
  }
}
