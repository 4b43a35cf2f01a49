import type pg from 'pg'
import { again } from '../db/database'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { OutgoingMessage } from '../messages/message'
import type { Locale, Requester } from '../payments/payment'
import { bigintAsText, present } from '../payments/store'
import type { Dispute, DisputeActor, DisputeHistoryEntry, DisputeOutcome, DisputeReason, GrantFault } from './dispute'
import type { DisputeEvent, DisputeState } from './dispute-moves'

export interface DisputeOpening {
  readonly dispute: Dispute
  readonly actor: DisputeActor
  readonly messages: readonly OutgoingMessage[]
}

/** One move as it is written; null takes away what was noted before. */
export interface DisputeMove {
  readonly event: DisputeEvent
  readonly state: DisputeState
  readonly actor: DisputeActor
  readonly words?: string
  readonly detail?: { readonly why?: GrantFault; readonly amount?: string }
  readonly at: Date
  /** When the worker looks at it next; null for good. */
  readonly dueAt: Date | null
  readonly changes: {
    readonly decideBy?: Date
    readonly answer?: string
    readonly answeredBy?: Requester
    readonly offer?: bigint | null
    readonly outcome?: DisputeOutcome | null
    readonly granted?: bigint | null
    readonly decision?: string | null
    readonly decidedBy?: Requester | null
    readonly confirmedBy?: Requester | null
    readonly aloneLimit?: bigint | null
    readonly refundId?: Uuid | null
  }
  readonly messages: readonly OutgoingMessage[]
}

export interface DisputeFilter {
  readonly states?: readonly DisputeState[]
  readonly reason?: DisputeReason
  readonly paymentId?: Uuid
  readonly orderRef?: string
  readonly id?: Uuid
  /** The newest first where nothing is said; due: what is to be decided first. */
  readonly order?: ListOrder | 'due' | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

/** What stands in the way of a new dispute; undefined when it was opened. */
export async function insertDispute(
  pool: pg.Pool,
  { dispute, ...opening }: DisputeOpening,
): Promise<'taken' | 'exceeds' | undefined> {
  const { rows } = await again(() =>
    pool.query<{ fault: 'taken' | 'exceeds' | null }>('select open_dispute($1) as fault', [
      JSON.stringify({ ...dispute, ...opening }, bigintAsText),
    ]),
  )
  return rows[0]!.fault ?? undefined
}

/** False when the dispute is no longer as it was read. */
export async function moveDispute(
  pool: pg.Pool,
  { merchantId, id, version }: Pick<Dispute, 'merchantId' | 'id' | 'version'>,
  move: DisputeMove,
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ moved: boolean }>('select move_dispute($1) as moved', [
      JSON.stringify({ ...move, merchantId, id, version }, bigintAsText),
    ]),
  )
  return rows[0]!.moved
}

export async function findDispute(pool: pg.Pool, merchantId: Uuid, id: Uuid): Promise<Dispute | undefined> {
  const { rows } = await pool.query<DisputeRow>('select * from dispute where merchant_id = $1 and id = $2', [
    merchantId,
    id,
  ])
  return rows[0] && readDispute(rows[0])
}

/** Of one payment, the newest first. */
export async function findOfPayment(pool: pg.Pool, merchantId: Uuid, paymentId: Uuid): Promise<Dispute[]> {
  const { rows } = await pool.query<DisputeRow>(
    'select * from dispute where merchant_id = $1 and payment_id = $2 order by id desc',
    [merchantId, paymentId],
  )
  return rows.map(readDispute)
}

// What nobody has set a day for comes before the rest.
const DUE = `coalesce(d.decide_by, '-infinity')`

/** One page of them; of every merchant when none is named. */
export async function findDisputes(
  pool: pg.Pool,
  merchantId: Uuid | undefined,
  filter: DisputeFilter,
): Promise<Dispute[]> {
  const values: unknown[] = [filter.limit]
  const bind = (value: unknown) => `$${values.push(value)}`
  const isByDue = filter.order === 'due'
  const { direction, beyond } = keysetOf(filter.order === 'due' ? 'oldest' : filter.order)
  const conditions = [
    merchantId && `d.merchant_id = ${bind(merchantId)}`,
    filter.states && `d.state = any(${bind(filter.states)})`,
    filter.reason && `d.reason = ${bind(filter.reason)}`,
    filter.paymentId && `d.payment_id = ${bind(filter.paymentId)}`,
    filter.orderRef && `d.order_ref = ${bind(filter.orderRef)}`,
    filter.id && `d.id = ${bind(filter.id)}`,
    filter.before && !isByDue && `d.id ${beyond} ${bind(filter.before)}`,
    filter.before &&
      isByDue &&
      `(${DUE}, d.id) > (select ${DUE}, d.id from dispute d where d.id = ${bind(filter.before)})`,
  ].flatMap((condition) => (condition ? [condition] : []))
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  const { rows } = await pool.query<DisputeRow>(
    `select d.* from dispute d ${where} order by ${isByDue ? `${DUE}, ` : ''}d.id ${direction} limit $1`,
    values,
  )
  return rows.map(readDispute)
}

export async function findShoppersDisputes(pool: pg.Pool, shopperId: Uuid, limit: number): Promise<Dispute[]> {
  const { rows } = await pool.query<DisputeRow>(
    'select * from dispute where shopper_id = $1 order by id desc limit $2',
    [shopperId, limit],
  )
  return rows.map(readDispute)
}

export interface DisputeCount {
  readonly state: DisputeState
  readonly count: number
}

/** How many are open, by where they stand; of every merchant when none is named. */
export async function countOpenDisputes(pool: pg.Pool, merchantId?: Uuid): Promise<DisputeCount[]> {
  const { rows } = await pool.query<{ state: DisputeState; count: bigint }>(
    `select state, count(*) as count from dispute where due_at is not null${merchantId ? ' and merchant_id = $1' : ''}
     group by state`,
    merchantId ? [merchantId] : [],
  )
  return rows.map(({ state, count }) => ({ state, count: Number(count) }))
}

export async function findDisputeHistory(pool: pg.Pool, merchantId: Uuid, id: Uuid): Promise<DisputeHistoryEntry[]> {
  const { rows } = await pool.query<HistoryRow>(
    `select version, event, state, actor, words, detail, at from dispute_event
     where merchant_id = $1 and dispute_id = $2 order by version`,
    [merchantId, id],
  )
  return rows.map(({ words, detail, ...entry }) => ({ ...entry, ...present({ words, detail }) }))
}

/** The signed messages in the dispute's file. */
export async function findFile(pool: pg.Pool, merchantId: Uuid, id: Uuid): Promise<Uuid[]> {
  const { rows } = await pool.query<{ evidence_id: Uuid }>(
    'select evidence_id from dispute_evidence where merchant_id = $1 and dispute_id = $2 order by evidence_id',
    [merchantId, id],
  )
  return rows.map((row) => row.evidence_id)
}

/** Takes up disputes whose time has come, each with a lease; rows that another is taking are passed over. */
export async function claimDueDisputes(pool: pg.Pool, at: Date, leaseUntil: Date, limit: number): Promise<Dispute[]> {
  const { rows } = await pool.query<DisputeRow>(
    `with due as (
       select merchant_id, id from dispute where due_at <= $1 order by due_at limit $3 for update skip locked
     )
     update dispute d set due_at = $2 from due where d.merchant_id = due.merchant_id and d.id = due.id returning d.*`,
    [at, leaseUntil, limit],
  )
  return rows.map(readDispute)
}

/** Who owns the shop: they are written to. */
export async function findOwners(pool: pg.Pool, merchantId: Uuid): Promise<Uuid[]> {
  const { rows } = await pool.query<{ person_id: Uuid }>(
    "select person_id from membership where merchant_id = $1 and role = 'owner' order by person_id",
    [merchantId],
  )
  return rows.map((row) => row.person_id)
}

interface HistoryRow {
  version: number
  event: DisputeHistoryEntry['event']
  state: DisputeState
  actor: DisputeActor
  words: string | null
  detail: Record<string, string> | null
  at: Date
}

interface DisputeRow {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  shopper_id: Uuid
  order_ref: string
  order_name: string
  reason: DisputeReason
  claim: string
  wanted: bigint
  currency: Currency
  locale: Locale
  state: DisputeState
  version: number
  answer_by: Date
  decide_by: Date | null
  answer: string | null
  answered_by: Requester | null
  answered_at: Date | null
  offer: bigint | null
  outcome: DisputeOutcome | null
  granted: bigint | null
  decision: string | null
  decided_by: Requester | null
  confirmed_by: Requester | null
  alone_limit: bigint | null
  refund_id: Uuid | null
  created_at: Date
  closed_at: Date | null
}

function readDispute(row: DisputeRow): Dispute {
  return {
    ...{ merchantId: row.merchant_id, id: row.id, paymentId: row.payment_id, shopperId: row.shopper_id },
    ...{ orderRef: row.order_ref, orderName: row.order_name, reason: row.reason, claim: row.claim },
    ...{ wanted: row.wanted, currency: row.currency, locale: row.locale, state: row.state, version: row.version },
    ...{ answerBy: row.answer_by, createdAt: row.created_at },
    ...present({
      ...{ decideBy: row.decide_by, answer: row.answer, answeredBy: row.answered_by, answeredAt: row.answered_at },
      ...{ offer: row.offer, outcome: row.outcome, granted: row.granted, decision: row.decision },
      ...{ decidedBy: row.decided_by, confirmedBy: row.confirmed_by, aloneLimit: row.alone_limit },
      ...{ refundId: row.refund_id, closedAt: row.closed_at },
    }),
  }
}
