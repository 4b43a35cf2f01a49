import type pg from 'pg'
import type { CallReference } from '../call-reference'
import { later } from '../clock'
import { createBatch } from '../db/batch'
import { again } from '../db/database'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import type { SealedCard } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { DeclineReason } from './decline-reason'
import { findHeldKey, type HeldKey } from './held-key'
import type { LegState } from './leg-moves'
import { readItem, type StoredItem } from './items'
import type { HistoryEntry, Leg, Payment, Standing } from './payment'
import { type KeptAnswer, type NewLeg, type OutboxRow, type PaymentMove, stateAfter } from './payment-move'
import { movingStates, type PaymentState } from './payment-moves'
import type { PaymentPlan } from './payment-plan'

/** A payment to be opened, with what belongs into the same transaction. */
export interface Opening {
  readonly payment: Payment
  readonly key?: string
  readonly fingerprint?: Buffer
  readonly legs?: readonly NewLeg[]
  readonly spend?: { readonly shopperId: Uuid; readonly vcardId: Uuid }
  /** A card typed for this payment, and the index of the leg it pays. */
  readonly card?: SealedCard
  readonly cardLeg?: number
  readonly answer?: KeptAnswer
  readonly answerRefused?: KeptAnswer
}

export type OpeningResult =
  | { kind: 'opened'; cardId: Uuid | null }
  | HeldKey
  | { kind: 'order-taken'; paymentId: Uuid | null }
  | { kind: 'vcard-refused' }
  | { kind: 'module-inactive' }

export type MoveResult = { kind: 'moved' } | { kind: 'stale' } | { kind: 'vcard-refused' } | { kind: 'module-inactive' }

/** A move with the messages that report it. */
export interface WrittenMove extends PaymentMove {
  readonly messages?: readonly OutboxRow[]
}

interface MoveRequest {
  readonly payment: Payment
  readonly move: WrittenMove
  readonly at: Date
}

export interface PaymentFilter {
  readonly standing?: Standing
  /** Order reference, exact. */
  readonly orderRef?: string
  /** Payments older than this one. */
  readonly before?: Uuid
  readonly limit: number
}

/** Which of a shopper's own purchases are asked for. */
export interface PurchaseFilter {
  /** A part of the order's name, or of the shop's. */
  readonly text?: string
  readonly standing?: Standing
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

/** The only place where payments are read and written. */
export interface PaymentStore {
  open(opening: Opening): Promise<OpeningResult>
  /** Writes a move if the payment still is what the writer read. */
  move(payment: Payment, at: Date, move: WrittenMove): Promise<MoveResult>
  /** Notes one outside system's answer while the others are still awaited, for the shopper who watches. */
  noteAnswer(
    payment: Payment,
    leg: Pick<Leg, 'attempt' | 'leg'>,
    answer: { state: LegState; reason?: DeclineReason; hold?: Leg['hold'] },
  ): Promise<void>
  find(merchantId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  history(merchantId: Uuid, paymentId: Uuid): Promise<HistoryEntry[]>
  list(merchantId: Uuid, filter: PaymentFilter): Promise<Payment[]>
  /** A shopper's own payment, whichever shop it was paid to; another's is a missing one. */
  findOfShopper(shopperId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  listOfShopper(shopperId: Uuid, filter: PurchaseFilter): Promise<Payment[]>
  /** Payments nobody has finished in time; they are the caller's for as long as the lease. */
  claimDue(at: Date, leaseUntil: Date, limit: number): Promise<Payment[]>
  /** Payments on their way whose last real move was before a time, oldest first. */
  listStuck(before: Date, at: Date, limit: number): Promise<{ payment: Payment; since: Date }[]>
  /** What an idempotency key was used for before; undefined when nobody has claimed it. */
  findKey(merchantId: Uuid, claim: { readonly key: string; readonly fingerprint: Buffer }): Promise<HeldKey | undefined>
  answerKey(merchantId: Uuid, answer: KeptAnswer): Promise<void>
  /** Keeps a typed card sealed for the merchant; returns its id, the earlier one if the number is there already. */
  keepCard(merchantId: Uuid, card: SealedCard, at: Date): Promise<Uuid>
}

// Measured: more calls at once, or more requests in one, no longer raise what PostgreSQL carries on two cores.
const BATCH = { calls: 2, largest: 64 }

/** A failed payment has given its order reference up, so that there may be several of one order; each half has its index. */
const OF_ORDER = `and (p.live_order_ref = $4 or (p.standing = 'failed' and p.order_ref = $4))`

export function createPaymentStore(pool: pg.Pool): PaymentStore {
  const open = createBatch<Opening, OpeningResult>((batch) => call(pool, 'open_payments', batch.map(writeOpening)), {
    ...BATCH,
    order: ({ payment, key }) => `${payment.merchantId} ${key ?? payment.orderRef}`,
  })
  const move = createBatch<MoveRequest, MoveResult>((batch) => call(pool, 'move_payments', batch.map(writeMove)), {
    ...BATCH,
    order: ({ payment }) => `${payment.merchantId} ${payment.id}`,
  })

  return {
    open,
    move: (payment, at, written) => move({ payment, move: written, at }),

    async noteAnswer({ merchantId, id }, { attempt, leg }, { state, reason, hold }) {
      await pool.query({
        name: 'note_answer',
        text: `update leg set state = $5, reason = $6, hold = $7
               where merchant_id = $1 and payment_id = $2 and attempt = $3 and leg = $4 and state = 'authorizing'`,
        values: [merchantId, id, attempt, leg, state, reason ?? null, hold ?? null],
      })
    },

    async find(merchantId, paymentId) {
      const { rows } = await pool.query<PaymentRow>({
        name: 'find_payment',
        text: `${SELECT_PAYMENT} where p.merchant_id = $1 and p.id = $2`,
        values: [merchantId, paymentId],
      })
      return rows[0] && readPayment(rows[0])
    },

    async history(merchantId, paymentId) {
      const { rows } = await pool.query<HistoryEntry>({
        name: 'payment_history',
        text: `select version, event, state, detail, at from payment_history
               where merchant_id = $1 and payment_id = $2 order by version`,
        values: [merchantId, paymentId],
      })
      return rows
    },

    async list(merchantId, { standing, orderRef, before, limit }) {
      const { rows } = await pool.query<PaymentRow>({
        name: `list_payments${standing ? '_standing' : ''}${orderRef ? '_order' : ''}${before ? '_before' : ''}`,
        text: `${SELECT_PAYMENT} where p.merchant_id = $1
          ${standing ? 'and p.standing = $3' : 'and $3::text is null'}
          ${orderRef ? OF_ORDER : 'and $4::text is null'}
          ${before ? 'and p.id < $5' : 'and $5::uuid is null'}
          order by p.id desc limit $2`,
        values: [merchantId, limit, standing ?? null, orderRef ?? null, before ?? null],
      })
      return rows.map(readPayment)
    },

    async findOfShopper(shopperId, paymentId) {
      const { rows } = await pool.query<PaymentRow>(`${SELECT_PAYMENT} where p.shopper_id = $1 and p.id = $2`, [
        shopperId,
        paymentId,
      ])
      return rows[0] && readPayment(rows[0])
    },

    async listOfShopper(shopperId, { text, standing, order, before, limit }) {
      const { direction, beyond } = keysetOf(order)
      const { rows } = await pool.query<PaymentRow>(
        `${SELECT_PAYMENT} where p.shopper_id = $1 and ($2::uuid is null or p.id ${beyond} $2)
           and ($4::text is null or p.standing = $4)
           and ($5::text is null or strpos(lower(p.order_name), lower($5)) > 0 or exists (select from merchant m
             where m.id = p.merchant_id and strpos(lower(m.name || ' ' || m.name_en), lower($5)) > 0))
         order by p.id ${direction} limit $3`,
        [shopperId, before ?? null, limit, standing ?? null, text ?? null],
      )
      return rows.map(readPayment)
    },

    async claimDue(at, leaseUntil, limit) {
      const { rows } = await pool.query<PaymentRow>(
        `with due as (
           select merchant_id, id from payment where carry_on_at <= $1 order by carry_on_at limit $3 for update skip locked
         ), claimed as (
           update payment p set carry_on_at = $2 from due where p.merchant_id = due.merchant_id and p.id = due.id
           returning p.merchant_id, p.id
         )
         ${SELECT_PAYMENT} join claimed c on c.merchant_id = p.merchant_id and c.id = p.id`,
        [at, leaseUntil, limit],
      )
      return rows.map(readPayment)
    },

    async listStuck(before, at, limit) {
      // A payment on its way is taken up within seconds: the index leaves out those that rest until a later day.
      const { rows } = await pool.query<PaymentRow & { since: Date }>(
        `select q.*, s.since from (${SELECT_PAYMENT} where p.carry_on_at <= $2 and p.state = any($4)) q
         join lateral (
           select max(h.at) as since from payment_history h
           where h.merchant_id = q.merchant_id and h.payment_id = q.id and h.event <> 'progressed') s on s.since <= $1
         order by s.since limit $3`,
        [before, later(at, 60_000), limit, movingStates],
      )
      return rows.map((row) => ({ payment: readPayment(row), since: row.since }))
    },

    findKey: (merchantId, claim) => findHeldKey(pool, merchantId, claim),

    async answerKey(merchantId, answer) {
      await pool.query({
        name: 'answer_idempotency_keys',
        text: 'select answer_idempotency_keys($1)',
        values: [JSON.stringify([{ merchantId, answer }])],
      })
    },

    async keepCard(merchantId, card, at) {
      const { rows } = await pool.query<{ id: Uuid }>('select keep_card($1, $2, $3) as id', [
        merchantId,
        JSON.stringify(card),
        at,
      ])
      return rows[0]!.id
    },
  }
}

async function call<Result>(
  pool: pg.Pool,
  procedure: 'open_payments' | 'move_payments',
  batch: unknown[],
): Promise<Result[]> {
  const { rows } = await again(() =>
    pool.query<{ results: Result[] }>({
      name: procedure,
      text: `select ${procedure}($1::jsonb) as results`,
      values: [JSON.stringify(batch, bigintAsText)],
    }),
  )
  return rows[0]!.results
}

export function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function writeOpening({ payment, key, fingerprint, legs, card, ...rest }: Opening) {
  const {
    legs: _legs,
    version: _version,
    capturedAmount: _captured,
    refundedAmount: _refunded,
    standing: _standing,
    ...columns
  } = payment
  return {
    ...columns,
    ...rest,
    ...(key ? { key, fingerprint: fingerprint?.toString('hex') } : {}),
    ...(legs ? { legs } : {}),
    ...(card ? { card } : {}),
  }
}

function writeMove({ payment, move: { report: _report, ...move }, at }: MoveRequest) {
  return {
    ...move,
    merchantId: payment.merchantId,
    paymentId: payment.id,
    version: payment.version,
    state: stateAfter(payment, move.event),
    at,
    postings: move.postings?.map((posting) => ({
      ...posting,
      entries: posting.entries.map((entry, line) => ({ line, ...entry })),
    })),
  }
}

/** A payment with its legs, as readPayment reads it; conditions on `p` follow. */
export const SELECT_PAYMENT = `
  select p.*, (
    select coalesce(json_agg(json_build_object('attempt', l.attempt, 'leg', l.leg, 'module', l.module, 'means', l.means,
      'amount', l.amount::text, 'state', l.state, 'authorizeReference', l.authorize_reference,
      'settleReference', l.settle_reference, 'hold', l.hold, 'reason', l.reason,
      'capturedAmount', l.captured_amount::text, 'refundedAmount', l.refunded_amount::text, 'tries', l.tries)
      order by l.attempt, l.leg), '[]')
    from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id) as legs
  from payment p`

export interface PaymentRow {
  merchant_id: Uuid
  id: Uuid
  order_ref: string
  order_name: string
  amount: bigint
  currency: Currency
  state: PaymentState
  standing: Standing
  version: number
  attempt: number
  capture_mode: Payment['captureMode']
  channel: Payment['channel']
  captured_amount: bigint
  refunded_amount: bigint
  reason: DeclineReason | null
  shopper_id: Uuid | null
  email: string | null
  locale: Payment['locale']
  return_url: string | null
  metadata: Record<string, string>
  items: StoredItem[] | null
  created_at: Date
  expires_at: Date
  carry_on_at: Date | null
  finished_at: Date | null
  plan: PaymentPlan | null
  legs: LegRow[]
}

interface LegRow extends Omit<
  Leg,
  'amount' | 'capturedAmount' | 'refundedAmount' | 'settleReference' | 'hold' | 'reason'
> {
  amount: string
  capturedAmount: string
  refundedAmount: string
  settleReference: CallReference | null
  hold: Leg['hold'] | null
  reason: DeclineReason | null
}

export function readPayment(row: PaymentRow): Payment {
  return {
    merchantId: row.merchant_id,
    id: row.id,
    orderRef: row.order_ref,
    orderName: row.order_name,
    amount: row.amount,
    currency: row.currency,
    state: row.state,
    standing: row.standing,
    version: row.version,
    attempt: row.attempt,
    captureMode: row.capture_mode,
    channel: row.channel,
    capturedAmount: row.captured_amount,
    refundedAmount: row.refunded_amount,
    locale: row.locale,
    metadata: row.metadata,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    legs: row.legs.map(readLeg),
    ...present({
      reason: row.reason,
      shopperId: row.shopper_id,
      email: row.email,
      returnUrl: row.return_url,
      items: row.items?.map(readItem),
      carryOnAt: row.carry_on_at,
      finishedAt: row.finished_at,
      plan: row.plan,
    }),
  }
}

function readLeg({ settleReference, hold, reason, ...row }: LegRow): Leg {
  return {
    ...row,
    amount: BigInt(row.amount),
    capturedAmount: BigInt(row.capturedAmount),
    refundedAmount: BigInt(row.refundedAmount),
    ...present({ settleReference, hold, reason }),
  }
}

/** Leaves out what is null: an absent value is an absent member. */
export function present<Values extends Record<string, unknown>>(
  values: Values,
): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as {
    [Name in keyof Values]?: NonNullable<Values[Name]>
  }
}
