import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { type Uuid, uuidAt } from '../ids'
import { addUpBalances, merchantBalance } from './balance-store'
import { verifyBooks } from './verify'

let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({
    connectionString: database.url,
    max: 4,
    options: '-c role=moa_app',
    types: { getTypeParser: (oid, format) => (oid === 20 ? BigInt : pg.types.getTypeParser(oid, format as 'text')) },
  })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** Owes the merchant so much more; ids of postings need not be in the order of their commits. */
async function book(to: pg.Pool | pg.PoolClient, merchant: Uuid, amount: number, at = new Date()) {
  const id = uuidAt(at)
  await to.query("insert into posting (merchant_id, id, kind, at) values ($1, $2, 'correction', now())", [merchant, id])
  await to.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     values ($1, $2, 0, 'receivable:hanbit', 'KRW', $3), ($1, $2, 1, 'payable:merchant', 'KRW', -$3::bigint)`,
    [merchant, id, amount],
  )
}

async function lockedBalance(merchant: Uuid): Promise<bigint> {
  const { rows } = await pool.query<{ owed: bigint }>("select lock_merchant_balance($1, 'KRW') as owed", [merchant])
  return rows[0]!.owed
}

async function changesWaiting(merchant: Uuid): Promise<number> {
  const { rowCount } = await pool.query('select from merchant_balance_change where merchant_id = $1', [merchant])
  return rowCount ?? 0
}

const newMerchant = () => uuidAt(new Date())

test('what is owed to a merchant is the sum of its entries, however it is asked for and carried on (P2.1)', async () => {
  const merchant = newMerchant()
  expect(await lockedBalance(merchant)).toBe(0n)
  await book(pool, merchant, 1000)
  await book(pool, merchant, -300)
  expect(await merchantBalance(pool, merchant, 'KRW')).toBe(700n)
  expect(await lockedBalance(merchant)).toBe(700n)
  await book(pool, merchant, 50)
  expect(await lockedBalance(merchant)).toBe(750n)
  expect(await merchantBalance(pool, merchant, 'KRW')).toBe(750n)
  expect(await merchantBalance(pool, merchant, 'USD')).toBe(0n)
  expect(await verifyBooks(pool)).toEqual([])
})

test('asking again reads only what has come since: nothing of what was added up is left to add', async () => {
  const merchant = newMerchant()
  for (let sale = 0; sale < 5; sale++) await book(pool, merchant, 10)
  expect(await changesWaiting(merchant)).toBe(5)
  await lockedBalance(merchant)
  expect(await changesWaiting(merchant)).toBe(0)
  await book(pool, merchant, 1)
  expect(await addUpBalances(pool, 100)).toBe(1)
  expect(await changesWaiting(merchant)).toBe(0)
  expect(await lockedBalance(merchant)).toBe(51n)
})

test('a posting that commits late, with an old identifier, is neither lost nor counted twice', async () => {
  const merchant = newMerchant()
  const late = await pool.connect()
  await late.query('begin')
  await book(late, merchant, 100, new Date(0))
  await book(pool, merchant, 7)
  expect(await lockedBalance(merchant)).toBe(7n)
  await late.query('commit')
  late.release()
  expect(await lockedBalance(merchant)).toBe(107n)
  expect(await verifyBooks(pool)).toEqual([])
})

test('a decision that is taken back leaves the sum as it was', async () => {
  const merchant = newMerchant()
  await book(pool, merchant, 40)
  const undecided = await pool.connect()
  await undecided.query('begin')
  await undecided.query("select lock_merchant_balance($1, 'KRW')", [merchant])
  // The worker passes a balance by that somebody else decides by.
  expect(await addUpBalances(pool, 100)).toBe(0)
  await undecided.query('rollback')
  undecided.release()
  expect(await lockedBalance(merchant)).toBe(40n)
  expect(await verifyBooks(pool)).toEqual([])
})

test('a sum that somebody has changed by hand is found (P2.1)', async () => {
  const merchant = newMerchant()
  await book(pool, merchant, 40)
  await lockedBalance(merchant)
  await pool.query('update merchant_balance set balance = balance + 1 where merchant_id = $1', [merchant])
  expect(await verifyBooks(pool)).toMatchObject([{ promise: 'P2.1', example: `${merchant} KRW` }])
  await pool.query('update merchant_balance set balance = balance - 1 where merchant_id = $1', [merchant])
})
