import type pg from 'pg'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { money } from '../money/money'
import type { Debit, DebitState } from './debit'

type Pool = Pick<pg.Pool, 'query'>

/** The leg of a payment that a debit carries. */
export interface DebitLeg {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

interface Row {
  merchant_id: Uuid
  id: Uuid
  payment_id: Uuid
  mandate_id: Uuid
  amount: bigint
  currency: Currency
  order_name: string
  state: DebitState
  tries: number
  collect_at: Date | null
  batch_id: Uuid | null
  reason: string | null
  created_at: Date
  changed_at: Date
}

const SELECT = `select d.merchant_id, d.id, d.payment_id, d.mandate_id, d.amount, d.currency, d.order_name, d.state, d.tries,
  d.collect_at, d.batch_id, d.reason, d.created_at, d.changed_at from debit d`

function readDebit(row: Row): Debit {
  return {
    ...{ merchantId: row.merchant_id, id: row.id, paymentId: row.payment_id, mandateId: row.mandate_id },
    ...{ amount: money(row.amount, row.currency), orderName: row.order_name, state: row.state, tries: row.tries },
    ...(row.collect_at ? { collectAt: row.collect_at } : {}),
    ...(row.batch_id ? { batchId: row.batch_id } : {}),
    ...(row.reason ? { reason: row.reason } : {}),
    ...{ createdAt: row.created_at, changedAt: row.changed_at },
  }
}

const legOf = ({ paymentId, attempt, leg, merchantId }: DebitLeg) => [paymentId, attempt, leg, merchantId]
const OF_LEG = 'payment_id = $1 and attempt = $2 and leg = $3 and merchant_id = $4'

export interface NewDebit extends DebitLeg, Pick<Debit, 'id' | 'mandateId' | 'amount' | 'orderName'> {
  readonly houseBank: string
  readonly state: 'asked' | 'withdrawn'
  readonly at: Date
}

/** Writes a debit down, unless its leg has one; returns the state of the one that is there. */
export async function insertDebit(pool: Pool, made: NewDebit): Promise<DebitState> {
  await pool.query(
    `insert into debit (payment_id, attempt, leg, merchant_id, id, mandate_id, house_bank, amount, currency, order_name,
       state, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) on conflict do nothing`,
    [
      ...[...legOf(made), made.id, made.mandateId, made.houseBank, made.amount.amount, made.amount.currency],
      ...[made.orderName, made.state, made.at],
    ],
  )
  return (await debitOfLeg(pool, made))!.state
}

export async function debitOfLeg(pool: Pool, leg: DebitLeg): Promise<Debit | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} where ${OF_LEG}`, legOf(leg))
  return rows[0] && readDebit(rows[0])
}

/** Moves the debit of a leg on, if it still is in one of the states; one row decides between the bank's word and ours. */
export async function moveDebit(
  pool: Pool,
  leg: DebitLeg,
  from: readonly DebitState[],
  to: DebitState,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await again(() =>
    pool.query(`update debit set state = $5, changed_at = $6 where ${OF_LEG} and state = any($7)`, [
      ...legOf(leg),
      ...[to, at, from],
    ]),
  )
  return rowCount === 1
}

/** Debits that their payers have not been told of yet, with when each would be collected; oldest first. */
export async function unannounced(
  pool: Pool,
  { zone, notice, at, limit }: { zone: string; notice: ReadonlyMap<string, number>; at: Date; limit: number },
): Promise<{ debit: Debit; collectAt: Date }[]> {
  const { rows } = await pool.query<Row & { next: Date }>(
    `select d.*, next_debit_run(m.schedule, $1, $2::timestamptz + make_interval(days => coalesce(($3::jsonb->>d.house_bank)::int, 1))) as next
     from (${SELECT.replace(' from ', ', d.house_bank from ')} where d.state = 'open' and d.announced_at is null order by d.id limit $4) d
     left join merchant_module m on m.merchant_id = d.merchant_id and m.module = 'direct-debit'`,
    [zone, at, JSON.stringify(Object.fromEntries(notice)), limit],
  )
  return rows.map(({ next, ...row }) => ({ debit: readDebit(row), collectAt: next }))
}

/** Notes that its payer is told, with the messages that tell it, in one transaction; nothing when somebody else has. */
export async function announce(
  pool: pg.Pool,
  { merchantId, id }: Pick<Debit, 'merchantId' | 'id'>,
  { collectAt, outbox, at }: { collectAt: Date; outbox: string; at: Date },
): Promise<void> {
  await pool.query(
    `with told as (
       update debit set announced_at = $4, collect_at = $3, changed_at = $4
       where merchant_id = $1 and id = $2 and state = 'open' and announced_at is null returning id)
     select insert_messages($5::jsonb) from told`,
    [merchantId, id, collectAt, at, outbox],
  )
}

/** The lines of a batch with what has become of their debits, after a line. */
export async function linesOfBatch(
  pool: Pool,
  merchantId: Uuid,
  batchId: Uuid,
  { after, limit }: { after: number; limit: number },
): Promise<{ line: number; tries: number; amount: bigint; debit: Debit }[]> {
  const { rows } = await pool.query<Row & { l: number; t: number; a: bigint }>(
    `${SELECT.replace(' from ', ', l.line as l, l.try as t, l.amount as a from debit_batch_line l join ')}
       on d.merchant_id = l.merchant_id and d.id = l.debit_id
     where l.merchant_id = $1 and l.batch_id = $2 and l.line > $3 order by l.line limit $4`,
    [merchantId, batchId, after, limit],
  )
  return rows.map(({ l, t, a, ...row }) => ({ line: l, tries: t, amount: a, debit: readDebit(row) }))
}

/** Writes down that money of a settled debit goes back; false when it is not there to be given back. Said twice, it is once. */
export async function refundDebit(
  pool: Pool,
  made: { merchantId: Uuid; debitId: Uuid; reference: string; amount: bigint; at: Date },
): Promise<boolean> {
  const { rows } = await again(() =>
    pool.query<{ done: boolean }>('select refund_debit($1, $2, $3, $4, $5) as done', [
      ...[made.merchantId, made.debitId, made.reference, made.amount, made.at],
    ]),
  )
  return rows[0]?.done ?? false
}
