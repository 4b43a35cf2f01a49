import type pg from 'pg'
import type { Uuid } from '../ids'

/** A request to the API as it is written down, by the names of the table. */
export interface RequestRow {
  readonly merchant_id: Uuid
  readonly at: string
  readonly id: Uuid
  readonly caller_id: Uuid | undefined
  readonly method: string
  readonly route: string
  readonly path: string
  readonly status: number
  readonly code: string | undefined
  readonly correlation: string
  readonly duration_ms: number
  readonly remote_address: string | undefined
}

/** A shop's own request to the API, as its people read it: never what was in it, or in its answer. */
export interface LoggedRequest {
  readonly at: Date
  readonly id: Uuid
  /** The API key, the OAuth client or the application. */
  readonly callerId: Uuid | null
  readonly method: string
  /** As in the description of the API: /api/v1/payments/:paymentId */
  readonly route: string
  readonly path: string
  readonly status: number
  /** Why it was refused. */
  readonly code: string | null
  readonly correlation: string
  readonly durationMs: number
  readonly remoteAddress: string | null
}

export const requestOutcomes = ['done', 'refused', 'failed'] as const
/** done: below 400. refused: the caller has to change something (4xx). failed: we could not (5xx). */
export type RequestOutcome = (typeof requestOutcomes)[number]

/** Where a page of the log ends. */
export interface RequestPlace {
  readonly at: Date
  readonly id: Uuid
}

/** What is looked for; every member narrows. */
export interface RequestWish {
  readonly from: Date
  readonly until: Date
  readonly method?: string
  readonly outcome?: RequestOutcome
  readonly callerId?: Uuid
  /** Anywhere in the path, the code or the correlation id. */
  readonly text?: string
  readonly before?: RequestPlace
  /** Nothing at or below this place. */
  readonly notBelow?: RequestPlace
}

const SELECT = `select at, id, caller_id as "callerId", method, route, path, status, code, correlation,
  duration_ms as "durationMs", remote_address as "remoteAddress" from api_request`

export async function insertRequests(pool: pg.Pool, rows: readonly RequestRow[]): Promise<void> {
  await pool.query({ name: 'log_api_requests', text: 'select log_api_requests($1)', values: [JSON.stringify(rows)] })
}

/** The newest first. */
export async function findRequests(
  pool: pg.Pool,
  merchantId: Uuid,
  wish: RequestWish,
  limit: number,
): Promise<LoggedRequest[]> {
  const { where, values } = conditions(merchantId, wish)
  const { rows } = await pool.query<LoggedRequest>(
    `${SELECT} where ${where} order by at desc, id desc limit ${limit}`,
    values,
  )
  return rows
}

export async function findRequest(
  pool: pg.Pool,
  merchantId: Uuid,
  { from, until, id }: { from: Date; until: Date; id: Uuid },
): Promise<LoggedRequest | undefined> {
  const { rows } = await pool.query<LoggedRequest>(
    `${SELECT} where merchant_id = $1 and at >= $2 and at < $3 and id = $4`,
    [merchantId, from, until, id],
  )
  return rows[0]
}

/** The place of the request that comes so many after the beginning of a range; undefined when there are fewer. */
export async function requestPlaceAfter(
  pool: pg.Pool,
  merchantId: Uuid,
  { from, until, before }: Pick<RequestWish, 'from' | 'until' | 'before'>,
  count: number,
): Promise<RequestPlace | undefined> {
  const { where, values } = conditions(merchantId, { from, until, ...(before && { before }) })
  const { rows } = await pool.query<RequestPlace>(
    `select at, id from api_request where ${where} order by at desc, id desc offset ${count} limit 1`,
    values,
  )
  return rows[0]
}

const STATUSES: Readonly<Record<RequestOutcome, string>> = {
  done: 'status < 400',
  refused: 'status between 400 and 499',
  failed: 'status >= 500',
}

function conditions(merchantId: Uuid, wish: RequestWish): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const value = (one: unknown) => `$${values.push(one)}`
  const { method, outcome, callerId, text, before, notBelow } = wish
  const parts = [`merchant_id = ${value(merchantId)}`, `at >= ${value(wish.from)}`, `at < ${value(wish.until)}`]
  if (method !== undefined) parts.push(`method = ${value(method)}`)
  if (callerId !== undefined) parts.push(`caller_id = ${value(callerId)}`)
  if (outcome) parts.push(STATUSES[outcome])
  if (text !== undefined) {
    const pattern = value(`%${text.replace(/[\\%_]/g, '\\$&')}%`)
    parts.push(`(path ilike ${pattern} or code ilike ${pattern} or correlation ilike ${pattern})`)
  }
  if (before) parts.push(`(at, id) < (${value(before.at)}, ${value(before.id)})`)
  if (notBelow) parts.push(`(at, id) > (${value(notBelow.at)}, ${value(notBelow.id)})`)
  return { where: parts.join(' and '), values }
}

/** Makes the partitions of the days up to `last`, drops those before `keepFrom`; how many partitions that were. */
export async function keepRequestDays(
  pool: pg.Pool,
  { first, last, keepFrom }: { first: Date; last: Date; keepFrom: Date },
): Promise<number> {
  const day = (at: Date) => at.toISOString().slice(0, 10)
  const { rows } = await pool.query<{ changed: number }>('select keep_api_request_days($1, $2, $3) as changed', [
    day(first),
    day(last),
    day(keepFrom),
  ])
  return rows[0]?.changed ?? 0
}
