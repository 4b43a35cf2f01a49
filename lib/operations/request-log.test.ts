import { beforeAll, describe, expect, test, vi } from 'vitest'
import { anOrder, aShop, fresh, paidWith, shopCalls, startApi, type TestApi } from '../http/http.fixtures'
import { later } from '../clock'
import type { Merchant } from '../merchants/merchant'
import { createRequestLog, type RequestQuery } from './request-log'
import { keepRequestDays } from './request-store'

let api: TestApi
let shop: { merchant: Merchant; secret: string }

beforeAll(async () => {
  api = await startApi()
  shop = await aShop(api)
})

/** What a shop finds, the newest first. */
async function logged(merchant: Merchant, wish: Partial<RequestQuery> = {}) {
  const { operations } = api.gateway
  await operations.flush()
  return operations.requests.page(merchant.id, { limit: 50, ...wish })
}

describe('a shop’s developers find their own requests to the API', () => {
  test.each(['the pages’ server', 'the api process'] as const)(
    'with time, path, status, code, key and correlation id, whoever took them: %s',
    async (host) => {
      const { merchant, secret } = await aShop(api)
      const [key] = await api.gateway.merchants.apiKeys(merchant.id)
      const calls = shopCalls(api.hosts[host], secret)
      const named = { 'x-correlation-id': fresh('correlation') }
      const { json } = await calls.post('/api/v1/payments', anOrder(paidWith('roomy')), named)
      const refused = await calls.post('/api/v1/payments', anOrder({ amount: '-1' }))
      await calls.get(`/api/v1/payments/${String(json['id'])}`)
      const { requests } = await logged(merchant)
      expect(requests).toMatchObject([
        {
          ...{ method: 'GET', route: '/api/v1/payments/:paymentId', status: 200, code: null },
          path: `/api/v1/payments/${String(json['id'])}`,
        },
        { method: 'POST', status: 422, code: refused.json['code'], correlation: refused.headers['x-correlation-id'] },
        {
          ...{ method: 'POST', route: '/api/v1/payments', path: '/api/v1/payments', status: 201, code: null },
          ...{ callerId: key!.id, correlation: named['x-correlation-id'] },
        },
      ])
      expect(requests.every(({ durationMs }) => durationMs > 0)).toBe(true)
    },
  )

  test('and nothing that was in them, or in their answers: no body, no query, no card, no key', async () => {
    const { merchant, secret } = await aShop(api)
    const calls = shopCalls(api.hosts['the api process'], secret)
    const { means } = paidWith('roomy') as { means: { card: { number: string; expiry: string } } }
    await calls.post('/api/v1/payments', anOrder({ ...paidWith('roomy'), orderName: 'a name of an order' }))
    await calls.get(`/api/v1/payments/${means.card.number}?email=somebody@example.com`)
    await logged(merchant)
    const { rows } = await api.gateway.database.pool.query<{ row: string }>(
      'select api_request::text as row from api_request where merchant_id = $1',
      [merchant.id],
    )
    expect(rows).toHaveLength(2)
    const kept = rows.map(({ row }) => row).join('\n')
    for (const secretText of [means.card.number, secret, 'a name of an order', 'somebody@example.com', 'roomy']) {
      expect(kept).not.toContain(secretText)
    }
  })

  test('and never those of another shop, nor those of somebody without a key (P6.2)', async () => {
    const [mine, other] = [await aShop(api), await aShop(api)]
    const send = api.hosts['the api process']
    await shopCalls(send, other.secret).get('/api/v1/payments')
    await shopCalls(send, 'a-key-that-nobody-has').get('/api/v1/payments')
    expect((await logged(mine.merchant)).requests).toEqual([])
    const [theirs] = (await logged(other.merchant)).requests
    const { requests } = api.gateway.operations
    expect(await requests.find(other.merchant.id, theirs!.id)).toEqual(theirs)
    expect(await requests.find(mine.merchant.id, theirs!.id)).toBeUndefined()
  })

  test('narrowed by method, outcome, key and text, and page by page without leaving one out', async () => {
    const { merchant, secret } = shop
    const calls = shopCalls(api.hosts['the api process'], secret)
    for (let count = 0; count < 7; count++) await calls.get('/api/v1/payments?limit=1')
    await calls.get('/api/v1/payments?limit=nonsense')
    await calls.post('/api/v1/payments', anOrder({ currency: 'xxx' }))
    const [key] = await api.gateway.merchants.apiKeys(merchant.id)
    const count = async (wish: Partial<RequestQuery>) => (await logged(merchant, wish)).requests.length
    expect(await count({ method: 'POST' })).toBe(1)
    expect(await count({ outcome: 'refused' })).toBe(2)
    expect(await count({ outcome: 'failed' })).toBe(0)
    expect(await count({ callerId: key!.id, outcome: 'done' })).toBe(7)
    expect(await count({ text: 'V1/PAYMENTS' })).toBe(9)
    expect(await count({ text: '100%' })).toBe(0)
    const seen: string[] = []
    let before: RequestQuery['before']
    do {
      const page = await logged(merchant, { limit: 4, ...(before && { before }) })
      seen.push(...page.requests.map(({ id }) => id))
      before = page.next
    } while (before)
    expect(new Set(seen).size).toBe(9)
  })
})

test('a request is answered although the database takes no log: requests wait, at most so many, and the rest is counted', async () => {
  const report = vi.fn()
  const pool = { query: () => Promise.reject(Object.assign(new Error('away'), { code: '57P01' })) }
  const log = createRequestLog({
    database: { pool } as unknown as TestApi['gateway']['database'],
    ...{ clock: api.gateway.clock, settings: { API_LOG_DAYS: 14 }, report },
  })
  const request = {
    ...{ merchantId: shop.merchant.id, callerId: undefined, method: 'GET', route: '/', path: '/', status: 200 },
    ...{ code: undefined, correlationId: 'correlation', milliseconds: 1, remoteAddress: undefined },
  }
  for (let index = 0; index < 20_010; index++) log.add(request)
  await log.flush()
  expect([log.waiting(), log.lost()]).toEqual([20_000, 10])
  expect(report.mock.calls).toEqual([['api-log-full', { most: 20_000 }]])
})

test('the days of the log are made ahead, and dropped once they are older than API_LOG_DAYS', async () => {
  const { merchant, secret } = await aShop(api)
  await shopCalls(api.hosts['the api process'], secret).get('/api/v1/payments')
  const { database, clock } = api.gateway
  const day = (days: number) => later(clock.now(), days * 86_400_000)
  expect((await logged(merchant)).requests).toHaveLength(1)
  await keepRequestDays(database.pool, { first: day(0), last: day(3), keepFrom: day(-14) })
  expect((await logged(merchant)).requests).toHaveLength(1)
  const { rows } = await database.pool.query<{ part: string }>(
    'select tableoid::regclass::text as part from api_request where merchant_id = $1',
    [merchant.id],
  )
  expect(rows).toEqual([{ part: `api_request_${clock.now().toISOString().slice(0, 10).replaceAll('-', '')}` }])
  await keepRequestDays(database.pool, { first: day(4), last: day(4), keepFrom: day(4) })
  expect((await logged(merchant)).requests).toEqual([])
})
