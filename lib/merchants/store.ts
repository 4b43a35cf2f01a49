import type pg from 'pg'
import type {
  ApiKey as ApiKeyRow,
  Merchant as MerchantRow,
  MerchantKey as MerchantKeyRow,
  Prisma,
} from '../db/generated/client'
import type { Uuid } from '../ids'
import { isCurrency } from '../money/currency'
import { HOUSE_MERCHANT } from './house'
import type { ApiCaller, ApiKey, Merchant, MerchantKey } from './merchant'
import { readPublicJwk } from './merchant-jwk'

type Tx = Prisma.TransactionClient

/** What every means has in common; what holds for phone bills or for signatures only is read where it is needed. */
type MerchantColumns = Omit<
  MerchantRow,
  | 'phoneGuests'
  | 'phonePayout'
  | 'phoneReserveBps'
  | 'signedLink'
  | 'signedCancel'
  | 'confirmationLine'
  | 'refundBeyondBalance'
>

export function merchantFrom(row: MerchantColumns): Merchant {
  const { id, name, nameEn, categoryCode, currencies, confirmation, confirmationUrl, returnUrls, modules } = row
  return {
    id,
    name,
    nameEn,
    categoryCode,
    currencies: currencies.filter(isCurrency),
    // A word we do not know must never weaken the contract.
    confirmation: confirmation === 'none' ? 'none' : 'required',
    ...(confirmationUrl === null ? {} : { confirmationUrl }),
    returnUrls,
    modules,
    createdAt: row.createdAt,
    ...(row.suspendedAt && { suspendedAt: row.suspendedAt }),
  }
}

/** A merchant's columns as a query of our own gives them. */
export interface RawMerchant {
  id: Uuid
  name: string
  name_en: string
  category_code: string
  currencies: string[]
  confirmation: string
  confirmation_url: string | null
  return_urls: string[]
  modules: string[]
  created_at: Date
  suspended_at: Date | null
}

/** The columns of RawMerchant, of a merchant called m. */
export const RAW_MERCHANT = `m.id, m.name, m.name_en, m.category_code, m.currencies, m.confirmation, m.confirmation_url,
  m.return_urls, m.modules, m.created_at, m.suspended_at`

interface CallerRow extends RawMerchant {
  hash: Buffer
  api_key_id: Uuid
  mode: string
}

/** The one query that every API call makes, for all that wait at the moment: keys that are not revoked, with their merchants. */
export async function findCallers(pool: pg.Pool, hashes: readonly Buffer[]): Promise<(ApiCaller | undefined)[]> {
  const { rows } = await pool.query<CallerRow>({
    name: 'callers_by_api_key',
    text: `select k.hash, k.id as api_key_id, k.mode, ${RAW_MERCHANT}
      from api_key k join merchant m on m.id = k.merchant_id where k.hash = any($1) and k.revoked_at is null`,
    values: [hashes],
  })
  const callers = new Map(rows.map((row) => [row.hash.toString('hex'), callerFrom(row)]))
  return hashes.map((hash) => callers.get(hash.toString('hex')))
}

function callerFrom(row: CallerRow): ApiCaller {
  return { merchant: merchantOf(row), apiKeyId: row.api_key_id, mode: row.mode === 'live' ? 'live' : 'test' }
}

export function merchantOf(row: RawMerchant): Merchant {
  return merchantFrom({
    id: row.id,
    name: row.name,
    nameEn: row.name_en,
    categoryCode: row.category_code,
    currencies: row.currencies,
    confirmation: row.confirmation,
    confirmationUrl: row.confirmation_url,
    returnUrls: row.return_urls,
    modules: row.modules,
    createdAt: row.created_at,
    suspendedAt: row.suspended_at,
  })
}

export async function findMerchant(tx: Tx, id: Uuid): Promise<Merchant | undefined> {
  const row = await tx.merchant.findUnique({ where: { id } })
  return row ? merchantFrom(row) : undefined
}

export async function findMerchantsOf(tx: Tx, personId: Uuid): Promise<Merchant[]> {
  const rows = await tx.merchant.findMany({ where: { memberships: { some: { personId } } }, orderBy: { name: 'asc' } })
  return rows.map(merchantFrom)
}

export async function findMerchantsTaking(tx: Tx, module: string, limit: number): Promise<Merchant[]> {
  const rows = await tx.merchant.findMany({
    where: { modules: { has: module }, id: { not: HOUSE_MERCHANT }, suspendedAt: null },
    orderBy: { name: 'asc' },
    take: limit,
  })
  return rows.map(merchantFrom)
}

export async function insertMerchant(tx: Tx, merchant: Merchant): Promise<void> {
  const { currencies, returnUrls, modules, ...plain } = merchant
  await tx.merchant.create({
    data: { ...plain, currencies: [...currencies], returnUrls: [...returnUrls], modules: [...modules] },
  })
}

export async function updateMerchant(
  tx: Tx,
  id: Uuid,
  changes: Prisma.MerchantUpdateManyMutationInput,
): Promise<Merchant | undefined> {
  await tx.merchant.updateMany({ where: { id }, data: changes })
  return findMerchant(tx, id)
}

function apiKeyFrom({ id, mode, name, hint, createdAt, revokedAt }: ApiKeyRow): ApiKey {
  return { id, mode: mode === 'live' ? 'live' : 'test', name, hint, createdAt, ...(revokedAt ? { revokedAt } : {}) }
}

export async function findApiKeys(tx: Tx, merchantId: Uuid): Promise<ApiKey[]> {
  return (await tx.apiKey.findMany({ where: { merchantId }, orderBy: { createdAt: 'desc' } })).map(apiKeyFrom)
}

export async function insertApiKey(tx: Tx, merchantId: Uuid, hash: Buffer, key: ApiKey): Promise<void> {
  await tx.apiKey.create({ data: { ...key, merchantId, hash: new Uint8Array(hash) } })
}

export async function revokeApiKey(tx: Tx, merchantId: Uuid, id: Uuid, now: Date): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({ where: { merchantId, id, revokedAt: null }, data: { revokedAt: now } })
  return count === 1
}

/** A stored key that would not be accepted today is as good as none. */
export function merchantKeyFrom({ jwk, kid, validFrom, validUntil, revokedAt }: MerchantKeyRow): MerchantKey[] {
  const read = readPublicJwk(jwk)
  if (read.kind === 'refused') return []
  const until = validUntil ? { validUntil } : {}
  return [{ kid, jwk: read.jwk, validFrom, ...until, ...(revokedAt ? { revokedAt } : {}) }]
}

export async function findKeys(tx: Tx, merchantId: Uuid): Promise<MerchantKey[]> {
  const rows = await tx.merchantKey.findMany({
    where: { merchantId },
    orderBy: [{ validFrom: 'desc' }, { kid: 'asc' }],
  })
  return rows.flatMap(merchantKeyFrom)
}

export async function findKey(tx: Tx, merchantId: Uuid, kid: string): Promise<MerchantKey | undefined> {
  const row = await tx.merchantKey.findUnique({ where: { merchantId_kid: { merchantId, kid } } })
  return row ? merchantKeyFrom(row)[0] : undefined
}
