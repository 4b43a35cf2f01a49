import { importJWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publicId } from '../ids'
import { type CancelDeed, type CancelMessages, type CancelOrder, createCancelMessages } from './cancel-message'
import {
  aPaymentOf,
  aSigningShop,
  GATEWAY,
  keyPair,
  type KeyPair,
  type MerchantsRoom,
  signAs,
  startMerchants,
  type StoredPayment,
} from './merchants.fixtures'

const MINUTE = 60_000

let room: MerchantsRoom
let messages: CancelMessages
let key: KeyPair
let name: string
let payment: StoredPayment
let orders: CancelOrder[]
let answerOf: CancelDeed

beforeAll(async () => (room = await startMerchants()))
afterAll(() => room.close())
beforeEach(async () => {
  const shop = await aSigningShop(room)
  ;({ key, name } = shop)
  payment = aPaymentOf(shop.merchant.id)
  orders = []
  answerOf = () => Promise.resolve({ kind: 'cancelled' })
  const cancel: CancelDeed = (order) => {
    orders.push(order)
    return answerOf(order)
  }
  messages = createCancelMessages({ ...room, cancel })
})

let serial = 0

function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  serial += 1
  return {
    iss: name,
    aud: GATEWAY,
    typ: 'payment.cancel',
    tid: publicId('pay', payment.id),
    reason: 'out of stock',
    iat: Math.floor(room.clock.now().getTime() / 1000),
    jti: `cancel-${String(serial).padStart(8, '0')}`,
    ...changes,
  }
}

async function read(heard: Awaited<ReturnType<CancelMessages['receive']>>) {
  if (heard.kind !== 'answered') throw new Error(`refused: ${heard.reason}`)
  const ours = room.signing.jwks.keys[0]!
  const { payload } = await jwtVerify(heard.message, await importJWK(ours, 'EdDSA'), { currentDate: room.clock.now() })
  return payload
}

test('M-211 … M-214: a signed cancel is carried out and answered with a signature', async () => {
  const asked = claims({ amount: '20000', currency: 'KRW' })
  const answer = await read(await messages.receive(signAs(key, asked)))
  expect(answer).toMatchObject({
    iss: GATEWAY,
    aud: name,
    typ: 'payment.cancelled',
    tid: asked['tid'],
    amount: '20000',
    re: asked['jti'],
  })
  expect(orders).toMatchObject([
    { merchantId: payment.merchantId, paymentId: payment.id, amount: 20_000n, currency: 'KRW', reason: 'out of stock' },
  ])
})

test('a cancel without an amount means all that is left', async () => {
  await messages.receive(signAs(key, claims()))
  expect(orders[0]).not.toHaveProperty('amount')
})

test('M-227: what cannot be cancelled is refused with a signature and the reason', async () => {
  answerOf = () => Promise.resolve({ kind: 'refused', reason: 'nothing-to-cancel' })
  const asked = claims()
  const answer = await read(await messages.receive(signAs(key, asked)))
  expect(answer).toMatchObject({ typ: 'payment.cancel-refused', reason: 'nothing-to-cancel', re: asked['jti'] })
})

test('the same cancel again gets the very same answer and does nothing twice, even an hour later', async () => {
  const jws = signAs(key, claims())
  const first = await messages.receive(jws)
  expect(await messages.receive(jws)).toEqual(first)
  room.clock.advance(60 * MINUTE)
  expect(await messages.receive(jws)).toEqual(first)
  expect(orders).toHaveLength(1)
})

test('a cancel interrupted before its answer was written is taken up again under the same claim', async () => {
  const jws = signAs(key, claims())
  answerOf = () => Promise.reject(new Error('killed'))
  await expect(messages.receive(jws)).rejects.toThrow('killed')
  answerOf = () => Promise.resolve({ kind: 'cancelled' })
  expect(await read(await messages.receive(jws))).toMatchObject({ typ: 'payment.cancelled' })
  expect(orders).toHaveLength(2)
  expect(orders[1]!.claim).toEqual(orders[0]!.claim)
})

test('a cancel sent twice at the same moment gets one answer', async () => {
  const jws = signAs(key, claims())
  const [one, two] = await Promise.all([messages.receive(jws), messages.receive(jws)])
  expect(two).toEqual(one)
})

test('the name of one cancel cannot be used for another', async () => {
  const jti = 'cancel-one-and-only'
  await messages.receive(signAs(key, claims({ jti, amount: '1000' })))
  const second = await messages.receive(signAs(key, claims({ jti, amount: '200000' })))
  expect(second).toEqual({ kind: 'refused', reason: 'jti-reused' })
  expect(orders).toHaveLength(1)
})

test.each<[string, () => string, string]>([
  ['without a signature', () => 'cancel', 'unknown-key'],
  ['signed by a stranger', () => signAs(keyPair('shop-1'), claims()), 'bad-signature'],
  ['signed by an unknown key', () => signAs(keyPair('shop-9'), claims()), 'unknown-key'],
  ['meant for another gateway', () => signAs(key, claims({ aud: 'https://other.example' })), 'not-for-us'],
  ['without a time', () => signAs(key, claims({ iat: undefined })), 'bad-claims'],
  ['from ten minutes ago', () => signAs(key, claims({ iat: Number(claims()['iat']) - 600 })), 'outside-time-window'],
  ['from ten minutes ahead', () => signAs(key, claims({ iat: Number(claims()['iat']) + 600 })), 'outside-time-window'],
  ['without a name', () => signAs(key, claims({ jti: undefined })), 'bad-claims'],
  ['that is a redirect', () => signAs(key, claims({ typ: undefined })), 'bad-claims'],
  ['over a negative amount', () => signAs(key, claims({ amount: '-1' })), 'bad-claims'],
])('M-217: a cancel %s is not carried out', async (_, make, reason) => {
  expect(await messages.receive(make())).toEqual({ kind: 'refused', reason })
  expect(orders).toEqual([])
})

test('P6.2: a shop’s API key brings only that shop’s cancels', async () => {
  const jws = signAs(key, claims())
  const { merchant } = await aSigningShop(room)
  expect(await messages.receive(jws, merchant.id)).toEqual({ kind: 'refused', reason: 'unknown-key' })
  expect(await messages.receive(jws, payment.merchantId)).toMatchObject({ kind: 'answered' })
})

test('a cancel of something that is no payment is refused, signed, without asking anybody', async () => {
  expect(await read(await messages.receive(signAs(key, claims({ tid: 'order-1' }))))).toMatchObject({
    typ: 'payment.cancel-refused',
    reason: 'unknown-payment',
  })
  expect(orders).toEqual([])
})

test('M-222: the cancel and its answer are kept as evidence', async () => {
  const jws = signAs(key, claims())
  await messages.receive(jws)
  expect(await room.evidence.list(payment.merchantId, payment.id)).toMatchObject([
    { direction: 'received', type: 'payment.cancel', message: jws, verification: 'valid' },
    { direction: 'sent', type: 'payment.cancelled', outcome: 'cancelled', verification: 'valid' },
  ])
})
