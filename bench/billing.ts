import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { claimFile, findFile, recordsAfter } from '../lib/billing/file-store'
import { openLineNumber } from '../lib/billing/line-vault'
import { writeCopy } from '../lib/billing/write-file'
import { createVault, type Vault } from '../lib/cards/vault'
import { type Database, openDatabase } from '../lib/db/database'
import { uuidAt } from '../lib/ids'
import { migrateDeploy } from '../scripts/migrate'
import { temporaryFolder } from '../scripts/temporary-folder'
import { startThrowawayPostgres } from '../scripts/throwaway-postgres'

const DETAILS = 1_000_000
const LINES = 1_000
const RECORDS_AT_ONCE = 2_000
/** As the writer of files hands them to the disk. */
const FLOOR_CHUNK = 400 * 1024
const SAMPLE_EVERY_MS = 50

/**
 * `npm run bench -- billing`: purchases put into one charging file: how long claiming them takes in the database, how long
 * writing the file, and the most memory the process had meanwhile; next to the same bytes copied by a bare loop.
 *
 * @param args `--quick` for a tenth of the purchases
 */
export async function run(args: string[]): Promise<void> {
  const details = args.includes('--quick') ? DETAILS / 10 : DETAILS
  const folder = temporaryFolder('moa-bench-billing')
  const postgres = await startThrowawayPostgres()
  try {
    await measure(await prepare(postgres.url('postgres'), details), details, folder.path)
  } finally {
    await postgres.stop()
    folder.remove()
  }
}

async function prepare(databaseUrl: string, details: number): Promise<{ database: Database; vault: Vault }> {
  await migrateDeploy(databaseUrl)
  const database = await openDatabase(databaseUrl, { allowVolatile: true })
  const key = randomBytes(32)
  const vault = createVault({ sealing: [{ id: 'bench', key }], fingerprint: key })
  const { pool } = database
  for (let index = 0; index < LINES; index += 1) {
    const id = uuidAt(new Date())
    const number = `+8242${1_000_000 + index}`
    const { sealedNumber, keyId } = vault.seal({ kind: 'phone-line', ownerId: id, id }, number)
    await pool.query(
      `insert into phone_line (id, fingerprint, kind, sealed_number, key_id, masked, system, created_at)
       values ($1, $2, 'line', $3, $4, $5, 'bench', now())`,
      [id, vault.fingerprint(number), sealedNumber, keyId, String(index)],
    )
  }
  const text = `insert into phone_charge (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount,
      currency, description, purchased_at, local_day, local_month, state, changed_at)
    select '00000000-0000-7000-8000-0123456789ab', gen_random_uuid(), 1, 1, l.id, 'bench', 'BENCH', 'S-' || n, 1000 + n % 9000,
      'KRW', '온라인 서점 책 ' || n, now(), current_date, date_trunc('month', current_date)::date, 'approved', now()
    from generate_series(0, $1 - 1) n join (select id, row_number() over () - 1 as k from phone_line) l on l.k = n % ${LINES}`
  const client = await pool.connect()
  await client.query('begin; set local statement_timeout = 0; set local enable_seqscan = on')
  await client.query({ text, values: [details], ...NO_LIMIT })
  await client.query('commit')
  client.release()
  return { database, vault }
}

const NO_LIMIT = { query_timeout: 0x7fffffff }

async function measure(
  { database, vault }: { database: Database; vault: Vault },
  details: number,
  folder: string,
): Promise<void> {
  const { pool } = database
  const claim = { centre: 'BENCH', gatewayId: 'MOA00001', zone: 'Asia/Seoul', currency: 'KRW', most: 9_999_999 }
  const claimed = await timed(() => claimFile(pool, { ...claim, at: new Date() }))
  const file = await findFile(pool, 'BENCH', claimed.value ?? 0)
  if (file?.details !== details) throw new Error(`${file?.details ?? 0} of ${details} purchases were claimed`)

  const before = process.memoryUsage().rss
  const written = await timed(() =>
    writeCopy(folder, file, {
      recordsAfter: (record) => recordsAfter(pool, file, record, RECORDS_AT_ONCE),
      numberOf: (lineId, sealed) => openLineNumber(vault, lineId, sealed),
    }),
  )
  const copy = path.join(folder, 'BENCH', file.name)
  const floor = await timed(() => copyBare(copy, path.join(folder, 'floor')))
  const { size } = await stat(copy)
  await database.close()

  const perSecond = (milliseconds: number) => Math.round((details / milliseconds) * 1000).toLocaleString('en')
  console.log(`${details.toLocaleString('en')} details, ${megabytes(size)}`)
  console.log(
    `claimed in the database   ${seconds(claimed.milliseconds)}   ${perSecond(claimed.milliseconds)} a second`,
  )
  console.log(
    `written, with fsync       ${seconds(written.milliseconds)}   ${perSecond(written.milliseconds)} a second`,
  )
  console.log(
    `the same bytes, bare      ${seconds(floor.milliseconds)}   ratio ${(written.milliseconds / floor.milliseconds).toFixed(1)}`,
  )
  console.log(
    `most memory while writing ${megabytes(written.mostMemory)}, ${megabytes(written.mostMemory - before)} above the start`,
  )
}

/** The floor: nothing is asked, formatted or hashed; the bytes only go to the disk. */
async function copyBare(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  const target = await open(to, 'w')
  for await (const chunk of createReadStream(from, { highWaterMark: FLOOR_CHUNK }))
    await target.writeFile(chunk as Buffer)
  await target.sync()
  await target.close()
}

async function timed<Value>(work: () => Promise<Value>) {
  let mostMemory = process.memoryUsage().rss
  const sampler = setInterval(() => (mostMemory = Math.max(mostMemory, process.memoryUsage().rss)), SAMPLE_EVERY_MS)
  const started = performance.now()
  try {
    const value = await work()
    return { value, milliseconds: performance.now() - started, mostMemory }
  } finally {
    clearInterval(sampler)
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(8)
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
