import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { worldInside, type WorldInside } from '../../simulators/world.fixtures'
import { later } from '../clock'
import { verifyBooks } from '../ledger/verify'
import type { Uuid } from '../ids'
import {
  balances,
  type BillingScene,
  type Bought,
  buy,
  dropScenes,
  openBillingScene,
  statesOf,
} from './billing.fixtures'
import type { OddLine } from './collection-store'

let world: WorldInside
let scene: BillingScene

beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => Promise.all([world.close(), dropScenes()]))
beforeEach(async () => {
  await world.reset()
  scene = await openBillingScene(world.ready.sftp)
  await scene.billing.writeDue()
})
afterEach(async () => {
  expect(await verifyBooks(scene.database.pool)).toEqual([])
  await scene.close()
})

const DAY_MS = 24 * 3_600_000

/** Bought, and put on bills in the night that follows. */
async function billed(bought: Bought): Promise<Uuid[]> {
  const ids = await buy(scene, bought)
  scene.now = later(scene.now, DAY_MS)
  await scene.billing.writeDue()
  await scene.billing.sendWritten()
  await scene.billing.readResults()
  expect(new Set(await statesOf(scene.database, ids))).toEqual(new Set(['billed']))
  return ids
}

async function collect(results: Readonly<Record<Uuid, 'U' | 'W'>> = {}): Promise<void> {
  for (const [tid, result] of Object.entries(results)) await world.wish('BARAM', tid, result)
  await world.collect('BARAM')
  await scene.billing.readResults()
}

async function lineOf(paymentId: Uuid) {
  const { rows } = await scene.database.pool.query<{ arrears: boolean; overdue: bigint | null }>(
    `select l.arrears_since is not null as arrears, l.overdue from phone_line l join phone_charge c on c.line_id = l.id
     where c.payment_id = $1`,
    [paymentId],
  )
  return rows[0]!
}

test('a bill that was paid releases what was pending for the merchant (M-66, M-21)', async () => {
  const ids = await billed({ count: 3 })
  expect(await balances(scene.database)).toEqual({ 'receivable:BARAM': 3000n, 'pending:merchant': -3000n })
  await collect()
  expect(await statesOf(scene.database, ids)).toEqual(['collected', 'collected', 'collected'])
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': 3000n, 'payable:merchant': -3000n })
  expect(await scene.billing.collections(1)).toMatchObject([{ state: 'applied', lines: 3 }])
  expect(await scene.billing.odd(10)).toEqual([])
})

test('a bill that was paid releases the reserve of an advance', async () => {
  await billed({ amount: 999n, payout: 'advance', reserveBps: 1050 })
  const owed = { 'payable:merchant': -895n, 'reserve:merchant': -104n }
  expect(await balances(scene.database)).toEqual({ 'receivable:BARAM': 999n, ...owed })
  await collect()
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': 999n, 'payable:merchant': -999n })
})

test.each([
  ['on collection', { payout: 'collection' }],
  ['in advance', { payout: 'advance', reserveBps: 1000 }],
] as const)('a bill that was written off is borne by a merchant who is paid %s', async (_when, contract) => {
  const [id] = await billed({ amount: 1000n, ...contract })
  await collect({ [id!]: 'W' })
  expect(await statesOf(scene.database, [id!])).toEqual(['written-off'])
  // An advance of 900 is taken back; the reserve of 100 covers the rest.
  expect(await balances(scene.database)).toEqual({})
  const { rows } = await scene.database.pool.query<{ kind: string }>('select kind from posting order by at, kind')
  expect(rows.map(({ kind }) => kind)).toEqual(['capture', 'charge-back'])
  expect(await lineOf(id!)).toEqual({ arrears: true, overdue: 1000n })
})

test('an unpaid bill puts its line in arrears, moves no money, and is good again when it is paid later', async () => {
  const [id] = await billed({ amount: 1000n })
  await collect({ [id!]: 'U' })
  expect(await statesOf(scene.database, [id!])).toEqual(['unpaid'])
  expect(await lineOf(id!)).toEqual({ arrears: true, overdue: 1000n })
  expect(await balances(scene.database)).toEqual({ 'receivable:BARAM': 1000n, 'pending:merchant': -1000n })
  await collect()
  expect(await statesOf(scene.database, [id!])).toEqual(['collected'])
  expect(await lineOf(id!)).toEqual({ arrears: false, overdue: null })
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': 1000n, 'payable:merchant': -1000n })
})

test('a line waits while its payment is being refunded, and is applied to what is left', async () => {
  const [id] = await billed({ amount: 1000n })
  const { pool } = scene.database
  await pool.query(
    `insert into refund (merchant_id, id, payment_id, kind, amount, state, strategy, reason, requested_by, created_at)
     select merchant_id, gen_random_uuid(), id, 'refund', 300, 'refunding', 'ratio', '', '{}', now() from payment where id = $1`,
    [id],
  )
  await pool.query('update payment set refunded_amount = 300 where id = $1', [id])
  await pool.query('update leg set refunded_amount = 300 where payment_id = $1', [id])
  await collect()
  expect(await statesOf(scene.database, [id!])).toEqual(['billed'])
  expect(await scene.billing.collections(1)).toMatchObject([{ state: 'read' }])

  await pool.query(
    `with given as (
       insert into posting (merchant_id, id, kind, payment_id, at) select merchant_id, gen_random_uuid(), 'refund', id, now()
       from payment where id = $1 returning merchant_id, id),
     credited as (update phone_charge set credited_amount = 300 where payment_id = $1),
     legs as (
       insert into refund_leg (merchant_id, refund_id, attempt, leg, amount, state, reference)
       select merchant_id, id, 1, 1, 300, 'refunded', 'r' from refund where payment_id = $1),
     credits as (
       insert into phone_credit (merchant_id, payment_id, reference, attempt, leg, centre, amount, currency, way, state, created_at, changed_at)
       select merchant_id, id, 'r', 1, 1, 'BARAM', 300, 'KRW', 'next-bill', 'due', now(), now() from payment where id = $1),
     ended as (update refund set state = 'refunded' where payment_id = $1)
     insert into entry (merchant_id, posting_id, line, account, currency, amount)
     select merchant_id, id, line, account, 'KRW', amount from given,
       (values (0, 'receivable:BARAM', -300), (1, 'pending:merchant', 300)) as e(line, account, amount)`,
    [id],
  )
  await scene.billing.readResults()
  expect(await statesOf(scene.database, [id!])).toEqual(['collected'])
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': 700n, 'payable:merchant': -700n })
  expect(await scene.billing.collections(1)).toMatchObject([{ state: 'applied' }])
})

test('two workers who read the same results apply each line once', async () => {
  await billed({ count: 300 })
  const other = await scene.another()
  await world.collect('BARAM')
  await Promise.all([scene.billing.readResults(), other.readResults()])
  await scene.billing.readResults()
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': 300_000n, 'payable:merchant': -300_000n })
})

/** The lines of the list, read a page of one at a time. */
async function oddOneByOne(after?: OddLine): Promise<string[]> {
  const [odd] = await scene.billing.odd(1, after)
  return odd ? [`${odd.name} ${odd.line}`, ...(await oddOneByOne(odd))] : []
}

test('lines that name no purchase of ours are listed and harm nothing', async () => {
  const [id] = await billed({})
  const { pool } = scene.database
  await pool.query(
    `insert into collection_file (centre, name, stamp, state, seen_at) values ('BARAM', 'BARAM_202611.col', '', 'read', now())`,
  )
  const strange = ['00000000-0000-7000-8000-000000000000', 'not a TID', id!, id!]
  await pool.query(
    `insert into collection_line (centre, name, line, tid, result, amount, date, outcome)
     select 'BARAM', 'BARAM_202611.col', n, tid, 'paid', case n when 3 then 999 else 1000 end, '20261130', 'due'
     from unnest($1::text[]) with ordinality as x(tid, n)`,
    [strange],
  )
  await scene.billing.readResults()
  expect(await scene.billing.odd(10)).toMatchObject([
    { line: 1, outcome: 'unknown' },
    { line: 2, outcome: 'unknown' },
    { line: 3, outcome: 'differs', amount: 999n },
  ])
  await pool.query(
    `with file as (insert into collection_file (centre, name, stamp, state, seen_at)
       values ('BARAM', 'BARAM_202612.col', '', 'applied', now()) returning centre, name)
     insert into collection_line (centre, name, line, tid, result, amount, date, outcome)
     select centre, name, 1, 'not a TID', 'paid', 1000, '20261231', 'unknown' from file`,
  )
  expect(await oddOneByOne()).toEqual([
    ...['BARAM_202612.col 1', 'BARAM_202611.col 1'],
    ...['BARAM_202611.col 2', 'BARAM_202611.col 3'],
  ])
  expect(await statesOf(scene.database, [id!])).toEqual(['collected'])
  await pool.query(
    `insert into collection_line (centre, name, line, tid, result, amount, date, outcome)
     values ('BARAM', 'BARAM_202611.col', 5, $1, 'paid', 1000, '20261130', 'due'), ('BARAM', 'BARAM_202611.col', 6, $1, 'written-off', 1000, '20261130', 'due')`,
    [id],
  )
  await pool.query("update collection_file set state = 'read'")
  await scene.billing.readResults()
  const { rows } = await pool.query('select outcome from collection_line where line >= 5 order by line')
  expect(rows).toEqual([{ outcome: 'repeated' }, { outcome: 'contradicts' }])
})
