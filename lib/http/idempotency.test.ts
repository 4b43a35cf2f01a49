import { describe, expect, test } from 'vitest'
import { later } from '../clock'
import { uuidAt } from '../ids'
import { anOrder, aShop, fresh, hostNames, paidWith, type Received, shopCalls, startApi } from './http.fixtures'
import { onceOnly } from './idempotency'
import { readClaim } from './idempotency-key'
import { claimKey } from './store'

const api = await startApi()
const shop = await aShop(api)

/** Repeats while the first request still runs, as a client does that is told to come again. */
async function untilAnswered(ask: () => Promise<Received>): Promise<Received> {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 409 || answer.json['code'] !== 'request-in-progress') return answer
    expect(answer.headers['retry-after']).toBeTruthy()
  }
}

async function paymentsOf(orderRef: string): Promise<unknown[]> {
  const { get } = shopCalls(api.hosts['the api process'], shop.secret)
  return (await get(`/api/v1/payments?orderRef=${orderRef}`)).json['payments'] as unknown[]
}

describe.each(hostNames)('over %s', (host) => {
  const { post } = shopCalls(api.hosts[host], shop.secret)

  test('P4.1: 500 equal requests at once make one payment and get one answer', async () => {
    const order = anOrder(paidWith('benchmark'))
    const key = { 'idempotency-key': fresh('many') }
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => untilAnswered(() => post('/api/v1/payments', order, key))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1)
    expect(await paymentsOf(String(order['orderRef']))).toHaveLength(1)
  })

  test('P4.4: 50 requests for one order under different keys make one payment', async () => {
    const order = anOrder()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('/api/v1/payments', order)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(49)
    expect(await paymentsOf(String(order['orderRef']))).toHaveLength(1)
  })

  test('P4.1: a repeat gets the first result, same status and same bytes', async () => {
    const order = anOrder(paidWith('declines'))
    const key = { 'idempotency-key': fresh('repeat') }
    const first = await post('/api/v1/payments', order, key)
    const second = await post('/api/v1/payments', order, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(second.headers['idempotency-replayed']).toBe('true')
  })

  test('a key in the quotes of a structured field is the same key', async () => {
    const order = anOrder()
    const key = fresh('quoted')
    const first = await post('/api/v1/payments', order, { 'idempotency-key': `"${key}"` })
    const second = await post('/api/v1/payments', order, { 'idempotency-key': key })
    expect(second.text).toBe(first.text)
  })

  test('P4.1: the same key with another payload or path is refused', async () => {
    const key = { 'idempotency-key': fresh('other') }
    const made = await post('/api/v1/payments', anOrder(), key)
    expect((await post('/api/v1/payments', anOrder(), key)).json['code']).toBe('idempotency-key-reused')
    const cancel = await post(`/api/v1/payments/${String(made.json['id'])}/cancel`, { reason: 'x' }, key)
    expect([cancel.status, cancel.json['code']]).toEqual([422, 'idempotency-key-reused'])
    const held = [1, 2].map(() => post('/api/v1/payments', anOrder({ ...paidWith('roomy'), capture: 'manual' })))
    const [one, two] = (await Promise.all(held)).map(({ json }) => `/api/v1/payments/${String(json['id'])}/capture`)
    const samePayload = { 'idempotency-key': fresh('same-payload') }
    expect((await post(one!, undefined, samePayload)).status).toBe(200)
    expect((await post(two!, undefined, samePayload)).json['code']).toBe('idempotency-key-reused')
  })

  test('P4.3: a capture that was refused before any effect does not use its key up', async () => {
    const path = `/api/v1/payments/${String((await post('/api/v1/payments', anOrder())).json['id'])}`
    const key = { 'idempotency-key': fresh('too-early') }
    expect((await post(`${path}/capture`, undefined, key)).json['code']).toBe('not-capturable')
    expect((await post(`${path}/cancel`, { reason: 'x' }, key)).status).toBe(200)
  })

  test('P4.2: the same key of another merchant is unrelated', async () => {
    const other = await aShop(api)
    const theirs = shopCalls(api.hosts[host], other.secret)
    const order = anOrder()
    const key = { 'idempotency-key': fresh('shared') }
    const ours = await post('/api/v1/payments', order, key)
    const made = await theirs.post('/api/v1/payments', order, key)
    expect(made.status).toBe(201)
    expect(made.json['id']).not.toBe(ours.json['id'])
  })

  test('P4.1, P2.6: a shop that was suspended meanwhile is told again what it was told, and is refused what is new', async () => {
    const closing = await aShop(api)
    const { post: ask } = shopCalls(api.hosts[host], closing.secret)
    const asked = await Promise.all(
      [anOrder(), anOrder(paidWith('benchmark')), anOrder(paidWith('declines'))].map(async (order) => {
        const key = { 'idempotency-key': fresh('before') }
        return { order, key, first: await ask('/api/v1/payments', order, key) }
      }),
    )
    expect(await api.gateway.directory.suspendShop(closing.merchant.id)).toBe('done')
    for (const { order, key, first } of asked) {
      const again = await ask('/api/v1/payments', order, key)
      expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true'])
    }
    const [{ key } = { key: {} }] = asked
    expect((await ask('/api/v1/payments', anOrder(), key)).json['code']).toBe('idempotency-key-reused')
    const order = anOrder()
    expect((await ask('/api/v1/payments', order)).json['code']).toBe('shop-suspended')
    const { payments } = (
      await shopCalls(api.hosts[host], closing.secret).get(`/api/v1/payments?orderRef=${String(order['orderRef'])}`)
    ).json
    expect(payments).toEqual([])
  })

  test('P4.1: a request is answered as it was when what it asked for is no longer allowed', async () => {
    const order = anOrder({ expiresAt: later(api.gateway.clock.now(), 120_000).toISOString() })
    const key = { 'idempotency-key': fresh('over') }
    const first = await post('/api/v1/payments', order, key)
    const { pool } = api.gateway.database
    await pool.query(`update merchant set currencies = '{USD}' where id = $1`, [shop.merchant.id])
    try {
      const again = await post('/api/v1/payments', order, key)
      expect([again.status, again.text]).toEqual([201, first.text])
      expect((await post('/api/v1/payments', anOrder())).json['code']).toBe('invalid-input')
    } finally {
      await pool.query(`update merchant set currencies = '{KRW}' where id = $1`, [shop.merchant.id])
    }
  })

  test('P4.2: whichever of its API keys a merchant uses, a key means the same', async () => {
    const { secret } = await api.gateway.merchants.createApiKey(shop.merchant.id, { mode: 'test', name: 'second' })
    const order = anOrder()
    const key = { 'idempotency-key': fresh('merchant') }
    const first = await post('/api/v1/payments', order, key)
    expect((await shopCalls(api.hosts[host], secret).post('/api/v1/payments', order, key)).text).toBe(first.text)
  })
})

describe('a deed that is done once for its key', () => {
  const claimOf = (key: string) =>
    readClaim(
      {
        method: 'POST',
        path: '/deed',
        query: '',
        body: new Uint8Array(),
        header: () => key,
      },
      api.gateway.settings.FINGERPRINT_KEY,
    )
  const resource = uuidAt(new Date())

  test('P4.3: is taken up again when its first request has died', async () => {
    const claim = claimOf(fresh('died'))
    const { gateway } = api
    const longAgo = later(gateway.clock.now(), -60_000)
    await claimKey(gateway.database, shop.merchant.id, claim, { resourceId: resource, at: longAgo })
    const tries: boolean[] = []
    const deed = async (resumed: boolean) => {
      tries.push(resumed)
      return { status: 200, body: { done: true } }
    }
    const reply = await onceOnly(gateway, shop.merchant.id, claim, resource, deed)
    expect([reply.status, reply.body]).toEqual([200, '{"done":true}'])
    await onceOnly(gateway, shop.merchant.id, claim, resource, deed)
    expect(tries).toEqual([true])
  })

  test('is refused while its first request may still be alive', async () => {
    const claim = claimOf(fresh('alive'))
    await claimKey(api.gateway.database, shop.merchant.id, claim, { resourceId: resource, at: api.gateway.clock.now() })
    const again = onceOnly(api.gateway, shop.merchant.id, claim, resource, async () => ({ status: 200, body: {} }))
    await expect(again).rejects.toMatchObject({ code: 'request-in-progress' })
  })

  test('is done by one of two that take it up at once', async () => {
    const claim = claimOf(fresh('two'))
    const { gateway } = api
    const longAgo = later(gateway.clock.now(), -60_000)
    await claimKey(gateway.database, shop.merchant.id, claim, { resourceId: resource, at: longAgo })
    let done = 0
    const ask = () =>
      onceOnly(gateway, shop.merchant.id, claim, resource, async () => {
        done += 1
        return { status: 200, body: {} }
      })
    await Promise.allSettled([ask(), ask(), ask()])
    expect(done).toBe(1)
  })
})

test('P8.1: the fingerprint of a request cannot be searched for what was in it', () => {
  const call = { method: 'POST', path: '/x', query: '', body: new Uint8Array(), header: () => 'key-1' }
  const [one, two] = ['a', 'b'].map((secret) => readClaim(call, Buffer.alloc(32, secret)).fingerprint.toString('hex'))
  expect(one).not.toBe(two)
})
