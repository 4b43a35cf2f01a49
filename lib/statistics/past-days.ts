import { DAY_MS } from '../clock'
import type { Currency } from '../money/currency'
import type { DeclineReason } from '../payments/decline-reason'
import type { CountedDay, Day, DayLine } from './daily-store'

/** What one merchant approved and gave back on a day that is over, in one currency. Minor units. */
export interface PastDay {
  readonly day: Day
  readonly approved: bigint
  readonly refunded: bigint
  /** So many legs were approved, and so many declined by their outside systems. */
  readonly approvals: number
  readonly declines: number
}

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
  lines: readonly DayLine[],
  currency: Currency,
): PastDay[] {
  const known = new Set(counted.map(({ day }) => day))
  const own = lines.filter((line) => line.currency === currency)
  return days
    .filter((day) => known.has(day))
    .map((day) => {
      const approved = sumOf(own.filter((line) => line.day === day && line.result === 'approved'))
      const declined = sumOf(own.filter((line) => line.day === day && line.result === 'declined'))
      const refunded = sumOf(own.filter((line) => line.day === day && line.result === 'refunded'))
      return {
        day,
        ...{ approved: approved.amount, approvals: approved.count },
        ...{ refunded: refunded.amount, declines: declined.count },
      }
    })
}

/** What one means carried of what was approved, in one currency. Minor units. */
export interface MeansVolume {
  readonly module: string
  readonly count: number
  readonly amount: bigint
}

/** What was approved by each means, the most first. */
export function volumeByMeans(lines: readonly DayLine[], currency: Currency): MeansVolume[] {
  const approved = lines.filter((line) => line.currency === currency && line.result === 'approved')
  return [...new Set(approved.map(({ module }) => module))]
    .map((module) => ({ module, ...sumOf(approved.filter((line) => line.module === module)) }))
    .sort((a, b) => (a.amount === b.amount ? b.count - a.count : a.amount < b.amount ? 1 : -1))
}

/** Why outside systems declined, the most frequent first. */
export function declinesByReason(
  lines: readonly DayLine[],
  currency: Currency,
): { readonly reason: DeclineReason; readonly count: number }[] {
  const declined = lines.filter(
    (line) => line.currency === currency && line.result === 'declined' && line.reason !== '',
  )
  return [...new Set(declined.map(({ reason }) => reason))]
    .map((reason) => ({
      reason: reason as DeclineReason,
      count: sumOf(declined.filter((line) => line.reason === reason)).count,
    }))
    .sort((a, b) => b.count - a.count)
}

function sumOf(lines: readonly DayLine[]): { count: number; amount: bigint } {
  return lines.reduce((sum, { count, amount }) => ({ count: sum.count + count, amount: sum.amount + amount }), {
    count: 0,
    amount: 0n,
  })
}
