import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './postgres'

/** The connection string of this test worker's own migrated database, which is also in `DATABASE_URL`. */
export function testDatabaseUrl(): string {
  return urlOf(`worker_${process.env.VITEST_POOL_ID ?? '0'}`)
}

/** A migrated, empty database of one's own, for tests that change roles, count everything or break things. Costs some 60 ms. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `fresh_${randomBytes(6).toString('hex')}`
  await command(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`)
  return { url: urlOf(name), drop: () => dropDatabase(name) }
}

/** Makes this worker's database if an earlier test file of the same worker has not. */
export async function createWorkerDatabase(): Promise<string> {
  const url = testDatabaseUrl()
  const name = new URL(url).pathname.slice(1)
  const { rowCount } = await queryPostgres('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rowCount === 0) await command(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`)
  return url
}

/** A database that has had no migration, for tests of migrating itself. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `empty_${randomBytes(6).toString('hex')}`
  await command(`CREATE DATABASE ${name} TEMPLATE template0`)
  return { url: urlOf(name), drop: () => dropDatabase(name) }
}

/**
 * Connections that were ended a moment ago may still be on their way out, and being thrown out they would report an error
 * that no test waits for; only what stays is thrown out.
 */
async function dropDatabase(name: string): Promise<void> {
  for (let looked = 0; looked < 200; looked++) {
    const { rowCount } = await queryPostgres('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name])
    if (rowCount === 0) break
    await pause(25)
  }
  await command(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

function urlOf(database: string): string {
  return `${inject('postgres')}/${database}`
}

async function command(sql: string): Promise<void> {
  await queryPostgres(sql, [])
}

async function queryPostgres(sql: string, values: unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    return await client.query(sql, values)
  } finally {
    await client.end()
  }
}
