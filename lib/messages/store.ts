import type pg from 'pg'
import type { Delivery as DeliveryRow, Message as MessageRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from './message'
import type { Delivery, MessageFilter, SentMessage } from './messages'

type Tx = Prisma.TransactionClient

/** A message taken up for one try, with what earlier tries of this round achieved. */
export interface ClaimedMessage {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly kind: string
  readonly topic: string
  readonly paymentId: Uuid | null
  readonly payload: unknown
  /** Failed tries of this round. */
  readonly tries: number
  readonly createdAt: Date
  /** The number under which this try's deliveries are recorded. */
  readonly try: number
  /** Targets that have it already. */
  readonly reached: readonly string[]
  /** Until then it is ours; afterwards another may have it, and what we learned is dropped. */
  readonly leasedUntil: Date
}

/**
 * Takes up messages that are due by moving their time to the end of the lease: whoever dies with one in hand leaves it
 * to the next. Rows that another is taking at this moment are passed over.
 *
 * @param sms whether SMS can be sent at all; without it they stay due
 */
export async function claimDue(
  pool: pg.Pool | pg.PoolClient,
  { now, leasedUntil, limit, sms }: { now: Date; leasedUntil: Date; limit: number; sms: boolean },
): Promise<ClaimedMessage[]> {
  const { rows } = await pool.query<Omit<ClaimedMessage, 'leasedUntil'>>({
    name: 'claim_due_messages',
    text: `with due as (
        select merchant_id, id from message where state = 'due' and due_at <= $1 and ($4 or kind <> 'sms')
        order by due_at limit $3 for update skip locked
      ), claimed as (
        update message m set due_at = $2 from due where m.merchant_id = due.merchant_id and m.id = due.id returning m.*
      )
      select c.merchant_id as "merchantId", c.id, c.kind, c.topic, c.payment_id as "paymentId", c.payload, c.tries,
        c.created_at as "createdAt", t.latest + 1 as try,
        array(select d.target from delivery d where d.merchant_id = c.merchant_id and d.message_id = c.id
          and d.try > t.latest - c.tries and d.status between 200 and 299) as reached
      from claimed c, lateral (
        select coalesce(max(d.try), 0) as latest from delivery d
        where d.merchant_id = c.merchant_id and d.message_id = c.id) t`,
    values: [now, leasedUntil, limit, sms],
  })
  return rows.map((row) => ({ ...row, leasedUntil }))
}

/** Takes up one message at the moment it became due, if nobody else has. */
export async function claimOne(
  pool: pg.Pool,
  { id, at }: { id: Uuid; at: Date },
  leasedUntil: Date,
): Promise<ClaimedMessage | undefined> {
  const { rows } = await pool.query<Omit<ClaimedMessage, 'leasedUntil'>>({
    name: 'claim_one_message',
    text: `with claimed as (
        update message set due_at = $3 where id = $1 and due_at = $2 and state = 'due' returning *
      )
      select c.merchant_id as "merchantId", c.id, c.kind, c.topic, c.payment_id as "paymentId", c.payload, c.tries,
        c.created_at as "createdAt", 1 as try, array[]::text[] as reached
      from claimed c`,
    values: [id, at, leasedUntil],
  })
  return rows[0] && { ...rows[0], leasedUntil }
}

export interface TryResult {
  readonly state: 'due' | 'sent' | 'failed'
  readonly dueAt?: Date
  readonly deliveries: readonly Delivery[]
  readonly now: Date
}

/** Records how a try went. False when the lease had run out and another has the message. */
export async function recordTry(pool: pg.Pool, message: ClaimedMessage, result: TryResult): Promise<boolean> {
  const counts = result.deliveries.length > 0 ? 1 : 0
  const { rowCount } = await pool.query({
    name: 'record_message_try',
    text: `with ours as (
        update message set state = $4, due_at = $5, tries = tries + $6,
          sent_at = case when $4 = 'sent' then $7::timestamptz else sent_at end
        where merchant_id = $1 and id = $2 and due_at = $3 and state = 'due' returning merchant_id, id
      ), told as (
        insert into delivery (merchant_id, message_id, try, target, status, error, duration_ms, at)
        select ours.merchant_id, ours.id, d.try, d.target, d.status, d.error, d."durationMs", d.at
        from ours, jsonb_to_recordset($8::jsonb) as d(try int, target text, status int, error text, "durationMs" int, at timestamptz)
      )
      select from ours`,
    values: [
      message.merchantId,
      message.id,
      message.leasedUntil,
      result.state,
      result.dueAt ?? null,
      counts,
      result.now,
      JSON.stringify(result.deliveries),
    ],
  })
  return rowCount === 1
}

/** Puts a message that could not be tried just now back, without counting a try. */
export async function putBack(pool: pg.Pool, message: ClaimedMessage, dueAt: Date): Promise<void> {
  await pool.query(
    `update message set due_at = $4 where merchant_id = $1 and id = $2 and due_at = $3 and state = 'due'`,
    [message.merchantId, message.id, message.leasedUntil, dueAt],
  )
}

/** Whether the target has taken anything since then. */
export async function hasTakenSince(pool: pg.Pool, merchantId: Uuid, target: string, since: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from delivery where merchant_id = $1 and target = $2 and at > $3 and status between 200 and 299 limit 1`,
    [merchantId, target, since],
  )
  return rowCount === 1
}

/** A mail that reports no payment, in the transaction of whatever it tells. */
export async function insertMail(
  tx: Tx,
  merchantId: Uuid,
  { id, at, topic, payload }: Extract<OutgoingMessage, { kind: 'email' }>,
): Promise<void> {
  const row = { merchantId, id, kind: 'email', topic, state: 'due', payload: { ...payload } as Prisma.InputJsonObject }
  await tx.message.create({ data: { ...row, dueAt: at, createdAt: at } })
}

/** Starts a new round: the schedule begins again and every target counts as not reached. */
export async function startRound(tx: Tx, merchantId: Uuid, id: Uuid, now: Date): Promise<boolean> {
  const { count } = await tx.message.updateMany({
    where: { merchantId, id, kind: { not: 'sms' } },
    data: { state: 'due', dueAt: now, tries: 0, sentAt: null },
  })
  return count === 1
}

export async function findMessages(tx: Tx, merchantId: Uuid, filter: MessageFilter): Promise<SentMessage[]> {
  const { kind, state, paymentId, messageId, after, limit } = filter
  const rows = await tx.message.findMany({
    where: {
      merchantId,
      // What telephones were told is between us and their holders.
      kind: kind ?? { not: 'sms' },
      ...(state ? { state } : {}),
      ...(paymentId ? { paymentId } : {}),
      ...(after || messageId ? { id: { ...(after && { lt: after }), ...(messageId && { equals: messageId }) } } : {}),
    },
    include: { deliveries: { orderBy: [{ try: 'asc' }, { target: 'asc' }] } },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(messageFrom)
}

export async function findMessage(tx: Tx, merchantId: Uuid, id: Uuid): Promise<SentMessage | undefined> {
  const row = await tx.message.findFirst({
    where: { merchantId, id, kind: { not: 'sms' } },
    include: { deliveries: { orderBy: [{ try: 'asc' }, { target: 'asc' }] } },
  })
  return row ? messageFrom(row) : undefined
}

function messageFrom(row: MessageRow & { deliveries: DeliveryRow[] }): SentMessage {
  const { id, kind, topic, paymentId, payload, state, dueAt, tries, createdAt, sentAt, deliveries } = row
  return {
    id,
    kind: kind === 'email' ? 'email' : 'webhook',
    topic,
    ...(paymentId ? { paymentId } : {}),
    payload,
    state: state === 'sent' || state === 'failed' ? state : 'due',
    ...(dueAt && state === 'due' ? { dueAt } : {}),
    tries,
    createdAt,
    ...(sentAt ? { sentAt } : {}),
    deliveries: deliveries.map(({ status, error, target, durationMs, at, ...delivery }) => ({
      try: delivery.try,
      target,
      ...(status === null ? {} : { status }),
      ...(error === null ? {} : { error }),
      durationMs,
      at,
    })),
  }
}
