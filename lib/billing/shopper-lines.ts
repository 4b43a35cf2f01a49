import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { type BilledPurchase, findMonths, findMonthUse, findPurchases, type MonthUse } from './bill-store'
import type { Limit, Limits } from './limits'
import type { CentresTerms } from './centre-terms'
import { changeShopperLine, findShopperLine, findShopperLines, putShopperLine, setLock } from './line-store'

/** A line of which a shopper has proved control, as it may be shown. */
export interface ShopperLine {
  readonly id: Uuid
  readonly kind: 'line' | 'calling-card'
  readonly masked: string
  /** Code of the telco's system. */
  readonly system: string
  readonly nickname: string
  readonly provenAt: Date
  readonly lockedAt?: Date
  readonly arrearsSince?: Date
  readonly blockedAt?: Date
  /** Of somebody who is not of age yet, and not switched on by whoever may. */
  readonly minor: boolean
  /** This month's purchases against the tightest limit, in each currency that can be billed. */
  readonly use: readonly MonthUse[]
}

/** A shopper's own lines. A line the shopper has not proved is a missing one. */
export interface ShopperLines {
  list(shopperId: Uuid): Promise<ShopperLine[]>
  get(shopperId: Uuid, lineId: Uuid): Promise<ShopperLine | undefined>
  /** After control of it was proved; one that was removed earlier comes back. */
  add(shopperId: Uuid, lineId: Uuid, nickname: string): Promise<void>
  rename(shopperId: Uuid, lineId: Uuid, nickname: string): Promise<boolean>
  /** Takes it out of the list; what is under way, and bills, go on. */
  remove(shopperId: Uuid, lineId: Uuid): Promise<boolean>
  /** From now on nothing is put on the line, whoever asks. */
  lock(shopperId: Uuid, lineId: Uuid): Promise<boolean>
  unlock(shopperId: Uuid, lineId: Uuid): Promise<boolean>
  /** The shopper's own limits of the line; they can only tighten what others have set. */
  setLimit(shopperId: Uuid, lineId: Uuid, currency: Currency, limit: Limit): Promise<boolean>
  limits(shopperId: Uuid, lineId: Uuid): ReturnType<Limits['of']>
  /** Months in which something was bought, YYYY-MM, the latest first. */
  months(shopperId: Uuid, lineId: Uuid): Promise<string[]>
  /** What was bought in a month of the telco's calendar, the newest first. */
  purchases(shopperId: Uuid, lineId: Uuid, month: string): Promise<BilledPurchase[]>
}

const MONTH = /^[0-9]{4}-(0[1-9]|1[0-2])$/

export function createShopperLines({
  database,
  clock,
  limits,
  centres,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly limits: Limits
  readonly centres: CentresTerms
}): ShopperLines {
  const { prisma, pool } = database
  type Row = Awaited<ReturnType<typeof findShopperLines>>[number]

  async function shown(rows: readonly Row[]): Promise<ShopperLine[]> {
    const uses = await findMonthUse(
      pool,
      rows.map(({ lineId }) => lineId),
      clock.now(),
      centres.zones,
    )
    return rows.map(({ lineId, nickname, provenAt, line }) => ({
      id: lineId,
      kind: line.kind === 'line' ? 'line' : 'calling-card',
      masked: line.masked,
      system: line.system,
      nickname,
      provenAt,
      ...(line.lockedAt ? { lockedAt: line.lockedAt } : {}),
      ...(line.arrearsSince ? { arrearsSince: line.arrearsSince } : {}),
      ...(line.blockedAt ? { blockedAt: line.blockedAt } : {}),
      minor: line.minorUntil !== null && line.minorUntil > clock.now() && line.minorAllowedAt === null,
      use: uses.get(lineId) ?? [],
    }))
  }

  async function owns(shopperId: Uuid, lineId: Uuid): Promise<boolean> {
    return (await findShopperLine(prisma, shopperId, lineId)) !== null
  }

  return {
    list: async (shopperId) => shown(await findShopperLines(prisma, shopperId)),
    async get(shopperId, lineId) {
      const row = await findShopperLine(prisma, shopperId, lineId)
      return row ? (await shown([row]))[0] : undefined
    },
    add: (shopperId, lineId, nickname) => putShopperLine(prisma, { shopperId, lineId, nickname, at: clock.now() }),
    rename: (shopperId, lineId, nickname) => changeShopperLine(prisma, shopperId, lineId, { nickname }),
    remove: (shopperId, lineId) => changeShopperLine(prisma, shopperId, lineId, { removedAt: clock.now() }),
    async lock(shopperId, lineId) {
      if (!(await owns(shopperId, lineId))) return false
      await setLock(prisma, lineId, { at: clock.now(), by: shopperId })
      return true
    },
    async unlock(shopperId, lineId) {
      if (!(await owns(shopperId, lineId))) return false
      await setLock(prisma, lineId, undefined)
      return true
    },
    async setLimit(shopperId, lineId, currency, limit) {
      if (!(await owns(shopperId, lineId))) return false
      const by = { kind: 'shopper', id: shopperId, name: '' } as const
      await limits.set({ scope: 'line', key: lineId }, currency, limit, by)
      return true
    },
    async limits(shopperId, lineId) {
      return (await owns(shopperId, lineId)) ? limits.of({ scope: 'line', key: lineId }) : []
    },
    async months(shopperId, lineId) {
      return (await owns(shopperId, lineId)) ? findMonths(pool, lineId) : []
    },
    async purchases(shopperId, lineId, month) {
      return MONTH.test(month) && (await owns(shopperId, lineId)) ? findPurchases(pool, lineId, month) : []
    },
  }
}
