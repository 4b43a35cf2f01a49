import type pg from 'pg'
import { again, type Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { Locale } from '../payments/payment'
import type { CashDelivery, Courier, DeliveryState, HandIn, Recipient, Visit } from './cash-delivery'

type Pool = pg.Pool

/** The leg of a payment that a delivery carries. */
export interface DeliveryLeg {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

export interface NewDelivery extends DeliveryLeg {
  readonly id: Uuid
  readonly amount: bigint
  readonly currency: Currency
  readonly orderName: string
  readonly recipient: Recipient
  readonly locale: Locale
  readonly state: 'asked' | 'withdrawn'
  readonly dueAt: Date
  readonly at: Date
}

const OF_LEG = 'payment_id = $1 and attempt = $2 and leg = $3 and merchant_id = $4'
const legOf = ({ paymentId, attempt, leg, merchantId }: DeliveryLeg) => [paymentId, attempt, leg, merchantId]

/** Writes a delivery down, unless its leg has one; returns the state of the one that is there. */
export async function keepDelivery(pool: Pool, made: NewDelivery): Promise<DeliveryState> {
  await pool.query(
    `insert into cash_delivery (merchant_id, id, payment_id, attempt, leg, amount, currency, order_name, recipient, locale,
       state, due_at, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) on conflict do nothing`,
    [
      ...[made.merchantId, made.id, made.paymentId, made.attempt, made.leg, made.amount, made.currency],
      ...[made.orderName, JSON.stringify(made.recipient), made.locale, made.state, made.dueAt, made.at],
    ],
  )
  return (await stateOfLeg(pool, made))!.state
}

export async function stateOfLeg(
  pool: Pool,
  leg: DeliveryLeg,
): Promise<{ id: Uuid; state: DeliveryState; dueAt: Date } | undefined> {
  const { rows } = await pool.query<{ id: Uuid; state: DeliveryState; due_at: Date }>(
    `select id, state, due_at from cash_delivery where ${OF_LEG}`,
    legOf(leg),
  )
  return rows[0] && { id: rows[0].id, state: rows[0].state, dueAt: rows[0].due_at }
}

/** Moves the delivery of a leg on, if it still is in one of the states; one row decides between courier and us. */
export async function moveOfLeg(
  pool: Pool,
  leg: DeliveryLeg,
  from: readonly DeliveryState[],
  to: DeliveryState,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update cash_delivery set state = $5, changed_at = $6 where ${OF_LEG} and state = any($7)`,
    [...legOf(leg), to, at, from],
  )
  return rowCount === 1
}

/** Notes that a courier took the cash, once, with the receipt to be sent; its payment is taken up from then on. */
export async function collectCash(
  { prisma }: Pick<Database, 'prisma'>,
  { merchantId, id, paymentId }: Pick<CashDelivery, 'merchantId' | 'id' | 'paymentId'>,
  { courier, receiptNumber, outbox, at }: { courier: Courier; receiptNumber: string; outbox: string; at: Date },
): Promise<boolean> {
  return again(() =>
    prisma.$transaction(async (tx) => {
      const { count } = await tx.cashDelivery.updateMany({
        where: { merchantId, id, state: 'open' },
        data: { state: 'collected', courierId: courier.id, courierName: courier.name, receiptNumber, changedAt: at },
      })
      if (count === 0) return false
      await tx.$executeRaw`select insert_messages(${outbox}::jsonb)`
      await tx.$executeRaw`select hurry_payment(${merchantId}::uuid, ${paymentId}::uuid, ${at})`
      return true
    }),
  )
}

export async function noteVisit(pool: Pool, merchantId: Uuid, deliveryId: Uuid, visit: Visit): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update cash_delivery set visits = visits || $3::jsonb, changed_at = $4
     where merchant_id = $1 and id = $2 and state = 'open'`,
    [merchantId, deliveryId, JSON.stringify([visit]), visit.at],
  )
  return rowCount === 1
}

/** Takes a delivery off the couriers' list because the merchant or the door says that it will never be paid. */
export async function giveUpDelivery(pool: Pool, merchantId: Uuid, deliveryId: Uuid, at: Date): Promise<boolean> {
  const { rows } = await pool.query<{ payment_id: Uuid }>(
    `with given as (
       update cash_delivery set due_at = $3, changed_at = $3 where merchant_id = $1 and id = $2 and state = 'open'
       returning payment_id
     ) select payment_id, hurry_payment($1, payment_id, $3) from given`,
    [merchantId, deliveryId, at],
  )
  return rows.length === 1
}

/** Books cash as owed to the buyer, or as given back to them; false when it is not in that state. */
export async function oweCash(
  pool: Pool,
  { merchantId, id }: Pick<CashDelivery, 'merchantId' | 'id'>,
  { postingId, given, at }: { postingId: Uuid; given: boolean; at: Date },
): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>('select owe_cash($1, $2, $3, $4, $5) as done', [
    ...[merchantId, id, postingId, given, at],
  ])
  return rows[0]?.done === true
}

export async function findDelivery(pool: Pool, merchantId: Uuid, deliveryId: Uuid): Promise<CashDelivery | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where merchant_id = $1 and id = $2`, [merchantId, deliveryId])
  return rows[0] && readDelivery(rows[0])
}

export async function listDeliveries(
  pool: Pool,
  merchantId: Uuid,
  { state, search, after, limit }: { state: DeliveryState; search?: string; after?: Uuid; limit: number },
): Promise<CashDelivery[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where merchant_id = $1 and state = $2 and ($3::uuid is null or id > $3)
       and ($4::text is null or strpos(lower(order_name || ' ' || (recipient->>'name') || ' ' || (recipient->>'address')
         || ' ' || (recipient->>'phone')), lower($4)) > 0)
     order by id limit $5`,
    [merchantId, state, after ?? null, search ?? null, limit],
  )
  return rows.map(readDelivery)
}

/** What a courier has taken and not handed in yet, the latest first. */
export async function listCollected(pool: Pool, merchantId: Uuid, courierId: Uuid): Promise<CashDelivery[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where courier_id = $2 and merchant_id = $1 and hand_in_id is null and receipt_number is not null
     order by changed_at desc limit 500`,
    [merchantId, courierId],
  )
  return rows.map(readDelivery)
}

/** @returns undefined when there was nothing to hand in */
export async function handInCash(
  pool: Pool,
  report: { id: Uuid; merchantId: Uuid; courier: Courier; currency: Currency; at: Date },
): Promise<Pick<HandIn, 'amount' | 'deliveries'> | undefined> {
  const { merchantId, courier, currency, id, at } = report
  const { rows } = await again(() =>
    pool.query<{ made: { amount: string; deliveries: number } | null }>(
      'select hand_in_cash($1, $2, $3, $4, $5, $6) as made',
      [merchantId, courier.id, courier.name, currency, id, at],
    ),
  )
  const made = rows[0]?.made
  return made ? { amount: money(BigInt(made.amount), currency), deliveries: made.deliveries } : undefined
}

export async function listHandIns(
  pool: Pool,
  merchantId: Uuid,
  { before, limit }: { before?: Uuid; limit: number },
): Promise<HandIn[]> {
  const { rows } = await pool.query<HandInRow>(
    `select id, courier_name, currency, amount, deliveries, at from cash_hand_in
     where merchant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [merchantId, before ?? null, limit],
  )
  return rows.map(({ id, courier_name, currency, amount, deliveries, at }) => ({
    ...{ id, courierName: courier_name, amount: money(amount, currency), deliveries, at },
  }))
}

interface HandInRow {
  id: Uuid
  courier_name: string
  currency: Currency
  amount: bigint
  deliveries: number
  at: Date
}

interface Row {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  amount: bigint
  currency: Currency
  order_name: string
  recipient: Recipient
  locale: Locale
  state: DeliveryState
  due_at: Date
  visits: Visit[]
  courier_id: Uuid | null
  courier_name: string | null
  receipt_number: string | null
  hand_in_id: Uuid | null
  created_at: Date
  changed_at: Date
}

const SELECT = `select merchant_id, id, payment_id, amount, currency, order_name, recipient, locale, state, due_at, visits,
  courier_id, courier_name, receipt_number, hand_in_id, created_at, changed_at from cash_delivery`

function readDelivery(row: Row): CashDelivery {
  return {
    merchantId: row.merchant_id,
    id: row.id,
    paymentId: row.payment_id,
    amount: money(row.amount, row.currency),
    orderName: row.order_name,
    recipient: row.recipient,
    locale: row.locale,
    state: row.state,
    dueAt: row.due_at,
    visits: row.visits,
    ...(row.courier_id && row.courier_name ? { courier: { id: row.courier_id, name: row.courier_name } } : {}),
    ...(row.receipt_number ? { receiptNumber: row.receipt_number } : {}),
    ...(row.hand_in_id ? { handInId: row.hand_in_id } : {}),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}
