import { DAY_MS, later, MINUTE_MS } from '@/lib/clock'
import { linkNames } from '@/lib/gateways/link-observer'
import type { MessagePlace } from '@/lib/operations/message-store'
import type { MessageQuery } from '@/lib/operations/search-messages'
import { readWallTime, wallTime } from '@/lib/calendar'

export type RawQuery = Readonly<Record<string, string | string[] | undefined>>

export const results = ['approved', 'refused', 'no-answer', 'unmatched'] as const
export const processes = ['api', 'web', 'worker'] as const

/** What the address of the log says, as its form shows it. */
export interface LogFilters {
  readonly from: string
  readonly until: string
  readonly name: string
  readonly text: string
  readonly link: string
  readonly result: string
  readonly process: string
}

export interface LogQuery {
  readonly query: Omit<MessageQuery, 'limit'>
  readonly filters: LogFilters
  /** A time that was typed could not be read. */
  readonly isTimeBad: boolean
}

/** Whoever names a payment wants all of it, however old. */
const NAMED_DAYS = 90

/** Reads the address; anything it does not understand is left out. */
export function readLogQuery(raw: RawQuery, now: Date, timeZone: string): LogQuery {
  const typed = (key: string) => {
    const value = raw[key]
    return typeof value === 'string' ? value.normalize('NFC').trim().slice(0, 200) : ''
  }
  const one = <Known extends string>(key: string, known: readonly Known[]) => known.find((each) => each === typed(key))
  const [name, text] = [typed('name'), typed('text')]
  const [from, until] = [readWallTime(raw['from'], timeZone), readWallTime(raw['until'], timeZone)]
  const [link, result, process] = [one('link', linkNames), one('result', results), one('process', processes)]
  const before = readPlace(typed('before'))
  const daysBack = name === '' ? 1 : NAMED_DAYS
  return {
    query: {
      from: from ?? later(now, -daysBack * DAY_MS),
      // A minute that is named is meant whole.
      until: until ? later(until, MINUTE_MS) : later(now, MINUTE_MS),
      ...(name && { name }),
      ...(text && { text }),
      ...(link && { link }),
      ...(result && { result }),
      ...(process && { process }),
      ...(before && { before }),
    },
    filters: {
      ...{ name, text, link: link ?? '', result: result ?? '', process: process ?? '' },
      from: from ? wallTime(from, timeZone) : '',
      until: until ? wallTime(until, timeZone) : '',
    },
    isTimeBad: (typed('from') !== '' && !from) || (typed('until') !== '' && !until),
  }
}

/** The address of the log, or of its export, with its filters. */
export function logAddress(path: string, filters: Partial<LogFilters>, before?: MessagePlace): string {
  const given = Object.entries({ ...filters, ...(before && { before: writePlace(before) }) })
  const search = new URLSearchParams(given.flatMap(([key, value]) => (value ? [[key, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}

const PLACE = /^([0-9]{1,15})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function writePlace({ at, id }: MessagePlace): string {
  return `${at.getTime()}~${id}`
}

function readPlace(text: string): MessagePlace | undefined {
  const [, at = '', id = ''] = PLACE.exec(text) ?? []
  return id === '' ? undefined : { at: new Date(Number(at)), id }
}
