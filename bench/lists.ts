import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { createVault } from '../lib/cards/vault'
import { readSettings } from '../lib/env'
import { createGateway, type Gateway } from '../lib/gateway'
import { createLog } from '../lib/log'
import { databaseForCommand } from '../scripts/database-for-command'
import { demoSecrets } from '../scripts/demo-secrets'
import { demoSettings } from '../scripts/demo-settings'
import { migrateDeploy } from '../scripts/migrate'
import { LARGEST_SHOP, seedMonth } from '../scripts/month/seed-month'
import { freePorts } from '../scripts/ports'
import { temporaryFolder } from '../scripts/temporary-folder'
import { startThrowawayPostgres } from '../scripts/throwaway-postgres'
import { listCases, type ListCase } from './lists-cases'
import { percentile } from './load'

const PAYMENTS = 100_000
const REPEATS = 20
/** What a page may take to be read; whatever takes longer is marked. */
const BOUND_MS = 300
const SAMPLE_EVERY_MS = 50

/**
 * `npm run bench -- lists [--payments N | --database URL | --seeded] [--repeat N] [--jobs]`: how long the lists, filters and
 * charts of the portal, the desk, the console and the shopper's pages take to be read, over a seeded month, beside a page that
 * is read by its primary keys. With --seeded the month is the one that `npm run seed:month` wrote. With --jobs the month is first counted and settled, and what that took is said.
 */
export async function run(args: string[]): Promise<void> {
  const value = (name: string) => args[args.indexOf(name) + 1]
  const repeats = args.includes('--repeat') ? Number(value('--repeat')) : REPEATS
  const seeded = args.includes('--seeded') ? await databaseForCommand() : undefined
  const given = args.includes('--database') ? value('--database') : seeded?.url
  const postgres = given === undefined ? await startThrowawayPostgres() : undefined
  const folder = temporaryFolder('moa-bench-lists')
  const url = given ?? postgres!.url('postgres')
  try {
    if (postgres) await migrateDeploy(url)
    const secrets = demoSecrets(path.join(folder.path, 'secrets.json'))
    const settings = readSettings({ ...demoSettings(await freePorts(), secrets, url), LOG_LEVEL: 'warn' })
    if (postgres) {
      const vault = createVault({ sealing: settings.CARD_KEYS, fingerprint: settings.FINGERPRINT_KEY })
      const payments = args.includes('--payments') ? Number(value('--payments')) : PAYMENTS
      const took = await timed(() =>
        seedMonth({
          ...{ databaseUrl: url, vault, payments, seed: 'bench', until: new Date(), zone: settings.TIME_ZONE },
        }),
      )
      console.log(`Seeded ${payments.toLocaleString('en')} payments in ${(took.milliseconds / 1000).toFixed(0)} s.`)
    }
    const gateway = await createGateway(settings, { log: createLog('bench', 'silent'), allowVolatile: true })
    try {
      if (args.includes('--jobs')) await measureJobs(gateway)
      await measureLists(gateway, repeats)
    } finally {
      await gateway.close()
    }
  } finally {
    await Promise.all([postgres?.stop(), seeded?.release()])
    folder.remove()
  }
}

async function measureJobs({ daily, settlement }: Gateway): Promise<void> {
  const jobs = [
    { name: 'statistics of every day that has ended', runOnce: () => daily.countDue() },
    { name: 'payouts of every shop', runOnce: () => settlement.settleDue() },
  ]
  for (const { name, runOnce } of jobs) {
    const before = process.memoryUsage().rss
    let runs = 0
    let longest = 0
    const took = await timed(async () => {
      for (let more = true; more; runs += 1) {
        const one = await timed(async () => (more = await runOnce()))
        longest = Math.max(longest, one.milliseconds)
      }
    })
    const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`
    console.log(
      `${name}: ${(took.milliseconds / 1000).toFixed(1)} s in ${runs} runs, the longest ${(longest / 1000).toFixed(1)} s; ` +
        `most memory ${megabytes(took.mostMemory)}, ${megabytes(took.mostMemory - before)} above the start`,
    )
  }
}

async function measureLists(gateway: Gateway, repeats: number): Promise<void> {
  const { rows } = await gateway.database.pool.query<{ id: string }>(
    'select id from merchant where name_en = $1 order by id desc limit 1',
    [LARGEST_SHOP],
  )
  const merchantId = rows[0]?.id
  if (!merchantId) throw new Error('There is no seeded month in this database: npm run seed:month makes one.')
  const { floor, cases } = await listCases(gateway, merchantId)
  const least = await measure(floor, repeats)
  console.log(`\n${'list'.padEnd(58)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'of floor'.padStart(10)}`)
  const print = ({ name }: ListCase, { p50, p95 }: Times) =>
    console.log(
      `${name.padEnd(58)}${p50.toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}${(p50 / least.p50).toFixed(1).padStart(10)}${p95 > BOUND_MS ? `  over ${BOUND_MS} ms` : ''}`,
    )
  print(floor, least)
  let over = 0
  for (const one of cases) {
    const times = await measure(one, repeats)
    if (times.p95 > BOUND_MS) over += 1
    print(one, times)
  }
  console.log(
    `\n${cases.length} lists, ${over} of them over ${BOUND_MS} ms at the 95th percentile of ${repeats} readings.`,
  )
}

interface Times {
  readonly p50: number
  readonly p95: number
}

/** One reading before the clock runs: what is measured is a list that people use, not the first plan of a fresh connection. */
async function measure({ name, read }: ListCase, repeats: number): Promise<Times> {
  const times: number[] = []
  try {
    await read(0)
    for (let round = 1; round <= repeats; round += 1) times.push((await timed(() => read(round))).milliseconds)
  } catch (error) {
    throw new Error(`${name} could not be read`, { cause: error })
  }
  times.sort((a, b) => a - b)
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
}

async function timed(work: () => Promise<unknown>): Promise<{ milliseconds: number; mostMemory: number }> {
  let mostMemory = process.memoryUsage().rss
  const sampler = setInterval(() => (mostMemory = Math.max(mostMemory, process.memoryUsage().rss)), SAMPLE_EVERY_MS)
  const started = performance.now()
  try {
    await work()
    return { milliseconds: performance.now() - started, mostMemory }
  } finally {
    clearInterval(sampler)
  }
}
