import type pg from 'pg'
import type { Clock } from '../clock'
import type { Uuid } from '../ids'
import type { AccountMovement, MovementKind, Statement } from './account'
import { findAccount } from './account-store'
import { findBalanceBefore, findDaily, findMonthBounds, findMonths, findMovements, findTotals } from './history-store'

export interface HistoryQuery {
  /** Movements older than this one. */
  readonly before?: Uuid
  readonly since?: Date
  readonly until?: Date
  readonly kind?: MovementKind
  readonly merchantId?: Uuid
  /** At most 100. */
  readonly limit: number
}

/** What happened to an account's balance, and when. */
export interface AccountHistory {
  /** The newest first. */
  history(accountId: Uuid, query: HistoryQuery): Promise<AccountMovement[]>
  /** What was charged on each day of a month (YYYY-MM) of the zone, less what was given back of it. */
  daily(accountId: Uuid, month: string): Promise<{ readonly day: string; readonly amount: bigint }[]>
  /** Undefined where there is no such account, or no such month. */
  statement(accountId: Uuid, month: string): Promise<Statement | undefined>
  /** Months in which something moved, YYYY-MM, the latest first. */
  months(accountId: Uuid): Promise<string[]>
}

const MONTH = /^20[0-9]{2}-(0[1-9]|1[0-2])$/
const MOST_LINES = 1_000
const LARGEST_PAGE = 100

export function createAccountHistory({
  pool,
  clock,
  zone,
}: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly zone: string
}): AccountHistory {
  return {
    history: (accountId, query) =>
      findMovements(pool, accountId, { ...query, limit: Math.min(query.limit, LARGEST_PAGE) }),

    daily: async (accountId, month) => (MONTH.test(month) ? findDaily(pool, accountId, month) : []),

    months: (accountId) => findMonths(pool, accountId, zone),

    async statement(accountId, month) {
      if (!MONTH.test(month)) return undefined
      const account = await findAccount(pool, accountId, { now: clock.now(), zone })
      if (!account) return undefined
      const bounds = await findMonthBounds(pool, month, zone)
      const [opening, sums, found] = await Promise.all([
        findBalanceBefore(pool, accountId, bounds.since),
        findTotals(pool, accountId, bounds),
        findMovements(pool, accountId, { ...bounds, oldestFirst: true, limit: MOST_LINES + 1 }),
      ])
      const totalOf = (kind: MovementKind) => sums.find((each) => each.kind === kind)?.amount ?? 0n
      const totals = {
        charge: totalOf('charge'),
        refund: totalOf('refund'),
        'top-up': totalOf('top-up'),
        voucher: totalOf('voucher'),
      }
      return {
        ...{ month, opening, totals, currency: account.currency },
        closing: opening - totals.charge + totals.refund + totals['top-up'] + totals.voucher,
        movements: found.slice(0, MOST_LINES),
        more: found.length > MOST_LINES,
      }
    },
  }
}
