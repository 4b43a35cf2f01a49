import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from './generated/client'
import { sqlState } from './sql-state'

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

// How long a request waits for a free connection, or for a new one: longer, and it could not be answered within the 15 s
// that a shopper is promised (P3.8). Whoever waits in vain is told to come back (P9.2).
const CONNECTION_LIMIT_MS = 5_000

// The server ends a statement after 15 s itself. A server that says nothing at all (its machine is gone, the network
// swallows packets) would be waited for until TCP gives up, hours later. Whether it committed is then unknown: like any
// write whose acknowledgement was lost, it is found out by the payment's version or the idempotency key.
const QUERY_LIMIT_MS = 20_000

// Prisma would end a transaction after 5 s of its own accord, and give up after 2 s where others wait for a connection: on a
// busy machine that is a fault where nothing is wrong. The limits above hold for its transactions too.
const TRANSACTIONS = { maxWait: CONNECTION_LIMIT_MS, timeout: 15_000 }

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
    connectionTimeoutMillis: CONNECTION_LIMIT_MS,
    query_timeout: QUERY_LIMIT_MS,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  if (!options.allowVolatile) await refuseVolatile(pool)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTIONS })
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
