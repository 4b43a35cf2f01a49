import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from './generated/client'

/** The one pool and the two ways to use it: SQL functions on the hot path, Prisma everywhere else. */
export interface Database {
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** Runs the work in one transaction; a transaction that lost a deadlock or serialization race is run again. */
  transaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Money moves only when the database keeps its promises: no commit may be lost with the power (PROMISES 1.5). */
export class DurabilityOff extends Error {
  override name = 'DurabilityOff'
}

export interface DatabaseOptions {
  /** Connections this process may hold. */
  readonly connections?: number
  /** Tests run on a throw-away database without fsync; nothing else does. */
  readonly allowVolatile?: boolean
}

// bigint columns arrive as bigint, not as text.
const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === (pg.types.builtins.INT8 as number) && format !== 'binary') return BigInt
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown
  },
}

// enable_seqscan: plans are kept by connections and functions, and one that was made while a table was new and empty would
// read the whole of it for every payment as it grows. Everything here looks rows up by index; a report that reads whole
// tables switches it on for its own transaction.
const SESSION =
  '-c role=moa_app -c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000 -c enable_seqscan=off'

/**
 * Opens the database as the application's role, which can neither change nor delete what is append-only.
 * @throws DurabilityOff when fsync, full_page_writes or synchronous_commit is off
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    options: SESSION,
    keepAlive: true,
    types: TYPES,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  if (!options.allowVolatile) await refuseVolatile(pool)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    pool,
    prisma,
    transaction: (work) => again(() => prisma.$transaction(work)),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

async function refuseVolatile(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting in ('off', 'local')`,
  )
  if (rows.length > 0) {
    await pool.end()
    throw new DurabilityOff(
      `PostgreSQL runs with ${rows.map(({ name }) => name).join(', ')} off; switch it on to take money.`,
    )
  }
}

const RACES = new Set(['40001', '40P01', 'P2034'])
const MOST_TRIES = 5

/** Runs again, with bounded and jittered pauses, what only lost a race for locks. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (tried === MOST_TRIES || !RACES.has(sqlState(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tried))
    }
  }
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
