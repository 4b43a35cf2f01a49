import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Complaint } from '../complaint'
import { migrateDeploy } from '../migrate'
import { appliedMigrations, tablesOf } from './back-up'
import { fileOf, type Manifest, readManifest } from './manifest'

/**
 * Brings a backup into an empty database: the schema by the migrations, then all rows in one transaction. A restore that fails
 * leaves no row. The user has to be a superuser, because rows come in without the triggers that guard them while people work.
 *
 * @throws Complaint when the backup is not whole or of another version, or the database is not empty
 */
export async function restore(databaseUrl: string, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if ((await tablesOf(client)).length > 0) {
      throw new Complaint('The database is not empty: a backup is restored into a new one.')
    }
    await migrateDeploy(databaseUrl)
    await expectSameVersion(client, manifest)
    await client.query('BEGIN')
    await client.query('SET LOCAL session_replication_role = replica')
    const names = manifest.tables.map(({ name }) => pg.escapeIdentifier(name))
    // Migrations put rows of their own into some.
    await client.query(`TRUNCATE ${names.join(', ')}`)
    const later = await setAsideChecks(client)
    for (const table of manifest.tables) await readTable(client, folder, table)
    for (const sql of later) await client.query(sql)
    await client.query('COMMIT')
    await client.query('ANALYZE')
    return manifest
  } finally {
    await client.end()
  }
}

async function expectSameVersion(client: pg.Client, { migrations }: Manifest): Promise<void> {
  const ours = await appliedMigrations(client)
  if (ours.join() === migrations.join()) return
  throw new Complaint(
    `The backup is of another version of Moa, which ended with the migration ${migrations.at(-1)}: restore with that version, then upgrade.`,
  )
}

async function readTable(client: pg.Client, folder: string, { name, columns, rows }: Manifest['tables'][number]) {
  const into = client.query(copyFrom(`copy ${pg.escapeIdentifier(name)} (${columns.join(', ')}) from stdin`))
  await pipeline(createReadStream(fileOf(folder, name)), createGunzip(), into)
  if (into.rowCount !== rows)
    throw new Complaint(`${name} had ${rows} rows and has ${into.rowCount}: nothing was restored.`)
}

/**
 * Takes away the checks that hold for new rows only (NOT VALID): what was there before them has to come back as it was.
 *
 * @returns what puts them back
 */
async function setAsideChecks(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ of: string; name: string; definition: string }>(
    `select conrelid::regclass::text as of, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where not convalidated and contype = 'c' and connamespace = 'public'::regnamespace`,
  )
  for (const { of, name } of rows) await client.query(`alter table ${of} drop constraint ${name}`)
  return rows.map(({ of, name, definition }) => `alter table ${of} add constraint ${name} ${definition}`)
}
