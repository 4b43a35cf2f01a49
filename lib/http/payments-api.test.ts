import { beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { publicId } from '../ids'
import { anOrder, aShop, fresh, hostNames, paidWith, type Received, shopCalls, startApi } from './http.fixtures'
import { routes } from './routes'

const api = await startApi()
const shop = await aShop(api, { returnUrls: ['https://shop.example/back'] })

beforeEach(() => api.outside.reset())

/** The answer's body, after checking that it is exactly what the API description promises for the route. */
function asDescribed(line: string, answer: Received): Record<string, unknown> {
  const row = routes.find(({ method, path }) => `${method} ${path}` === line)
  const described = row?.answers[answer.status]
  if (!described) throw new Error(`${line} does not promise ${answer.status}: ${answer.text}`)
  return described.schema.parse(answer.json) as Record<string, unknown>
}

describe.each(hostNames)('over %s', (host) => {
  const { get, post } = shopCalls(api.hosts[host], shop.secret)

  async function aPayment(wanted: Record<string, unknown> = {}): Promise<Record<string, unknown> & { id: string }> {
    const answer = await post('/api/v1/payments', anOrder(wanted))
    return asDescribed('POST /api/v1/payments', answer) as Record<string, unknown> & { id: string }
  }

  test('a shop that creates a payment gets the address at which its shopper pays', async () => {
    const answer = await post(
      '/api/v1/payments',
      anOrder({ orderName: 'Café ☕', returnUrl: 'https://shop.example/back', metadata: { cart: '7' } }),
    )
    const payment = asDescribed('POST /api/v1/payments', answer)
    expect(answer.status).toBe(201)
    expect(payment).toMatchObject({
      status: 'open',
      standing: 'unpaid',
      amount: '12000',
      orderName: 'Café ☕',
      metadata: { cart: '7' },
    })
    expect(payment['checkoutUrl']).toBe(`${api.settings.WEB_URL}/pay/${String(payment['id'])}`)
    expect(answer.headers['location']).toBe(`/api/v1/payments/${String(payment['id'])}`)
    expect((await get(`/api/v1/payments/${String(payment['id'])}`)).json).toEqual(answer.json)
  })

  test('a card that the issuer approves is paid at once; the answer names the approval, and neither number nor security code (M-284, M-240, M-241, M-245)', async () => {
    const answer = await post('/api/v1/payments', anOrder({ ...paidWith('roomy'), email: 'buyer@example.com' }))
    const payment = asDescribed('POST /api/v1/payments', answer)
    expect(payment).toMatchObject({
      status: 'paid',
      standing: 'paid',
      capturedAmount: '12000',
      legs: [{ module: 'card', state: 'captured', approvalCode: expect.stringMatching(/^[0-9A-Z]{6}$/) }],
    })
    expect(answer.text).not.toContain(demoCard('hanbit', 'roomy').number)
    expect(answer.text).not.toContain('buyer@example.com')
  })

  test('P10.6: a decline is a result, not an error', async () => {
    expect(await aPayment(paidWith('declines'))).toMatchObject({
      status: 'declined',
      standing: 'failed',
      capturedAmount: '0',
    })
    expect(await aPayment(paidWith('expired'))).toMatchObject({ status: 'declined', reason: 'expired-card' })
  })

  test('a payment with manual capture is held, then captured', async () => {
    const held = await aPayment({ ...paidWith('roomy'), capture: 'manual' })
    expect(held).toMatchObject({ status: 'authorized', capturedAmount: '0' })
    const captured = await post(`/api/v1/payments/${held.id}/capture`)
    expect(asDescribed('POST /api/v1/payments/:paymentId/capture', captured)).toMatchObject({
      status: 'paid',
      capturedAmount: '12000',
    })
  })

  test('P4.1: a capture that is repeated is answered again and not done again', async () => {
    const held = await aPayment({ ...paidWith('roomy'), capture: 'manual' })
    const key = { 'idempotency-key': fresh('capture') }
    const first = await post(`/api/v1/payments/${held.id}/capture`, undefined, key)
    const second = await post(`/api/v1/payments/${held.id}/capture`, undefined, key)
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect((await post(`/api/v1/payments/${held.id}/capture`)).json['code']).toBe('not-capturable')
  })

  test('an open payment is cancelled, and the order can be paid anew', async () => {
    const orderRef = fresh('again')
    const open = await aPayment({ orderRef })
    expect((await post('/api/v1/payments', anOrder({ orderRef }))).json).toMatchObject({
      code: 'order-taken',
      paymentId: open.id,
    })
    const key = { 'idempotency-key': fresh('cancel') }
    const first = await post(`/api/v1/payments/${open.id}/cancel`, { reason: 'out of stock' }, key)
    expect(asDescribed('POST /api/v1/payments/:paymentId/cancel', first)).toEqual({
      paymentId: open.id,
      outcome: 'cancelled',
    })
    const second = await post(`/api/v1/payments/${open.id}/cancel`, { reason: 'out of stock' }, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect((await post('/api/v1/payments', anOrder({ orderRef }))).status).toBe(201)
  })

  test('a held payment that is cancelled leaves no hold at the issuer', async () => {
    const held = await aPayment({ ...paidWith('roomy', 'narae'), capture: 'manual' })
    const answer = await post(`/api/v1/payments/${held.id}/cancel`, { reason: 'shopper asked' })
    expect(asDescribed('POST /api/v1/payments/:paymentId/cancel', answer)).toMatchObject({ outcome: 'cancelled' })
    const { holds } = await api.outside.book('narae')
    expect(holds.filter(({ state }) => state === 'held')).toEqual([])
  })

  test('a paid payment that is cancelled goes back whole, and asking again does nothing twice', async () => {
    const paid = await aPayment(paidWith('roomy'))
    const key = { 'idempotency-key': fresh('cancel') }
    const first = await post(`/api/v1/payments/${paid.id}/cancel`, { reason: 'shopper asked' }, key)
    expect(asDescribed('POST /api/v1/payments/:paymentId/cancel', first)).toMatchObject({
      outcome: 'refunded',
      refund: { kind: 'cancellation', amount: '12000', state: 'refunded' },
    })
    const second = await post(`/api/v1/payments/${paid.id}/cancel`, { reason: 'shopper asked' }, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect((await get(`/api/v1/payments/${paid.id}`)).json).toMatchObject({
      standing: 'refunded',
      refundedAmount: '12000',
    })
    expect((await post(`/api/v1/payments/${paid.id}/cancel`, { reason: 'again' })).json['code']).toBe('not-cancellable')
  })

  test('a part is refunded, then the rest, and the refunds stand in the payment’s list (M-147)', async () => {
    const paid = await aPayment(paidWith('roomy'))
    const path = `/api/v1/payments/${paid.id}/refunds`
    const part = await post(path, { amount: '5000', currency: 'KRW', reason: 'one of two' })
    const first = asDescribed('POST /api/v1/payments/:paymentId/refunds', part)
    expect(first).toMatchObject({ amount: '5000', state: 'refunded', paymentId: paid.id })
    const rest = asDescribed('POST /api/v1/payments/:paymentId/refunds', await post(path, { reason: 'the other' }))
    expect(rest).toMatchObject({ amount: '7000', state: 'refunded' })
    expect(asDescribed('GET /api/v1/payments/:paymentId/refunds', await get(path))['refunds']).toHaveLength(2)
    const seen = await get(`/api/v1/refunds/${String(first['id'])}`)
    expect(asDescribed('GET /api/v1/refunds/:refundId', seen)).toMatchObject({ reason: 'one of two' })
  })

  test('P4.1: a full refund that is repeated with its key is answered again', async () => {
    const paid = await aPayment(paidWith('roomy'))
    const key = { 'idempotency-key': fresh('refund') }
    const first = await post(`/api/v1/payments/${paid.id}/refunds`, { reason: 'all' }, key)
    const second = await post(`/api/v1/payments/${paid.id}/refunds`, { reason: 'all' }, key)
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect([second.status, second.text]).toEqual([first.status, first.text])
    const other = await post(`/api/v1/payments/${paid.id}/refunds`, { reason: 'other' }, key)
    expect(other.json['code']).toBe('idempotency-key-reused')
  })

  test.each([
    [{ amount: '12001', reason: 'x' }, 'refund-exceeds'],
    [{ amount: '100', currency: 'USD', reason: 'x' }, 'invalid-input'],
    [{ strategy: 'chosen-leg', reason: 'x' }, 'invalid-input'],
    [{ strategy: 'ratio', leg: 1, reason: 'x' }, 'invalid-input'],
    [{ strategy: 'chosen-leg', leg: 9, reason: 'x' }, 'invalid-input'],
    [{ amount: '0', reason: 'x' }, 'invalid-input'],
    [{ amount: '100' }, 'invalid-input'],
  ])('P2.5: the refund %o is refused and nothing goes back', async (body, code) => {
    const paid = await aPayment(paidWith('roomy'))
    expect((await post(`/api/v1/payments/${paid.id}/refunds`, body)).json['code']).toBe(code)
    expect((await get(`/api/v1/payments/${paid.id}`)).json['refundedAmount']).toBe('0')
  })

  test('an unpaid payment has nothing to refund', async () => {
    const open = await aPayment()
    expect((await post(`/api/v1/payments/${open.id}/refunds`, { reason: 'x' })).json['code']).toBe('not-refundable')
  })

  test('P2.5: of two refunds of 60 % at once, exactly one goes through', async () => {
    const paid = await aPayment(paidWith('roomy'))
    const ask = () => post(`/api/v1/payments/${paid.id}/refunds`, { amount: '7200', reason: 'race' })
    const answers = await Promise.all([ask(), ask()])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await get(`/api/v1/payments/${paid.id}`)).json['refundedAmount']).toBe('7200')
  })

  test('the history tells every move, oldest first', async () => {
    const paid = await aPayment(paidWith('roomy'))
    const answer = await get(`/api/v1/payments/${paid.id}/history`)
    const { history } = asDescribed('GET /api/v1/payments/:paymentId/history', answer) as {
      history: { event: string; state: string }[]
    }
    expect(history.at(0)?.event).toBe('opened')
    expect(history.at(-1)?.state).toBe('paid')
  })

  test('payments are listed newest first, page by page, and filtered', async () => {
    const own = await aShop(api)
    const { get: list, post: make } = shopCalls(api.hosts[host], own.secret)
    const made: string[] = []
    for (let count = 0; count < 5; count++) made.push(String((await make('/api/v1/payments', anOrder())).json['id']))
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 3; page++) {
      const answer = asDescribed('GET /api/v1/payments', await list(`/api/v1/payments?limit=2${after}`)) as {
        payments: { id: string }[]
        next: string | null
      }
      seen.push(...answer.payments.map(({ id }) => id))
      after = `&after=${answer.next}`
      expect(answer.next === null).toBe(page === 2)
    }
    expect(seen).toEqual(made.reverse())
    const paid = await list('/api/v1/payments?standing=paid')
    expect(paid.json['payments']).toEqual([])
    const tab = async (query: string) => {
      const { payments } = asDescribed('GET /api/v1/payments', await list(`/api/v1/payments?${query}`)) as {
        payments: { id: string }[]
      }
      return payments.map(({ id }) => id)
    }
    expect(await tab('tab=unpaid')).toEqual(made)
    expect(await tab('tab=being-checked')).toEqual([])
    expect((await list('/api/v1/payments?tab=paid&standing=paid')).status).toBe(422)
  })

  test('HEAD is answered as GET without a body', async () => {
    const open = await aPayment()
    const headers = { authorization: `Bearer ${shop.secret}` }
    const answer = await api.hosts[host]({ method: 'HEAD', path: `/api/v1/payments/${open.id}`, headers })
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  test('P6.3: an API key that is revoked opens nothing from the next request on', async () => {
    const own = await aShop(api)
    const { get: list } = shopCalls(api.hosts[host], own.secret)
    expect((await list('/api/v1/payments')).status).toBe(200)
    for (const key of await api.gateway.merchants.apiKeys(own.merchant.id)) {
      await api.gateway.merchants.revokeApiKey(own.merchant.id, key.id)
    }
    expect((await list('/api/v1/payments')).status).toBe(401)
  })

  test('P9.1: the process says that it lives and that it is ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await api.hosts[host]({ path })).json).toEqual({ status: 'ok' })
    }
  })

  test('the API description is served to everybody', async () => {
    expect((await api.hosts[host]({ path: '/api/v1/openapi.json' })).json).toMatchObject({ openapi: '3.1.0' })
  })
})

test('P6.2: what belongs to another merchant and what does not exist are answered alike', async () => {
  const other = await aShop(api)
  const { post } = shopCalls(api.hosts['the api process'], other.secret)
  const theirs = String((await post('/api/v1/payments', anOrder())).json['id'])
  const missing = publicId('pay', '01920000-0000-7000-8000-000000000000')
  const { get } = shopCalls(api.hosts['the api process'], shop.secret)
  const [first, second] = await Promise.all(
    [theirs, missing].map((id) => get(`/api/v1/payments/${id}`, { 'x-correlation-id': 'same-for-both' })),
  )
  expect(first?.text).toBe(second?.text)
  expect(first?.status).toBe(404)
})
