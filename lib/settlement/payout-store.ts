import type pg from 'pg'
import { keysetOf, type ListOrder } from '../db/list-order'
import { firstUuidAt, publicId, type Uuid, uuidAt } from '../ids'
import type { Currency } from '../money/currency'
import type { Payout, PayoutLine, PayoutState, PayoutStep } from './payout'
import type { DueMerchant } from './terms-store'

interface PayoutRow extends Omit<Payout, 'parts' | 'reason' | 'accountId' | 'fileId'> {
  readonly reason: string | null
  readonly parts: Readonly<Record<string, { count: number; amount: string }>>
  readonly accountId: Uuid | null
  readonly fileId: Uuid | null
}

const COLUMNS = `p.merchant_id as "merchantId", p.id, p.currency, to_char(p.day, 'YYYY-MM-DD') as day, p.until, p.state,
  p.reason, p.parts, p.lines, p.carried_in as "carriedIn", p.reserved, p.released, p.net, p.amount,
  p.account_id as "accountId", p.file_id as "fileId", p.created_at as "createdAt", p.changed_at as "changedAt"`

function payoutFrom({ reason, parts, accountId, fileId, ...row }: PayoutRow): Payout {
  return {
    ...row,
    ...(reason === null ? {} : { reason }),
    parts: Object.entries(parts)
      .map(([kind, { count, amount }]) => ({ kind, count, amount: BigInt(amount) }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    ...(accountId === null ? {} : { accountId }),
    ...(fileId === null ? {} : { fileId }),
  }
}

/** Begins a payout; false where there is nothing to pay, one is being collected, or the day of the schedule had its own. */
export async function beginPayout(
  pool: pg.Pool,
  { merchantId, currency, day, until }: DueMerchant,
  { id, at, bySchedule }: { id: Uuid; at: Date; bySchedule: boolean },
): Promise<boolean> {
  const { rows } = await pool.query<{ begun: Uuid | null }>(
    'select begin_payout($1, $2, $3, $4, $5, $6, $7, $8) as begun',
    [merchantId, currency, id, day, until, firstUuidAt(until), bySchedule, at],
  )
  return rows[0]!.begun !== null
}

type Place = Pick<Payout, 'merchantId' | 'id'>

/** Puts the next postings into a payout that is being collected, at most so many; how many it was. */
export async function collectLines(
  pool: pg.Pool,
  { merchantId, id }: Place,
  until: Date,
  most: number,
): Promise<number> {
  const { rows } = await pool.query<{ moved: number }>('select collect_payout($1, $2, $3, $4) as moved', [
    ...[merchantId, id, firstUuidAt(until), most],
  ])
  return rows[0]!.moved
}

/** Closes a payout whose lines are all in, and books it, with identifiers for what may be posted. */
export async function closePayout(
  pool: pg.Pool,
  { merchantId, id }: Place,
  postings: readonly [Uuid, Uuid, Uuid],
  at: Date,
): Promise<void> {
  await pool.query('select close_payout($1, $2, $3, $4, $5)', [merchantId, id, postings, messageOf(id, at), at])
}

/** Books it, if there is enough, nothing stands in its way and an account is agreed on; where it stands after. */
export async function bookPayout(
  pool: pg.Pool,
  { merchantId, id }: Place,
  { postingId, at }: { postingId: Uuid; at: Date },
): Promise<PayoutState> {
  const { rows } = await pool.query<{ state: PayoutState }>('select book_payout($1, $2, $3, $4, $5) as state', [
    ...[merchantId, id, postingId, messageOf(id, at), at],
  ])
  return rows[0]!.state
}

/** What the database needs to tell the shop of a payout. */
export function messageOf(payoutId: Uuid, at: Date): { id: Uuid; payout: string } {
  return { id: uuidAt(at), payout: publicId('po', payoutId) }
}

/** Payouts that somebody has begun and not brought to the bank yet, the oldest first. */
export async function openPayouts(pool: pg.Pool, states: readonly PayoutState[], limit: number): Promise<Payout[]> {
  const { rows } = await pool.query<PayoutRow>(
    `select ${COLUMNS} from payout p where p.state = any($1) and p.state in ('collecting', 'blocked', 'waiting', 'due')
     order by p.id limit $2`,
    [states, limit],
  )
  return rows.map(payoutFrom)
}

export interface PayoutFilter {
  readonly state?: PayoutState | undefined
  readonly currency?: Currency | undefined
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

/** A merchant's payouts; those that came to nothing are left out unless they are asked for. */
export async function listPayouts(pool: pg.Pool, merchantId: Uuid, filter: PayoutFilter): Promise<Payout[]> {
  const { direction, beyond } = keysetOf(filter.order)
  const { rows } = await pool.query<PayoutRow>(
    `select ${COLUMNS} from payout p where p.merchant_id = $1 and ($2::text is null or p.state = $2)
       and ($3::text is null or p.currency = $3) and ($4::uuid is null or p.id ${beyond} $4)
     order by p.id ${direction} limit $5`,
    [merchantId, filter.state ?? null, filter.currency ?? null, filter.before ?? null, filter.limit],
  )
  return rows.map(payoutFrom)
}

export async function findPayout(pool: pg.Pool, merchantId: Uuid, id: Uuid): Promise<Payout | undefined> {
  const { rows } = await pool.query<PayoutRow>(
    `select ${COLUMNS} from payout p where p.merchant_id = $1 and p.id = $2`,
    [merchantId, id],
  )
  return rows[0] && payoutFrom(rows[0])
}

interface LineRow extends Omit<PayoutLine, 'paymentId' | 'orderRef' | 'orderName'> {
  readonly paymentId: Uuid | null
  readonly orderRef: string | null
  readonly orderName: string | null
}

/** The lines of a payout in the order in which they were booked, after one of them. */
export async function linesOf(
  pool: pg.Pool,
  { merchantId, id }: Place,
  { after, limit }: { after?: Uuid | undefined; limit: number },
): Promise<PayoutLine[]> {
  const { rows } = await pool.query<LineRow>(
    `select l.posting_id as "postingId", l.kind, l.payment_id as "paymentId", o.order_ref as "orderRef",
       o.order_name as "orderName", g.at, l.amount
     from payout_line l
     join posting g on g.merchant_id = l.merchant_id and g.id = l.posting_id
     left join payment o on o.merchant_id = l.merchant_id and o.id = l.payment_id
     where l.merchant_id = $1 and l.payout_id = $2 and ($3::uuid is null or l.posting_id > $3)
     order by l.posting_id limit $4`,
    [merchantId, id, after ?? null, limit],
  )
  return rows.map(({ paymentId, orderRef, orderName, ...row }) => ({
    ...row,
    ...(paymentId === null ? {} : { paymentId }),
    ...(orderRef === null ? {} : { orderRef }),
    ...(orderName === null ? {} : { orderName }),
  }))
}

export async function stepsOf(pool: pg.Pool, { merchantId, id }: Place): Promise<PayoutStep[]> {
  const { rows } = await pool.query<Omit<PayoutStep, 'detail'> & { detail: PayoutStep['detail'] | null }>(
    `select number, state, detail, at from payout_history where merchant_id = $1 and payout_id = $2 order by number`,
    [merchantId, id],
  )
  return rows.map(({ detail, ...row }) => ({ ...row, ...(detail ? { detail } : {}) }))
}

/** What a merchant has coming in one currency. Minor units. */
export interface PayoutOutlook {
  readonly currency: Currency
  /** In no payout yet: sales, less what went back and fees. */
  readonly gathering: bigint
  readonly carried: bigint
  /** In payouts that are not with the bank yet. */
  readonly held: bigint
  /** Ordered from the bank, and not reported as paid. */
  readonly onTheWay: bigint
  readonly reserved: bigint
}

/**
 * One row for each currency with terms. What gathers is what is owed, less what was carried over and what is in payouts
 * that wait: a sum that is carried on, however long the queue is.
 */
export async function outlookOf(pool: pg.Pool, merchantId: Uuid): Promise<PayoutOutlook[]> {
  const { rows } = await pool.query<PayoutOutlook>(
    `select t.currency,
       ((select coalesce(sum(b.balance), 0) from merchant_balance b where b.merchant_id = t.merchant_id and b.currency = t.currency)
        + (select coalesce(sum(c.amount), 0) from merchant_balance_change c
           where c.merchant_id = t.merchant_id and c.currency = t.currency)
        - t.carried
        - (select coalesce(sum(p.net), 0) from payout p where p.merchant_id = t.merchant_id and p.currency = t.currency
           and p.state in ('blocked', 'waiting')))::bigint as gathering,
       t.carried,
       (select coalesce(sum(p.net), 0)::bigint from payout p where p.merchant_id = t.merchant_id and p.currency = t.currency
          and p.state in ('blocked', 'waiting')) as held,
       (select coalesce(sum(p.amount), 0)::bigint from payout p where p.merchant_id = t.merchant_id and p.currency = t.currency
          and p.state in ('due', 'filed', 'accepted')) as "onTheWay",
       (select coalesce(sum(r.amount), 0)::bigint from rolling_reserve r where r.merchant_id = t.merchant_id
          and r.currency = t.currency and r.released_in is null) as reserved
     from settlement_terms t where t.merchant_id = $1 order by t.currency`,
    [merchantId],
  )
  return rows
}
