import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import {
  countDay,
  type CountedDay,
  countedDays,
  type CountedShop,
  countedShops,
  type DailyLine,
  dailyLines,
  type DailyWish,
  type Day,
  dayBounds,
  type DayLine,
  dayLines,
  dayOf,
  dueDays,
  noteDay,
} from './daily-store'

/** Figures of whole days by merchant, means, hour and result, made at a set time and kept (M-35). */
export interface DailyStatistics {
  /** Counts a day anew from the books as they are now. Any day, at any time, any number of times, also twice at once. */
  count(day: Day): Promise<CountedDay>
  /**
   * Counts the days that are due: those that have ended, and whose figures are missing or were made before the set time
   * after their end. Stops after one, so that a job may be ended between two.
   * @returns whether there may be another
   */
  countDue(): Promise<boolean>
  /** When each day of a range was counted; days that were not are not there. */
  counted(first: Day, last: Day): Promise<CountedDay[]>
  lines(wish: DailyWish): Promise<DailyLine[]>
  /** Of one merchant, without the hours. */
  dayLines(wish: Required<DailyWish>): Promise<DayLine[]>
  today(): Promise<Day>
  /** When a day is over. */
  endOf(day: Day): Promise<Date>
  /** Everybody whose figures there may be. */
  shops(): Promise<CountedShop[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'TIME_ZONE' | 'STATISTICS_AT'>
}

/** A worker that was away for longer leaves the days before to whoever asks for them. */
const DAYS_LOOKED_BACK = 31

export function createDailyStatistics({ database: { pool }, clock, settings }: Parts): DailyStatistics {
  const timeZone = settings.TIME_ZONE

  async function count(day: Day): Promise<CountedDay> {
    const begun = performance.now()
    // Noted as of the beginning: what is paid while it counts belongs to the next counting.
    const computedAt = clock.now()
    const { from, until } = await dayBounds(pool, day, timeZone)
    const merchants = await countedShops(pool)
    // One merchant after the other: a statement never gets longer than the largest of them needs.
    for (const { id: merchantId } of merchants) await countDay(pool, { merchantId, day, timeZone, from, until })
    const counted = { day, computedAt, merchants: merchants.length, durationMs: performance.now() - begun }
    await noteDay(pool, counted)
    return counted
  }

  return {
    count,
    async countDue() {
      const { STATISTICS_AT: setTime } = settings
      const [day, another] = await dueDays(pool, { now: clock.now(), timeZone, setTime, daysBack: DAYS_LOOKED_BACK })
      if (day) await count(day)
      return another !== undefined
    },
    counted: (first, last) => countedDays(pool, first, last),
    lines: (wish) => dailyLines(pool, wish),
    dayLines: (wish) => dayLines(pool, wish),
    today: () => dayOf(pool, clock.now(), timeZone),
    endOf: async (day) => (await dayBounds(pool, day, timeZone)).until,
    shops: () => countedShops(pool),
  }
}
