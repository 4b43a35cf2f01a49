import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

/** Prisma or a transaction of it. */
type Connection = Prisma.TransactionClient

export async function insertGrant(tx: Connection, row: Prisma.VCardGrantUncheckedCreateInput): Promise<void> {
  await tx.vCardGrant.create({ data: row })
}

/** Grants of one shopper are given one after the other, so that their number can be bounded. */
export async function lockGrants(tx: Connection, shopperId: Uuid): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`vcard-grants:${shopperId}`}, 0))`
}

export function countLiveGrants(tx: Connection, shopperId: Uuid, at: Date): Promise<number> {
  return tx.vCardGrant.count({ where: { shopperId, revokedAt: null, expiresAt: { gt: at } } })
}

export function findGrants(tx: Connection, shopperId: Uuid, limit: number) {
  return tx.vCardGrant.findMany({ where: { shopperId }, orderBy: { id: 'desc' }, take: limit })
}

export async function findGrantByHash(tx: Connection, tokenHash: Buffer<ArrayBuffer>) {
  return (await tx.vCardGrant.findFirst({ where: { tokenHash } })) ?? undefined
}

export type GrantRow = NonNullable<Awaited<ReturnType<typeof findGrantByHash>>>

/** What the live and spent V-Cards made with each grant sum to, in minor units. Others have given their amount back. */
export async function findUsed(
  tx: Connection,
  shopperId: Uuid,
  grantIds: readonly Uuid[],
  at: Date,
): Promise<ReadonlyMap<Uuid, bigint>> {
  const rows = await tx.$queryRaw<{ grantId: Uuid; used: bigint }[]>`
    select grant_id as "grantId", sum(amount)::bigint as used from vcard
    where shopper_id = ${shopperId}::uuid and grant_id = any(${[...grantIds]}::uuid[])
      and (state = 'spent' or (state = 'live' and expires_at > ${at}))
    group by grant_id`
  return new Map(rows.map(({ grantId, used }) => [grantId, used]))
}

/**
 * Locks a grant until the transaction ends and tells what it still allows, in minor units: V-Cards made with it at once
 * never sum to more than it. Undefined when it has ended, or is for another currency.
 */
export async function lockGrant(
  tx: Connection,
  { shopperId, id, currency }: { readonly shopperId: Uuid; readonly id: Uuid; readonly currency: string },
  at: Date,
): Promise<bigint | undefined> {
  const [held] = await tx.$queryRaw<{ most: bigint }[]>`
    select most_amount as most from vcard_grant
    where shopper_id = ${shopperId}::uuid and id = ${id}::uuid and currency = ${currency}
      and revoked_at is null and expires_at > ${at}
    for update`
  if (!held) return undefined
  // A statement of its own: it sees the V-Cards of whoever held the lock before.
  return held.most - ((await findUsed(tx, shopperId, [id], at)).get(id) ?? 0n)
}

export async function noteUse(
  tx: Connection,
  { shopperId, id }: Pick<GrantRow, 'shopperId' | 'id'>,
  at: Date,
): Promise<void> {
  await tx.vCardGrant.updateMany({ where: { shopperId, id }, data: { lastUsedAt: at } })
}

/** Ends a live grant; false when it was not live any more. */
export async function revokeGrant(tx: Connection, shopperId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  const { count } = await tx.vCardGrant.updateMany({
    where: { shopperId, id, revokedAt: null, expiresAt: { gt: at } },
    data: { revokedAt: at },
  })
  return count > 0
}

/** Cancels the V-Cards made with a grant that are not used yet; their number. */
export async function cancelUnused(tx: Connection, shopperId: Uuid, grantId: Uuid, at: Date): Promise<number> {
  const { count } = await tx.vCard.updateMany({
    where: { shopperId, grantId, state: 'live', expiresAt: { gt: at } },
    data: { state: 'cancelled', closedAt: at },
  })
  return count
}
