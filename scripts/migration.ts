import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { Complaint, runScript } from './complaint'
import { migrateDeploy } from './migrate'
import { MIGRATIONS, openSchemaEngine } from './schema-engine'
import type { SchemaEngine } from './schema-engine'
import { startThrowawayPostgres } from './throwaway-postgres'

const USAGE = `Usage:
  npm run migration -- create NAME   write the migration that prisma/schema.prisma asks for
  npm run migration -- diff          show what the migrations do not make yet; exit code 2 if anything
  npm run migration -- status        compare the database in DATABASE_URL with the migrations`

async function main(): Promise<number> {
  const [command, name] = process.argv.slice(2)
  switch (command) {
    case 'create':
      if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
        throw new Complaint(`A migration's name is lower-case words joined by _, such as add_refund_reason.\n${USAGE}`)
      }
      return withEngine((engine) => create(engine, name))
    case 'diff':
      return withEngine(diff)
    case 'status':
      return withEngine(status)
    default:
      throw new Complaint(USAGE)
  }
}

/** The database of DATABASE_URL; without it a throw-away PostgreSQL that has had every migration. */
async function withEngine(command: (engine: SchemaEngine) => Promise<number>): Promise<number> {
  if (process.env.DATABASE_URL) return runWith(process.env.DATABASE_URL, command)
  const server = await startThrowawayPostgres()
  try {
    const client = new pg.Client({ connectionString: server.url('postgres') })
    await client.connect()
    await client.query('CREATE DATABASE moa')
    await client.end()
    await migrateDeploy(server.url('moa'))
    return await runWith(server.url('moa'), command)
  } finally {
    await server.stop()
  }
}

async function runWith(url: string, command: (engine: SchemaEngine) => Promise<number>): Promise<number> {
  const engine = await openSchemaEngine(url)
  try {
    return await command(engine)
  } finally {
    engine.close()
  }
}

async function create(engine: SchemaEngine, name: string): Promise<number> {
  const migration = await engine.nextMigration(name)
  if (!migration) {
    console.log('The migrations already make what prisma/schema.prisma says.')
    return 0
  }
  const folder = path.join(MIGRATIONS, migration.name)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'migration.sql'), migration.sql)
  console.log(`Wrote prisma/migrations/${migration.name}/migration.sql. Read it before you commit it.`)
  return 0
}

async function diff(engine: SchemaEngine): Promise<number> {
  const sql = await engine.drift()
  console.log(sql || 'The migrations make exactly what prisma/schema.prisma says.')
  return sql ? 2 : 0
}

async function status(engine: SchemaEngine): Promise<number> {
  const complaints = await engine.complaints()
  for (const complaint of complaints) console.log(complaint)
  if (complaints.length === 0) console.log('The database has had every migration.')
  return complaints.length === 0 ? 0 : 1
}

await runScript(main)
