import { withoutCardNumbers } from '../cards/mask-card-number'
import { type Clock, DAY_MS, later, MINUTE_MS } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { momentOf, type Uuid, uuidAt } from '../ids'
import {
  findRequest,
  findRequests,
  insertRequests,
  type LoggedRequest,
  type RequestPlace,
  requestPlaceAfter,
  type RequestRow,
  type RequestWish,
} from './request-store'
import { createWriteBehind, writable, type WriteBehind } from './write-behind'

/** A request that was answered, as far as it is written down. */
export interface ApiRequest {
  readonly merchantId: Uuid
  readonly callerId: Uuid | undefined
  readonly method: string
  readonly route: string
  /** As sent, without the query: people search there by what is their shoppers'. */
  readonly path: string
  readonly status: number
  readonly code: string | undefined
  readonly correlationId: string
  readonly milliseconds: number
  readonly remoteAddress: string | undefined
}

export interface RequestQuery extends Omit<RequestWish, 'from' | 'until' | 'notBelow'> {
  /** As far back as the log goes, unless something later is said. */
  readonly from?: Date
  readonly until?: Date
  readonly limit: number
}

export interface RequestPage {
  readonly requests: readonly LoggedRequest[]
  /** Where the next page begins; undefined at the end of the range. */
  readonly next?: RequestPlace
  /** The page is short because so much was looked through: going on may find more. */
  readonly partial: boolean
}

/**
 * The requests that a shop's own keys, clients and applications made: when, what, how it was answered. Bodies, queries and
 * headers are not kept at all, so no secret can be.
 */
export interface RequestLog extends WriteBehind<ApiRequest> {
  /** A page of a shop's requests, the newest first. */
  page(merchantId: Uuid, query: RequestQuery): Promise<RequestPage>
  find(merchantId: Uuid, id: Uuid): Promise<LoggedRequest | undefined>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly settings: Pick<Settings, 'API_LOG_DAYS'>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

interface Waiting {
  readonly request: ApiRequest
  readonly at: Date
  readonly id: Uuid
}

/** Longer than any address of the API. */
const LONGEST_PATH = 300
/** So many requests are looked through for one page: a tenth of a second. */
const MOST_LOOKED_AT = 50_000
/** An identifier's own moment may be some milliseconds ahead of its row's when many are made at once. */
const AROUND_MS = 1_000

export function createRequestLog({ database: { pool }, clock, settings, report }: Parts): RequestLog {
  const log = createWriteBehind<Waiting>({
    name: 'api-log',
    write: (taken) => insertRequests(pool, taken.map(rowOf)),
    report,
  })

  return {
    ...log,
    add(request) {
      const at = clock.now()
      log.add({ request, at, id: uuidAt(at) })
    },

    async page(merchantId, { limit, ...asked }) {
      const now = clock.now()
      const from = later(now, -settings.API_LOG_DAYS * DAY_MS)
      const wish = { from, until: later(now, MINUTE_MS), ...asked }
      const narrows = [wish.method, wish.outcome, wish.callerId, wish.text].some((part) => part !== undefined)
      const notBelow = narrows ? await requestPlaceAfter(pool, merchantId, wish, MOST_LOOKED_AT) : undefined
      const found = await findRequests(pool, merchantId, { ...wish, ...(notBelow && { notBelow }) }, limit + 1)
      const requests = found.slice(0, limit)
      const last = requests.at(-1)
      if (found.length > limit && last) return { requests, next: { at: last.at, id: last.id }, partial: false }
      return { requests, ...(notBelow && { next: notBelow }), partial: notBelow !== undefined }
    },

    find(merchantId, id) {
      const at = momentOf(id)
      return findRequest(pool, merchantId, { from: later(at, -AROUND_MS), until: later(at, AROUND_MS), id })
    },
  }
}

function rowOf({ request, at, id }: Waiting): RequestRow {
  return {
    merchant_id: request.merchantId,
    at: at.toISOString(),
    id,
    caller_id: request.callerId,
    method: request.method,
    route: request.route,
    path: writable(withoutCardNumbers(request.path.slice(0, LONGEST_PATH))),
    status: request.status,
    code: request.code,
    correlation: writable(request.correlationId),
    duration_ms: request.milliseconds,
    remote_address: request.remoteAddress,
  }
}
