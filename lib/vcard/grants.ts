import type { Audit } from '../audit/audit'
import { type Clock, DAY_MS } from '../clock'
import { later } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { publicId, uuidAt } from '../ids'
import { isCurrency } from '../money/currency'
import type { Money } from '../money/money'
import { money } from '../money/money'
import { invariant } from '../invariant'
import { drawGrantReference, hashGrantReference } from './grant-reference'
import type { GrantRow } from './grant-store'
import {
  cancelUnused,
  countLiveGrants,
  findGrantByHash,
  findGrants,
  findUsed,
  insertGrant,
  lockGrants,
  revokeGrant,
} from './grant-store'
import { findShop, findShopNames } from './store'

/** A shopper's authorization: one merchant's agent may make V-Cards for purchases at that merchant. */
export interface Grant {
  readonly id: Uuid
  readonly shopperId: Uuid
  readonly merchantId: Uuid
  readonly shopName: { readonly ko: string; readonly en: string }
  /** Its V-Cards, live and spent, sum to no more than this. */
  readonly most: Money
  /** What of it is used, in minor units. */
  readonly used: bigint
  readonly state: 'live' | 'revoked' | 'expired'
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt?: Date
}

export interface NewGrant {
  readonly merchantId: Uuid
  readonly most: Money
  /** Between a minute and seven days. */
  readonly livesMs: number
}

export type GiveOutcome =
  | { kind: 'given'; grant: Grant; /** For the shop's agent; told this once. */ reference: string }
  | { kind: 'refused'; reason: 'unknown-merchant' | 'too-many' }

/** What shoppers allow shops' agents to do. Another shopper's grant is a missing one. */
export interface Grants {
  give(shopper: Giver, wanted: NewGrant): Promise<GiveOutcome>
  /** Newest first, the latest fifty. */
  list(shopperId: Uuid): Promise<Grant[]>
  /** Ends a grant and cancels the V-Cards made with it that are not used yet; false when it was not live any more. */
  revoke(shopper: Giver, grantId: Uuid): Promise<boolean>
  /** The grant behind a reference, whatever has become of it. */
  byReference(reference: string): Promise<Grant | undefined>
}

/** A shopper, for the audit trail. */
export interface Giver {
  readonly id: Uuid
  readonly name: string
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
}

const SHORTEST_LIFE_MS = 60_000
/** A grant is for a purchase or a trip, not for ever: who still wants it after a week gives it again. */
const LONGEST_GRANT_MS = 7 * DAY_MS
/** More than anybody looks through; a script that gives them without end is stopped. */
const MOST_LIVE = 20
const PAGE = 50

export function createGrants({ database, clock, audit }: Parts): Grants {
  const { prisma } = database

  async function view(rows: readonly GrantRow[]): Promise<Grant[]> {
    const [first] = rows
    if (!first) return []
    const now = clock.now()
    const [shops, used] = await Promise.all([
      findShopNames(prisma, [...new Set(rows.map(({ merchantId }) => merchantId))]),
      findUsed(
        prisma,
        first.shopperId,
        rows.map(({ id }) => id),
        now,
      ),
    ])
    return rows.map((row) => {
      const { id, shopperId, merchantId, currency, createdAt, expiresAt, lastUsedAt } = row
      invariant(isCurrency(currency), `a grant is in the unknown currency ${currency}`)
      const shop = shops.find((each) => each.id === merchantId)
      return {
        ...{ id, shopperId, merchantId, createdAt, expiresAt },
        shopName: { ko: shop?.name ?? '', en: shop?.nameEn ?? '' },
        most: money(row.mostAmount, currency),
        used: used.get(id) ?? 0n,
        state: row.revokedAt ? 'revoked' : expiresAt > now ? 'live' : 'expired',
        ...(lastUsedAt && { lastUsedAt }),
      }
    })
  }

  function note(shopper: Giver, action: string, grantId: Uuid, detail: Readonly<Record<string, string>> = {}) {
    const actor = { kind: 'person', id: shopper.id, name: shopper.name, role: 'shopper' } as const
    const object = publicId('vcg', grantId)
    return audit.note({ tenantId: shopper.id, actor, action, object, outcome: 'done', detail })
  }

  return {
    async give(shopper, { merchantId, most, livesMs }) {
      const shop = await findShop(prisma, merchantId)
      if (!shop?.currencies.includes(most.currency)) return { kind: 'refused', reason: 'unknown-merchant' }
      const reference = drawGrantReference()
      const tokenHash = hashGrantReference(reference)
      invariant(tokenHash, 'a reference just drawn is one')
      const now = clock.now()
      const row = {
        ...{ shopperId: shopper.id, id: uuidAt(now), merchantId, tokenHash },
        ...{ mostAmount: most.amount, currency: most.currency, createdAt: now },
        ...{ expiresAt: later(now, Math.min(Math.max(livesMs, SHORTEST_LIFE_MS), LONGEST_GRANT_MS)) },
        ...{ revokedAt: null, lastUsedAt: null },
      }
      const isGiven = await database.transaction(async (tx) => {
        await lockGrants(tx, shopper.id)
        if ((await countLiveGrants(tx, shopper.id, now)) >= MOST_LIVE) return false
        await insertGrant(tx, row)
        return true
      })
      if (!isGiven) return { kind: 'refused', reason: 'too-many' }
      await note(shopper, 'vcard-grant.give', row.id, {
        merchant: publicId('mer', merchantId),
        most: most.amount.toString(),
        currency: most.currency,
      })
      const [grant] = await view([row])
      invariant(grant, 'a grant just given is there')
      return { kind: 'given', grant, reference }
    },

    list: async (shopperId) => view(await findGrants(prisma, shopperId, PAGE)),

    async revoke(shopper, grantId) {
      const cancelled = await database.transaction(async (tx) => {
        const at = clock.now()
        // The grant first: whoever makes a V-Card with it holds its lock, and after this nobody can.
        if (!(await revokeGrant(tx, shopper.id, grantId, at))) return undefined
        return cancelUnused(tx, shopper.id, grantId, at)
      })
      if (cancelled === undefined) return false
      await note(shopper, 'vcard-grant.revoke', grantId, { cancelled: String(cancelled) })
      return true
    },

    async byReference(reference) {
      const hash = hashGrantReference(reference)
      const row = hash && (await findGrantByHash(prisma, hash))
      return row && (await view([row]))[0]
    },
  }
}
