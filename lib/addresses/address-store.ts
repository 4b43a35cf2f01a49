import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Tx = Prisma.TransactionClient

interface SealedColumns {
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

export interface AddressRow extends SealedColumns {
  readonly shopperId: Uuid
  readonly id: Uuid
  readonly isDefault: boolean
  readonly createdAt: Date
}

/** The default first, then the newest. */
export async function findAddresses(tx: Tx, shopperId: Uuid): Promise<AddressRow[]> {
  return tx.address.findMany({ where: { shopperId }, orderBy: [{ isDefault: 'desc' }, { id: 'desc' }] })
}

export async function insertAddress(tx: Tx, row: AddressRow): Promise<void> {
  await tx.address.create({ data: { ...row, changedAt: row.createdAt } })
}

/** Locks the shopper's addresses, so that there is one default among them whoever else changes them. */
export async function lockAddresses(tx: Tx, shopperId: Uuid): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('addresses ' || ${shopperId}::text, 0))`
}

export async function updateAddress(
  tx: Tx,
  { shopperId, id, ...changes }: { shopperId: Uuid; id: Uuid; changedAt: Date } & Partial<SealedColumns>,
): Promise<boolean> {
  const { count } = await tx.address.updateMany({ where: { shopperId, id }, data: changes })
  return count === 1
}

/** Makes one of a shopper's addresses the default; false when there is none such. */
export async function makeDefault(tx: Tx, shopperId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  const { count } = await tx.address.updateMany({ where: { shopperId, id }, data: { isDefault: true, changedAt: at } })
  if (count === 0) return false
  await tx.address.updateMany({ where: { shopperId, id: { not: id } }, data: { isDefault: false } })
  return true
}

export async function deleteAddress(tx: Tx, shopperId: Uuid, id: Uuid): Promise<boolean> {
  const { count } = await tx.address.deleteMany({ where: { shopperId, id } })
  return count === 1
}

export interface GivenRow extends SealedColumns {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly shopperId: Uuid | null
  readonly consentAt: Date
  readonly revokedAt: Date | null
}

/** What a shopper lets a shop read for a payment; given anew, the latest counts. */
export async function keepGiven(tx: Tx, row: GivenRow): Promise<void> {
  const { merchantId, paymentId, ...rest } = row
  await tx.paymentAddress.upsert({
    where: { merchantId_paymentId: { merchantId, paymentId } },
    create: row,
    update: rest,
  })
}

export async function findGiven(tx: Tx, merchantId: Uuid, paymentId: Uuid): Promise<GivenRow | undefined> {
  const row = await tx.paymentAddress.findUnique({ where: { merchantId_paymentId: { merchantId, paymentId } } })
  return row ?? undefined
}

export async function findGivenOf(tx: Tx, shopperId: Uuid, limit: number): Promise<GivenRow[]> {
  return tx.paymentAddress.findMany({ where: { shopperId }, orderBy: { paymentId: 'desc' }, take: limit })
}

export async function revokeGiven(tx: Tx, shopperId: Uuid, paymentId: Uuid, at: Date): Promise<boolean> {
  const { count } = await tx.paymentAddress.updateMany({
    where: { shopperId, paymentId, revokedAt: null },
    data: { revokedAt: at },
  })
  return count === 1
}

export interface Reading {
  readonly id: Uuid
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly shopperId: Uuid | null
  readonly reader: string
  readonly at: Date
}

/**
 * Writes a reading down if the address may be read still: consent and reading are decided under the same lock, so that
 * nobody reads after it was taken back.
 */
export async function noteReading(
  tx: Tx,
  reading: Omit<Reading, 'shopperId'>,
): Promise<GivenRow | 'revoked' | undefined> {
  const { merchantId, paymentId } = reading
  await tx.$queryRaw`select 1 from payment_address
    where merchant_id = ${merchantId}::uuid and payment_id = ${paymentId}::uuid for update`
  const given = await findGiven(tx, merchantId, paymentId)
  if (!given) return undefined
  if (given.revokedAt) return 'revoked'
  await tx.addressReading.create({ data: { ...reading, shopperId: given.shopperId } })
  return given
}

/** Oldest first. */
export async function findReadings(tx: Tx, paymentIds: readonly Uuid[]): Promise<Reading[]> {
  return tx.addressReading.findMany({ where: { paymentId: { in: [...paymentIds] } }, orderBy: { id: 'asc' } })
}

/** Addresses that shoppers keep and that are sealed by another key than this. */
export async function addressesSealedByOthers(
  pool: pg.Pool,
  keyId: string,
  limit: number,
): Promise<({ shopperId: Uuid; id: Uuid } & Sealed)[]> {
  const { rows } = await pool.query<{ shopperId: Uuid; id: Uuid } & Sealed>(
    `select shopper_id as "shopperId", id, sealed as "sealedNumber", key_id as "keyId" from address
     where key_id <> $1 limit $2`,
    [keyId, limit],
  )
  return rows
}

/** Keeps what was sealed anew, unless somebody has changed it meanwhile. */
export async function resealAddress(
  pool: pg.Pool,
  { shopperId, id, sealedNumber }: { shopperId: Uuid; id: Uuid } & Sealed,
  anew: Sealed,
): Promise<void> {
  await pool.query('update address set sealed = $4, key_id = $5 where shopper_id = $1 and id = $2 and sealed = $3', [
    ...[shopperId, id, Buffer.from(sealedNumber), Buffer.from(anew.sealedNumber), anew.keyId],
  ])
}

/** Addresses that shops may read and that are sealed by another key than this. */
export async function givenSealedByOthers(
  pool: pg.Pool,
  keyId: string,
  limit: number,
): Promise<({ merchantId: Uuid; paymentId: Uuid } & Sealed)[]> {
  const { rows } = await pool.query<{ merchantId: Uuid; paymentId: Uuid } & Sealed>(
    `select merchant_id as "merchantId", payment_id as "paymentId", sealed as "sealedNumber", key_id as "keyId"
     from payment_address where key_id <> $1 limit $2`,
    [keyId, limit],
  )
  return rows
}

export async function resealGiven(
  pool: pg.Pool,
  { merchantId, paymentId, sealedNumber }: { merchantId: Uuid; paymentId: Uuid } & Sealed,
  anew: Sealed,
): Promise<void> {
  await pool.query(
    'update payment_address set sealed = $4, key_id = $5 where merchant_id = $1 and payment_id = $2 and sealed = $3',
    [merchantId, paymentId, Buffer.from(sealedNumber), Buffer.from(anew.sealedNumber), anew.keyId],
  )
}
