import type { ServerResponse } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import { MoaError } from './index'
import { aMoa, type HeardRequest, json, startServer, writtenPayment } from './sdk.fixtures'

type Answer = (response: ServerResponse, request: HeardRequest) => void

/** Answers in the order given; the last one stays. */
let script: Answer[] = []
const api = await startServer((request, response) => {
  const answer = script.length > 1 ? script.shift() : script[0]
  answer?.(response, request)
})
const moa = aMoa(api.url)

const order = { orderRef: 'A-1', orderName: '달항아리', amount: 220_000n, currency: 'KRW' }
const created: Answer = (response) => json(response, 201, writtenPayment())
const cutOff: Answer = (response) => response.destroy()
const silent: Answer = () => undefined
const problem =
  (status: number, code: string, more: Record<string, unknown> = {}, headers = {}): Answer =>
  (response) =>
    json(
      response,
      status,
      { code, title: 'Title', detail: 'What to do.', correlationId: 'c-12345678', ...more },
      headers,
    )

beforeEach(() => {
  api.heard.length = 0
})

async function failure(doing: Promise<unknown>): Promise<MoaError> {
  const error: unknown = await doing.then(
    () => expect.fail('it succeeded'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MoaError)) throw error
  return error
}

test('amounts travel as decimal text and arrive as whole minor units', async () => {
  script = [created]
  const payment = await moa.payments.create({ ...order, amount: 9_007_199_254_740_993n })
  expect(JSON.parse(api.heard[0]!.body)).toEqual({ ...order, amount: '9007199254740993' })
  expect(payment).toMatchObject({ amount: 220_000n, capturedAmount: 0n, refundedAmount: 0n })
  expect(payment.metadata).toEqual({ amount: '7' })
})

test('every request is authenticated, and each new deed has a key of its own', async () => {
  script = [created]
  await moa.payments.create(order)
  await moa.payments.create(order)
  const [first, second] = api.heard
  expect(first?.headers.authorization).toBe('Bearer moa_test_secret')
  expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  expect(first?.headers['idempotency-key']).not.toBe(second?.headers['idempotency-key'])
})

describe('a request is repeated under the same key', () => {
  test.each<[string, Answer]>([
    ['the connection is cut', cutOff],
    ['the first is still running', problem(409, 'request-in-progress', {}, { 'retry-after': '0' })],
    ['too many ask', problem(429, 'overloaded')],
    ['the gateway fails', problem(500, 'internal')],
    ['something before the gateway answers', (response) => response.writeHead(502).end('<html>bad gateway</html>')],
    ['the gateway is away', problem(503, 'unavailable', {}, { 'retry-after': '0' })],
  ])('when %s', async (_when, answer) => {
    script = [answer, answer, created]
    expect((await moa.payments.create(order)).id).toBe(writtenPayment()['id'])
    expect(api.heard).toHaveLength(3)
    expect(new Set(api.heard.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  test('when no answer comes within the time limit', async () => {
    script = [silent, created]
    await aMoa(api.url, { timeoutMs: 1_500, retry: { firstPauseMs: 1 } }).payments.create(order, {
      idempotencyKey: 'mine',
    })
    expect(api.heard.map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', 'mine'])
  })

  test('but not for ever, and then the error says that the outcome is unknown and under which key to ask again', async () => {
    script = [cutOff]
    const error = await failure(moa.payments.create(order, { idempotencyKey: 'mine' }))
    expect(error).toMatchObject({ code: 'no-answer', outcome: 'unknown', idempotencyKey: 'mine' })
    expect(api.heard).toHaveLength(4)
  })

  test('but not when it is asked to wait for minutes', async () => {
    script = [problem(503, 'unavailable', {}, { 'retry-after': '120' })]
    expect(await failure(moa.payments.create(order))).toMatchObject({
      code: 'unavailable',
      outcome: 'unknown',
      status: 503,
    })
    expect(api.heard).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test('is told at once, with the fields that are wrong', async () => {
    const errors = [{ pointer: '/amount', code: 'amount-form', detail: 'Whole minor units.' }]
    script = [problem(422, 'invalid-input', { errors })]
    expect(await failure(moa.payments.create(order))).toMatchObject({
      code: 'invalid-input',
      outcome: 'refused',
      status: 422,
      errors,
      correlationId: 'c-12345678',
      message: 'Title. What to do.',
    })
    expect(api.heard).toHaveLength(1)
  })

  test('names the payment that is in the way', async () => {
    script = [problem(409, 'order-taken', { paymentId: 'pay_1' })]
    expect(await failure(moa.payments.create(order))).toMatchObject({ outcome: 'refused', paymentId: 'pay_1' })
  })

  test('of the caller, after a try without an answer, leaves the outcome unknown', async () => {
    script = [cutOff, problem(401, 'unauthenticated')]
    expect(await failure(moa.payments.create(order))).toMatchObject({ code: 'unauthenticated', outcome: 'unknown' })
  })
})

describe('an answer that is no answer', () => {
  test.each<[string, Answer]>([
    ['that is not JSON', (response) => response.writeHead(200).end('<html>')],
    ['without an amount', (response) => json(response, 201, { ...writtenPayment(), amount: undefined })],
    ['with an amount that is a number', (response) => json(response, 201, writtenPayment({ amount: 220000 }))],
    ['with a fraction', (response) => json(response, 201, writtenPayment({ capturedAmount: '1.5' }))],
    ['without legs', (response) => json(response, 201, writtenPayment({ legs: null }))],
    ['that sends elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ])('%s is neither yes nor no', async (_which, answer) => {
    script = [answer]
    expect(await failure(moa.payments.create(order))).toMatchObject({ code: 'unreadable-answer', outcome: 'unknown' })
    expect(api.heard).toHaveLength(1)
  })
})

test('what is asked for is asked at the address of the API', async () => {
  const page = (response: ServerResponse) => json(response, 200, { payments: [writtenPayment()], next: 'pay_2' })
  const refund = { id: 'ref_1', paymentId: 'pay_1', kind: 'refund', amount: '500', state: 'refunded', legs: [] }
  script = [
    page,
    created,
    created,
    (response) => json(response, 200, { paymentId: 'pay_1', outcome: 'refunded', refund }),
    (response) => json(response, 201, refund),
    (response) => json(response, 200, { refunds: [refund] }),
  ]
  expect(await moa.payments.list({ standing: 'paid', limit: 1, after: 'pay_0' })).toMatchObject({
    payments: [{ amount: 220_000n }],
    next: 'pay_2',
  })
  await moa.payments.retrieve('pay_1')
  await moa.payments.capture('pay_1')
  expect((await moa.payments.cancel('pay_1', { reason: 'sold out' })).refund?.amount).toBe(500n)
  expect((await moa.payments.refund('pay_1', { amount: 500n, reason: 'cracked' })).amount).toBe(500n)
  expect(await moa.payments.refunds('pay_1')).toHaveLength(1)
  expect(api.heard.map(({ method, path, body }) => `${method} ${path} ${body}`.trim())).toEqual([
    'GET /api/v1/payments?standing=paid&limit=1&after=pay_0',
    'GET /api/v1/payments/pay_1',
    'POST /api/v1/payments/pay_1/capture',
    'POST /api/v1/payments/pay_1/cancel {"reason":"sold out"}',
    'POST /api/v1/payments/pay_1/refunds {"amount":"500","reason":"cracked"}',
    'GET /api/v1/payments/pay_1/refunds',
  ])
})

test.each([
  [{ apiUrl: 'ftp://x' }, 'apiUrl'],
  [{ webUrl: 'pay.example' }, 'webUrl'],
  [{ gatewayKeysUrl: 'nowhere' }, 'gatewayKeysUrl'],
  [{ secretKey: '' }, 'secretKey'],
  [{ merchantId: 'shop' }, 'merchantId'],
  [{ signingKey: { kty: 'RSA', crv: '', x: '', d: 'secret-part', kid: 'k' } }, 'signingKey'],
])('a setting that cannot work is named at the start, without its value', (wanted, name) => {
  expect(() => aMoa(api.url, wanted)).toThrow(name)
  expect(() => aMoa(api.url, wanted)).not.toThrow('secret-part')
})
