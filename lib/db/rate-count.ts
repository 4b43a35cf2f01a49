import type pg from 'pg'
import { invariant } from '../invariant'
import type { Prisma } from './generated/client'

/** Counts one more of something that is limited within a window of time; how many there are now. */
export async function countOne(
  tx: Pick<Prisma.TransactionClient, '$queryRaw'>,
  subject: string,
  windowStart: Date,
): Promise<number> {
  const [counted] = await tx.$queryRaw<{ count: number }[]>`
    insert into rate_count as r (subject, window_start, count) values (${subject}, ${windowStart}, 1)
    on conflict (subject, window_start) do update set count = r.count + 1 returning count`
  invariant(counted, 'what is counted has a count')
  return counted.count
}

/** Something that is limited within a window of time. */
export interface Counted {
  readonly subject: string
  readonly windowStart: Date
}

const columns = (counted: readonly Counted[]) => [
  counted.map(({ subject }) => subject),
  counted.map(({ windowStart }) => windowStart),
]

/** Counts one more of each, in one statement: whoever asks at the same moment is counted before or after, never beside. */
export async function countEach(pool: pg.Pool, counted: readonly Counted[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ subject: string; count: number }>(
    `insert into rate_count as r (subject, window_start, count)
     select subject, window_start, 1 from unnest($1::text[], $2::timestamptz[]) as x(subject, window_start) order by subject
     on conflict (subject, window_start) do update set count = r.count + 1 returning r.subject, r.count`,
    columns(counted),
  )
  return new Map(rows.map(({ subject, count }) => [subject, count]))
}

/** Takes back what turned out to be none of what is limited. */
export async function uncountEach(pool: pg.Pool, counted: readonly Counted[]): Promise<void> {
  await pool.query(
    `with locked as (
       select r.subject, r.window_start from rate_count r
       join unnest($1::text[], $2::timestamptz[]) as x(subject, window_start) using (subject, window_start)
       order by r.subject for update of r)
     update rate_count r set count = r.count - 1 from locked
     where r.subject = locked.subject and r.window_start = locked.window_start`,
    columns(counted),
  )
}
