import { describe, expect, test } from 'vitest'
import { type ErrorCode, errorCodes, errorTable } from './errors'
import type { FieldCode } from './field-errors'
import {
  anOrder,
  aShop,
  fresh,
  hostNames,
  type Received,
  type Send,
  type Sent,
  shopCalls,
  startApi,
} from './http.fixtures'
import { problemSchema } from './openapi'

const api = await startApi()
const { secret } = await aShop(api, { returnUrls: ['https://shop.example/back'] })
const other = await aShop(api)
const theirs = await shopCalls(api.hosts['the api process'], other.secret).post('/api/v1/payments', anOrder())
const theirPayment = String(theirs.json['id'])

const authorization = `Bearer ${secret}`
const json = { authorization, 'content-type': 'application/json' }
const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/api/v1/payments'): Sent => ({
  method: 'POST',
  path,
  headers: { ...json, 'idempotency-key': fresh('refused'), ...headers },
  body,
})
const get = (path: string): Sent => ({ path, headers: { authorization } })
const card = { number: '9400010000000006', expiry: '2912' }

function expectProblem(answer: Received, code: ErrorCode): void {
  expect(answer.text).toContain(`"code":"${code}"`)
  expect(answer.status).toBe(errorTable[code].status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = problemSchema.parse(answer.json)
  expect(problem.correlationId).toBe(answer.headers['x-correlation-id'])
  expect(problem.type).toBe(`${api.settings.WEB_URL}/docs/errors#${code}`)
  expect(errorCodes).toContain(problem.code)
}

const requests: [title: string, code: ErrorCode, request: Sent][] = [
  ['an address that does not exist', 'not-found', get('/api/v1/nothing')],
  ['the root', 'not-found', get('/')],
  ['a path with an encoded slash', 'not-found', get('/api/v1/payments%2Fx')],
  ['a path that is not percent-encoded properly', 'not-found', get('/api/v1/payments/%zz')],
  ['a path that climbs', 'not-found', get('/api/v1/payments/%2e%2e%2f%2e%2e%2fetc')],
  ['a very long path', 'not-found', get(`/api/v1/payments/${'a'.repeat(5000)}`)],
  ['an identifier of another kind', 'not-found', get('/api/v1/payments/ref_01jbxrm5h3f8w9k2v7n4t6q0ze')],
  ['an identifier in capitals', 'not-found', get('/api/v1/payments/PAY_01JBXRM5H3F8W9K2V7N4T6Q0ZE')],
  ['an identifier with a quote in it', 'not-found', get("/api/v1/payments/pay_'--0000000000000000000000")],
  ['a payment that does not exist', 'not-found', get('/api/v1/payments/pay_01jbxrm5h3f8w9k2v7n4t6q0ze')],
  ['P6.2: a payment of another merchant', 'not-found', get(`/api/v1/payments/${theirPayment}`)],
  ['P6.2: the history of another merchant’s payment', 'not-found', get(`/api/v1/payments/${theirPayment}/history`)],
  [
    'P6.2: a refund of another merchant’s payment',
    'not-found',
    post('{"reason":"mine now"}', {}, `/api/v1/payments/${theirPayment}/refunds`),
  ],
  [
    'P6.2: the capture of another merchant’s payment',
    'not-found',
    post('', {}, `/api/v1/payments/${theirPayment}/capture`),
  ],
  [
    'P6.2: the cancel of another merchant’s payment',
    'not-found',
    post('{"reason":"x"}', {}, `/api/v1/payments/${theirPayment}/cancel`),
  ],
  ['a method that the address does not have', 'method-not-allowed', { ...get('/api/v1/payments'), method: 'DELETE' }],
  ['a method that HTTP knows and we do not', 'method-not-allowed', { ...get('/api/v1/payments'), method: 'PROPFIND' }],
  ['GET where only POST is', 'method-not-allowed', get(`/api/v1/payments/${theirPayment}/cancel`)],
  ['no API key', 'unauthenticated', { path: '/api/v1/payments' }],
  [
    'an unknown API key',
    'unauthenticated',
    { path: '/api/v1/payments', headers: { authorization: 'Bearer moa_test_nobody' } },
  ],
  [
    'another authentication scheme',
    'unauthenticated',
    { path: '/api/v1/payments', headers: { authorization: `Basic ${secret}` } },
  ],
  ['an API key in the address', 'unauthenticated', { path: `/api/v1/payments?key=${secret}` }],
  ['no idempotency key', 'idempotency-key-missing', { ...post('{}'), headers: json }],
  ['an empty idempotency key', 'idempotency-key-malformed', post('{}', { 'idempotency-key': '' })],
  ['an idempotency key with a space', 'idempotency-key-malformed', post('{}', { 'idempotency-key': 'a b' })],
  [
    'an idempotency key of 256 characters',
    'idempotency-key-malformed',
    post('{}', { 'idempotency-key': 'k'.repeat(256) }),
  ],
  ['an idempotency key with an open quote', 'idempotency-key-malformed', post('{}', { 'idempotency-key': '"abc' })],
  [
    'an idempotency key that is not ASCII',
    'idempotency-key-malformed',
    post('{}', { 'idempotency-key': 'schl\u00fcssel' }),
  ],
  [
    'no content type',
    'wrong-content-type',
    { ...post('{}'), headers: { authorization, 'idempotency-key': fresh('key') } },
  ],
  ['plain text', 'wrong-content-type', post('{}', { 'content-type': 'text/plain' })],
  ['a form', 'wrong-content-type', post('amount=1', { 'content-type': 'application/x-www-form-urlencoded' })],
  [
    'JSON in another alphabet',
    'wrong-content-type',
    post('{}', { 'content-type': 'application/json; charset=euc-kr' }),
  ],
  ['a content type that is none', 'wrong-content-type', post('{}', { 'content-type': 'json' })],
  ['a compressed body', 'wrong-content-type', post('{}', { 'content-encoding': 'gzip' })],
  ['an empty body', 'malformed-json', post('')],
  ['half a document', 'malformed-json', post('{"amount":')],
  ['two documents', 'malformed-json', post('{}{}')],
  ['a member twice', 'duplicate-member', post('{"amount":"1","amount":"2"}')],
  ['a member that reaches the prototype', 'forbidden-member', post('{"__proto__":{"amount":"1"}}')],
  ['NUL', 'bad-text', post('{"orderRef":"a\\u0000b"}')],
  ['bytes that are not UTF-8', 'bad-text', post(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
  ['40 arrays inside each other', 'too-deep', post(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`)],
  ['64 KiB and one byte', 'too-large', post(`"${'a'.repeat(64 * 1024 - 1)}"`)],
  ['a megabyte', 'too-large', post('x'.repeat(1024 * 1024))],
  [
    'a member where nothing is asked for',
    'invalid-input',
    post('{"amount":"1"}', {}, `/api/v1/payments/${theirPayment}/capture`),
  ],
  [
    'a signed message that nobody signed',
    'signature-refused',
    post('{"message":"e30.e30.e30"}', {}, '/api/v1/cancellations'),
  ],
]

/** What is wrong, where it is, and the code that says so. */
const bodies: [title: string, pointer: string, code: FieldCode, body: unknown][] = [
  ['nothing of what is needed', '/orderRef', 'required', {}],
  ['an array', '', 'wrong-type', []],
  ['null', '', 'wrong-type', null],
  ['an unknown member', '/note', 'unknown-member', anOrder({ note: 'x' })],
  ['a member of the answer', '/state', 'unknown-member', anOrder({ state: 'paid' })],
  ['another merchant', '/merchantId', 'unknown-member', anOrder({ merchantId: 'mer_x' })],
  ['an unknown member with a slash', '/a~1b~0c', 'unknown-member', anOrder({ 'a/b~c': 1 })],
  [
    'an unknown member further in',
    '/means/card/pin',
    'unknown-member',
    anOrder({ means: { card: { ...card, pin: '1' } } }),
  ],
  ['P10.2: an amount that is a number', '/amount', 'wrong-type', anOrder({ amount: 12000 })],
  ...[
    '0',
    '-1',
    '+1',
    '1.0',
    '1,000',
    '1e3',
    '0x10',
    '012',
    ' 1',
    '1 ',
    '1\n',
    '',
    '１２',
    '١٢',
    'NaN',
    'Infinity',
    '₩100',
    '1000000000000',
  ].map((amount): [string, string, FieldCode, unknown] => [
    `P10.2: the amount "${amount}"`,
    '/amount',
    'amount-form',
    anOrder({ amount }),
  ]),
  ['P10.2: a currency in small letters', '/currency', 'not-one-of', anOrder({ currency: 'krw' })],
  ['P10.2: a currency that is none', '/currency', 'not-one-of', anOrder({ currency: 'XXX' })],
  [
    'P10.2: a currency that the merchant does not take',
    '/currency',
    'currency-not-accepted',
    anOrder({ currency: 'EUR' }),
  ],
  ['no order reference', '/orderRef', 'required', anOrder({ orderRef: undefined })],
  ['a blank order name', '/orderName', 'blank', anOrder({ orderName: ' \u3000 ' })],
  ['an order name with a line break', '/orderName', 'control-characters', anOrder({ orderName: 'a\r\nBcc: x' })],
  ['an order name that turns text round', '/orderName', 'control-characters', anOrder({ orderName: 'a\u202ecba' })],
  ['an order name that is too long', '/orderName', 'too-long', anOrder({ orderName: '가'.repeat(101) })],
  ['an order reference that is an object', '/orderRef', 'wrong-type', anOrder({ orderRef: { $ne: null } })],
  ['a mail address that is none', '/email', 'bad-format', anOrder({ email: 'a@b\r\nBcc: c@d.e' })],
  [
    'P5.6: a return address that is not registered',
    '/returnUrl',
    'address-not-registered',
    anOrder({ returnUrl: 'https://shop.example/back?x=1' }),
  ],
  [
    'P5.6: a return address that runs a script',
    '/returnUrl',
    'address-not-registered',
    anOrder({ returnUrl: 'javascript:alert(1)' }),
  ],
  ['a time that is none', '/expiresAt', 'bad-format', anOrder({ expiresAt: 'tomorrow' })],
  ['a time that is over', '/expiresAt', 'not-in-the-future', anOrder({ expiresAt: '2020-01-01T00:00:00Z' })],
  ['a language that we do not speak', '/locale', 'not-one-of', anOrder({ locale: 'xx' })],
  ['metadata that turns text round', '/metadata/a', 'control-characters', anOrder({ metadata: { a: 'a\u2066b' } })],
  ['metadata that is a list', '/metadata', 'wrong-type', anOrder({ metadata: ['a'] })],
  ['metadata inside metadata', '/metadata/a', 'wrong-type', anOrder({ metadata: { a: { b: 'c' } } })],
  [
    'P10.4: metadata named constructor',
    '/metadata/constructor',
    'bad-member-name',
    anOrder({ metadata: JSON.parse('{"constructor":"x"}') }),
  ],
  ['a name in metadata with a space', '/metadata/a b', 'bad-member-name', anOrder({ metadata: { 'a b': 'c' } })],
  [
    '21 facts',
    '/metadata',
    'too-many',
    anOrder({ metadata: Object.fromEntries([...Array(21).keys()].map((n) => [`k${n}`, 'v'])) }),
  ],
  [
    'a card number that fails its check',
    '/means/card/number',
    'bad-card-number',
    anOrder({ means: { card: { ...card, number: '9400010000000001' } } }),
  ],
  [
    'a card number in groups',
    '/means/card/number',
    'bad-card-number',
    anOrder({ means: { card: { ...card, number: '9400 0100 0000 0006' } } }),
  ],
  [
    'an expiry with a thirteenth month',
    '/means/card/expiry',
    'bad-expiry',
    anOrder({ means: { card: { ...card, expiry: '2913' } } }),
  ],
  [
    'an expiry with a slash',
    '/means/card/expiry',
    'bad-expiry',
    anOrder({ means: { card: { ...card, expiry: '12/29' } } }),
  ],
  [
    'a security code of letters',
    '/means/card/securityCode',
    'bad-format',
    anOrder({ means: { card: { ...card, securityCode: 'abc' } } }),
  ],
  ['means that are none', '/means/cash', 'unknown-member', anOrder({ means: { cash: true, card } })],
]

const queries: [query: string, parameter: string, code: FieldCode][] = [
  ['limit=0', 'limit', 'bad-format'],
  ['limit=101', 'limit', 'bad-format'],
  ['limit=1e1', 'limit', 'bad-format'],
  ['limit=5&limit=6', 'limit', 'too-many'],
  ['after=1', 'after', 'bad-format'],
  ['after=ref_01jbxrm5h3f8w9k2v7n4t6q0ze', 'after', 'bad-format'],
  ['standing=lost', 'standing', 'not-one-of'],
  ['offset=3', 'offset', 'unknown-member'],
]

describe.each(hostNames)('over %s', (host) => {
  const send: Send = api.hosts[host]

  test.each(requests)('%s is refused: %s', async (_title, code, request) => {
    expectProblem(await send(request), code)
  })

  test.each(bodies)('%s is refused at "%s": %s', async (_title, pointer, code, body) => {
    const answer = await send(post(JSON.stringify(body)))
    expectProblem(answer, 'invalid-input')
    expect(answer.json['errors']).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test.each(queries)('the query %s is refused at %s: %s', async (query, parameter, code) => {
    const answer = await send(get(`/api/v1/payments?${query}`))
    expectProblem(answer, 'invalid-input')
    expect(answer.json['errors']).toContainEqual(expect.objectContaining({ parameter, code }))
  })

  test('what the table of refusals changes is acceptable when it is not changed', async () => {
    const answer = await send(post(JSON.stringify(anOrder({ means: { card }, email: 'a@b.kr', metadata: { a: 'b' } }))))
    expect(answer.status).toBe(201)
  })

  test('a query where none is understood is refused', async () => {
    expectProblem(await send(post(JSON.stringify(anOrder()), {}, '/api/v1/payments?dryRun=1')), 'invalid-input')
  })

  test('P10.6: a wrong method is told the right ones', async () => {
    const answer = await send({ ...get('/api/v1/payments'), method: 'PUT' })
    expect(answer.headers['allow']).toBe('GET, HEAD, POST')
  })

  test('P10.5: the reader is told in the language asked for', async () => {
    const korean = await send({ path: '/x', headers: { 'accept-language': 'ko-KR,en;q=0.5' } })
    const english = await send({ path: '/x', headers: { 'accept-language': 'en-US' } })
    expect([korean.headers['content-language'], korean.json['title']]).toEqual(['ko', '찾을 수 없습니다'])
    expect([english.headers['content-language'], english.json['title']]).toEqual(['en', 'Not found'])
  })

  test('P8.1: a refusal never repeats what was sent', async () => {
    const answer = await send(
      post(JSON.stringify(anOrder({ means: { card: { number: '9400010000000001', expiry: '9999' } } }))),
    )
    expect(answer.text).not.toContain('9400010000000001')
    expect(answer.text).not.toContain('9999')
  })

  test.each([get('/x'), get('/api/v1/payments'), { path: '/healthz' }, post('{')])(
    'P9.8: every answer carries the security headers (%#)',
    async (sent) => {
      const { headers } = await send(sent)
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      expect(headers['strict-transport-security']).toContain('max-age=')
      expect(headers['x-correlation-id']).toBeTruthy()
      expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined()
    },
  )

  test('a harmless correlation id of the caller is kept, another is replaced', async () => {
    const kept = await send({ path: '/healthz', headers: { 'x-correlation-id': 'order-1042-a' } })
    const replaced = await send({ path: '/healthz', headers: { 'x-correlation-id': '<script>alert(1)</script>' } })
    expect(kept.headers['x-correlation-id']).toBe('order-1042-a')
    expect(replaced.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('P4.3: input errors do not use an idempotency key up', async () => {
    const key = fresh('mended')
    expectProblem(await send(post('{"amount":"0"}', { 'idempotency-key': key })), 'invalid-input')
    expect((await send(post(JSON.stringify(anOrder()), { 'idempotency-key': key }))).status).toBe(201)
  })
})
