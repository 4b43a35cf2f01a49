import { z } from 'zod'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { currencyCodes } from '../money/currency'
import type { Sealed } from './vault'
import type { Billing, CardStanding, DeclaredTerms } from './wallet-card'
import { billingSchema, declaredTermsSchema } from './wallet-card'

/** Prisma or a transaction of it. */
type Connection = Prisma.TransactionClient

export interface CardRow {
  readonly ownerId: Uuid
  readonly id: Uuid
  readonly sealed: Sealed
  readonly bin: string
  readonly lastFour: string
  readonly expiry: string
  readonly issuer: string
  readonly holderName: string
  readonly nickname: string
  readonly billing: Billing
  readonly terms: DeclaredTerms
  readonly standing?: CardStanding
  readonly createdAt: Date
}

export interface CardToStore extends Omit<CardRow, 'standing'> {
  readonly fingerprint: Uint8Array<ArrayBuffer>
}

const bigintText = z.string().transform(BigInt)

const storedStanding = z.object({
  owed: bigintText,
  available: bigintText,
  currency: z.enum(currencyCodes),
  at: z.iso.datetime().transform((at) => new Date(at)),
})

type Stored = Awaited<ReturnType<Connection['card']['findFirstOrThrow']>>

function read(row: Stored): CardRow {
  const { sealedNumber, keyId, billing, terms, standing, issuer, ...rest } = row
  return {
    ...rest,
    issuer: issuer ?? '',
    sealed: { sealedNumber, keyId },
    billing: billingSchema.parse(billing),
    terms: declaredTermsSchema.parse(terms),
    ...(standing !== null && { standing: storedStanding.parse(standing) }),
  }
}

/** Cards are added to one wallet one after the other, so that their number can be bounded. */
export async function lockWallet(tx: Connection, ownerId: Uuid): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`wallet:${ownerId}`}, 0))`
}

export async function findCards(tx: Connection, ownerId: Uuid): Promise<CardRow[]> {
  const rows = await tx.card.findMany({
    where: { ownerId, removedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(read)
}

export async function findCard(tx: Connection, ownerId: Uuid, id: Uuid): Promise<CardRow | undefined> {
  const row = await tx.card.findFirst({ where: { ownerId, id, removedAt: null } })
  return row ? read(row) : undefined
}

export function countCards(tx: Connection, ownerId: Uuid): Promise<number> {
  return tx.card.count({ where: { ownerId, removedAt: null } })
}

/** The row of a number, also of a removed card: one owner has one row for a number. */
export async function findByFingerprint(
  tx: Connection,
  ownerId: Uuid,
  fingerprint: Uint8Array<ArrayBuffer>,
): Promise<{ id: Uuid; isRemoved: boolean } | undefined> {
  const row = await tx.card.findUnique({
    where: { fingerprint_ownerId: { ownerId, fingerprint } },
    select: { id: true, removedAt: true },
  })
  return row ? { id: row.id, isRemoved: row.removedAt !== null } : undefined
}

/** Writes a card; a removed one with the same id comes back as it is typed in now. */
export async function putCard(tx: Connection, card: CardToStore): Promise<CardRow> {
  const { ownerId, id, sealed, ...columns } = card
  const data = { ...columns, ...sealed }
  return read(
    await tx.card.upsert({
      where: { ownerId_id: { ownerId, id } },
      create: { ownerId, id, ...data },
      update: { ...data, removedAt: null },
    }),
  )
}

/** True when there was such a card to change. */
export async function changeCard(
  tx: Connection,
  ownerId: Uuid,
  id: Uuid,
  data: Prisma.CardUpdateManyMutationInput,
): Promise<boolean> {
  const { count } = await tx.card.updateMany({ where: { ownerId, id, removedAt: null }, data })
  return count > 0
}

/**
 * Takes a card out of the wallet and cancels the live V-Cards that lean on it: they could not be paid in full any more,
 * and the room they hold on other cards is free again. False when there was no such card.
 */
export async function removeCard(tx: Connection, ownerId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  if (!(await changeCard(tx, ownerId, id, { removedAt: at }))) return false
  await tx.$executeRaw`
    update vcard v set state = 'cancelled', closed_at = ${at}
    from vcard_share s
    where s.shopper_id = v.shopper_id and s.vcard_id = v.id and s.card_id = ${id}::uuid
      and v.shopper_id = ${ownerId}::uuid and v.state = 'live' and v.expires_at > ${at}`
  return true
}

/** Keeps what issuers said, unless something newer is known already. */
export async function saveStandings(
  tx: Connection,
  ownerId: Uuid,
  standings: readonly { readonly id: Uuid; readonly standing: CardStanding }[],
): Promise<void> {
  const rows = standings.map(({ id, standing }) => ({
    id,
    at: standing.at.toISOString(),
    standing: {
      owed: String(standing.owed),
      available: String(standing.available),
      currency: standing.currency,
      at: standing.at.toISOString(),
    },
  }))
  await tx.$executeRaw`
    update card c set standing = x.standing
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, at timestamptz, standing jsonb)
    where c.owner_id = ${ownerId}::uuid and c.id = x.id
      and (c.standing is null or (c.standing->>'at')::timestamptz < x.at)`
}

/** What live V-Cards have set aside, by card. One past its expiry counts no more, swept up or not (P8.4). */
export async function findSetAside(tx: Connection, ownerId: Uuid, at: Date): Promise<ReadonlyMap<Uuid, bigint>> {
  const rows = await tx.$queryRaw<{ cardId: Uuid; amount: bigint }[]>`
    select s.card_id as "cardId", sum(s.amount)::bigint as amount
    from vcard v join vcard_share s on s.shopper_id = v.shopper_id and s.vcard_id = v.id
    where v.shopper_id = ${ownerId}::uuid and v.state = 'live' and v.expires_at > ${at}
    group by s.card_id`
  return new Map(rows.map(({ cardId, amount }) => [cardId, amount]))
}

export interface SealedRow extends Sealed {
  readonly expiry: string
}

/** Every outside call for a card begins here, so it is one prepared statement. Removed cards open too. */
export async function findSealed(pool: Database['pool'], ownerId: Uuid, id: Uuid): Promise<SealedRow | undefined> {
  const { rows } = await pool.query<{ sealed_number: Buffer<ArrayBuffer>; key_id: string; expiry: string }>({
    name: 'card_sealed',
    text: 'select sealed_number, key_id, expiry from card where owner_id = $1 and id = $2',
    values: [ownerId, id],
  })
  const [row] = rows
  return row && { sealedNumber: row.sealed_number, keyId: row.key_id, expiry: row.expiry }
}

export interface RowToReseal {
  readonly kind: 'card' | 'vcard'
  readonly ownerId: Uuid
  readonly id: Uuid
  readonly sealed: Sealed
}

/** Some of the numbers, cards' first, that another key than this one has sealed. */
export async function findSealedByOthers(tx: Connection, keyId: string, limit: number): Promise<RowToReseal[]> {
  const where = { keyId: { not: keyId } }
  const cards = await tx.card.findMany({ where, take: limit })
  const vcards = await tx.vCard.findMany({ where, take: limit - cards.length })
  const sealedOf = (row: Sealed) => ({ sealedNumber: row.sealedNumber, keyId: row.keyId })
  return [
    ...cards.map((row) => ({ kind: 'card' as const, ownerId: row.ownerId, id: row.id, sealed: sealedOf(row) })),
    ...vcards.map((row) => ({ kind: 'vcard' as const, ownerId: row.shopperId, id: row.id, sealed: sealedOf(row) })),
  ]
}

export async function countSealedByOthers(tx: Connection, keyId: string): Promise<number> {
  const where = { keyId: { not: keyId } }
  return (await tx.card.count({ where })) + (await tx.vCard.count({ where }))
}

/** Replaces a sealed number unless somebody else has sealed it anew meanwhile; true when it did. */
export async function replaceSealed(tx: Connection, row: RowToReseal, sealed: Sealed): Promise<boolean> {
  const { kind, ownerId, id } = row
  const { count } =
    kind === 'card'
      ? await tx.card.updateMany({ where: { ownerId, id, keyId: row.sealed.keyId }, data: sealed })
      : await tx.vCard.updateMany({ where: { shopperId: ownerId, id, keyId: row.sealed.keyId }, data: sealed })
  return count > 0
}
