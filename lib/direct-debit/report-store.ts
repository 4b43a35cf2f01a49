import type pg from 'pg'
import { again, type Database } from '../db/database'
import type { Uuid } from '../ids'

type Pool = Pick<pg.Pool, 'query'>

/** What was wrong in a report: with a line of it, or with the whole. */
export interface ReportFault {
  /** The reference of the line; absent for the whole file. */
  readonly reference?: string
  readonly fault: string
}

export interface DebitReport {
  readonly houseBank: string
  readonly name: string
  readonly stamp: string
  readonly batch?: { readonly merchantId: Uuid; readonly id: Uuid }
  readonly state: 'applied' | 'refused'
  readonly lines: number
  readonly faults: readonly ReportFault[]
  readonly at: Date
}

/** Which of these files have been read, as they stand now. */
export async function reportsRead(
  pool: Pool,
  houseBank: string,
  files: readonly { name: string; stamp: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string; stamp: string }>(
    'select name, stamp from debit_report where house_bank = $1 and name = any($2)',
    [houseBank, files.map(({ name }) => name)],
  )
  const known = new Map(rows.map(({ name, stamp }) => [name, stamp]))
  // A report that was refused may be put right under its name; one that was applied is never read again.
  return new Set(files.filter(({ name, stamp }) => known.get(name) === stamp).map(({ name }) => name))
}

/** Notes that a report was read. One that had been applied stays as it was. */
export async function noteReport(pool: Pool, made: DebitReport): Promise<void> {
  const { houseBank, name, stamp, batch, state, lines, faults, at } = made
  await pool.query(
    `insert into debit_report as r (house_bank, name, stamp, merchant_id, batch_id, state, lines, faults, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (house_bank, name) do update set stamp = excluded.stamp, merchant_id = excluded.merchant_id,
       batch_id = excluded.batch_id, state = excluded.state, lines = excluded.lines, faults = excluded.faults, at = excluded.at
     where r.state = 'refused'`,
    [houseBank, name, stamp, batch?.merchantId ?? null, batch?.id ?? null, state, lines, JSON.stringify(faults), at],
  )
}

/** Reports on a merchant's batch, oldest first. */
export async function reportsOfBatch(pool: Pool, merchantId: Uuid, batchId: Uuid): Promise<DebitReport[]> {
  const { rows } = await pool.query<{
    house_bank: string
    name: string
    stamp: string
    state: DebitReport['state']
    lines: number
    faults: ReportFault[]
    at: Date
  }>(
    `select house_bank, name, stamp, state, lines, faults, at from debit_report
     where merchant_id = $1 and batch_id = $2 order by at, name`,
    [merchantId, batchId],
  )
  return rows.map((row) => ({
    ...{ houseBank: row.house_bank, name: row.name, stamp: row.stamp, batch: { merchantId, id: batchId } },
    ...{ state: row.state, lines: row.lines, faults: row.faults, at: row.at },
  }))
}

export type DebitOutcome =
  | 'collected'
  | 'to-return'
  | 'refused'
  | 'again'
  | 'withdrawn'
  | 'returned'
  /** Heard before. */
  | 'repeated'
  /** The payment has not written down yet that it was paid: ask again. */
  | 'later'
  /** The bank says another thing than it has said. */
  | 'contrary'
  /** No such debit in the batch. */
  | 'unknown'

export interface Verdict {
  readonly merchantId: Uuid
  readonly batchId: Uuid
  readonly debitId: Uuid
  readonly tries: number
  readonly collected: boolean
  readonly reason: string | undefined
  /** When it is tried again; undefined: not any more. */
  readonly againAt: Date | undefined
  readonly postingId: Uuid
  readonly at: Date
}

/**
 * Writes down what the bank says of a debit, what is booked for it, and the messages that tell of it, in one transaction.
 * @param tell the messages, as JSON for the outbox, by what came of it
 */
export async function answerDebit(
  { prisma }: Pick<Database, 'prisma'>,
  said: Verdict,
  tell: (outcome: DebitOutcome) => string | undefined,
): Promise<DebitOutcome> {
  const { merchantId, debitId, tries, batchId, collected, reason, againAt, postingId, at } = said
  return again(() =>
    prisma.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ outcome: DebitOutcome }[]>`
        select answer_debit(${merchantId}::uuid, ${debitId}::uuid, ${tries}::int, ${batchId}::uuid, ${collected}::boolean,
          ${reason ?? null}::text, ${againAt ?? null}::timestamptz, ${postingId}::uuid, ${at}::timestamptz) as outcome`
      const outcome = row?.outcome ?? 'unknown'
      const outbox = tell(outcome)
      if (outbox) await tx.$executeRaw`select insert_messages(${outbox}::jsonb)`
      return outcome
    }),
  )
}

/** When a merchant's schedule collects next after a moment. */
export async function nextRun(pool: Pool, merchantId: Uuid, zone: string, after: Date): Promise<Date> {
  const { rows } = await pool.query<{ next: Date }>(
    `select next_debit_run((select schedule from merchant_module where merchant_id = $1 and module = 'direct-debit'), $2, $3) as next`,
    [merchantId, zone, after],
  )
  return rows[0]!.next
}
