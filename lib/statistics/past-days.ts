import type { Currency } from '../money/currency'
import type { CountedDay, DailyLine, Day } from './daily-store'

/** What one merchant approved and gave back on a day that is over, in one currency. Minor units. */
export interface PastDay {
  readonly day: Day
  readonly approved: bigint
  readonly refunded: bigint
}

const DAY_MS = 86_400_000

/** The days before one, the earliest first. Days have no hours, so that no summer time is in the way. */
export function daysBefore(day: Day, count: number): Day[] {
  const end = Date.parse(`${day}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - index) * DAY_MS).toISOString().slice(0, 10),
  )
}

/** The figures of each day that has been counted; one that has not is left out rather than shown as nothing. */
export function pastDays(
  days: readonly Day[],
  counted: readonly Pick<CountedDay, 'day'>[],
  lines: readonly DailyLine[],
  currency: Currency,
): PastDay[] {
  const known = new Set(counted.map(({ day }) => day))
  const sumOf = (wanted: Day, result: DailyLine['result']) =>
    lines
      .filter((line) => line.day === wanted && line.currency === currency && line.result === result)
      .reduce((sum, { amount }) => sum + amount, 0n)
  return days
    .filter((day) => known.has(day))
    .map((day) => ({ day, approved: sumOf(day, 'approved'), refunded: sumOf(day, 'refunded') }))
}
