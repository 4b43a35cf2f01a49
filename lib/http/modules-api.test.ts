import { afterAll, expect, test } from 'vitest'
import { startPointsService } from '../../examples/module-points/points-service.mjs'
import { anOrder, aShop, paidWith, shopCalls, startApi } from './http.fixtures'

const service = await startPointsService()
afterAll(() => service.close())

const api = await startApi({
  env: { MODULES: JSON.stringify([{ package: './examples/module-points', settings: { url: service.url } }]) },
})
const agreed = await startApi({ env: { MODULE_FEES: 'operator' } })
const shop = await aShop(api)
const { get, post } = shopCalls(api.hosts['the api process'], shop.secret)

test('a shop registers and activates a module that came as a package, pays with it and is refunded (M-156, M-157)', async () => {
  expect((await get('/api/v1/modules/points')).json).toMatchObject({ state: 'available', terms: null })
  const registered = await post('/api/v1/modules/points/register', {})
  expect(registered.json).toMatchObject({ state: 'inactive' })
  const means = { module: { code: 'points', input: { card: '10000001', pin: '1234' } } }
  expect((await post('/api/v1/payments', anOrder({ means }))).status).toBe(422)
  expect((await post('/api/v1/modules/points', { state: 'active' })).json).toMatchObject({ state: 'active' })
  const other = await aShop(api)
  const fresh = shopCalls(api.hosts['the api process'], other.secret)
  await fresh.post('/api/v1/modules/points/register', {})
  await fresh.post('/api/v1/modules/points', { state: 'active' })
  const paid = await fresh.post('/api/v1/payments', anOrder({ means }))
  expect(paid.json).toMatchObject({ status: 'paid', legs: [{ module: 'points' }] })
  expect(paid.text).not.toContain('1234"')
  const refunded = await fresh.post(`/api/v1/payments/${String(paid.json['id'])}/refunds`, { reason: 'returned' })
  expect(refunded.json).toMatchObject({ state: 'refunded' })
  expect(service.book.cards['10000001']).toMatchObject({ points: 500_000 })
})

test('terms are changed and read back; what cannot hold names its member and changes nothing', async () => {
  const wanted = {
    limits: { KRW: { minimum: '1000', maximum: '50000' } },
    refunds: { policy: 'approval', days: 14, groups: [{ group: 'Tickets', policy: 'forbid' }] },
    combination: { kind: 'listed', with: ['vcard'] },
    schedule: { kind: 'monthly', day: 31, at: '23:30' },
    fee: { bps: 250, fixed: { KRW: '100' } },
  }
  const changed = await post('/api/v1/modules/card', wanted)
  expect(changed.json).toMatchObject({ terms: { ...wanted, nextBatchAt: expect.stringContaining('T14:30:00') } })
  const wrong = await post('/api/v1/modules/card', { limits: { KRW: { minimum: '5', maximum: '4' } } })
  expect([wrong.status, wrong.json['errors']]).toMatchObject([422, [{ pointer: '/limits' }]])
  expect((await post('/api/v1/modules/card', { fee: { bps: 10_001, fixed: {} } })).status).toBe(422)
  expect((await post('/api/v1/modules/magic', { state: 'active' })).status).toBe(404)
  expect((await get('/api/v1/modules/card')).json).toMatchObject({ terms: wanted })
  expect((await post('/api/v1/modules/card', { schedule: null })).json).toMatchObject({ terms: { schedule: null } })
})

test('groups of shoppers are made and filled, and a module is kept for them', async () => {
  const group = (await post('/api/v1/shopper-groups', { name: 'Friends' })).json
  const place = `/api/v1/shopper-groups/${String(group['id'])}/members`
  const wrong = await post(place, { add: ['a@example.com', 'nobody'] })
  expect([wrong.status, wrong.json['errors']]).toMatchObject([422, [{ pointer: '/add/1' }]])
  expect((await post(place, { add: ['A@example.com', 'b@example.com'] })).json).toMatchObject({ members: 2 })
  expect((await post(place, { remove: ['b@example.com'] })).json).toMatchObject({ members: 1 })
  const admit = { groups: [group['id']], shoppers: ['c@example.com'] }
  const audience = await post('/api/v1/modules/vcard/audience', { admit })
  expect(audience.json).toEqual({
    groups: [{ id: group['id'], name: 'Friends' }],
    shoppers: ['c@example.com'],
    shopperCount: 1,
  })
  const other = await aShop(api)
  const theirs = shopCalls(api.hosts['the api process'], other.secret)
  expect((await theirs.post('/api/v1/modules/vcard/audience', { admit })).status).toBe(404)
  expect((await theirs.post(place, { add: ['d@example.com'] })).status).toBe(404)
})

test('a direct payment is refused for a shopper who is not listed, and taken for one who is', async () => {
  const own = await aShop(api)
  const calls = shopCalls(api.hosts['the api process'], own.secret)
  await calls.post('/api/v1/modules/card', { audience: 'listed' })
  await calls.post('/api/v1/modules/card/audience', { admit: { shoppers: ['in@example.com'] } })
  const order = (email: string) => ({ ...anOrder(paidWith('roomy')), email })
  expect((await calls.post('/api/v1/payments', order('out@example.com'))).status).toBe(422)
  expect((await calls.post('/api/v1/payments', order('IN@example.com'))).json).toMatchObject({ status: 'paid' })
})

test('a fee that is agreed on with the operator is seen by API, and not changed', async () => {
  const { merchant, secret } = await aShop(agreed)
  await agreed.gateway.merchantModules.change(merchant.id, 'card', { fee: { bps: 180, fixed: {} } })
  const calls = shopCalls(agreed.hosts['the api process'], secret)
  const refused = await calls.post('/api/v1/modules/card', { state: 'inactive', fee: { bps: 0, fixed: {} } })
  expect([refused.status, refused.json['errors']]).toMatchObject([422, [{ pointer: '/fee' }]])
  const { json } = await calls.get('/api/v1/modules/card')
  expect(json).toMatchObject({ state: 'active', terms: { fee: { bps: 180, fixed: {} } } })
})
