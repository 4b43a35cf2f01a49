import type pg from 'pg'
import type { CollectionLine } from './files/collection-file'
import { again } from '../db/database'
import type { Uuid } from '../ids'

export type LineOutcome = 'due' | 'applied' | 'repeated' | 'unknown' | 'differs' | 'contradicts'

/** What we know of a collection file: read whole or not, and how far it has been applied. */
export interface CollectionFileRow {
  readonly centre: string
  readonly name: string
  readonly stamp: string
  readonly state: 'reading' | 'broken' | 'read' | 'applied'
  readonly reason: string | null
  readonly lines: number
  readonly seenAt: Date
  readonly appliedAt: Date | null
}

/** A line that could not be applied, for people to look at. */
export interface OddLine {
  readonly centre: string
  readonly name: string
  readonly line: number
  readonly tid: string
  readonly result: string
  readonly amount: bigint
  readonly outcome: LineOutcome
}

/** Where a page of those lines ended. */
export type OddMark = Pick<OddLine, 'centre' | 'name' | 'line'>

type Place = Pick<CollectionFileRow, 'centre' | 'name'>

const COLUMNS = 'centre, name, stamp, state, reason, lines, seen_at as "seenAt", applied_at as "appliedAt"'

export async function findCollection(pool: pg.Pool, { centre, name }: Place): Promise<CollectionFileRow | undefined> {
  const { rows } = await pool.query<CollectionFileRow>(
    `select ${COLUMNS} from collection_file where centre = $1 and name = $2`,
    [centre, name],
  )
  return rows[0]
}

export async function newestCollections(pool: pg.Pool, limit: number): Promise<CollectionFileRow[]> {
  const { rows } = await pool.query<CollectionFileRow>(
    `select ${COLUMNS} from collection_file order by seen_at desc limit $1`,
    [limit],
  )
  return rows
}

/** Begins to read a file: whatever had been read of it before it turned out to be broken, or died, is forgotten. */
export async function beginReading(pool: pg.Pool, { centre, name }: Place, stamp: string, at: Date): Promise<void> {
  await pool.query(
    `with forgotten as (delete from collection_line where centre = $1 and name = $2)
     insert into collection_file (centre, name, stamp, state, seen_at) values ($1, $2, $3, 'reading', $4)
     on conflict (centre, name) do update set stamp = excluded.stamp, state = 'reading', reason = null`,
    [centre, name, stamp, at],
  )
}

export async function addLines(
  pool: pg.Pool,
  { centre, name }: Place,
  first: number,
  lines: readonly CollectionLine[],
): Promise<void> {
  await pool.query({
    name: 'add_collection_lines',
    text: `insert into collection_line (centre, name, line, tid, result, amount, date, outcome)
      select $1, $2, $3 + n - 1, tid, result, amount, date, 'due'
      from unnest($4::text[], $5::text[], $6::bigint[], $7::text[]) with ordinality as x(tid, result, amount, date, n)`,
    values: [
      ...[centre, name, first, lines.map(({ tid }) => tid), lines.map(({ result }) => result)],
      ...[lines.map(({ amount }) => amount), lines.map(({ date }) => date)],
    ],
  })
}

/** A file has been read to its end: whole, or with the reason why it cannot be believed. */
export async function endReading(
  pool: pg.Pool,
  { centre, name }: Place,
  end: { lines: number; sha256: string } | { broken: string },
): Promise<void> {
  const broken = 'broken' in end
  await pool.query(
    'update collection_file set state = $3, reason = $4, lines = $5, sha256 = $6 where centre = $1 and name = $2',
    [
      ...[centre, name, broken ? 'broken' : 'read', broken ? end.broken : null],
      ...[broken ? 0 : end.lines, broken ? null : end.sha256],
    ],
  )
}

/** Applies the next lines after one of them, each once; the last one looked at, or null when there are no more. */
export async function applyLines(
  pool: pg.Pool,
  { centre, name }: Place,
  after: number,
  postingIds: readonly Uuid[],
  at: Date,
): Promise<number | null> {
  const { rows } = await again(() =>
    pool.query<{ looked: number | null }>({
      name: 'apply_collection',
      text: 'select apply_collection($1, $2, $3, $4, $5) as looked',
      values: [centre, name, after, postingIds, at],
    }),
  )
  return rows[0]!.looked
}

/** Files that are read and not applied to their last line. */
export async function collectionsToApply(pool: pg.Pool, centre: string): Promise<CollectionFileRow[]> {
  const { rows } = await pool.query<CollectionFileRow>(
    `select ${COLUMNS} from collection_file where centre = $1 and state = 'read' order by name`,
    [centre],
  )
  return rows
}

/** Closes a file whose lines have all been taken up; false while one of them waits for a refund to end. */
export async function closeCollection(pool: pg.Pool, { centre, name }: Place, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update collection_file set state = 'applied', applied_at = $3 where centre = $1 and name = $2 and state = 'read'
     and not exists (select from collection_line where centre = $1 and name = $2 and outcome = 'due')`,
    [centre, name, at],
  )
  return rowCount === 1
}

/** Lines that name no purchase of ours, another amount, or the opposite of what was said before; those after one of them. */
export async function oddLines(pool: pg.Pool, limit: number, after?: OddMark): Promise<OddLine[]> {
  const { rows } = await pool.query<OddLine>(
    `select centre, name, line, tid, result, amount, outcome from collection_line
     where outcome in ('unknown', 'differs', 'contradicts')
       and ($2::text is null or (name <= $2 and (name < $2 or (centre, line) > ($3, $4))))
     order by name desc, centre, line limit $1`,
    [limit, after?.name ?? null, after?.centre ?? null, after?.line ?? null],
  )
  return rows
}
