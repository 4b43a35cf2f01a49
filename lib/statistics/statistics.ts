import { type Clock, DAY_MS } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { DayFigures } from './day-figures'
import { readDay, startOfDay } from './store'

/** Read-only questions. Days begin at midnight of the gateway's zone. */
export interface Statistics {
  /** Today until now, a row per currency that was used. */
  today(merchantId: Uuid): Promise<DayFigures[]>
  /** The same weekday a week ago, until the same time of day. */
  weekAgo(merchantId: Uuid): Promise<DayFigures[]>
  /** When the day that is running began. */
  startOfToday(): Promise<Date>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'TIME_ZONE'>
}

const WEEK_MS = 7 * DAY_MS

export function createStatistics({ database: { pool }, clock, settings }: Parts): Statistics {
  async function untilThen(merchantId: Uuid, until: Date): Promise<DayFigures[]> {
    return readDay(pool, merchantId, { from: await startOfDay(pool, until, settings.TIME_ZONE), until })
  }

  return {
    today: (merchantId) => untilThen(merchantId, clock.now()),
    weekAgo: (merchantId) => untilThen(merchantId, new Date(clock.now().getTime() - WEEK_MS)),
    startOfToday: () => startOfDay(pool, clock.now(), settings.TIME_ZONE),
  }
}
