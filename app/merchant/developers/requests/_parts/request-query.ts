import { readWallTime, wallTime } from '@/lib/calendar'
import { later, MINUTE_MS } from '@/lib/clock'
import { readPublicId } from '@/lib/ids'
import type { RequestQuery } from '@/lib/operations/request-log'
import { requestOutcomes, type RequestPlace } from '@/lib/operations/request-store'
import type { RawQuery } from '../../../_parts/list-query'

export const HERE = '/merchant/developers/requests'
/** Those that the API answers. */
export const methods = ['GET', 'POST'] as const

/** What the address of the log says, as its form shows it. */
export interface RequestFilters {
  readonly q: string
  readonly method: string
  readonly outcome: string
  readonly caller: string
  readonly from: string
  readonly until: string
}

interface ReadQuery {
  readonly query: Omit<RequestQuery, 'limit'>
  readonly filters: RequestFilters
  /** A time that was typed could not be read. */
  readonly isTimeBad: boolean
}

/** Reads the address; anything it does not understand is left out. */
export function readRequestQuery(raw: RawQuery, timeZone: string): ReadQuery {
  const typed = (key: string) => {
    const value = raw[key]
    return typeof value === 'string' ? value.normalize('NFC').trim().slice(0, 200) : ''
  }
  const text = typed('q')
  const method = methods.find((known) => known === typed('method'))
  const outcome = requestOutcomes.find((known) => known === typed('outcome'))
  const callerId = readPublicId('key', typed('caller'))
  const [from, until] = [readWallTime(raw['from'], timeZone), readWallTime(raw['until'], timeZone)]
  const before = readPlace(typed('before'))
  return {
    query: {
      ...(text && { text }),
      ...(method && { method }),
      ...(outcome && { outcome }),
      ...(callerId && { callerId }),
      ...(from && { from }),
      // A minute that is named is meant whole.
      ...(until && { until: later(until, MINUTE_MS) }),
      ...(before && { before }),
    },
    filters: {
      ...{ q: text, method: method ?? '', outcome: outcome ?? '', caller: callerId ? typed('caller') : '' },
      from: from ? wallTime(from, timeZone) : '',
      until: until ? wallTime(until, timeZone) : '',
    },
    isTimeBad: (typed('from') !== '' && !from) || (typed('until') !== '' && !until),
  }
}

/** The address of the log, or of its export, with its filters. */
export function requestsAddress(path: string, filters: Partial<RequestFilters>, before?: RequestPlace): string {
  const given = Object.entries({ ...filters, ...(before && { before: `${before.at.getTime()}~${before.id}` }) })
  const search = new URLSearchParams(given.flatMap(([key, value]) => (value ? [[key, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}

const PLACE = /^([0-9]{1,15})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readPlace(text: string): RequestPlace | undefined {
  const [, at = '', id = ''] = PLACE.exec(text) ?? []
  return id === '' ? undefined : { at: new Date(Number(at)), id }
}
