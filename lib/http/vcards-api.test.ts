import { beforeEach, describe, expect, test } from 'vitest'
import { addDemoCard, aClock } from '../cards/wallet.fixtures'
import { publicId, readPublicId, type Uuid } from '../ids'
import { krw } from '../money/money'
import { aShopper } from '../../test/gateway'
import { anOrder, aShop, fresh, hostNames, shopCalls, startApi } from './http.fixtures'

const clock = aClock()
const api = await startApi({ clock })
const { gateway } = api
const shop = await aShop(api)
const other = await aShop(api, { nameEn: 'Other Shop' })
const send = api.hosts['the api process']
const calls = shopCalls(send, shop.secret)

beforeEach(() => api.outside.reset())

/** A shopper with two cards who gives the shop a grant. */
async function aGrant({ most = 500_000n, livesMs = 3_600_000, merchantId = shop.merchant.id } = {}) {
  const { id } = await aShopper(gateway)
  const shopper = { id, name: 'Hong' }
  await addDemoCard(gateway.cards, id, 'hanbit', 'everyday')
  await addDemoCard(gateway.cards, id, 'saero')
  const given = await gateway.grants.give(shopper, { merchantId, most: krw(most), livesMs })
  if (given.kind === 'refused') throw new Error(given.reason)
  return { shopper, grant: given.grant, header: { 'shopper-grant': given.reference } }
}

const aWish = (amount = '300000') => ({ amount, currency: 'KRW' })

async function trail(shopperId: Uuid): Promise<string[]> {
  const events = await gateway.audit.list(shopperId, { limit: 50 })
  return events.map(({ action, outcome }) => `${action}: ${outcome}`).reverse()
}

const liveOf = async (shopperId: Uuid) => (await gateway.vcards.list(shopperId)).filter(({ state }) => state === 'live')

test('a shop’s agent proposes, creates and pays with a V-Card in the shopper’s name', async () => {
  const { shopper, grant, header } = await aGrant()

  const proposed = await calls.get('/api/v1/vcards/proposal?amount=300000&currency=KRW', header)
  expect(proposed.json).toMatchObject({ amount: '300000', currency: 'KRW', isPossible: true })
  const created = await calls.post('/api/v1/vcards', aWish(), header)
  expect(created.status).toBe(201)
  const { id, number, expiry, shares } = created.json as Record<string, string> & { shares: { amount: string }[] }
  expect(created.json).toMatchObject({ state: 'live', amount: '300000', number: expect.stringMatching(/^9410\d{12}$/) })
  expect(created.headers['location']).toBe(`/api/v1/vcards/${id}`)
  expect(shares.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(300_000n)
  expect(shares).toEqual(proposed.json['shares'])

  const paid = await calls.post('/api/v1/payments', anOrder({ amount: '300000', means: { card: { number, expiry } } }))
  expect(paid.json).toMatchObject({ status: 'paid' })
  const seen = await calls.get(`/api/v1/vcards/${id}`, header)
  expect(seen.json).toMatchObject({ state: 'spent', paymentId: paid.json['id'] })
  const list = await calls.get('/api/v1/vcards', header)
  expect(list.json).toEqual({ vcards: [seen.json], next: null })

  expect(await trail(shopper.id)).toEqual([
    'vcard-grant.give: done',
    'vcard.propose: done',
    'vcard.create: done',
    'vcard.see: done',
    'vcard.see: done',
  ])
  expect((await gateway.grants.list(shopper.id))[0]).toMatchObject({ id: grant.id, used: 300_000n, state: 'live' })
})

test('P8.1: of the shopper’s cards a shop learns issuer and last four digits, and the V-Card’s number only once', async () => {
  const { shopper, header } = await aGrant()
  const created = await calls.post('/api/v1/vcards', aWish(), { ...header, 'idempotency-key': fresh('once') })
  const number = String(created.json['number'])
  const cards = await gateway.cards.list(shopper.id)
  for (const share of created.json['shares'] as object[]) {
    expect(Object.keys(share).sort()).toEqual(['amount', 'issuer', 'lastFour'])
  }
  const later = await calls.get(`/api/v1/vcards/${created.json['id']}`, header)
  for (const secret of [number, ...cards.flatMap(({ id, bin }) => [id, publicId('card', id), bin])]) {
    expect(later.text).not.toContain(secret)
  }
  const { rows } = await gateway.database.pool.query<{ kept: string }>(
    `select body::text as kept from idempotency_key where merchant_id = $1 and body is not null`,
    [shop.merchant.id],
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { kept } of rows) expect(kept).not.toContain(number)
})

describe('P4.1: asking again makes nothing twice', () => {
  test.each(hostNames)('the same key gets the same bytes, the number included, over %s', async (host) => {
    const { shopper, header } = await aGrant()
    const { post } = shopCalls(api.hosts[host], shop.secret)
    const again = () => post('/api/v1/vcards', aWish(), { ...header, 'idempotency-key': `again-${host.length}` })
    const first = await again()
    const second = await again()
    expect(second.status).toBe(201)
    expect(second.text).toBe(first.text)
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(await liveOf(shopper.id)).toHaveLength(1)
  })

  test('a process that dies after making the V-Card leaves it to who asks again', async () => {
    const { shopper, header } = await aGrant()
    const key = { 'idempotency-key': fresh('died') }
    const first = await calls.post('/api/v1/vcards', aWish(), { ...header, ...key })
    await gateway.database.pool.query(
      `update idempotency_key set status = null, body = null, created_at = created_at - interval '31 s' where key = $1`,
      [key['idempotency-key']],
    )
    const second = await calls.post('/api/v1/vcards', aWish(), { ...header, ...key })
    expect(second.text).toBe(first.text)
    expect(await liveOf(shopper.id)).toHaveLength(1)
  })

  test('without a key nothing is made', async () => {
    const { shopper, header } = await aGrant()
    const answer = await calls.post('/api/v1/vcards', aWish(), { ...header, 'idempotency-key': '' })
    expect(answer.status).toBe(400)
    expect(await gateway.vcards.list(shopper.id)).toEqual([])
  })
})

describe('P6.2: whatever is wrong with a grant, the answer is the same', () => {
  test('missing, malformed, unknown, another shop’s, revoked or expired', async () => {
    const theirs = await aGrant({ merchantId: other.merchant.id })
    const revoked = await aGrant()
    await gateway.grants.revoke(revoked.shopper, revoked.grant.id)
    const expired = await aGrant({ livesMs: 60_000 })
    clock.advance(61_000)
    const wrong = [
      {},
      { 'shopper-grant': 'vcg_short' },
      { 'shopper-grant': `vcg_${'A'.repeat(43)}` },
      { 'shopper-grant': 'vcg_\u00e9' },
      theirs.header,
      revoked.header,
      expired.header,
    ]
    const answers = await Promise.all(
      wrong.map((headers) => calls.post('/api/v1/vcards', aWish(), { ...headers, 'x-correlation-id': 'same-for-all' })),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]!.json).toMatchObject({ status: 403, code: 'grant-refused' })
    expect(await trail(theirs.shopper.id)).toContain('vcard-grant.use: wrong-merchant')
    expect(await trail(revoked.shopper.id)).toContain('vcard-grant.use: revoked')
    expect(await trail(expired.shopper.id)).toContain('vcard-grant.use: expired')
    expect(await liveOf(theirs.shopper.id)).toEqual([])
  })

  test('a grant without an API key opens nothing', async () => {
    const { header } = await aGrant()
    const answer = await send({ path: '/api/v1/vcards', headers: header })
    expect(answer.json).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  test('a V-Card that its shopper made, or that another grant made, is a missing one', async () => {
    const { shopper, header } = await aGrant()
    const [card] = await gateway.cards.refresh(shopper.id)
    const own = await gateway.vcards.create(shopper.id, {
      ...{ merchantId: shop.merchant.id, amount: krw(10_000), mayRetry: false },
      shares: [{ cardId: card!.id, amount: 10_000n }],
    })
    if (own.kind !== 'created') throw new Error(own.reason)
    const id = publicId('vcard', own.vcard.id)
    const missing = publicId('vcard', shopper.id)
    const told = { ...header, 'x-correlation-id': 'same-for-both' }
    const [theirs, none] = await Promise.all([id, missing].map((one) => calls.get(`/api/v1/vcards/${one}`, told)))
    expect(theirs!.text).toBe(none!.text)
    const cancelled = await calls.post(`/api/v1/vcards/${id}/cancel`, undefined, header)
    expect(cancelled.json).toMatchObject({ status: 404, code: 'not-found' })
    expect((await calls.get('/api/v1/vcards', header)).json).toEqual({ vcards: [], next: null })
    expect(await liveOf(shopper.id)).toHaveLength(1)
  })
})

describe('P2.5: a grant is never exceeded', () => {
  test('more than it, or another currency, is neither proposed nor made', async () => {
    const { header } = await aGrant({ most: 100_000n })
    for (const wish of [aWish('100001'), { amount: '100', currency: 'USD' }]) {
      const proposed = await calls.get(`/api/v1/vcards/proposal?${new URLSearchParams(wish)}`, header)
      expect(proposed.json).toMatchObject({ status: 409, code: 'grant-exceeded' })
      const created = await calls.post('/api/v1/vcards', wish, header)
      expect(created.json).toMatchObject({ status: 409, code: 'grant-exceeded' })
    }
  })

  test('V-Cards made at once do not sum to more than it, and a cancelled one gives back', async () => {
    const { shopper, header } = await aGrant({ most: 100_000n })
    const made = await Promise.all(
      Array.from({ length: 5 }, () => calls.post('/api/v1/vcards', aWish('40000'), header)),
    )
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409])
    expect(await liveOf(shopper.id)).toHaveLength(2)

    const id = String(made.find(({ status }) => status === 201)!.json['id'])
    const cancelled = await calls.post(`/api/v1/vcards/${id}/cancel`, undefined, header)
    expect(cancelled.json).toMatchObject({ id, state: 'cancelled' })
    const again = await calls.post(`/api/v1/vcards/${id}/cancel`, undefined, header)
    expect(again.json).toMatchObject({ status: 409, code: 'vcard-not-live' })
    expect((await calls.post('/api/v1/vcards', aWish('40000'), header)).status).toBe(201)
  })
})

test('a shopper who takes a grant back ends the V-Cards made with it that are not used', async () => {
  const { shopper, grant, header } = await aGrant()
  const created = await calls.post('/api/v1/vcards', aWish('10000'), header)
  expect(await gateway.grants.revoke({ id: (await aShopper(gateway)).id, name: 'Other' }, grant.id)).toBe(false)
  expect(await gateway.grants.revoke(shopper, grant.id)).toBe(true)
  expect(await gateway.grants.revoke(shopper, grant.id)).toBe(false)
  expect(await liveOf(shopper.id)).toEqual([])
  const vcardId = readPublicId('vcard', String(created.json['id']))!
  expect(await gateway.vcards.get(shopper.id, vcardId)).toMatchObject({ state: 'cancelled', grantId: grant.id })
  expect((await gateway.grants.list(shopper.id))[0]).toMatchObject({ state: 'revoked', used: 0n })
})

test('what the cards cannot carry is a result of a proposal and a refusal of a V-Card, without telling by how much', async () => {
  const { header } = await aGrant({ most: 900_000_000_000n })
  const wish = aWish('900000000000')
  const proposed = await calls.get(`/api/v1/vcards/proposal?${new URLSearchParams(wish)}`, header)
  expect(proposed.json).toEqual({ ...wish, isPossible: false, shares: [] })
  const created = await calls.post('/api/v1/vcards', wish, header)
  expect(created.json).toMatchObject({ status: 409, code: 'cards-cannot-carry' })
})

describe('P10.1: what is not understood is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an amount with a leading zero', { amount: '0100', currency: 'KRW' }, '/amount'],
    ['an amount that is a number', { amount: 100, currency: 'KRW' }, '/amount'],
    ['an unknown currency', { amount: '100', currency: 'XXX' }, '/currency'],
    ['a life of more than a day', { ...aWish(), expiresInSeconds: 86_401 }, '/expiresInSeconds'],
    ['shares of the shop’s own choosing', { ...aWish(), shares: [] }, '/shares'],
  ])('%s', async (_what, body, pointer) => {
    const { header } = await aGrant()
    const answer = await calls.post('/api/v1/vcards', body, header)
    expect(answer.status).toBe(422)
    expect(answer.json['errors']).toMatchObject([{ pointer }])
  })
})

test('P6.6: who asks without end is told when to come back', async () => {
  // At the beginning of an hour, so that both questions fall into one.
  clock.advance(3_600_000 - (clock.now().getTime() % 3_600_000))
  const { grant, header } = await aGrant()
  await calls.get('/api/v1/vcards', header)
  await gateway.database.pool.query(`update rate_count set count = 300 where subject = $1`, [`vcard-grant:${grant.id}`])
  const answer = await calls.get('/api/v1/vcards', header)
  expect(answer.json).toMatchObject({ status: 429, code: 'too-many-requests' })
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})

test('a shopper cannot give grants without end', async () => {
  const { shopper } = await aGrant()
  const wanted = { merchantId: shop.merchant.id, most: krw(1000), livesMs: 60_000 }
  const given = await Promise.all(Array.from({ length: 25 }, () => gateway.grants.give(shopper, wanted)))
  expect(given.filter(({ kind }) => kind === 'given')).toHaveLength(19)
})
