import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createOutgoing } from '../messages/outgoing'
import { createConfirmationTests } from './confirmation-test'
import {
  aSigningShop,
  type KeyPair,
  keyPair,
  type MerchantsRoom,
  type ShopServer,
  signAs,
  startMerchants,
  startShopServer,
} from './merchants.fixtures'

type Claims = Record<string, unknown>
type Answer = Awaited<ReturnType<Parameters<typeof startShopServer>[0]>>

let room: MerchantsRoom
let server: ShopServer | undefined
beforeAll(async () => (room = await startMerchants()))
afterEach(async () => {
  await server?.close()
  server = undefined
})
afterAll(() => room.close())

/** Tests a shop whose server answers as given. */
async function tested(answer: (asked: Claims, key: KeyPair) => Answer, { allowed = true, url = '' } = {}) {
  const { merchant, key } = await aSigningShop(room)
  server = await startShopServer((body) => answer(decodeJwt((JSON.parse(body) as { message: string }).message), key))
  await room.merchants.change(merchant.id, { confirmationUrl: url || server.url })
  const outgoing = createOutgoing({ allow: allowed ? [server.address, '127.0.0.1:9'] : [] })
  const tests = createConfirmationTests({ ...room, outgoing })
  const result = await tests.run(merchant.id)
  return { result, merchant, tests, requests: server.requests }
}

const answering = (asked: Claims, changes: Claims = {}): Claims => {
  const { tid, amount, currency, jti: re } = asked
  return { typ: 'payment.mismatch', tid, amount, currency, re, ...changes }
}
const sent = (message: string): Answer => ({ body: JSON.stringify({ message }) })

test('a server that looks into its own books and knows no such order passes every step', async () => {
  const { result, requests, merchant } = await tested((asked, key) => sent(signAs(key, answering(asked))))
  expect(result).toMatchObject({
    kind: 'tested',
    steps: [
      { step: 'reached', state: 'good', finding: 'in-time' },
      { step: 'line', state: 'good', finding: 'plain' },
      { step: 'status', state: 'good' },
      { step: 'body', state: 'good' },
      { step: 'signature', state: 'good', word: 'shop-1' },
      { step: 'members', state: 'good' },
      { step: 'answer', state: 'good', finding: 'mismatch' },
    ],
  })
  // It is asked as of a real payment, and told that it is none; no evidence is kept of an order that nobody has.
  const question = decodeJwt((JSON.parse(requests[0]!.body) as { message: string }).message)
  expect(question).toMatchObject({ typ: 'payment.confirm', test: true, amount: '1234', currency: 'KRW' })
  const { rows } = await room.database.pool.query('select 1 from evidence where merchant_id = $1', [merchant.id])
  expect(rows).toEqual([])
})

test('a server that says yes to an order that nobody has is warned about: it would confirm anything', async () => {
  const { result } = await tested((asked, key) => sent(signAs(key, answering(asked, { typ: 'payment.confirmed' }))))
  expect(result).toMatchObject({
    steps: expect.arrayContaining([{ step: 'answer', state: 'warn', finding: 'confirmed' }]) as unknown,
  })
})

test.each<[string, string, string, (asked: Claims, key: KeyPair) => Answer]>([
  ['answers 500', 'status', 'other-status', () => ({ status: 500, body: '' })],
  ['sends us elsewhere', 'status', 'other-status', () => ({ status: 302, headers: { location: 'https://a.example' } })],
  ['says no JSON', 'body', 'no-message', () => ({ body: 'yes' })],
  [
    'says more than the message',
    'body',
    'no-message',
    (asked, key) => ({ body: JSON.stringify({ message: signAs(key, answering(asked)), ok: true }) }),
  ],
  ['does not sign', 'signature', 'malformed', () => sent('yes')],
  [
    'signs with a key that is not registered',
    'signature',
    'unknown-key',
    (asked) => sent(signAs(keyPair('another'), answering(asked))),
  ],
  [
    'signs with another key under its key’s name',
    'signature',
    'bad-signature',
    (asked) => sent(signAs(keyPair('shop-1'), answering(asked))),
  ],
])('a server that %s is told at which step: %s, %s', async (_what, step, finding, answer) => {
  const { result } = await tested(answer)
  const steps = result.kind === 'tested' ? result.steps : []
  expect(steps.at(-1)).toMatchObject({ step, state: 'bad', finding })
})

test.each<[string, Claims]>([
  ['re', { re: 'another-question' }],
  ['tid', { tid: 'pay_01jbxrm5h3f8w9k2v7n4t6q0ze' }],
  ['amount', { amount: '1235' }],
  ['amount', { amount: 1234 }],
  ['currency', { currency: 'USD' }],
  ['iss', { iss: 'mer_another' }],
  ['iat', { iat: 1 }],
  ['typ', { typ: 'yes' }],
])('a wrong %s is named', async (member, changes) => {
  const { result } = await tested((asked, key) => sent(signAs(key, answering(asked, changes))))
  const steps = result.kind === 'tested' ? result.steps : []
  expect(steps.at(-1)).toEqual({ step: 'members', state: 'bad', finding: 'members-wrong', word: member })
})

test('P5.6: an address inside is not called for a test either, and a server that is not there is said to be not there', async () => {
  const inside = await tested(() => sent(''), { allowed: false })
  expect(inside.result).toMatchObject({ steps: [{ step: 'reached', state: 'bad', finding: 'not-https' }] })
  expect(inside.requests).toEqual([])
  await server?.close()
  const nobody = await tested(() => sent(''), { url: 'http://127.0.0.1:9/confirm' })
  expect(nobody.result).toMatchObject({ steps: [{ step: 'reached', state: 'bad', finding: 'no-connection' }] })
})

test('a shop without an address is told so, and one that tests without end waits for the next hour', async () => {
  const { merchant } = await aSigningShop(room)
  const { tests, merchant: busy } = await tested((asked, key) => sent(signAs(key, answering(asked))))
  expect(await tests.run(merchant.id)).toEqual({ kind: 'no-address' })
  await room.database.pool.query('update rate_count set count = 60 where subject = $1', [
    `confirmation-test:${busy.id}`,
  ])
  expect(await tests.run(busy.id)).toEqual({ kind: 'too-many' })
})
