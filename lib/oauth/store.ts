import type { Database } from '../db/database'
import type { OAuthClient as ClientRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { merchantFrom } from '../merchants/store'
import { isScope, type OAuthClient, type Scope } from './oauth-client'
import type { Merchant } from '../merchants/merchant'

type Tx = Prisma.TransactionClient

/** A line's number as it lies in a row. */
export interface SealedLine {
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

function clientFrom({ secretHash: _hash, revokedAt, scopes, ...row }: ClientRow): OAuthClient {
  return { ...row, scopes: scopes.filter(isScope), ...(revokedAt ? { revokedAt } : {}) }
}

export async function insertClient(tx: Tx, client: OAuthClient, secretHash: Buffer): Promise<void> {
  const { scopes, redirectUris, ...plain } = client
  await tx.oAuthClient.create({
    data: { ...plain, scopes: [...scopes], redirectUris: [...redirectUris], secretHash: new Uint8Array(secretHash) },
  })
}

export async function findClients(tx: Tx, merchantId: Uuid): Promise<OAuthClient[]> {
  return (await tx.oAuthClient.findMany({ where: { merchantId }, orderBy: { createdAt: 'desc' } })).map(clientFrom)
}

/** A live client with the name of its merchant. */
export interface ClientOfMerchant extends OAuthClient {
  readonly merchantName: string
  readonly merchantNameEn: string
}

/** Live clients of all merchants, the newest first, before one of them; a text narrows by the names of either. */
export async function findAllClients(
  tx: Tx,
  { text = '', before, limit }: { text?: string; before?: Uuid; limit: number },
): Promise<ClientOfMerchant[]> {
  const contains = { contains: text, mode: 'insensitive' } as const
  const rows = await tx.oAuthClient.findMany({
    where: {
      revokedAt: null,
      ...(before ? { id: { lt: before } } : {}),
      ...(text ? { OR: [{ name: contains }, { merchant: { OR: [{ name: contains }, { nameEn: contains }] } }] } : {}),
    },
    include: { merchant: { select: { name: true, nameEn: true } } },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(({ merchant, ...row }) => ({
    ...clientFrom(row),
    merchantName: merchant.name,
    merchantNameEn: merchant.nameEn,
  }))
}

/** A client that has not been revoked, with the hash of its secret. */
export async function findLiveClient(
  tx: Tx,
  id: Uuid,
): Promise<{ client: OAuthClient; secretHash: Uint8Array } | undefined> {
  const row = await tx.oAuthClient.findFirst({ where: { id, revokedAt: null } })
  return row ? { client: clientFrom(row), secretHash: row.secretHash } : undefined
}

export async function revokeClientRow(tx: Tx, merchantId: Uuid, id: Uuid, now: Date): Promise<boolean> {
  const { count } = await tx.oAuthClient.updateMany({
    where: { merchantId, id, revokedAt: null },
    data: { revokedAt: now },
  })
  return count === 1
}

export async function setVouches(tx: Tx, merchantId: Uuid, id: Uuid, vouches: boolean): Promise<boolean> {
  const { count } = await tx.oAuthClient.updateMany({ where: { merchantId, id, revokedAt: null }, data: { vouches } })
  return count === 1
}

export interface TokenToStore {
  readonly hash: Buffer
  readonly id: Uuid
  readonly clientId: Uuid
  readonly scopes: readonly Scope[]
  readonly line?: SealedLine
  readonly codeId?: Uuid
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertToken(tx: Tx, { hash, scopes, line, ...token }: TokenToStore): Promise<void> {
  await tx.oAuthToken.create({ data: { ...token, ...line, scopes: [...scopes], hash: new Uint8Array(hash) } })
}

export interface StoredToken {
  readonly id: Uuid
  readonly clientId: Uuid
  readonly scopes: readonly Scope[]
  readonly vouches: boolean
  readonly merchant: Merchant
  readonly line?: SealedLine
}

/** A token that is good now: not expired, its client not revoked. */
export async function findToken({ prisma }: Database, hash: Buffer, now: Date): Promise<StoredToken | undefined> {
  const row = await prisma.oAuthToken.findFirst({
    where: { hash: new Uint8Array(hash), expiresAt: { gt: now }, client: { revokedAt: null } },
    include: { client: { include: { merchant: true } } },
  })
  if (!row) return undefined
  const { sealedNumber, keyId } = row
  return {
    id: row.id,
    clientId: row.clientId,
    scopes: row.scopes.filter(isScope),
    vouches: row.client.vouches,
    merchant: merchantFrom(row.client.merchant),
    ...(sealedNumber && keyId ? { line: { sealedNumber, keyId } } : {}),
  }
}

/** Removes a token of a client; nothing happens when there is none. */
export async function deleteToken(tx: Tx, clientId: Uuid, hash: Buffer): Promise<void> {
  await tx.oAuthToken.deleteMany({ where: { clientId, hash: new Uint8Array(hash) } })
}

export async function deleteTokensOfCode(tx: Tx, codeId: Uuid): Promise<void> {
  await tx.oAuthToken.deleteMany({ where: { codeId } })
}

export interface CodeToStore extends SealedLine {
  readonly hash: Buffer
  readonly id: Uuid
  readonly clientId: Uuid
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertCode(tx: Tx, { hash, scopes, ...code }: CodeToStore): Promise<void> {
  await tx.oAuthCode.create({ data: { ...code, scopes: [...scopes], hash: new Uint8Array(hash) } })
}

export interface StoredCode extends Omit<CodeToStore, 'hash'> {
  /** False when it had been used before. */
  readonly fresh: boolean
}

/** Uses an authorization code up: whoever comes second is told so. */
export async function spendCode(tx: Tx, hash: Buffer, now: Date): Promise<StoredCode | undefined> {
  const where = { hash: new Uint8Array(hash) }
  const { count } = await tx.oAuthCode.updateMany({ where: { ...where, usedAt: null }, data: { usedAt: now } })
  const row = await tx.oAuthCode.findUnique({ where })
  return row ? { ...row, scopes: row.scopes.filter(isScope), fresh: count === 1 } : undefined
}

/** Removes what has run out long enough ago that nobody is helped by it any more. */
export async function deleteExpired({ pool }: Database, before: Date, limit: number): Promise<number> {
  let removed = 0
  for (const table of ['oauth_token', 'oauth_code']) {
    const { rowCount } = await pool.query(
      `delete from ${table} where ctid = any (array(select ctid from ${table} where expires_at < $1 limit $2))`,
      [before, limit],
    )
    removed = Math.max(removed, rowCount ?? 0)
  }
  return removed
}
