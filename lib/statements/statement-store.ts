import type pg from 'pg'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { ReadStatement, StatementLine } from './read-statement'
import type { ComparedLine, LineState, Statement, StatementState } from './statement'

type Pool = pg.Pool

/** Where a statement lies: a bank's file. */
export interface Place {
  readonly bank: string
  readonly name: string
}

/** A statement as the job needs it. */
export interface KeptStatement extends Place {
  readonly stamp: string
  readonly state: StatementState
  readonly currency: Currency
  readonly sequence: number | null
  readonly opening: bigint
  readonly closing: bigint
  readonly day: string | null
  readonly from: Date | null
  readonly until: Date | null
}

const KEPT = `bank, name, stamp, state, currency, sequence, opening, closing, to_char(day, 'YYYY-MM-DD') as day, "from", until`

export async function findStatement(pool: Pool, { bank, name }: Place): Promise<KeptStatement | undefined> {
  const { rows } = await pool.query<KeptStatement>(`select ${KEPT} from bank_statement where bank = $1 and name = $2`, [
    bank,
    name,
  ])
  return rows[0]
}

/** Begins to read a statement: what had been read of it before it turned out to be broken, or a reader died, is forgotten. */
export async function beginReading(
  pool: Pool,
  { bank, name, stamp, currency, at }: Place & { stamp: string; currency: Currency; at: Date },
): Promise<void> {
  await pool.query(
    `with forgotten as (delete from bank_statement_line where bank = $1 and name = $2)
     insert into bank_statement (bank, name, stamp, state, currency, seen_at) values ($1, $2, $3, 'reading', $4, $5)
     on conflict (bank, name) do update set stamp = excluded.stamp, state = 'reading', reason = null`,
    [bank, name, stamp, currency, at],
  )
}

export async function addLines(
  pool: Pool,
  { bank, name, currency }: Place & { currency: Currency },
  first: number,
  lines: readonly StatementLine[],
): Promise<void> {
  await pool.query(
    `insert into bank_statement_line (bank, name, line, currency, state, bank_ref, end_to_end, amount, booked_on, about,
       subject, subject_id, subject_try, party_name, party_account)
     select $1, $2, $3 + n - 1, $4, 'open', bank_ref, end_to_end, amount, booked_on, about, subject, subject_id, subject_try,
       party_name, party_account
     from unnest($5::text[], $6::text[], $7::bigint[], $8::date[], $9::text[], $10::text[], $11::uuid[], $12::int[],
       $13::text[], $14::text[]) with ordinality
       as x(bank_ref, end_to_end, amount, booked_on, about, subject, subject_id, subject_try, party_name, party_account, n)`,
    [
      ...[bank, name, first, currency],
      lines.map(({ bankRef }) => bankRef),
      lines.map(({ endToEnd }) => endToEnd),
      lines.map(({ amount }) => amount),
      lines.map(({ bookedOn }) => bookedOn),
      lines.map(({ about }) => about),
      lines.map(({ named }) => named?.kind ?? null),
      lines.map(({ named }) => named?.id ?? null),
      lines.map(({ named }) => (named && 'tries' in named ? named.tries : null)),
      lines.map(({ partyName }) => partyName),
      lines.map(({ partyAccount }) => partyAccount),
    ],
  )
}

/** Which statement told the same before: under another name, or with the same number. */
export async function toldBefore(
  pool: Pool,
  { bank, name }: Place,
  { statementId, sequence }: ReadStatement,
): Promise<{ name: string; statementId: string } | undefined> {
  const { rows } = await pool.query<{ name: string; statementId: string }>(
    `select name, statement_id as "statementId" from bank_statement where bank = $1 and name <> $2
       and state in ('read', 'compared') and (statement_id = $3 or sequence = $4) limit 1`,
    [bank, name, statementId, sequence ?? null],
  )
  return rows[0]
}

export type Ending =
  | { readonly state: 'read'; readonly read: ReadStatement; readonly zone: string }
  | { readonly state: 'broken' | 'repeated'; readonly reason: string }

/** Notes what a file turned out to be; the lines of one that does not count are forgotten. */
export async function endReading(pool: Pool, { bank, name }: Place, ending: Ending): Promise<void> {
  if (ending.state !== 'read') {
    await pool.query(
      `with forgotten as (delete from bank_statement_line where bank = $1 and name = $2)
       update bank_statement set state = $3, reason = $4 where bank = $1 and name = $2`,
      [bank, name, ending.state, ending.reason],
    )
    return
  }
  const { read, zone } = ending
  // A statement that does not say from when until when it reaches is one of the day it closes on, by our clocks.
  await pool.query(
    `update bank_statement set state = 'read', statement_id = $3, sequence = $4, opening = $5, closing = $6, day = $7::date,
       "from" = coalesce($8, $7::date::timestamp at time zone $11),
       until = coalesce($9, ($7::date + 1)::timestamp at time zone $11), lines = $10
     where bank = $1 and name = $2 and state = 'reading'`,
    [
      ...[bank, name, read.statementId, read.sequence ?? null, read.opening, read.closing, read.day],
      ...[read.from ?? null, read.until ?? null, read.lines, zone],
    ],
  )
}

/** The statements that stand next to one in the bank's count, the one before first. */
export async function neighboursOf(
  pool: Pool,
  bank: string,
  sequence: number,
): Promise<{ before: KeptStatement | undefined; after: KeptStatement | undefined }> {
  const of = async (condition: string) => {
    const { rows } = await pool.query<KeptStatement>(
      `select ${KEPT} from bank_statement where bank = $1 and state in ('read', 'compared') and ${condition} limit 1`,
      [bank, sequence],
    )
    return rows[0]
  }
  const [before, after] = await Promise.all([
    of('sequence < $2 order by sequence desc'),
    of('sequence > $2 order by sequence'),
  ])
  return { before, after }
}

/** Statements whose lines are being looked for. */
export async function readStatements(pool: Pool, bank: string): Promise<KeptStatement[]> {
  const { rows } = await pool.query<KeptStatement>(
    `select ${KEPT} from bank_statement where bank = $1 and state = 'read' order by name`,
    [bank],
  )
  return rows
}

/** A line that is looked for, with what says whose it is. */
export interface WaitingLine extends Place {
  readonly line: number
  readonly endToEnd: string
  readonly amount: bigint
  readonly currency: Currency
  readonly about: string
  readonly partyName: string
  readonly partyAccount: string
}

const WAITING = `l.bank, l.name, l.line, l.end_to_end as "endToEnd", l.amount, l.currency, l.about, l.party_name as "partyName",
  l.party_account as "partyAccount"`

/** Lines to look for, after one of them: those of a statement that is being compared. */
export async function openLines(
  pool: Pool,
  { bank, name }: Place,
  after: number,
  limit: number,
): Promise<WaitingLine[]> {
  const { rows } = await pool.query<WaitingLine>(
    `select ${WAITING} from bank_statement_line l where bank = $1 and name = $2 and state = 'open' and line > $3
     order by line limit $4`,
    [bank, name, after, limit],
  )
  return rows
}

/** Lines that are listed as differences which nobody has closed: what they miss may have come since. */
export async function listedLines(pool: Pool, bank: string, limit: number): Promise<WaitingLine[]> {
  const { rows } = await pool.query<WaitingLine>(
    `select ${WAITING} from bank_statement_line l join difference d on d.id = l.difference_id
     where l.state = 'listed' and l.bank = $1 and d.state <> 'closed' order by l.name, l.line limit $2`,
    [bank, limit],
  )
  return rows
}

/** What a debtor has paid us by a line, if our books have no other movement for it. */
export interface Settled {
  /** In our books: what they owe us. */
  readonly account: string
  /** What they have kept. */
  readonly fee: bigint
}

export async function compareLine(
  pool: Pool,
  { bank, name, line }: Place & { line: number },
  made: { tries: number; differenceId: Uuid; postingId: Uuid; at: Date; settled: Settled | undefined },
): Promise<LineState> {
  const { tries, differenceId, postingId, at, settled } = made
  const { rows } = await pool.query<{ state: LineState }>(
    'select compare_statement_line($1, $2, $3, $4, $5, $6, $7, $8, $9) as state',
    [bank, name, line, tries, differenceId, at, settled?.account ?? null, settled?.fee ?? null, postingId],
  )
  return rows[0]!.state
}

/** Notes that each line of a statement is found or listed, and lists whoever has paid more by it than they owed. */
export async function closeStatement(pool: Pool, { bank, name }: Place, at: Date): Promise<void> {
  await pool.query(
    `with closed as (
       update bank_statement set state = 'compared', compared_at = $3 where bank = $1 and name = $2 and state = 'read'
         and not exists (select from bank_statement_line where bank = $1 and name = $2 and state = 'open') returning bank
     )
     select list_overpaid($1, $2, $3) from closed`,
    [bank, name, at],
  )
}

/** Until when earlier statements reach; undefined where there is none. */
export async function reachedBefore(pool: Pool, bank: string, until: Date): Promise<Date | undefined> {
  const { rows } = await pool.query<{ until: Date | null }>(
    `select max(until) as until from bank_statement where bank = $1 and state in ('read', 'compared') and until < $2`,
    [bank, until],
  )
  return rows[0]?.until ?? undefined
}

/** What our books say moved and no statement has told of. Minor units; negative what left the account. */
export interface MissingMovement {
  readonly what: string
  readonly movement: string
  readonly merchantId: Uuid
  readonly paymentId: Uuid | null
  readonly amount: bigint
}

export async function missingMovements(
  pool: Pool,
  bank: string,
  { from, until, limit }: { from: Date; until: Date; limit: number },
): Promise<MissingMovement[]> {
  const { rows } = await pool.query<MissingMovement>(
    `select what, movement, merchant_id as "merchantId", payment_id as "paymentId", amount
     from missing_movements($1, $2, $3, $4)`,
    [bank, from, until, limit],
  )
  return rows
}

interface StatementRow extends Omit<Statement, 'reason' | 'sequence' | 'day'> {
  readonly reason: string | null
  readonly sequence: number | null
  readonly day: string | null
}

const SHOWN = `s.bank, s.name, s.state, s.reason, s.sequence, s.currency, s.opening, s.closing,
  to_char(s.day, 'YYYY-MM-DD') as day, s.lines, s.seen_at as "seenAt",
  (select count(*)::int from bank_statement_line l where l.bank = s.bank and l.name = s.name and l.state = 'matched') as matched,
  (select count(*)::int from bank_statement_line l where l.bank = s.bank and l.name = s.name and l.state = 'listed') as listed`

function statementFrom({ reason, sequence, day, ...row }: StatementRow): Statement {
  return {
    ...row,
    ...(reason === null ? {} : { reason }),
    ...(sequence === null ? {} : { sequence }),
    ...(day === null ? {} : { day }),
  }
}

/** Statements by when they came, beyond one of them. */
export async function listStatements(
  pool: Pool,
  { order, before, limit }: { order?: ListOrder | undefined; before?: Place | undefined; limit: number },
): Promise<Statement[]> {
  const { direction, beyond } = keysetOf(order)
  const { rows } = await pool.query<StatementRow>(
    `select ${SHOWN} from bank_statement s where $1::text is null or (s.seen_at, s.bank, s.name) ${beyond}
       (select b.seen_at, b.bank, b.name from bank_statement b where b.bank = $1 and b.name = $2)
     order by s.seen_at ${direction}, s.bank ${direction}, s.name ${direction} limit $3`,
    [before?.bank ?? null, before?.name ?? null, limit],
  )
  return rows.map(statementFrom)
}

export async function showStatement(pool: Pool, { bank, name }: Place): Promise<Statement | undefined> {
  const { rows } = await pool.query<StatementRow>(
    `select ${SHOWN} from bank_statement s where s.bank = $1 and s.name = $2`,
    [bank, name],
  )
  return rows[0] && statementFrom(rows[0])
}

/** Lines of a statement, after one of them. */
export async function linesOf(
  pool: Pool,
  { bank, name }: Place,
  { state, after, limit }: { state?: LineState | undefined; after: number; limit: number },
): Promise<ComparedLine[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select l.line, l.bank_ref as "bankRef", l.end_to_end as "endToEnd", l.amount, l.currency,
       to_char(l.booked_on, 'YYYY-MM-DD') as "bookedOn", l.about, l.state, l.what, m.name as "merchantName",
       l.payment_id as "paymentId", p.order_name as "orderName", l.difference_id as "differenceId", l.debtor, l.fee
     from bank_statement_line l left join merchant m on m.id = l.merchant_id
       left join payment p on p.merchant_id = l.merchant_id and p.id = l.payment_id
     where l.bank = $1 and l.name = $2 and l.line > $3 and ($4::text is null or l.state = $4) order by l.line limit $5`,
    [bank, name, after, state ?? null, limit],
  )
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as ComparedLine,
  )
}

/** The day on which the bank booked a payout, by its statement; undefined where no statement has told of it. */
export async function payoutBookedOn(pool: Pool, payoutId: Uuid): Promise<string | undefined> {
  const { rows } = await pool.query<{ day: string }>(
    `select to_char(booked_on, 'YYYY-MM-DD') as day from bank_statement_line where movement = $1 and what = 'payout' and state = 'matched'`,
    [payoutId],
  )
  return rows[0]?.day
}
