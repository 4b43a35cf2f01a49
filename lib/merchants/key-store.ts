import type { MerchantAuthority as AuthorityRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { AuthorityUse, MerchantAuthority, RegisteredKey } from './merchant'
import { merchantKeyFrom } from './store'

type Tx = Prisma.TransactionClient

/** The newest first, and of two as new the one that was used last. */
export async function findRegisteredKeys(tx: Tx, merchantId: Uuid): Promise<RegisteredKey[]> {
  const rows = await tx.merchantKey.findMany({
    where: { merchantId },
    orderBy: [{ validFrom: 'desc' }, { kid: 'asc' }],
  })
  return rows.flatMap((row) =>
    merchantKeyFrom(row).map((key) => ({
      ...key,
      source: readSource(row.source),
      ...(row.authority === null ? {} : { authority: row.authority }),
      ...(row.lastUsedAt ? { lastUsedAt: row.lastUsedAt } : {}),
    })),
  )
}

function readSource(text: string): RegisteredKey['source'] {
  return text === 'certificate' || text === 'request' || text === 'issued' ? text : 'jwk'
}

/** False when the merchant already has, or had, a key of that id: an id never comes to mean another key. */
export async function insertKey(tx: Tx, merchantId: Uuid, key: RegisteredKey): Promise<boolean> {
  const { count } = await tx.merchantKey.createMany({ data: [{ ...key, merchantId }], skipDuplicates: true })
  return count === 1
}

export async function revokeKey(tx: Tx, merchantId: Uuid, kid: string, now: Date): Promise<boolean> {
  const { count } = await tx.merchantKey.updateMany({
    where: { merchantId, kid, revokedAt: null },
    data: { revokedAt: now },
  })
  return count === 1
}

/** Notes that a key was used, once a minute at most: who reads it wants to know whether a key is still in use. */
export async function noteUse(
  tx: Tx,
  { merchantId, kid }: { merchantId: Uuid; kid: string },
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - 60_000)
  await tx.merchantKey.updateMany({
    where: { merchantId, kid, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
    data: { lastUsedAt: now },
  })
}

function authorityFrom({ use, fingerprint, certificate, name, ...row }: AuthorityRow): MerchantAuthority {
  const { validFrom, validUntil, createdAt } = row
  const kept = { fingerprint, name, validFrom, validUntil, createdAt, der: Buffer.from(certificate) }
  return { ...kept, use: use === 'tls' ? 'tls' : 'keys' }
}

/** Those that are believed now. */
export async function findAuthorities(tx: Tx, merchantId: Uuid, use?: AuthorityUse): Promise<MerchantAuthority[]> {
  const rows = await tx.merchantAuthority.findMany({
    where: { merchantId, removedAt: null, ...(use ? { use } : {}) },
    orderBy: [{ use: 'asc' }, { createdAt: 'desc' }],
  })
  return rows.map(authorityFrom)
}

/** Believes an authority, or again one that was removed. */
export async function upsertAuthority(tx: Tx, merchantId: Uuid, authority: MerchantAuthority): Promise<void> {
  const { der, use, fingerprint, ...plain } = authority
  const row = { merchantId, use, fingerprint }
  await tx.merchantAuthority.upsert({
    where: { merchantId_use_fingerprint: row },
    create: { ...plain, ...row, certificate: Uint8Array.from(der) },
    update: { removedAt: null },
  })
}

/** Believes an authority no more, and no key whose chain ends there: one transaction of the caller's. */
export async function removeAuthority(
  tx: Tx,
  { merchantId, use, fingerprint }: { merchantId: Uuid; use: AuthorityUse; fingerprint: string },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.merchantAuthority.updateMany({
    where: { merchantId, use, fingerprint, removedAt: null },
    data: { removedAt: now },
  })
  if (use === 'keys') {
    await tx.merchantKey.updateMany({
      where: { merchantId, authority: fingerprint, revokedAt: null },
      data: { revokedAt: now },
    })
  }
  return count === 1
}
