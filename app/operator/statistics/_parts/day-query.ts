import { publicId, readPublicId, type Uuid } from '@/lib/ids'
import type { Day } from '@/lib/statistics/daily-store'

export type RawQuery = Readonly<Record<string, string | string[] | undefined>>

export interface DayQuery {
  readonly day: Day
  readonly merchantId?: Uuid
}

const DAY = /^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/

/** Which day, and whose; a day that does not exist is the one before today. */
export function readDayQuery({ day, shop }: RawQuery, usual: Day): DayQuery {
  const merchantId = typeof shop === 'string' ? readPublicId('mer', shop) : undefined
  return { day: readDay(day) ?? usual, ...(merchantId && { merchantId }) }
}

export function readDay(text: unknown): Day | undefined {
  if (typeof text !== 'string' || !DAY.test(text)) return undefined
  // The 31st of a month that has none would be another day.
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text) ? text : undefined
}

export function dayAddress(path: string, { day, merchantId }: DayQuery): string {
  return `${path}?day=${day}${merchantId ? `&shop=${publicId('mer', merchantId)}` : ''}`
}
