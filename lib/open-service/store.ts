import type pg from 'pg'
import type { OpenApplication, OpenSecret, OpenTariff, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { merchantOf, RAW_MERCHANT, type RawMerchant } from '../merchants/store'
import { isCurrency } from '../money/currency'
import { isRight } from '../parlayx/interfaces/interfaces'
import type { Application, ApplicationCaller, KnownSecret, ListedApplication, Permissions, Tariff } from './application'

type Tx = Prisma.TransactionClient

/** A secret as it lies in its row. */
export interface StoredSecret {
  readonly applicationId: Uuid
  readonly id: Uuid
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** An application whose secret may be looked at, and one of its secrets that is good now. */
export interface FoundCaller {
  readonly caller: ApplicationCaller
  readonly hash: Buffer
  readonly secret: StoredSecret
}

interface CallerRow extends RawMerchant {
  application_id: Uuid
  application_name: string
  rights: string[]
  reach: string
  largest_charge: bigint | null
  charge_currency: string | null
  application_created_at: Date
  last_used_at: Date | null
  hash: Buffer
  secret_id: Uuid
  sealed_number: Buffer
  key_id: string
}

/** The query that every call makes, for all that wait at the moment: by the hash of a secret, or by the application. */
export async function findCallers(
  pool: pg.Pool,
  wanted: { readonly hashes: readonly Buffer[] } | { readonly applicationIds: readonly Uuid[] },
  now: Date,
): Promise<FoundCaller[]> {
  const [name, condition, values] =
    'hashes' in wanted
      ? (['applications_by_secret', 's.hash = any($1)', wanted.hashes] as const)
      : (['applications_by_id', 's.application_id = any($1::uuid[])', wanted.applicationIds] as const)
  const { rows } = await pool.query<CallerRow>({
    name,
    text: `select a.id as application_id, a.name as application_name, a.rights, a.reach, a.largest_charge, a.charge_currency,
        a.created_at as application_created_at, a.last_used_at, s.hash, s.id as secret_id, s.sealed_number, s.key_id,
        ${RAW_MERCHANT}
      from open_secret s join open_application a on a.id = s.application_id join merchant m on m.id = a.merchant_id
      where ${condition} and a.revoked_at is null and (s.expires_at is null or s.expires_at > $2)`,
    values: [values, now],
  })
  return rows.map((row) => ({
    hash: row.hash,
    secret: {
      applicationId: row.application_id,
      id: row.secret_id,
      sealedNumber: Uint8Array.from(row.sealed_number),
      keyId: row.key_id,
    },
    caller: {
      merchant: merchantOf(row),
      application: applicationFrom({
        id: row.application_id,
        merchantId: row.id,
        name: row.application_name,
        rights: row.rights,
        reach: row.reach,
        largestCharge: row.largest_charge,
        chargeCurrency: row.charge_currency,
        createdAt: row.application_created_at,
        revokedAt: null,
        lastUsedAt: row.last_used_at,
      }),
    },
  }))
}

function applicationFrom(row: OpenApplication): Application {
  const { largestCharge, chargeCurrency, revokedAt, lastUsedAt, rights, reach, ...plain } = row
  return {
    ...plain,
    rights: rights.filter(isRight),
    // A word that we do not know must never widen it.
    reach: reach === 'every' ? 'every' : 'own',
    ...(largestCharge !== null && chargeCurrency !== null && isCurrency(chargeCurrency)
      ? { largestCharge: { amount: largestCharge, currency: chargeCurrency } }
      : {}),
    ...(revokedAt ? { revokedAt } : {}),
    ...(lastUsedAt ? { lastUsedAt } : {}),
  }
}

/** Names of digests that were seen, for all calls that wait at the moment. False for each that was seen before. */
export async function insertNonces(
  pool: pg.Pool,
  nonces: readonly { readonly merchantId: Uuid; readonly name: string; readonly until: Date }[],
): Promise<boolean[]> {
  const { rows } = await pool.query<{ jti: string }>({
    name: 'insert_nonces',
    text: `insert into seen_message (merchant_id, jti, expires_at)
      select * from unnest($1::uuid[], $2::text[], $3::timestamptz[]) on conflict do nothing returning jti`,
    values: [
      nonces.map(({ merchantId }) => merchantId),
      nonces.map(({ name }) => name),
      nonces.map(({ until }) => until),
    ],
  })
  const fresh = new Set(rows.map(({ jti }) => jti))
  // Of two alike in one call the first is fresh.
  return nonces.map(({ name }) => fresh.delete(name))
}

export async function insertApplication(
  tx: Tx,
  { id, merchantId, name, createdAt }: Pick<Application, 'id' | 'merchantId' | 'name' | 'createdAt'>,
): Promise<void> {
  await tx.openApplication.create({ data: { id, merchantId, name, rights: [], reach: 'own', createdAt } })
}

export async function insertSecret(
  tx: Tx,
  { hash, ...secret }: StoredSecret & { readonly hash: Buffer; readonly hint: string; readonly createdAt: Date },
): Promise<void> {
  await tx.openSecret.create({ data: { ...secret, hash: new Uint8Array(hash) } })
}

/** Ends all secrets of an application at that moment, those that end sooner excepted. */
export async function endSecrets(tx: Tx, applicationId: Uuid, expiresAt: Date): Promise<void> {
  await tx.openSecret.updateMany({
    where: { applicationId, OR: [{ expiresAt: null }, { expiresAt: { gt: expiresAt } }] },
    data: { expiresAt },
  })
}

export async function countLive(tx: Tx, merchantId: Uuid): Promise<number> {
  return tx.openApplication.count({ where: { merchantId, revokedAt: null } })
}

/** @returns false when there is no such live application of this merchant */
export async function isLive(tx: Tx, merchantId: Uuid, id: Uuid): Promise<boolean> {
  return (await tx.openApplication.count({ where: { merchantId, id, revokedAt: null } })) === 1
}

export async function revokeRow(tx: Tx, place: { id: Uuid; merchantId?: Uuid }, revokedAt: Date): Promise<boolean> {
  const { count } = await tx.openApplication.updateMany({ where: { ...place, revokedAt: null }, data: { revokedAt } })
  return count === 1
}

export async function setPermissions(
  tx: Tx,
  id: Uuid,
  { rights, reach, largestCharge }: Permissions,
): Promise<boolean> {
  const { count } = await tx.openApplication.updateMany({
    where: { id, revokedAt: null },
    data: {
      rights: [...rights],
      reach,
      largestCharge: largestCharge?.amount ?? null,
      chargeCurrency: largestCharge?.currency ?? null,
    },
  })
  return count === 1
}

/** Notes that it was used, unless that was noted since. */
export async function noteUse(pool: pg.Pool, id: Uuid, now: Date, unlessSince: Date): Promise<void> {
  await pool.query(
    'update open_application set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)',
    [id, now, unlessSince],
  )
}

export interface ApplicationSearch {
  readonly merchantId?: Uuid
  readonly id?: Uuid
  /** Part of its name or of its merchant's. */
  readonly text?: string
  /** Applications older than this one. */
  readonly before?: Uuid
  readonly limit: number
}

/** The newest first. */
export async function findApplications(tx: Tx, search: ApplicationSearch, now: Date): Promise<ListedApplication[]> {
  const { merchantId, id, text, before, limit } = search
  const like = text === undefined ? undefined : { contains: text, mode: 'insensitive' as const }
  const rows = await tx.openApplication.findMany({
    where: {
      ...(merchantId === undefined ? {} : { merchantId }),
      ...(id === undefined ? {} : { id }),
      ...(before === undefined ? {} : { id: { lt: before } }),
      ...(like ? { OR: [{ name: like }, { merchant: { OR: [{ name: like }, { nameEn: like }] } }] } : {}),
    },
    include: {
      merchant: { select: { name: true } },
      secrets: {
        where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        orderBy: { id: 'desc' },
      },
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(({ merchant, secrets, ...row }) => ({
    ...applicationFrom(row),
    merchantName: merchant.name,
    secrets: row.revokedAt ? [] : secrets.map(secretFrom),
  }))
}

function secretFrom({ hint, createdAt, expiresAt }: OpenSecret): KnownSecret {
  return { hint, createdAt, ...(expiresAt ? { expiresAt } : {}) }
}

export async function findTariffs(tx: Tx, applicationId: Uuid): Promise<Tariff[]> {
  const rows = await tx.openTariff.findMany({ where: { applicationId }, orderBy: { code: 'asc' } })
  return rows.flatMap(tariffFrom)
}

export async function findTariff(tx: Tx, applicationId: Uuid, code: string): Promise<Tariff | undefined> {
  const row = await tx.openTariff.findUnique({ where: { applicationId_code: { applicationId, code } } })
  return row ? tariffFrom(row)[0] : undefined
}

function tariffFrom({ code, currency, price, perVolume, unit }: OpenTariff): Tariff[] {
  return isCurrency(currency) ? [{ code, currency, price, unit, ...(perVolume === null ? {} : { perVolume }) }] : []
}

export async function putTariff(tx: Tx, applicationId: Uuid, tariff: Tariff, changedAt: Date): Promise<void> {
  const { code, currency, price, perVolume, unit } = tariff
  const columns = { currency, price, perVolume: perVolume ?? null, unit, changedAt }
  await tx.openTariff.upsert({
    where: { applicationId_code: { applicationId, code } },
    create: { applicationId, code, ...columns },
    update: columns,
  })
}

export async function deleteTariff(tx: Tx, applicationId: Uuid, code: string): Promise<boolean> {
  const { count } = await tx.openTariff.deleteMany({ where: { applicationId, code } })
  return count === 1
}

/** Secrets that were sealed with another key than this one. */
export async function findSealedByOthers(tx: Tx, keyId: string, limit: number): Promise<StoredSecret[]> {
  const rows = await tx.openSecret.findMany({ where: { keyId: { not: keyId } }, take: limit })
  return rows.map(({ applicationId, id, sealedNumber, keyId: sealedBy }) => ({
    ...{ applicationId, id, sealedNumber },
    keyId: sealedBy,
  }))
}

export async function replaceSealed(tx: Tx, before: StoredSecret, after: Pick<StoredSecret, 'sealedNumber' | 'keyId'>) {
  const { applicationId, id, keyId } = before
  await tx.openSecret.updateMany({
    where: { applicationId, id, keyId },
    data: { sealedNumber: after.sealedNumber, keyId: after.keyId },
  })
}
