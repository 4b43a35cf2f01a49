import { afterAll, expect, test } from 'vitest'
import { anOrder, aShop, paidWith, sendOverTcp, shopCalls, startApi } from './http.fixtures'
import { serve } from './server'

const api = await startApi()
const shop = await aShop(api)
const settings = { ...api.settings, MOA_MODE: 'production' as const }
const live = await serve({ ...api.gateway, settings }, { host: '127.0.0.1', port: 0 })
afterAll(() => live.close())

test('where payments are real a test key charges nobody and reads nothing, and a live key does', async () => {
  const { get, post } = shopCalls((sent) => sendOverTcp(live.port, sent), shop.secret)
  const order = anOrder(paidWith('roomy'))
  expect(await post('/api/v1/payments', order)).toMatchObject({ status: 403, json: { code: 'test-key' } })
  expect(await get('/api/v1/payments')).toMatchObject({ status: 403, json: { code: 'test-key' } })
  expect(await api.gateway.payments.list(shop.merchant.id, { limit: 1 })).toEqual([])

  const { secret } = await api.gateway.merchants.createApiKey(shop.merchant.id, { mode: 'live', name: 'live' })
  const calls = shopCalls((sent) => sendOverTcp(live.port, sent), secret)
  expect(await calls.post('/api/v1/payments', order)).toMatchObject({ status: 201, json: { status: 'paid' } })
})

test('in a demo both kinds of keys open the API', async () => {
  expect((await shopCalls((sent) => sendOverTcp(api.port, sent), shop.secret).get('/api/v1/payments')).status).toBe(200)
})
