import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Tx = Prisma.TransactionClient

export interface ShopperGroup {
  readonly id: Uuid
  readonly name: string
  readonly members: number
}

export async function findGroups(tx: Tx, merchantId: Uuid): Promise<ShopperGroup[]> {
  const rows = await tx.shopperGroup.findMany({
    where: { merchantId },
    orderBy: { name: 'asc' },
    include: { _count: { select: { members: true } } },
  })
  return rows.map(({ id, name, _count }) => ({ id, name, members: _count.members }))
}

/** False when the merchant has a group of that name. */
export async function insertGroup(
  tx: Tx,
  merchantId: Uuid,
  group: { id: Uuid; name: string; at: Date },
): Promise<boolean> {
  const { id, name, at } = group
  const { count } = await tx.shopperGroup.createMany({
    data: [{ merchantId, id, name, createdAt: at }],
    skipDuplicates: true,
  })
  return count === 1
}

/** With its members, and out of every module's list. */
export async function deleteGroup(tx: Tx, merchantId: Uuid, id: Uuid): Promise<boolean> {
  return (await tx.shopperGroup.deleteMany({ where: { merchantId, id } })).count === 1
}

export async function findMembers(
  tx: Tx,
  merchantId: Uuid,
  groupId: Uuid,
  { search, after, limit }: { search?: string; after?: string; limit: number },
): Promise<string[]> {
  const rows = await tx.shopperGroupMember.findMany({
    where: {
      ...{ merchantId, groupId },
      email: { ...(search && { contains: search.toLowerCase() }), ...(after && { gt: after }) },
    },
    orderBy: { email: 'asc' },
    take: limit,
  })
  return rows.map(({ email }) => email)
}

/** How many of them were not members yet; undefined when there is no such group. */
export async function insertMembers(
  tx: Tx,
  merchantId: Uuid,
  groupId: Uuid,
  emails: readonly string[],
): Promise<number | undefined> {
  const group = await tx.shopperGroup.findUnique({ where: { merchantId_id: { merchantId, id: groupId } } })
  if (!group) return undefined
  const data = emails.map((email) => ({ merchantId, groupId, email }))
  return (await tx.shopperGroupMember.createMany({ data, skipDuplicates: true })).count
}

export async function deleteMember(tx: Tx, merchantId: Uuid, groupId: Uuid, email: string): Promise<boolean> {
  return (await tx.shopperGroupMember.deleteMany({ where: { merchantId, groupId, email } })).count === 1
}

/** Who is listed for a module: its groups, and the first of the shoppers listed one by one. */
export async function findAudience(
  tx: Tx,
  merchantId: Uuid,
  module: string,
  limit: number,
): Promise<{ groups: { id: Uuid; name: string }[]; shoppers: string[]; shopperCount: number }> {
  const [groups, shoppers, shopperCount] = await Promise.all([
    tx.merchantModuleGroup.findMany({ where: { merchantId, module }, include: { group: true } }),
    tx.merchantModuleShopper.findMany({ where: { merchantId, module }, orderBy: { email: 'asc' }, take: limit }),
    tx.merchantModuleShopper.count({ where: { merchantId, module } }),
  ])
  return {
    groups: groups.map(({ group: { id, name } }) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    shoppers: shoppers.map(({ email }) => email),
    shopperCount,
  }
}

export async function admitGroups(tx: Tx, merchantId: Uuid, module: string, groupIds: readonly Uuid[]): Promise<void> {
  const data = groupIds.map((groupId) => ({ merchantId, module, groupId }))
  await tx.merchantModuleGroup.createMany({ data, skipDuplicates: true })
}

export async function admitShoppers(
  tx: Tx,
  merchantId: Uuid,
  module: string,
  { emails, at }: { emails: readonly string[]; at: Date },
): Promise<void> {
  const data = emails.map((email) => ({ merchantId, module, email, createdAt: at }))
  await tx.merchantModuleShopper.createMany({ data, skipDuplicates: true })
}

export async function excludeFrom(
  tx: Tx,
  merchantId: Uuid,
  module: string,
  { groupIds, emails }: { groupIds: readonly Uuid[]; emails: readonly string[] },
): Promise<void> {
  await tx.merchantModuleGroup.deleteMany({ where: { merchantId, module, groupId: { in: [...groupIds] } } })
  await tx.merchantModuleShopper.deleteMany({ where: { merchantId, module, email: { in: [...emails] } } })
}

export async function ownGroups(tx: Tx, merchantId: Uuid, ids: readonly Uuid[]): Promise<number> {
  return tx.shopperGroup.count({ where: { merchantId, id: { in: [...ids] } } })
}

export async function isRegistered(tx: Tx, merchantId: Uuid, module: string): Promise<boolean> {
  return (await tx.merchantModule.count({ where: { merchantId, module } })) === 1
}
