import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { Complaint } from './complaint'

const MIGRATIONS = path.resolve(import.meta.dirname, '../prisma/migrations')

/** The advisory lock that Prisma's own engine takes, so that the two never migrate one database at the same time. */
const MIGRATION_LOCK = 72707369

/** Prisma's own table, column for column, so that its commands and ours understand each other's work. */
const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

interface HistoryRow {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export interface MigrationReport {
  /** What this run applied, in order. */
  readonly applied: readonly string[]
  /** Applied earlier from a file that has since been changed: the database is not what the files say. */
  readonly edited: readonly string[]
}

/**
 * Applies the migrations that the database has not had yet, in the order of their names, as `prisma migrate deploy` does.
 * Each runs in one transaction together with its row in the history: one that fails leaves nothing and may be tried again.
 * Any number of processes may call this at once. Throws a Complaint naming the migration and the reason.
 */
export async function migrateDeploy(databaseUrl: string, folder = MIGRATIONS): Promise<MigrationReport> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(HISTORY_TABLE)
    const history = await readHistory(client)
    const applied: string[] = []
    const edited: string[] = []
    for (const migration of migrations) {
      const checksum = history.get(migration.name)
      if (checksum === undefined) {
        await apply(client, migration)
        applied.push(migration.name)
      } else if (checksum !== migration.checksum) {
        edited.push(migration.name)
      }
    }
    return { applied, edited }
  } finally {
    await client.end()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Checksums of what has been applied, by name. */
async function readHistory(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<HistoryRow>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const failed = rows.find((row) => row.finished_at === null)
  if (failed) {
    throw new Complaint(
      `The migration ${failed.migration_name} was begun by Prisma's own command and did not finish. Put the database right, run "npx prisma migrate resolve" for it, and start again.`,
    )
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new Complaint(`The migration ${name} failed and was undone: ${describe(error, sql)}`)
  }
}

/** PostgreSQL's message with the line of the file it speaks of. */
function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return String(error)
  const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split('\n').length})` : ''
  return `${error.message}${line}${error.detail ? `; ${error.detail}` : ''}`
}
