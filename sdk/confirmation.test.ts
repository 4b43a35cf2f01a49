import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Moa } from './index'
import { aKey, aMoa, MERCHANT, startKeyServer } from './sdk.fixtures'
import { createSigner } from './signer'

const gateway = await startKeyServer()
const shop = aKey('shop-key')
const moa = aMoa(gateway.url, { signingKey: shop.privateJwk })

const PAYMENT = 'pay_01jbxrm5h3f8w9k2v7n4t6q0ze'
const mine = { amount: 220_000n, currency: 'KRW' }
const second = () => Math.floor(Date.now() / 1000)
let asked = 0

function question(wanted: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: gateway.url,
    aud: MERCHANT,
    typ: 'payment.confirm',
    tid: PAYMENT,
    amount: '220000',
    currency: 'KRW',
    iat: second(),
    exp: second() + 300,
    jti: `question-${++asked}`,
    ...wanted,
  }
}

const envelope = (message: unknown) => JSON.stringify({ message })
const signed = async (wanted: Record<string, unknown> = {}) => envelope(await gateway.signer.sign(question(wanted)))

async function claimsOf(body: string): Promise<Record<string, unknown>> {
  const { message } = JSON.parse(body) as { message: string }
  const { payload } = await compactVerify(message, await importJWK(shop.publicJwk, 'EdDSA'))
  expect(decodeProtectedHeader(message)).toEqual({ alg: 'EdDSA', kid: 'shop-key' })
  return JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>
}

test('M-197: a payment that is in the shop’s own books with this amount is confirmed, signed by the shop', async () => {
  const answer = await moa.answerConfirmation(await signed({ jti: 'the-question' }), (id) =>
    id === PAYMENT ? mine : undefined,
  )
  expect(answer).toMatchObject({ kind: 'confirmed', paymentId: PAYMENT, status: 200 })
  expect(await claimsOf(answer.body)).toMatchObject({
    iss: MERCHANT,
    aud: gateway.url,
    typ: 'payment.confirmed',
    re: 'the-question',
    tid: PAYMENT,
    amount: '220000',
    currency: 'KRW',
  })
})

test.each([
  ['an unknown payment', undefined],
  ['another amount', { amount: 219_999n, currency: 'KRW' }],
  ['another currency', { amount: 220_000n, currency: 'USD' }],
])('M-207: %s is answered with a signed mismatch', async (_which, own) => {
  const answer = await moa.answerConfirmation(await signed(), () => Promise.resolve(own))
  expect(answer).toMatchObject({ kind: 'mismatch', status: 200 })
  expect(await claimsOf(answer.body)).toMatchObject({ typ: 'payment.mismatch', amount: '220000' })
})

test('whatever amount is asked for, only the shop’s own is confirmed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt(1n, 999_999_999_999n), fc.bigInt(1n, 999_999_999_999n), async (theirs, ours) => {
      const own = { amount: ours, currency: 'KRW' }
      const answer = await moa.answerConfirmation(await signed({ amount: theirs.toString() }), () => own)
      expect(answer.kind).toBe(theirs === ours ? 'confirmed' : 'mismatch')
    }),
    {
      numRuns: 50,
      examples: [
        [1n, 1n],
        [999_999_999_999n, 999_999_999_999n],
      ],
    },
  )
})

test('P5.2: the same message a second time is refused', async () => {
  const message = await signed()
  expect((await moa.answerConfirmation(message, () => mine)).kind).toBe('confirmed')
  expect(await moa.answerConfirmation(message, () => mine)).toMatchObject({
    kind: 'refused',
    reason: 'replayed',
    status: 409,
  })
})

test('a shop whose own books cannot be read says nothing', async () => {
  const broken = () => Promise.reject(new Error('the shop’s database is away'))
  await expect(moa.answerConfirmation(await signed(), broken)).rejects.toThrow('away')
})

describe('P5.2: refused, and the shop’s books are not even asked:', () => {
  const stranger = createSigner(aKey('nobody').privateJwk)
  const cases: [string, string, () => Promise<string> | string][] = [
    ['no JSON', 'malformed', () => 'payment=1'],
    ['no message', 'malformed', () => '{}'],
    ['more than a message', 'malformed', () => '{"message":"a.b.c","also":1}'],
    ['a message that is no signature', 'malformed', () => envelope('a.b.c')],
    ['an unsigned message', 'malformed', () => envelope(`${base64({ alg: 'none' })}.${base64(question())}.`)],
    ['a key that the gateway does not publish', 'unknown-key', async () => envelope(await stranger.sign(question()))],
    ['a header that brings its own key', 'bad-header', bringsItsKey],
    ['a changed amount', 'bad-signature', changedAmount],
    ['another merchant’s payment', 'not-for-us', () => signed({ aud: 'mer_another' })],
    ['another gateway', 'not-for-us', () => signed({ iss: 'https://pay.example' })],
    ['a message for another purpose', 'not-for-us', () => signed({ typ: 'payment.cancelled' })],
    [
      'a message of half an hour ago',
      'outside-time-window',
      () => signed({ iat: second() - 1800, exp: second() + 60 }),
    ],
    ['a message of the future', 'outside-time-window', () => signed({ iat: second() + 600 })],
    ['a message that has run out', 'outside-time-window', () => signed({ iat: second() - 250, exp: second() - 301 })],
    ['an amount in another form', 'malformed', () => signed({ amount: '2.2e5' })],
    ['no amount', 'malformed', () => signed({ amount: undefined })],
    ['no name of its own', 'malformed', () => signed({ jti: undefined })],
  ]

  test.each(cases)('%s', async (_which, reason, message) => {
    let looked = false
    const answer = await moa.answerConfirmation(await message(), () => {
      looked = true
      return mine
    })
    expect(answer).toMatchObject({ kind: 'refused', reason })
    expect(answer.status).not.toBe(200)
    expect(looked).toBe(false)
  })

  function base64(value: unknown): string {
    return Buffer.from(JSON.stringify(value)).toString('base64url')
  }

  async function bringsItsKey(): Promise<string> {
    const own = aKey('own')
    const [, payload, signature] = (await createSigner(own.privateJwk).sign(question())).split('.')
    return envelope(`${base64({ alg: 'EdDSA', kid: 'own', jwk: own.publicJwk })}.${payload}.${signature}`)
  }

  async function changedAmount(): Promise<string> {
    const [header, , signature] = (await gateway.signer.sign(question())).split('.')
    return envelope(`${header}.${base64(question({ amount: '1' }))}.${signature}`)
  }
})

describe('the gateway’s keys', () => {
  const answerOf = async (own: Awaited<ReturnType<typeof startKeyServer>>, shopServer: Moa) => {
    const message = await own.signer.sign(question({ iss: own.url }))
    return (await shopServer.answerConfirmation(envelope(message), () => mine)).kind
  }

  test('are fetched once for many messages', async () => {
    const own = await startKeyServer()
    const shopServer = aMoa(own.url)
    for (let times = 0; times < 3; times++) expect(await answerOf(own, shopServer)).toBe('confirmed')
    expect(own.keyFetches()).toBe(1)
  })

  test('are fetched again at once when the gateway signs with a new one, and what the old one signs is refused', async () => {
    const own = await startKeyServer()
    const shopServer = aMoa(own.url)
    const old = envelope(await own.signer.sign(question({ iss: own.url })))
    await answerOf(own, shopServer)
    own.rotate()
    expect(await answerOf(own, shopServer)).toBe('confirmed')
    expect(await shopServer.answerConfirmation(old, () => mine)).toMatchObject({ reason: 'unknown-key' })
  })

  test('are not fetched more often for strangers who make up names of keys', async () => {
    const own = await startKeyServer()
    let time = Date.now()
    const shopServer = aMoa(own.url, { now: () => new Date(time) })
    await answerOf(own, shopServer)
    const forged = async () => {
      const message = envelope(await createSigner(aKey().privateJwk).sign(question({ iss: own.url })))
      return shopServer.answerConfirmation(message, () => mine)
    }
    for (let times = 0; times < 5; times++) expect(await forged()).toMatchObject({ reason: 'unknown-key' })
    expect(own.keyFetches()).toBe(2)
    time += 11_000
    await forged()
    expect(own.keyFetches()).toBe(3)
  })
})

test('while the gateway’s keys cannot be had nothing is confirmed', async () => {
  const own = await startKeyServer()
  own.publishing = false
  const message = envelope(await own.signer.sign(question({ iss: own.url })))
  const answer = await aMoa(own.url).answerConfirmation(message, () => mine)
  expect(answer).toMatchObject({ kind: 'refused', reason: 'keys-unavailable', status: 503 })
})

describe('a cancel that somebody at the gateway’s desk asks for (M-211, M-227)', () => {
  const request = (wanted: Record<string, unknown> = {}) =>
    signed({ typ: 'payment.cancel-request', reason: 'called by phone', ref: 'about-this-wish', ...wanted })
  const know = () => mine

  test('the shop’s yes is its own signed cancel, of exactly what was asked', async () => {
    const answer = await moa.answerConfirmation(await request({ jti: 'the-request' }), know, (asked) => {
      expect(asked).toEqual({ paymentId: PAYMENT, amount: 220_000n, currency: 'KRW', reason: 'called by phone' })
      return 'yes'
    })
    expect(answer).toMatchObject({ kind: 'cancelled', paymentId: PAYMENT, status: 200 })
    expect(await claimsOf(answer.body)).toMatchObject({
      ...{ iss: MERCHANT, aud: gateway.url, typ: 'payment.cancel', tid: PAYMENT, amount: '220000', currency: 'KRW' },
      ...{ re: 'the-request', ref: 'about-this-wish', reason: 'called by phone' },
    })
  })

  test('its no is signed too, and says why', async () => {
    const answer = await moa.answerConfirmation(await request(), know, () => ({ no: 'It has been sent.' }))
    expect(answer).toMatchObject({ kind: 'cancel-declined', status: 200 })
    const claims = await claimsOf(answer.body)
    expect(claims).toMatchObject({ typ: 'payment.cancel-declined', tid: PAYMENT, reason: 'It has been sent.' })
    expect(claims).not.toHaveProperty('amount')
  })

  test('a shop that has not said how it decides refuses to be asked, and a request is answered once', async () => {
    expect(await moa.answerConfirmation(await request(), know)).toMatchObject({ kind: 'refused', status: 401 })
    const once = await request()
    await moa.answerConfirmation(once, know, () => 'yes')
    expect(await moa.answerConfirmation(once, know, () => 'yes')).toMatchObject({ kind: 'refused', reason: 'replayed' })
  })
})
