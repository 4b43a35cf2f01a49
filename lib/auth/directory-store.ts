import type { Prisma } from '../db/generated/client'
import { beyondId, keysetOf } from '../db/list-order'
import type { Uuid } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import { merchantFrom } from '../merchants/store'
import type { KnownPerson, KnownShop, PeopleFilter, ShopFilter } from './directory'
import { membershipsFrom, personFrom, systemRoleFrom } from './store'

type Tx = Prisma.TransactionClient

const PERSON = {
  memberships: { include: { merchant: true }, orderBy: { createdAt: 'asc' } },
  systemMember: true,
  sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } },
} satisfies Prisma.PersonInclude

type PersonRow = Prisma.PersonGetPayload<{ include: typeof PERSON }>

function knownPersonFrom(row: PersonRow): KnownPerson {
  const systemRole = systemRoleFrom(row.systemMember)
  const lastSeenAt = row.sessions[0]?.lastSeenAt
  return {
    person: personFrom(row),
    hasSecondFactor: row.secondFactorSince !== null,
    work: row.memberships.flatMap((each) =>
      membershipsFrom([each]).map((membership) => ({ ...membership, merchant: merchantFrom(each.merchant) })),
    ),
    ...(systemRole && { systemRole }),
    ...(row.suspendedAt && { suspendedAt: row.suspendedAt }),
    ...(lastSeenAt && { lastSeenAt }),
  }
}

const like = (text: string) => ({ contains: text, mode: 'insensitive' as const })

/** People who work here; of everybody else only whoever has exactly the address that is looked for. */
export async function findKnownPeople(tx: Tx, filter: PeopleFilter): Promise<KnownPerson[]> {
  const { text, role, suspended, order, before, limit } = filter
  const works: Prisma.PersonWhereInput = { OR: [{ memberships: { some: {} } }, { systemMember: { isNot: null } }] }
  const named = (wanted: string): Prisma.PersonWhereInput => ({
    OR: [
      { email: wanted.toLowerCase() },
      {
        AND: [
          works,
          {
            OR: [
              { name: like(wanted) },
              { email: like(wanted) },
              { memberships: { some: { merchant: { OR: [{ name: like(wanted) }, { nameEn: like(wanted) }] } } } },
            ],
          },
        ],
      },
    ],
  })
  const rows = await tx.person.findMany({
    where: {
      AND: [
        text ? named(text) : works,
        ...(role ? [{ OR: [{ memberships: { some: { role } } }, { systemMember: { role } }] }] : []),
        ...(suspended ? [{ suspendedAt: { not: null } }] : []),
        ...(before ? [{ id: beyondId(order, before) }] : []),
      ],
    },
    include: PERSON,
    orderBy: { id: keysetOf(order).direction },
    take: limit,
  })
  return rows.map(knownPersonFrom)
}

export async function findKnownPerson(tx: Tx, id: Uuid): Promise<KnownPerson | undefined> {
  const row = await tx.person.findUnique({ where: { id }, include: PERSON })
  return row ? knownPersonFrom(row) : undefined
}

const SHOP = {
  memberships: { where: { role: 'owner' }, include: { person: true }, orderBy: { createdAt: 'asc' } },
  _count: { select: { memberships: true } },
} satisfies Prisma.MerchantInclude

type ShopRow = Prisma.MerchantGetPayload<{ include: typeof SHOP }>

function knownShopFrom(row: ShopRow): KnownShop {
  return {
    merchant: merchantFrom(row),
    owners: row.memberships.map(({ person }) => personFrom(person)),
    people: row._count.memberships,
  }
}

/** Every shop but our own house. */
export async function findKnownShops(
  tx: Tx,
  { text, suspended, order, before, limit }: ShopFilter,
): Promise<KnownShop[]> {
  const rows = await tx.merchant.findMany({
    where: {
      AND: [
        { id: { not: HOUSE_MERCHANT } },
        ...(text ? [{ OR: [{ name: like(text) }, { nameEn: like(text) }] }] : []),
        ...(suspended ? [{ suspendedAt: { not: null } }] : []),
        ...(before ? [{ id: beyondId(order, before) }] : []),
      ],
    },
    include: SHOP,
    orderBy: { id: keysetOf(order).direction },
    take: limit,
  })
  return rows.map(knownShopFrom)
}

export async function findKnownShop(tx: Tx, id: Uuid): Promise<KnownShop | undefined> {
  if (id === HOUSE_MERCHANT) return undefined
  const row = await tx.merchant.findUnique({ where: { id }, include: SHOP })
  return row ? knownShopFrom(row) : undefined
}

/** False where the person is unknown, or stands like that already. */
export async function markPerson(tx: Tx, id: Uuid, suspendedAt: Date | null): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, suspendedAt: suspendedAt === null ? { not: null } : null },
    data: { suspendedAt },
  })
  return count === 1
}

/** As markPerson. Our own house cannot be stopped: what shoppers have topped up would be stuck. */
export async function markShop(tx: Tx, id: Uuid, suspendedAt: Date | null): Promise<boolean> {
  if (id === HOUSE_MERCHANT) return false
  const { count } = await tx.merchant.updateMany({
    where: { id, suspendedAt: suspendedAt === null ? { not: null } : null },
    data: { suspendedAt },
  })
  return count === 1
}
