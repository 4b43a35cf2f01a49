import { DAY_MS, HOUR_MS } from './clock'

/** A day of a calendar, YYYY-MM-DD: it has no hours, so that no summer time is in the way. Days compare as texts. */
export type Day = string

export const units = ['day', 'week', 'month', 'year'] as const
export type Unit = (typeof units)[number]

const dayAt = (milliseconds: number): Day => new Date(milliseconds).toISOString().slice(0, 10)
const timeOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`)

export function dayOfMonth(day: Day): number {
  return Number(day.slice(8))
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((timeOf(to) - timeOf(from)) / DAY_MS)
}

/** The day of that number in the month of a day; the last one where the month is shorter. */
export function dayInMonthOf(day: Day, wanted: number): Day {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return dayAt(Date.UTC(year, month - 1, Math.min(wanted, last)))
}

/**
 * A number of units later, or earlier. Months and years keep the day of the month, or take the last one there is: a month
 * after 31 January is the last of February, and two months after it is 31 March, because both are counted from January.
 *
 * @param anchorDay the day of the month that is meant, where the day itself stands for a later one (28 February for 31)
 */
export function addUnits(day: Day, unit: Unit, count: number, anchorDay = dayOfMonth(day)): Day {
  if (unit === 'day' || unit === 'week') return dayAt(timeOf(day) + count * (unit === 'week' ? 7 : 1) * DAY_MS)
  const [year = 0, month = 1] = day.split('-').map(Number)
  const first = dayAt(Date.UTC(year, month - 1 + count * (unit === 'year' ? 12 : 1), 1))
  return dayInMonthOf(first, anchorDay)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What clocks of a zone show, as if it were UTC. */
function shownAt(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...digits, second: '2-digit' })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** When clocks of a zone show what they would show at this moment if the zone were UTC. */
function momentOf(shown: number, zone: string): number {
  let at = shown
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round++) at = shown - (shownAt(at, zone) - at)
  return at
}

export function dayIn(zone: string, at: Date): Day {
  return dayAt(shownAt(at.getTime(), zone))
}

/** The moment at which a day begins in a zone: its midnight, or the first moment after it where clocks jump over it. */
export function startOf(day: Day, zone: string): Date {
  const at = momentOf(timeOf(day), zone)
  return new Date(dayIn(zone, new Date(at)) < day ? at + HOUR_MS : at)
}

/** The last moment of a day in a zone; undefined for what is no day. */
export function endOf(day: string, zone: string): Date | undefined {
  const lastMinute = readWallTime(`${day}T23:59`, zone)
  return lastMinute && new Date(lastMinute.getTime() + 59_999)
}

/** A moment by the clocks of a zone, as a datetime field holds it: 2026-11-21T15:04. */
export function wallTime(at: Date, zone: string): string {
  return new Date(shownAt(at.getTime(), zone)).toISOString().slice(0, 16)
}

const WALL_TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$/

/** The moment that a datetime field names by the clocks of a zone; undefined for anything else. */
export function readWallTime(text: unknown, zone: string): Date | undefined {
  if (typeof text !== 'string' || !WALL_TIME.test(text)) return undefined
  const shown = Date.parse(`${text}Z`)
  return Number.isNaN(shown) ? undefined : new Date(momentOf(shown, zone))
}
