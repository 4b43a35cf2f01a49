import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Posting } from '../ledger/posting'
import type { DeclineReason } from './decline-reason'
import { findHeldKey, type HeldKey } from './held-key'
import type { RefundLegState, RefundState } from './leg-moves'
import type { Refund, RefundLeg, Requester } from './payment'
import type { KeptAnswer, OutboxRow } from './payment-move'
import type { OtherWay } from './other-way'
import type { RefundItem, TakenItems } from './refund-items'
import { bigintAsText, present } from './store'

export interface RefundOpening {
  readonly refund: Refund
  readonly carryOnAt: Date
  /** What of it lowers what is owed to the merchant, minor units. */
  readonly fromBalance: bigint
  /** When a queued refund looks at the balance again. */
  readonly askAgainAt: Date
  readonly key?: string
  readonly fingerprint?: Buffer
  /** How much of the payment whoever asks may give back alone, minor units; absent: without limit. */
  readonly limit?: bigint
  /** The request that it grants, and the messages that say so. */
  readonly requestId?: Uuid
  readonly requestMessages?: readonly OutboxRow[]
}

export type RefundOpeningResult =
  { kind: 'opened'; state: 'refunding' | 'queued' } | { kind: 'stale' | 'request-closed' | 'over-limit' } | HeldKey

export interface RefundLegChange {
  readonly attempt: number
  readonly leg: number
  readonly state: RefundLegState
  readonly reason?: DeclineReason
  readonly tries?: number
}

export interface RefundMove {
  readonly state: RefundState
  readonly legs: readonly RefundLegChange[]
  readonly carryOnAt: Date | null
  readonly postings?: readonly Posting[]
  readonly messages?: readonly OutboxRow[]
  readonly answer?: KeptAnswer
}

export interface RefundRelease {
  readonly fromBalance: bigint
  readonly at: Date
  readonly carryOnAt: Date
  readonly askAgainAt: Date
  /** Who lets it go although the balance is short; absent: only if the balance covers it. */
  readonly by?: Requester
}

/** The only place where refunds are read and written. */
export interface RefundStore {
  open(opening: RefundOpening): Promise<RefundOpeningResult>
  /** What an idempotency key was used for before; undefined when nobody has claimed it. */
  findKey(merchantId: Uuid, claim: { readonly key: string; readonly fingerprint: Buffer }): Promise<HeldKey | undefined>
  /** Lets a queued refund go; false when it goes on waiting, or waits no longer. */
  release(refund: Refund, release: RefundRelease): Promise<boolean>
  /** Refunds that wait for a merchant's balance, the oldest first; of every merchant when none is named. */
  listQueued(merchantId: Uuid | undefined, limit: number): Promise<Refund[]>
  move(refund: Refund, move: RefundMove, at: Date): Promise<{ kind: 'moved' } | { kind: 'stale' }>
  find(merchantId: Uuid, refundId: Uuid): Promise<Refund | undefined>
  listOfPayment(merchantId: Uuid, paymentId: Uuid): Promise<Refund[]>
  /** How many of each line have gone back, are on their way or, where wanted, are asked for. */
  takenItems(merchantId: Uuid, paymentId: Uuid, withAsked: boolean): Promise<TakenItems>
  claimDue(at: Date, leaseUntil: Date, limit: number): Promise<Refund[]>
  /** Refunds on their way that were opened before a time, oldest first. */
  listStuck(before: Date, limit: number): Promise<Refund[]>
}

export function createRefundStore(pool: pg.Pool): RefundStore {
  async function ask<Result>(text: string, request: object): Promise<Result> {
    const { rows } = await again(() => pool.query<{ result: Result }>(text, [JSON.stringify(request, bigintAsText)]))
    return rows[0]!.result
  }

  return {
    open({ refund, carryOnAt, fromBalance, askAgainAt, key, fingerprint, ...granted }) {
      const { state: _state, ...columns } = refund
      return ask('select open_refund($1) as result', {
        ...columns,
        ...{ carryOnAt, fromBalance, askAgainAt },
        ...granted,
        ...(key ? { key, fingerprint: fingerprint?.toString('hex') } : {}),
      })
    },

    async release({ merchantId, id }, { fromBalance, at, carryOnAt, askAgainAt, by }) {
      const { rows } = await again(() =>
        pool.query<{ released: boolean }>('select release_refund($1, $2, $3, $4, $5, $6, $7) as released', [
          ...[merchantId, id, fromBalance, at, carryOnAt, askAgainAt],
          by ? JSON.stringify(by) : null,
        ]),
      )
      return rows[0]!.released
    },

    async listQueued(merchantId, limit) {
      const { rows } = await pool.query<RefundRow>(
        `${SELECT_REFUND} where r.state = 'queued' and ($1::uuid is null or r.merchant_id = $1) order by r.id limit $2`,
        [merchantId ?? null, limit],
      )
      return rows.map(readRefund)
    },

    findKey: (merchantId, claim) => findHeldKey(pool, merchantId, claim),

    move(refund, move, at) {
      return ask('select move_refund($1) as result', {
        ...move,
        merchantId: refund.merchantId,
        refundId: refund.id,
        version: refund.version,
        at,
        postings: move.postings?.map((posting) => ({
          ...posting,
          entries: posting.entries.map((entry, line) => ({ line, ...entry })),
        })),
      })
    },

    async find(merchantId, refundId) {
      const { rows } = await pool.query<RefundRow>(`${SELECT_REFUND} where r.merchant_id = $1 and r.id = $2`, [
        merchantId,
        refundId,
      ])
      return rows[0] && readRefund(rows[0])
    },

    async listOfPayment(merchantId, paymentId) {
      const { rows } = await pool.query<RefundRow>(
        `${SELECT_REFUND} where r.merchant_id = $1 and r.payment_id = $2 order by r.id`,
        [merchantId, paymentId],
      )
      return rows.map(readRefund)
    },

    async takenItems(merchantId, paymentId, withAsked) {
      const { rows } = await pool.query<{ item: number; quantity: string }>(
        'select item, quantity::text from items_taken($1, $2, $3)',
        [merchantId, paymentId, withAsked],
      )
      return new Map(rows.map(({ item, quantity }) => [item, Number(quantity)]))
    },

    async claimDue(at, leaseUntil, limit) {
      const { rows } = await pool.query<RefundRow>(
        `with due as (
           select merchant_id, id from refund where carry_on_at <= $1 order by carry_on_at limit $3 for update skip locked
         ), claimed as (
           update refund r set carry_on_at = $2 from due where r.merchant_id = due.merchant_id and r.id = due.id
           returning r.merchant_id, r.id
         )
         ${SELECT_REFUND} join claimed c on c.merchant_id = r.merchant_id and c.id = r.id`,
        [at, leaseUntil, limit],
      )
      return rows.map(readRefund)
    },

    async listStuck(before, limit) {
      const { rows } = await pool.query<RefundRow>(
        `${SELECT_REFUND} where r.carry_on_at is not null and r.state = 'refunding' and coalesce(r.released_at, r.created_at) <= $1
         order by r.created_at limit $2`,
        [before, limit],
      )
      return rows.map(readRefund)
    },
  }
}

const SELECT_REFUND = `
  select r.*, (
    select coalesce(json_agg(json_build_object('attempt', l.attempt, 'leg', l.leg, 'amount', l.amount::text,
      'state', l.state, 'reference', l.reference, 'reason', l.reason, 'tries', l.tries) order by l.attempt, l.leg), '[]')
    from refund_leg l where l.merchant_id = r.merchant_id and l.refund_id = r.id) as legs, (
    select json_agg(json_build_object('item', i.item, 'quantity', i.quantity) order by i.item)
    from refund_item i where i.merchant_id = r.merchant_id and i.refund_id = r.id) as items
  from refund r`

interface RefundRow {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  kind: Refund['kind']
  amount: bigint
  state: RefundState
  version: number
  strategy: string
  reason: string
  requested_by: Requester
  created_at: Date
  finished_at: Date | null
  queued_at: Date | null
  released_at: Date | null
  released_by: Requester | null
  way: OtherWay | null
  items: RefundItem[] | null
  legs: (Omit<RefundLeg, 'amount' | 'reason'> & { amount: string; reason: DeclineReason | null })[]
}

function readRefund(row: RefundRow): Refund {
  return {
    merchantId: row.merchant_id,
    id: row.id,
    paymentId: row.payment_id,
    kind: row.kind,
    amount: row.amount,
    state: row.state,
    version: row.version,
    strategy: row.strategy,
    reason: row.reason,
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    ...present({
      ...{ finishedAt: row.finished_at, queuedAt: row.queued_at },
      ...{ releasedAt: row.released_at, releasedBy: row.released_by, way: row.way, items: row.items },
    }),
    legs: row.legs.map(({ reason, ...leg }) => ({ ...leg, amount: BigInt(leg.amount), ...present({ reason }) })),
  }
}
