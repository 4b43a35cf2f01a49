import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { createVault } from '../lib/cards/vault'
import { vaultSettings } from '../lib/env'
import { Complaint, runScript } from './complaint'
import { chosenDataFolder, inDataFolder } from './data-folder'
import { databaseForCommand } from './database-for-command'
import { demoSecrets } from './demo-secrets'
import { seedMonth } from './month/seed-month'

const USAGE = `Usage: npm run seed:month -- [--payments N] [--database URL] [--seed WORD] [--owner EMAIL]
  --payments N    how many payments the month has (1,000,000)
  --database URL  where they are written; else DATABASE_URL, else the database of npm start
  --seed WORD     the same word draws the same month (moa)
  --owner EMAIL   whose shops they are: that person sees them in the portal (owner@moa.example, if there is one)`

const MOST = 20_000_000

/** `npm run seed:month`: a month of payments to look at pages with, and to measure them by. Never where real payments are. */
async function main(): Promise<void> {
  const { values } = readArguments()
  const payments = Number(values.payments)
  if (!Number.isInteger(payments) || payments < 1 || payments > MOST)
    throw new Complaint(`--payments is a number from 1 to ${MOST.toLocaleString('en')}.\n${USAGE}`)
  if (process.env.NODE_ENV === 'production')
    throw new Complaint('Made-up payments are not written where NODE_ENV is production.')
  if (values.database) process.env.DATABASE_URL = values.database
  const database = await databaseForCommand()
  try {
    await refuseBesideRealKeys(database.url)
    const started = performance.now()
    const { shops } = await seedMonth({
      ...{ databaseUrl: database.url, vault: vault(), payments, seed: values.seed, until: new Date() },
      ...{ zone: process.env.TIME_ZONE ?? 'Asia/Seoul', owner: { email: values.owner } },
      say: (line) => console.log(line),
    })
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    const peak = Math.round(process.resourceUsage().maxRSS / 1024)
    console.log(
      `${payments.toLocaleString('en')} payments of ${shops.length} shops in ${seconds} s; this process used ${peak} MB.`,
    )
    console.log(`The shops: ${shops.map(({ name }) => name).join(', ')}. npm run verify asks whether their books hold.`)
  } finally {
    await database.release()
  }
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        payments: { type: 'string', default: '1000000' },
        database: { type: 'string' },
        seed: { type: 'string', default: 'moa' },
        owner: { type: 'string', default: 'owner@moa.example' },
      },
    })
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

/** A key for live payments is what no demo and no bench has. */
async function refuseBesideRealKeys(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`select from api_key where mode = 'live' limit 1`)
    if (rows.length > 0)
      throw new Complaint('This database has keys for live payments: a month of made-up ones does not go there.')
  } finally {
    await client.end()
  }
}

/** Seals with the keys that the database is used with: those of CARD_KEYS and FINGERPRINT_KEY, else the demo's. */
function vault() {
  const { secrets } = inDataFolder(chosenDataFolder())
  const own = process.env.DATABASE_URL ? process.env : existsSync(secrets) ? demoSecrets(secrets) : {}
  const read = vaultSettings.safeParse(own)
  if (!read.success)
    throw new Complaint(
      'Set CARD_KEYS and FINGERPRINT_KEY to those that this database is used with: numbers are sealed by them.',
    )
  return createVault({ sealing: read.data.CARD_KEYS, fingerprint: read.data.FINGERPRINT_KEY })
}

await runScript(main)
