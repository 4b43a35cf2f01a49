import { beforeAll, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { krw, usd } from '../money/money'
import { movingStates } from '../payments/payment-moves'
import { aPayment } from './desk.fixtures'
import type { BrowseFilter, PurchasePlace } from './purchases'

let world: TestGateway
let merchantId: Uuid

beforeAll(async () => {
  world = await startGateway()
  merchantId = (await aMerchant(world.gateway)).id
  await aPayment(world, merchantId, { orderRef: 'W-30', amount: krw(30_000) })
  await aPayment(world, merchantId, { orderRef: 'W-50', amount: krw(50_000) })
  await aPayment(world, merchantId, { orderRef: 'D-40', amount: usd(40_00) })
  await aPayment(world, merchantId, { orderRef: 'F-20', amount: krw(20_000), issuer: 'saero', role: 'declines' })
  await aPayment(world, merchantId, { orderRef: 'W-30b', amount: krw(30_000) })
})

/** The order references of the whole list, read in pages of that many. */
async function read(filter: Omit<BrowseFilter, 'limit'>, limit = 2): Promise<string[]> {
  const all: string[] = []
  let before: PurchasePlace | undefined
  do {
    const page = await world.gateway.purchases.browse(merchantId, { ...filter, limit, ...(before && { before }) })
    expect(page.payments.length).toBeLessThanOrEqual(limit)
    all.push(...page.payments.map(({ orderRef }) => orderRef))
    before = page.next
  } while (before)
  return all
}

const won = { currency: 'KRW' satisfies Currency } as const

test.each<[string, Omit<BrowseFilter, 'limit'>, string[]]>([
  ['the newest first', {}, ['W-30b', 'F-20', 'D-40', 'W-50', 'W-30']],
  ['the oldest first', { order: 'oldest' }, ['W-30', 'W-50', 'D-40', 'F-20', 'W-30b']],
  ['the largest first, in one currency', { order: 'largest', ...won }, ['W-50', 'W-30b', 'W-30', 'F-20']],
  ['the smallest first, in one currency', { order: 'smallest', ...won }, ['F-20', 'W-30', 'W-30b', 'W-50']],
  ['the largest of a tab', { order: 'largest', tab: 'paid', ...won }, ['W-50', 'W-30b', 'W-30']],
  ['one currency by time', { ...won }, ['W-30b', 'F-20', 'W-50', 'W-30']],
  ['between two amounts, both included', { ...won, least: 20_000n, most: 30_000n }, ['W-30b', 'F-20', 'W-30']],
  ['between two amounts by size', { ...won, order: 'largest', most: 30_000n }, ['W-30b', 'W-30', 'F-20']],
  ['exactly one amount', { ...won, least: 30_000n, most: 30_000n }, ['W-30b', 'W-30']],
  [
    'exactly one amount, the oldest first',
    { ...won, least: 30_000n, most: 30_000n, order: 'oldest' },
    ['W-30', 'W-30b'],
  ],
  ['by a means that was used', { means: 'card', tab: 'paid', ...won }, ['W-30b', 'W-50', 'W-30']],
  ['by a means that nobody used', { means: 'giro' }, []],
])('a shop reads its payments %s, page by page and without a gap', async (_what, filter, expected) => {
  expect(await read(filter)).toEqual(expected)
  expect(await read(filter, 1)).toEqual(expected)
})

test('a period holds what was opened from its first moment up to its last', async () => {
  const { payments } = await world.gateway.purchases.browse(merchantId, { order: 'oldest', limit: 9 })
  const [, second, , fourth] = payments
  const from = second!.createdAt
  const until = fourth!.createdAt
  expect(await read({ from, until, order: 'oldest' })).toEqual(['W-50', 'D-40'])
  expect(await read({ from, until, order: 'largest', ...won })).toEqual(['W-50'])
})

test('a list by amount is read from its index, and nothing is put in order but one page of each standing', async () => {
  const pg = await import('pg')
  const client = new pg.default.Client({ connectionString: world.databaseUrl })
  await client.connect()
  try {
    // A handful of rows is read from one end to the other by itself; a million is not.
    await client.query('set enable_seqscan = off; set enable_bitmapscan = off')
    const { rows } = await client.query<Record<'QUERY PLAN', string>>(
      `explain select id from payment where standing = 'paid' and merchant_id = $1 and currency = 'KRW'
         and (amount, id) < (30000, $1)
         and state not in (${movingStates.map((state) => `'${state}'`).join(', ')}) order by amount desc, id desc limit 26`,
      [merchantId],
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('payment_by_amount')
    expect(plan).not.toContain('Sort')
  } finally {
    await client.end()
  }
})
