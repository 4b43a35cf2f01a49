import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { Locale } from '../payments/payment'
import type { BillState, GiroBill, GiroTerms, Payer } from './giro-bill'

type Pool = pg.Pool

/** The leg of a payment that a bill carries. */
export interface BillLeg {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

export interface NewBill extends BillLeg {
  readonly id: Uuid
  readonly amount: bigint
  readonly currency: Currency
  readonly reference: string
  readonly bank: string
  readonly orderName: string
  readonly payer: Payer
  readonly locale: Locale
  readonly state: 'asked' | 'withdrawn'
  readonly dueAt: Date
  readonly lapsesAt: Date
  readonly at: Date
}

const OF_LEG = 'payment_id = $1 and attempt = $2 and leg = $3 and merchant_id = $4'

/** Keeps a reference for a bill; false when it is another's, and another one has to be drawn. */
export async function keepReference(pool: Pool, reference: string, merchantId: Uuid, billId: Uuid): Promise<boolean> {
  const { rowCount } = await pool.query(
    'insert into giro_reference (reference, merchant_id, bill_id) values ($1, $2, $3) on conflict do nothing',
    [reference, merchantId, billId],
  )
  return rowCount === 1
}

/** Writes a bill down, unless its leg has one. */
export async function keepBill(pool: Pool, made: NewBill): Promise<void> {
  await pool.query(
    `insert into giro_bill (merchant_id, id, payment_id, attempt, leg, amount, currency, reference, bank, order_name, payer,
       locale, state, due_at, lapses_at, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) on conflict do nothing`,
    [
      ...[made.merchantId, made.id, made.paymentId, made.attempt, made.leg, made.amount, made.currency],
      ...[made.reference, made.bank, made.orderName, JSON.stringify(made.payer), made.locale, made.state],
      ...[made.dueAt, made.lapsesAt, made.at],
    ],
  )
}

export async function billOfLeg(pool: Pool, leg: BillLeg): Promise<GiroBill | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where ${OF_LEG}`, [
    ...[leg.paymentId, leg.attempt, leg.leg, leg.merchantId],
  ])
  return rows[0] && readBill(rows[0])
}

export async function findBill(pool: Pool, merchantId: Uuid, billId: Uuid): Promise<GiroBill | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where merchant_id = $1 and id = $2`, [merchantId, billId])
  return rows[0] && readBill(rows[0])
}

/** Every bill of a payment, the last attempt's first. */
export async function billsOfPayment(pool: Pool, merchantId: Uuid, paymentId: Uuid): Promise<GiroBill[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where payment_id = $2 and merchant_id = $1 and state <> 'asked' order by attempt desc, leg`,
    [merchantId, paymentId],
  )
  return rows.map(readBill)
}

export async function findReference(
  pool: Pool,
  reference: string,
): Promise<{ merchantId: Uuid; billId: Uuid } | undefined> {
  const { rows } = await pool.query<{ merchantId: Uuid; billId: Uuid }>(
    'select merchant_id as "merchantId", bill_id as "billId" from giro_reference where reference = $1',
    [reference],
  )
  return rows[0]
}

/** The bill of a payment that waits for money now; undefined where none does. */
export async function findOpenBill(
  pool: Pool,
  paymentId: Uuid,
): Promise<{ merchantId: Uuid; billId: Uuid } | undefined> {
  const { rows } = await pool.query<{ merchantId: Uuid; billId: Uuid }>(
    `select merchant_id as "merchantId", id as "billId" from giro_bill where payment_id = $1 and state = 'open'
     order by attempt desc, leg limit 1`,
    [paymentId],
  )
  return rows[0]
}

/** A bill is to be paid from now on; with the statement that tells its payer. Once. */
export async function openBill(
  pool: Pool,
  { merchantId, id }: Pick<GiroBill, 'merchantId' | 'id'>,
  { outbox, nextDemandAt, at }: { outbox: string; nextDemandAt: Date | null; at: Date },
): Promise<void> {
  await pool.query(
    `with opened as (
       update giro_bill set state = 'open', next_demand_at = $4, changed_at = $5
       where merchant_id = $1 and id = $2 and state = 'asked' returning 1
     ) select insert_messages($3::jsonb) from opened`,
    [merchantId, id, outbox, nextDemandAt, at],
  )
}

/** Nothing is owed on a bill any more; false when it was so already, or it is paid and not to be withdrawn. */
export async function endBill(
  pool: Pool,
  { merchantId, id }: Pick<GiroBill, 'merchantId' | 'id'>,
  { into, postingId, at }: { into: 'withdrawn' | 'lapsed'; postingId: Uuid; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select end_giro($1, $2, $3, $4, $5) as done', [merchantId, id, into, postingId, at]),
  )
  return rows[0]?.done === true
}

/** Books money of a bill as its payer's again; false when it is more than has come. */
export async function refundBill(
  pool: Pool,
  { merchantId, id }: Pick<GiroBill, 'merchantId' | 'id'>,
  refund: { reference: string; amount: bigint; postingId: Uuid; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select refund_giro($1, $2, $3, $4, $5, $6) as done', [
      ...[merchantId, id, refund.reference, refund.amount, refund.postingId, refund.at],
    ]),
  )
  return rows[0]?.done === true
}

/** Gives a payer more time; false when the bill is not open. */
export async function extendBill(
  pool: Pool,
  merchantId: Uuid,
  billId: Uuid,
  { dueAt, lapsesAt, nextDemandAt, at }: { dueAt: Date; lapsesAt: Date; nextDemandAt: Date | null; at: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update giro_bill set due_at = $3, lapses_at = $4, next_demand_at = $5, changed_at = $6
     where merchant_id = $1 and id = $2 and state = 'open'`,
    [merchantId, billId, dueAt, lapsesAt, nextDemandAt, at],
  )
  return rowCount === 1
}

/** Bills of all merchants whose next demand is due. */
export async function billsToDemand(pool: Pool, at: Date, limit: number): Promise<GiroBill[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} where next_demand_at <= $1 and state = 'open' order by next_demand_at limit $2`,
    [at, limit],
  )
  return rows.map(readBill)
}

/**
 * Writes a demand down with the message that brings it: once for each number, whoever sends it. False when another one was
 * quicker, or nothing is owed any more.
 */
export async function noteDemand(
  pool: Pool,
  bill: GiroBill,
  demand: { by: string | null; outbox: string; nextDemandAt: Date | null; at: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with bill as (
       update giro_bill set demands = demands + 1, next_demand_at = $4, changed_at = $5
       where merchant_id = $1 and id = $2 and state = 'open' and demands = $3 and received = $8
       returning amount - received as owed, due_at, demands
     ), noted as (
       insert into giro_demand (merchant_id, bill_id, number, owed, due_at, asked_by, at)
       select $1, $2, demands, owed, due_at, $6, $5 from bill returning 1
     ) select insert_messages($7::jsonb) from noted`,
    [
      ...[bill.merchantId, bill.id, bill.demands, demand.nextDemandAt, demand.at, demand.by, demand.outbox],
      bill.received,
    ],
  )
  return rowCount === 1
}

export interface SentDemand {
  readonly number: number
  readonly owed: bigint
  readonly askedBy: string | null
  readonly at: Date
}

export async function demandsOf(pool: Pool, merchantId: Uuid, billId: Uuid): Promise<SentDemand[]> {
  const { rows } = await pool.query<SentDemand>(
    `select number, owed, asked_by as "askedBy", at from giro_demand
     where merchant_id = $1 and bill_id = $2 order by number`,
    [merchantId, billId],
  )
  return rows
}

export async function findTerms(pool: Pool, merchantId: Uuid): Promise<GiroTerms | undefined> {
  const { rows } = await pool.query<GiroTerms>(
    `select pay_within_days as "payWithinDays", demand_days as "demandDays", lapse_days as "lapseDays"
     from giro_terms where merchant_id = $1`,
    [merchantId],
  )
  return rows[0]
}

export async function keepTerms(pool: Pool, merchantId: Uuid, terms: GiroTerms, at: Date): Promise<void> {
  await pool.query(
    `insert into giro_terms (merchant_id, pay_within_days, demand_days, lapse_days, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (merchant_id) do update set pay_within_days = $2, demand_days = $3, lapse_days = $4, changed_at = $5`,
    [merchantId, terms.payWithinDays, terms.demandDays, terms.lapseDays, at],
  )
}

interface Row {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  amount: bigint
  currency: Currency
  received: bigint
  reference: string
  bank: string
  order_name: string
  payer: Payer
  locale: Locale
  state: BillState
  due_at: Date
  lapses_at: Date
  demands: number
  next_demand_at: Date | null
  created_at: Date
}

const SELECT = `select merchant_id, id, payment_id, amount, currency, received, reference, bank, order_name, payer, locale,
  state, due_at, lapses_at, demands, next_demand_at, created_at from giro_bill`

function readBill(row: Row): GiroBill {
  return {
    merchantId: row.merchant_id,
    id: row.id,
    paymentId: row.payment_id,
    amount: money(row.amount, row.currency),
    received: row.received,
    reference: row.reference,
    bank: row.bank,
    orderName: row.order_name,
    payer: row.payer,
    locale: row.locale,
    state: row.state,
    dueAt: row.due_at,
    lapsesAt: row.lapses_at,
    demands: row.demands,
    ...(row.next_demand_at ? { nextDemandAt: row.next_demand_at } : {}),
    createdAt: row.created_at,
  }
}
