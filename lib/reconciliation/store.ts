import type pg from 'pg'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { CutOverTotals } from '../gateways/issuer/issuer'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Difference, DifferenceLine, DifferenceState, DifferenceStep, Moved } from './difference'

/** Totals as they are kept: amounts in decimal text. */
type Kept = Readonly<Record<keyof CutOverTotals, { count: number; amount: string }>>

export const keptTotals = ({ completions, refunds, reversals }: CutOverTotals): Kept => ({
  completions: { count: completions.count, amount: completions.amount.toString() },
  refunds: { count: refunds.count, amount: refunds.amount.toString() },
  reversals: { count: reversals.count, amount: reversals.amount.toString() },
})

export const readTotals = ({ completions, refunds, reversals }: Kept): CutOverTotals => ({
  completions: { count: completions.count, amount: BigInt(completions.amount) },
  refunds: { count: refunds.count, amount: BigInt(refunds.amount) },
  reversals: { count: reversals.count, amount: BigInt(reversals.amount) },
})

/** One cut-over with an outside system. */
export interface CutOver {
  readonly id: Uuid
  readonly link: string
  readonly system: string
  readonly currency: Currency
  readonly state: 'asked' | 'in-balance' | 'out-of-balance'
  readonly from: Date
  readonly until: Date
  readonly ours: Kept
  readonly theirs: Kept | null
  /** What people have agreed to count as theirs: added to ours. */
  readonly carried: Partial<Kept>
  readonly tries: number
  readonly at: Date
}

const CUT_OVER = `id, link, system, currency, state, "from", until, ours, theirs, carried, tries, at`

export async function lastCutOver(pool: pg.Pool, system: string, currency: Currency): Promise<CutOver | undefined> {
  const { rows } = await pool.query<CutOver>(
    `select ${CUT_OVER} from reconciliation where link = 'issuer' and system = $1 and currency = $2
     order by until desc, id desc limit 1`,
    [system, currency],
  )
  return rows[0]
}

export async function cutOvers(pool: pg.Pool, limit: number, before?: Uuid): Promise<CutOver[]> {
  const { rows } = await pool.query<CutOver>(
    `select ${CUT_OVER} from reconciliation where $2::uuid is null or id < $2 order by id desc limit $1`,
    [limit, before ?? null],
  )
  return rows
}

export async function saveCutOver(pool: pg.Pool, cutOver: CutOver): Promise<void> {
  const { id, link, system, currency, state, from, until, ours, theirs, carried, tries, at } = cutOver
  await pool.query(
    `insert into reconciliation (id, link, system, currency, state, "from", until, ours, theirs, carried, tries, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (id) do update set state = excluded.state, until = excluded.until, ours = excluded.ours,
       theirs = excluded.theirs, carried = excluded.carried, tries = excluded.tries, at = excluded.at`,
    [id, link, system, currency, state, from, until, ours, theirs, carried, tries, at],
  )
}

export interface NewDifference {
  readonly id: Uuid
  readonly reconciliationId?: Uuid
  readonly link: Difference['link']
  readonly system: string
  readonly currency: Currency
  readonly reference: string
  readonly kind: string
  readonly ours: bigint
  readonly theirs: bigint
  readonly detail: Readonly<Record<string, string>>
  readonly at: Date
  /** The one movement it is about, where it is about one. */
  readonly line?: {
    readonly merchantId: Uuid
    readonly paymentId: Uuid | null
    readonly reference: string
    readonly what: string
    readonly amount: bigint
  }
}

/** False where it is listed already. */
export async function insertDifference(pool: pg.Pool, made: NewDifference): Promise<boolean> {
  const { merchantId, paymentId, reference, what, amount } = made.line ?? {}
  const { rows } = await pool.query(
    `with made as (
       insert into difference (id, reconciliation_id, link, system, currency, reference, kind, ours, theirs, state, detail,
         created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $11) on conflict do nothing
       returning id
     ), line as (
       insert into difference_line (difference_id, number, merchant_id, payment_id, reference, what, amount)
       select id, 1, $12, $13, $14, $15, $16 from made where $14::text is not null
     )
     select id from made`,
    [
      ...[made.id, made.reconciliationId ?? null, made.link, made.system, made.currency, made.reference, made.kind],
      ...[made.ours, made.theirs, made.detail, made.at],
      ...[merchantId ?? null, paymentId ?? null, reference ?? null, what ?? null, amount ?? null],
    ],
  )
  return rows.length === 1
}

/** Closes differences of a bank that are no more, because what was missing has come. */
export async function closeFound(
  pool: pg.Pool,
  { bank, reference, kind, words, at }: { bank: string; reference: string; kind: string; words: string; at: Date },
): Promise<void> {
  await pool.query('select close_found($1, $2, $3, $4, $5)', [bank, reference, kind, words, at])
}

/** The references under which a bank's file is listed as broken, closed ones left out. */
export async function openBroken(pool: pg.Pool, { bank, file }: { bank: string; file: string }): Promise<string[]> {
  const { rows } = await pool.query<{ reference: string }>(
    `select reference from difference where link = 'bank' and system = $1 and kind = 'broken' and state <> 'closed'
       and detail->>'file' = $2`,
    [bank, file],
  )
  return rows.map(({ reference }) => reference)
}

/** Lists lines of collection files that do not agree with our books, each once, with the payment that they name. */
export async function listOddCollections(
  pool: pg.Pool,
  currencyOf: Readonly<Record<string, string>>,
  at: Date,
): Promise<void> {
  await pool.query(
    `with odd as (
       select c.*, b.merchant_id, b.payment_id, b.amount as billed from collection_line c
       left join billing_record b on c.tid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
         and b.payment_id = case when c.tid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then c.tid::uuid end
         and b.kind = 'charge' and b.state = 'billed' and b.centre = c.centre
       where c.outcome in ('unknown', 'differs', 'contradicts')
     ), made as (
       insert into difference (id, link, system, currency, reference, kind, ours, theirs, state, detail, created_at, changed_at)
       select gen_random_uuid(), 'centre', o.centre, coalesce($2::jsonb->>o.centre, 'KRW'), o.name || ':' || o.line, o.outcome,
         coalesce(o.billed, 0), o.amount, 'open', jsonb_build_object('file', o.name, 'line', o.line::text, 'result', o.result),
         $1, $1
       from odd o on conflict (link, system, reference, kind) do nothing
       returning id, system, reference
     )
     insert into difference_line (difference_id, number, merchant_id, payment_id, reference, what, amount)
     select m.id, 1, o.merchant_id, o.payment_id, o.tid, o.result, o.amount
     from made m join odd o on o.centre = m.system and o.name || ':' || o.line = m.reference`,
    [at, currencyOf],
  )
}

interface DifferenceRow extends Omit<Difference, 'words' | 'theirs'> {
  readonly words: string | null
  readonly theirs: bigint | null
}

const DIFFERENCE = `d.id, d.link, d.system, d.currency, d.reference, d.kind, d.ours, d.theirs, d.state, d.words, d.detail,
  (select count(*)::int from difference_line l where l.difference_id = d.id) as lines,
  (select count(distinct (p.merchant_id, p.payout_id))::int from difference_line l
    join payout_line p on p.merchant_id = l.merchant_id and p.payment_id = l.payment_id
    join payout o on o.merchant_id = p.merchant_id and o.id = p.payout_id and o.state = 'blocked'
    where l.difference_id = d.id and d.state <> 'closed') as blocked,
  d.created_at as "createdAt", d.changed_at as "changedAt"`

function differenceFrom({ words, theirs, ...row }: DifferenceRow): Difference {
  return { ...row, ...(words === null ? {} : { words }), ...(theirs === null ? {} : { theirs }) }
}

export interface DifferenceFilter {
  readonly state?: DifferenceState | undefined
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

export async function differences(
  pool: pg.Pool,
  { state, order, before, limit }: DifferenceFilter,
): Promise<Difference[]> {
  const { direction, beyond } = keysetOf(order)
  const { rows } = await pool.query<DifferenceRow>(
    `select ${DIFFERENCE} from difference d where ($1::text is null or d.state = $1) and ($2::uuid is null or d.id ${beyond} $2)
     order by d.id ${direction} limit $3`,
    [state ?? null, before ?? null, limit],
  )
  return rows.map(differenceFrom)
}

export async function findDifference(pool: pg.Pool, id: Uuid): Promise<Difference | undefined> {
  const { rows } = await pool.query<DifferenceRow>(`select ${DIFFERENCE} from difference d where d.id = $1`, [id])
  return rows[0] && differenceFrom(rows[0])
}

export async function differenceLines(
  pool: pg.Pool,
  id: Uuid,
  after: number,
  limit: number,
): Promise<DifferenceLine[]> {
  const { rows } = await pool.query<
    Omit<DifferenceLine, 'merchantId' | 'paymentId' | 'merchantName' | 'orderName'> & {
      merchantId: Uuid | null
      paymentId: Uuid | null
      merchantName: string | null
      orderName: string | null
    }
  >(
    `select l.number, l.merchant_id as "merchantId", m.name as "merchantName", l.payment_id as "paymentId",
       p.order_name as "orderName", l.reference, l.what, l.amount
     from difference_line l left join merchant m on m.id = l.merchant_id
       left join payment p on p.merchant_id = l.merchant_id and p.id = l.payment_id
     where l.difference_id = $1 and l.number > $2 order by l.number limit $3`,
    [id, after, limit],
  )
  return rows.map(({ merchantId, paymentId, merchantName, orderName, ...row }) => ({
    ...row,
    ...(merchantId === null ? {} : { merchantId }),
    ...(paymentId === null ? {} : { paymentId }),
    ...(merchantName === null ? {} : { merchantName }),
    ...(orderName === null ? {} : { orderName }),
  }))
}

export async function differenceSteps(pool: pg.Pool, id: Uuid): Promise<DifferenceStep[]> {
  const { rows } = await pool.query<DifferenceStep>(
    'select number, state, words, by, at from difference_history where difference_id = $1 order by number',
    [id],
  )
  return rows
}

/** Notes what people say of a difference. */
export async function moveDifference(
  pool: pg.Pool,
  id: Uuid,
  step: { state: 'explained' | 'closed'; words: string; by: DifferenceStep['by']; at: Date },
): Promise<Moved> {
  const { rows } = await pool.query<{ moved: Moved }>('select move_difference($1, $2, $3, $4, $5) as moved', [
    ...[id, step.state, step.words, step.by, step.at],
  ])
  return rows[0]!.moved
}

/** What is not closed, by the system whose books differ from ours. */
export interface OpenDifferences {
  readonly link: Difference['link']
  readonly system: string
  readonly open: number
  readonly explained: number
  /** Payouts that wait for them. */
  readonly blocked: number
  readonly oldestAt: Date
}

/** For the operators' board and the figures. */
export async function openBySystem(pool: pg.Pool): Promise<OpenDifferences[]> {
  const { rows } = await pool.query<OpenDifferences>(
    `select d.link, d.system, count(*) filter (where d.state = 'open')::int as open,
       count(*) filter (where d.state = 'explained')::int as explained, min(d.created_at) as "oldestAt",
       (select count(distinct (p.merchant_id, p.payout_id))::int from difference x
         join difference_line l on l.difference_id = x.id
         join payout_line p on p.merchant_id = l.merchant_id and p.payment_id = l.payment_id
         join payout o on o.merchant_id = p.merchant_id and o.id = p.payout_id and o.state = 'blocked'
         where x.link = d.link and x.system = d.system and x.state in ('open', 'explained')) as blocked
     from difference d where d.state in ('open', 'explained') group by d.link, d.system order by d.link, d.system`,
  )
  return rows
}

/** How many are not closed: for the operators' board and the figures. */
export async function openDifferences(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from difference where state in ('open', 'explained')`,
  )
  return rows[0]!.count
}

export async function unclosedOf(pool: pg.Pool, reconciliationId: Uuid): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from difference where state <> 'closed' and reconciliation_id = $1`,
    [reconciliationId],
  )
  return rows[0]!.count
}
