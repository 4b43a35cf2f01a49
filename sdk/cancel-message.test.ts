import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { aKey, aMoa, json, MERCHANT, startKeyServer, startServer } from './sdk.fixtures'
import { createSigner, type Signer } from './signer'

const gateway = await startKeyServer()
let answer: { claims: Record<string, unknown>; signer?: Signer } = { claims: {} }
let cuts = 0

const api = await startServer(async ({ body }, response) => {
  if (cuts-- > 0) return void response.destroy()
  const { jti, tid } = decodeJwt((JSON.parse(body) as { message: string }).message)
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: gateway.url, aud: MERCHANT, typ: 'payment.cancelled', tid, re: jti, iat, ...answer.claims }
  json(response, 200, { message: await (answer.signer ?? gateway.signer).sign(claims) })
})
const moa = aMoa(api.url, { webUrl: gateway.url, gatewayKeysUrl: gateway.url })
const cancel = () => moa.cancelMessage({ paymentId: 'pay_1', amount: 5000n, currency: 'KRW', reason: '품절' })

test('M-211: a cancel is signed, its signed answer is checked, and both are handed to the shop to keep', async () => {
  answer = { claims: {} }
  const done = await cancel()
  expect(done.kind).toBe('cancelled')
  expect(decodeJwt(done.sent)).toMatchObject({
    iss: MERCHANT,
    aud: gateway.url,
    typ: 'payment.cancel',
    tid: 'pay_1',
    amount: '5000',
    currency: 'KRW',
    reason: '품절',
  })
  expect(decodeJwt(done.received)).toMatchObject({ typ: 'payment.cancelled' })
})

test('a refusal is told with its reason', async () => {
  answer = { claims: { typ: 'payment.cancel-refused', reason: 'nothing-to-cancel' } }
  expect(await cancel()).toMatchObject({ kind: 'refused', reason: 'nothing-to-cancel' })
})

test('a repeat carries the very same message', async () => {
  answer = { claims: {} }
  api.heard.length = 0
  cuts = 2
  await cancel()
  expect(new Set(api.heard.map(({ body }) => body)).size).toBe(1)
  expect(api.heard).toHaveLength(3)
})

describe('M-217: an answer that proves nothing is neither yes nor no:', () => {
  test.each([
    ['signed by a stranger', { claims: {}, signer: createSigner(aKey('nobody').privateJwk) }],
    ['to another message', { claims: { re: 'another-one' } }],
    ['about another payment', { claims: { tid: 'pay_2' } }],
    ['to another shop', { claims: { aud: 'mer_another' } }],
    ['for another purpose', { claims: { typ: 'payment.confirm' } }],
    ['of yesterday', { claims: { iat: Math.floor(Date.now() / 1000) - 86_400 } }],
  ])('%s', async (_which, given) => {
    answer = given
    await expect(cancel()).rejects.toMatchObject({ code: 'answer-not-verified', outcome: 'unknown' })
  })
})
