import { normalizeEmail } from '../auth/email-address'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import {
  admitGroups,
  admitShoppers,
  deleteGroup,
  deleteMember,
  excludeFrom,
  findAudience,
  findGroups,
  findMembers,
  insertGroup,
  insertMembers,
  isRegistered,
  ownGroups,
  type ShopperGroup,
} from './group-store'

export interface Audience {
  readonly groups: readonly { readonly id: Uuid; readonly name: string }[]
  /** The first of them by the alphabet. */
  readonly shoppers: readonly string[]
  readonly shopperCount: number
}

export interface Listed {
  readonly groupIds?: readonly Uuid[]
  /** As they were typed. */
  readonly emails?: readonly string[]
}

export type AudienceChanged =
  | { kind: 'changed'; audience: Audience }
  | { kind: 'refused'; reason: 'not-registered' | 'unknown-group' | 'wrong-address'; at?: number }

/** Shoppers whom a merchant has listed, and the modules that only listed ones may use (M-158). */
export interface ShopperGroups {
  groups(merchantId: Uuid): Promise<ShopperGroup[]>
  /** Undefined when there is a group of that name. */
  createGroup(merchantId: Uuid, name: string): Promise<ShopperGroup | undefined>
  removeGroup(merchantId: Uuid, groupId: Uuid): Promise<boolean>
  /** By the alphabet, after one of them. */
  members(merchantId: Uuid, groupId: Uuid, page: { search?: string; after?: string; limit: number }): Promise<string[]>
  /** All of them or none: an address that is none is named by its place. */
  addMembers(
    merchantId: Uuid,
    groupId: Uuid,
    emails: readonly string[],
  ): Promise<
    | { kind: 'added'; count: number }
    | { kind: 'refused'; reason: 'missing' }
    | { kind: 'refused'; reason: 'wrong-address'; at: number }
  >
  removeMember(merchantId: Uuid, groupId: Uuid, email: string): Promise<boolean>
  audience(merchantId: Uuid, module: ModuleCode): Promise<Audience>
  admit(merchantId: Uuid, module: ModuleCode, listed: Listed): Promise<AudienceChanged>
  exclude(merchantId: Uuid, module: ModuleCode, listed: Listed): Promise<AudienceChanged>
}

const MOST_SHOWN = 100

export function createShopperGroups({ database, clock }: { database: Database; clock: Clock }): ShopperGroups {
  const { prisma } = database
  const audience = (merchantId: Uuid, module: ModuleCode) => findAudience(prisma, merchantId, module, MOST_SHOWN)

  async function changeAudience(
    merchantId: Uuid,
    module: ModuleCode,
    { groupIds = [], emails = [] }: Listed,
    write: (listed: { groupIds: readonly Uuid[]; emails: readonly string[] }) => Promise<void>,
  ): Promise<AudienceChanged> {
    if (!(await isRegistered(prisma, merchantId, module))) return { kind: 'refused', reason: 'not-registered' }
    const read = readAddresses(emails)
    if (read.kind === 'wrong') return { kind: 'refused', reason: 'wrong-address', at: read.at }
    const known = new Set(groupIds)
    if ((await ownGroups(prisma, merchantId, [...known])) < known.size) {
      return { kind: 'refused', reason: 'unknown-group' }
    }
    await write({ groupIds: [...known], emails: read.emails })
    return { kind: 'changed', audience: await audience(merchantId, module) }
  }

  return {
    groups: (merchantId) => findGroups(prisma, merchantId),

    async createGroup(merchantId, name) {
      const at = clock.now()
      const id = uuidAt(at)
      return (await insertGroup(prisma, merchantId, { id, name, at })) ? { id, name, members: 0 } : undefined
    },

    removeGroup: (merchantId, groupId) => deleteGroup(prisma, merchantId, groupId),
    members: (merchantId, groupId, page) => findMembers(prisma, merchantId, groupId, page),

    async addMembers(merchantId, groupId, emails) {
      const read = readAddresses(emails)
      if (read.kind === 'wrong') return { kind: 'refused', reason: 'wrong-address', at: read.at }
      const count = await insertMembers(prisma, merchantId, groupId, read.emails)
      return count === undefined ? { kind: 'refused', reason: 'missing' } : { kind: 'added', count }
    },

    removeMember: (merchantId, groupId, email) => deleteMember(prisma, merchantId, groupId, email.toLowerCase()),
    audience,

    admit: (merchantId, module, listed) =>
      changeAudience(merchantId, module, listed, ({ groupIds, emails }) =>
        prisma.$transaction(async (tx) => {
          await admitGroups(tx, merchantId, module, groupIds)
          await admitShoppers(tx, merchantId, module, { emails, at: clock.now() })
        }),
      ),

    exclude: (merchantId, module, listed) =>
      changeAudience(merchantId, module, listed, (read) =>
        prisma.$transaction((tx) => excludeFrom(tx, merchantId, module, read)),
      ),
  }
}

function readAddresses(typed: readonly string[]): { kind: 'read'; emails: string[] } | { kind: 'wrong'; at: number } {
  const emails = typed.map(normalizeEmail)
  const at = emails.indexOf(undefined)
  return at < 0 ? { kind: 'read', emails: emails.filter((each) => each !== undefined) } : { kind: 'wrong', at }
}
