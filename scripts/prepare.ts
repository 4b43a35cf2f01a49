import pg from 'pg'
import { Complaint } from './complaint'
import { inDataFolder } from './data-folder'
import { demoSecrets } from './demo-secrets'
import { demoSettings } from './demo-settings'
import type { Settings } from './demo-settings'
import { migrateDeploy } from './migrate'
import { startPostgres } from './postgres'
import { seedDemo } from './seed-demo'
import type { DemoSeed } from './seed-demo'
import type { Stop, SystemOptions } from './system'

export interface Prepared {
  readonly databaseUrl: string
  /** The gateway's settings by the names of lib/env.ts. */
  readonly gateway: Settings
  readonly seed: DemoSeed
}

/**
 * A database that has had every migration, and the settings of everything that uses it. A demo's database also holds the demo;
 * in production (MOA_MODE) everything comes from the environment and nothing is put into the database.
 */
export async function prepare(options: SystemOptions, stops: Stop[], signal: AbortSignal): Promise<Prepared> {
  const { env, ports, dataFolder } = options
  const production = env.MOA_MODE === 'production'
  if (production && !env.DATABASE_URL) {
    throw new Complaint(
      'MOA_MODE=production needs a DATABASE_URL; the embedded PostgreSQL is for demos and development.',
    )
  }
  const databaseUrl = env.DATABASE_URL || (await embeddedDatabase(options, stops))
  signal.throwIfAborted()
  await migrate(databaseUrl, options)
  signal.throwIfAborted()
  if (production) return { databaseUrl, gateway: {}, seed: { logins: [], shopSettings: {}, secondShopSettings: {} } }

  const folder = inDataFolder(dataFolder)
  const usual = {
    ...demoSettings(ports, demoSecrets(folder.secrets), databaseUrl),
    BILLING_DIR: folder.billing,
    BANK_FILES_DIR: folder.bankFiles,
  }
  const gateway = { ...usual, ...pick(env, Object.keys(usual)) }
  return {
    databaseUrl,
    gateway,
    seed: await seedDemo({
      settings: gateway,
      shopUrl: `http://127.0.0.1:${ports.shop}`,
      shopFile: folder.shop,
      secondShop: { shopUrl: `http://127.0.0.1:${ports.secondShop}`, file: folder.secondShop },
      camaraFile: folder.camaraClient,
    }),
  }
}

async function embeddedDatabase({ dataFolder, say }: SystemOptions, stops: Stop[]): Promise<string> {
  const folder = inDataFolder(dataFolder).postgres
  const postgres = await startPostgres({ folder })
  stops.push(() => postgres.stop())
  const how = { created: 'created and started', started: 'started', reused: 'was still running and is used again' }
  say(`PostgreSQL ${how[postgres.how]} on port ${postgres.port}.`)
  if (postgres.folder !== folder)
    say(`Its data are in ${postgres.folder}, because its account may not enter ${dataFolder}.`)
  const client = new pg.Client({ connectionString: postgres.url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'moa'`)
    if (rowCount === 0) await client.query('CREATE DATABASE moa')
  } finally {
    await client.end()
  }
  return postgres.url('moa')
}

async function migrate(databaseUrl: string, { env, say }: SystemOptions): Promise<void> {
  try {
    const { applied, edited } = await migrateDeploy(databaseUrl)
    if (applied.length > 0) say(`The database has had ${applied.length} new migrations.`)
    for (const name of edited) {
      say(`Warning: the migration ${name} was changed after this database had it. npm run reset begins anew.`)
    }
  } catch (error) {
    if (error instanceof Complaint || !env.DATABASE_URL) throw error
    const { message, code } = error as NodeJS.ErrnoException
    throw new Complaint(
      `The database of DATABASE_URL cannot be used (${message || code}). Correct it, or unset it to use the embedded PostgreSQL.`,
    )
  }
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Settings {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
