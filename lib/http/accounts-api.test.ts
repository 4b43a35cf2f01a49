import { expect, test } from 'vitest'
import { load } from '../accounts/accounts.fixtures'
import { publicId, readPublicId } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { aShop, fresh, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const { gateway } = api
const shop = await aShop(api)
const calls = shopCalls(api.hosts['the api process'], shop.secret)
const others = shopCalls(api.hosts['the pages’ server'], (await aShop(api)).secret)

async function anOpenAccount(wanted: Record<string, unknown> = {}, balance = 10_000n) {
  const opened = await calls.post('/api/v1/accounts', { currency: 'KRW', ...wanted })
  const id = String(opened.json['id'])
  await load(gateway, readPublicId('acc', id)!, balance)
  return { id, opened, at: (rest = '') => `/api/v1/accounts/${id}${rest}` }
}
const aCharge = (amount = '1500', wanted: Record<string, unknown> = {}) => ({
  ...{ amount, currency: 'KRW', description: '벨소리' },
  ...wanted,
})

test('a shop opens an account, and learns its number once; the kept answer is without it (P8.1, M-95)', async () => {
  const key = { 'idempotency-key': fresh('open') }
  const body = {
    currency: 'KRW',
    name: '선불 카드',
    limits: { perMonth: '50000' },
    mobile: '010-5555-0100',
    pin: '4826',
  }
  const opened = await calls.post('/api/v1/accounts', body, key)
  expect(opened.status).toBe(201)
  expect(opened.json).toMatchObject({
    ...{ number: expect.stringMatching(/^9420\d{12}$/), kind: 'prepaid', balance: '0', status: 'usable' },
    limits: { perMonth: '50000' },
  })
  const again = await calls.post('/api/v1/accounts', body, key)
  expect(again.json).toEqual(opened.json)
  expect(again.headers['idempotency-replayed']).toBe('true')
  const kept = await gateway.database.pool.query('select body::text from idempotency_key where key = $1', [
    key['idempotency-key'],
  ])
  expect(JSON.stringify(kept.rows)).not.toContain(opened.json['number'])
  const seen = await calls.get(String(opened.headers['location']))
  expect(seen.json).not.toHaveProperty('number')
  expect(JSON.stringify(seen.json)).not.toContain('55550100')
})

test('a charge is taken once for its key, and the same key with another charge is refused', async () => {
  const { at } = await anOpenAccount()
  const key = { 'idempotency-key': fresh('charge') }
  const charged = await calls.post(at('/charges'), aCharge(), key)
  expect(charged.status).toBe(201)
  expect(charged.json).toMatchObject({ status: 'charged', amount: '1500', balance: '8500' })
  const again = await calls.post(at('/charges'), aCharge(), key)
  expect(again.json).toEqual(charged.json)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect((await calls.post(at('/charges'), aCharge('1501'), key)).json['code']).toBe('idempotency-key-reused')
  expect((await calls.get(at())).json).toMatchObject({ balance: '8500', usedThisMonth: '1500' })
})

test('a declined charge is a result that says why', async () => {
  const { at, id } = await anOpenAccount({ limits: { perMonth: '2000' } })
  expect((await calls.post(at('/charges'), aCharge('2001'))).json).toMatchObject({
    ...{ status: 'declined', reason: 'month-limit' },
  })
  await gateway.accounts.reportLost(readPublicId('acc', id)!, { kind: 'operator', id: 'op', name: '운영자' })
  const lost = await calls.post(at('/charges'), aCharge())
  expect([lost.status, lost.json['reason']]).toEqual([201, 'locked'])
})

test('a charge goes back in parts and never more; the history tells of all of it', async () => {
  const { at } = await anOpenAccount()
  const { id: chargeId } = (await calls.post(at('/charges'), aCharge())).json
  const part = await calls.post(at('/refunds'), { chargeId, amount: '500', currency: 'KRW' })
  expect(part.json).toMatchObject({ chargeId, amount: '500', balance: '9000' })
  expect((await calls.post(at('/refunds'), { chargeId, amount: '1001', currency: 'KRW' })).json['code']).toBe(
    'charge-refund-exceeds',
  )
  expect((await calls.post(at('/refunds'), { chargeId })).json).toMatchObject({ amount: '1000', balance: '10000' })
  const first = await calls.get(at('/movements?limit=2'))
  expect((first.json['movements'] as { kind: string }[]).map(({ kind }) => kind)).toEqual(['refund', 'refund'])
  const second = await calls.get(at(`/movements?limit=2&after=${String(first.json['next'])}`))
  expect(second.json).toMatchObject({
    movements: [{ kind: 'charge', description: '벨소리' }, { kind: 'top-up' }],
    next: null,
  })
})

test('a reservation is charged in part, gives the rest back and is closed then', async () => {
  const { at } = await anOpenAccount()
  const made = await calls.post(at('/reservations'), aCharge('6000', { expiresInSeconds: 600 }))
  expect(made.json).toMatchObject({ status: 'open', held: '6000' })
  const place = at(`/reservations/${String(made.json['id'])}`)
  expect((await calls.post(`${place}/charges`, aCharge('6001'))).json['code']).toBe('reservation-exceeded')
  expect((await calls.post(`${place}/charges`, aCharge('2000'))).json).toMatchObject({
    status: 'charged',
    balance: '8000',
  })
  expect((await calls.post(`${place}/release`)).json).toMatchObject({ status: 'released', charged: '2000', held: '0' })
  expect((await calls.post(`${place}/charges`, aCharge('1'))).json['code']).toBe('reservation-closed')
  expect((await calls.get(place)).json).toMatchObject({ status: 'released' })
  expect((await calls.post(at('/reservations'), aCharge('8001'))).json).toMatchObject({ status: 'declined' })
})

test('another shop’s account, charge or reservation answers as one that does not exist (P6.2)', async () => {
  const { at } = await anOpenAccount()
  const { id: chargeId } = (await calls.post(at('/charges'), aCharge())).json
  const made = await calls.post(at('/reservations'), aCharge())
  const place = at(`/reservations/${String(made.json['id'])}`)
  const missing = `/api/v1/accounts/${publicId('acc', shop.merchant.id)}`
  const bodies = async (base: string) => [
    await others.get(base),
    await others.get(`${base}/movements`),
    await others.post(`${base}/charges`, aCharge()),
    await others.post(`${base}/reservations`, aCharge()),
    await others.post(`${base}/refunds`, { chargeId }),
  ]
  const own = [...(await bodies(at())), await others.get(place), await others.post(`${place}/charges`, aCharge())]
  const none = await bodies(missing)
  for (const answer of [...own, ...none]) expect([answer.status, answer.json['code']]).toEqual([404, 'not-found'])
  expect((await others.get('/api/v1/accounts')).json).toEqual({ accounts: [], next: null })
})

test.each<[string, Record<string, unknown>]>([
  ['an amount with a sign', aCharge('+1')],
  ['no amount', { currency: 'KRW', description: 'x' }],
  ['an amount of nothing', aCharge('0')],
  ['a currency nobody has', aCharge('1', { currency: 'XXX' })],
  ['an unknown member', aCharge('1', { limit: '1' })],
  ['a blank description', aCharge('1', { description: ' ' })],
])('a charge with %s is refused before any effect', async (_what, body) => {
  const { at } = await anOpenAccount()
  expect((await calls.post(at('/charges'), body)).status).toBe(422)
  expect((await calls.get(at())).json).toMatchObject({ balance: '10000' })
})

test.each([{ pin: '1234' }, { mobile: 'nobody' }, { kind: 'postpaid' }, { limits: { perMonth: '-1' } }])(
  'an account with %j is not opened',
  async (wanted) => {
    expect((await calls.post('/api/v1/accounts', { currency: 'KRW', ...wanted })).status).toBe(422)
  },
)

test('the books agree with all of it', async () => {
  expect(await verifyBooks(gateway.database.pool)).toEqual([])
})
