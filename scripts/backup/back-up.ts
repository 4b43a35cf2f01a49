import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { Complaint } from '../complaint'
import { fileOf, MANIFEST, type Manifest, sha256Of } from './manifest'

/**
 * Writes every row of the database into a new folder, as of one moment, while everything goes on: rows stream through, however many
 * there are. Sealed numbers stay sealed; the keys are not in it. The folder has its name only once it is whole.
 *
 * @throws Complaint when the folder is there already, or the database has had no migration
 */
export async function backUp(databaseUrl: string, folder: string, at: Date): Promise<Manifest> {
  if (existsSync(folder)) throw new Complaint(`${folder} is there already: a backup needs a folder of its own.`)
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(path.join(part, 'tables'), { recursive: true, mode: 0o700 })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const migrations = await appliedMigrations(client)
    if (migrations.length === 0) throw new Complaint('There is nothing to back up: the database has had no migration.')
    const tables: Manifest['tables'] = []
    for (const { name, columns } of await tablesOf(client)) tables.push(await writeTable(client, part, name, columns))
    const manifest: Manifest = { format: 1, at: at.toISOString(), migrations, tables }
    await writeFile(path.join(part, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 })
    await rename(part, folder)
    return manifest
  } finally {
    await client.end()
  }
}

export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as there`,
  )
  if (!found[0]?.there) return []
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from _prisma_migrations where finished_at is not null order by migration_name`,
  )
  return rows.map(({ name }) => name)
}

/** Tables with their columns; a partitioned one for all its parts, which the database it is restored into may cut otherwise. */
export async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> '_prisma_migrations'
     group by c.relname order by c.relname`,
  )
  return rows
}

async function writeTable(client: pg.Client, folder: string, name: string, columns: string[]) {
  const file = fileOf(folder, name)
  const rows = client.query(copyTo(`copy (select ${columns.join(', ')} from ${pg.escapeIdentifier(name)}) to stdout`))
  await pipeline(rows, createGzip({ level: 6 }), createWriteStream(file, { mode: 0o600 }))
  // The last row has come before the count has: the answer to the next question comes after both.
  await client.query('select 1')
  return { name, columns, rows: rows.rowCount ?? 0, sha256: await sha256Of(file) }
}
