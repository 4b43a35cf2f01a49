import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'
import type { AccountMovement, MovementKind } from './account'

interface MovementRow {
  readonly id: Uuid
  readonly account_id: Uuid
  readonly kind: MovementKind
  readonly amount: bigint
  readonly balance_after: bigint
  readonly merchant_id: Uuid
  readonly requester: string
  readonly reference: string
  readonly charge_id: Uuid | null
  readonly payment_id: Uuid | null
  readonly description: string
  readonly shop: string
  readonly at: Date
}

export interface MovementFilter {
  readonly before?: Uuid
  readonly since?: Date
  readonly until?: Date
  readonly kind?: MovementKind
  readonly merchantId?: Uuid
  readonly oldestFirst?: boolean
  readonly limit: number
}

export async function findMovements(
  pool: pg.Pool,
  accountId: Uuid,
  filter: MovementFilter,
): Promise<AccountMovement[]> {
  const values: unknown[] = [accountId, filter.limit]
  const bind = (value: unknown) => `$${values.push(value)}`
  // Identifiers are ordered by time: a period is a range of the primary key.
  const conditions = [
    filter.before && `m.id < ${bind(filter.before)}`,
    filter.since && `m.id >= ${bind(firstUuidAt(filter.since))}`,
    filter.until && `m.id < ${bind(firstUuidAt(filter.until))}`,
    filter.kind && `m.kind = ${bind(filter.kind)}`,
    filter.merchantId && `m.merchant_id = ${bind(filter.merchantId)}`,
  ].flatMap((condition) => (condition ? [` and ${condition}`] : []))
  const { rows } = await pool.query<MovementRow>(
    `select m.* from account_movement m where m.account_id = $1${conditions.join('')}
     order by m.id ${filter.oldestFirst ? '' : 'desc'} limit $2`,
    values,
  )
  return rows.map(readMovement)
}

/** When a month of the zone begins and ends. */
export async function findMonthBounds(
  pool: pg.Pool,
  month: string,
  zone: string,
): Promise<{ readonly since: Date; readonly until: Date }> {
  const { rows } = await pool.query<{ since: Date; until: Date }>(
    `select $1::timestamp at time zone $2 as since, ($1::timestamp + interval '1 month') at time zone $2 as until`,
    [`${month}-01`, zone],
  )
  return rows[0]!
}

/** What was charged on each day of a month, less what was given back of that. Days without a charge are left out. */
export async function findDaily(
  pool: pg.Pool,
  accountId: Uuid,
  month: string,
): Promise<{ readonly day: string; readonly amount: bigint }[]> {
  const { rows } = await pool.query<{ day: string; amount: bigint }>(
    `select to_char(m.counted_day, 'YYYY-MM-DD') as day,
       sum(case m.kind when 'charge' then m.amount else -m.amount end)::bigint as amount
     from account_movement m
     where m.account_id = $1 and m.counted_day >= $2::date and m.counted_day < ($2::date + interval '1 month')::date
     group by m.counted_day order by m.counted_day`,
    [accountId, `${month}-01`],
  )
  return rows
}

export async function findTotals(
  pool: pg.Pool,
  accountId: Uuid,
  { since, until }: { since: Date; until: Date },
): Promise<{ readonly kind: MovementKind; readonly amount: bigint }[]> {
  const { rows } = await pool.query<{ kind: MovementKind; amount: bigint }>(
    `select kind, sum(amount)::bigint as amount from account_movement
     where account_id = $1 and id >= $2 and id < $3 group by kind`,
    [accountId, firstUuidAt(since), firstUuidAt(until)],
  )
  return rows
}

/** What the balance was before a moment: what it is, less what moved since, in one snapshot. */
export async function findBalanceBefore(pool: pg.Pool, accountId: Uuid, moment: Date): Promise<bigint> {
  const { rows } = await pool.query<{ balance: bigint }>(
    `select (a.balance - coalesce((
       select sum(case m.kind when 'charge' then -m.amount else m.amount end) from account_movement m
       where m.account_id = a.id and m.id >= $2), 0))::bigint as balance
     from account a where a.id = $1`,
    [accountId, firstUuidAt(moment)],
  )
  return rows[0]?.balance ?? 0n
}

/** Months of the zone in which something moved, the latest first. */
export async function findMonths(pool: pg.Pool, accountId: Uuid, zone: string): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    `select distinct to_char(at at time zone $2, 'YYYY-MM') as month from account_movement
     where account_id = $1 order by month desc`,
    [accountId, zone],
  )
  return rows.map(({ month }) => month)
}

function readMovement(row: MovementRow): AccountMovement {
  const { id, kind, amount, requester, reference, description, shop, at } = row
  return {
    ...{ id, kind, amount, requester, reference, description, shop, at },
    accountId: row.account_id,
    balanceAfter: row.balance_after,
    merchantId: row.merchant_id,
    ...(row.charge_id !== null && { chargeId: row.charge_id }),
    ...(row.payment_id !== null && { paymentId: row.payment_id }),
  }
}
