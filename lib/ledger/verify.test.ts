import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { uuidAt } from '../ids'
import { verifyBooks } from './verify'

const MERCHANT = uuidAt(new Date(0))
const POSTING = uuidAt(new Date(1))

async function booksWithOnePosting() {
  const database = await freshDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  await pool.query("insert into posting (merchant_id, id, kind, at) values ($1, $2, 'correction', now())", [
    MERCHANT,
    POSTING,
  ])
  await pool.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     values ($1, $2, 0, 'receivable:hanbit', 'KRW', 1000), ($1, $2, 1, 'payable:merchant', 'KRW', -1000)`,
    [MERCHANT, POSTING],
  )
  return { database, pool }
}

/** What a hand with the owner's rights can do: switch the triggers off, change a row, switch them on again. */
async function tamper(pool: pg.Pool) {
  await pool.query('alter table entry disable trigger all')
  await pool.query("update entry set amount = 2000 where account = 'receivable:hanbit'")
  await pool.query('alter table entry enable trigger all')
}

test('a posting that does not sum to zero cannot be written (P2.1)', async () => {
  const { database, pool } = await booksWithOnePosting()
  await expect(
    pool.query(
      "insert into entry (merchant_id, posting_id, line, account, currency, amount) values ($1, $2, 2, 'x', 'KRW', 5)",
      [MERCHANT, POSTING],
    ),
  ).rejects.toThrow('must sum to zero')
  await pool.end()
  await database.drop()
})

test.each(['posting', 'entry', 'payment_history', 'evidence', 'audit_event'])(
  'rows of %s are never changed, deleted or truncated, not even by their owner (P2.2)',
  async (table) => {
    const { database, pool } = await booksWithOnePosting()
    await expect(pool.query(`truncate ${table} cascade`)).rejects.toThrow('append-only')
    const asApplication = new pg.Client({ connectionString: database.url, options: '-c role=moa_app' })
    await asApplication.connect()
    await expect(asApplication.query(`delete from ${table}`)).rejects.toThrow('permission denied')
    await expect(asApplication.query(`update ${table} set merchant_id = merchant_id`)).rejects.toThrow(
      /permission denied|does not exist/,
    )
    await asApplication.end()
    if (table === 'posting' || table === 'entry') {
      await expect(pool.query(`delete from ${table}`)).rejects.toThrow('append-only')
    }
    await pool.end()
    await database.drop()
  },
)

test('verify finds a posting that was tampered with in SQL, and exits 1 (P2.1)', async () => {
  const { database, pool } = await booksWithOnePosting()
  expect(await verifyBooks(pool)).toEqual([])
  const sound = await runVerify(database.url)
  expect(sound.code).toBe(0)
  expect(sound.output).toMatch(/ 1 of \d+ {2}P2\.1 {2}The entries of a posting do not sum to zero\. None, \d/)
  await tamper(pool)
  expect(await verifyBooks(pool)).toContainEqual(expect.objectContaining({ promise: 'P2.1' }))
  const found = await runVerify(database.url)
  expect(found.code).toBe(1)
  expect(found.output).toMatch(/The entries of a posting do not sum to zero\. FOUND, \d/)
  expect(found.output).toContain(`The entries of a posting do not sum to zero.  (${MERCHANT} posting ${POSTING} KRW)`)
  await pool.end()
  await database.drop()
})

async function runVerify(databaseUrl: string): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/verify.ts'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}
