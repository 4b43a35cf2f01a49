import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publicId } from '../ids'
import { type CheckoutLinks, createCheckoutLinks } from './checkout-links'
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
let links: CheckoutLinks
let key: KeyPair
let name: string
let payment: StoredPayment
const payments: StoredPayment[] = []

beforeAll(async () => {
  room = await startMerchants()
  const findPayment = (merchantId: string, id: string) =>
    Promise.resolve(payments.find((one) => one.merchantId === merchantId && one.id === id))
  links = createCheckoutLinks({ ...room, findPayment })
})
afterAll(() => room.close())
beforeEach(async () => {
  const shop = await aSigningShop(room)
  ;({ key, name } = shop)
  payment = aPaymentOf(shop.merchant.id)
  payments.push(payment)
})

let serial = 0

/** What the shop's SDK signs. */
function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const iat = Math.floor(room.clock.now().getTime() / 1000)
  serial += 1
  return {
    iss: name,
    aud: GATEWAY,
    tid: publicId('pay', payment.id),
    amount: payment.amount.toString(),
    currency: payment.currency,
    iat,
    exp: iat + 30 * 60,
    jti: `link-${String(serial).padStart(8, '0')}`,
    ...changes,
  }
}

const follow = (jws: string, id = publicId('pay', payment.id)) => links.verify(id, jws)

test('M-181, M-182: a link that the shop signed leads to its payment', async () => {
  expect(await follow(signAs(key, claims()))).toEqual({
    kind: 'verified',
    merchantId: payment.merchantId,
    paymentId: payment.id,
  })
})

test('P5.5: a link is good once, also for two browsers at the same moment', async () => {
  const jws = signAs(key, claims())
  const answers = await Promise.all([follow(jws), follow(jws), follow(jws)])
  expect(answers.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
  expect(await follow(jws)).toEqual({ kind: 'refused', reason: 'used' })
})

test('P5.5: a link is good for half an hour', async () => {
  const [early, late] = [signAs(key, claims()), signAs(key, claims())]
  room.clock.advance(30 * MINUTE - 1000)
  expect(await follow(early)).toMatchObject({ kind: 'verified' })
  room.clock.advance(1000)
  expect(await follow(late)).toEqual({ kind: 'refused', reason: 'expired' })
})

test.each<[string, () => Record<string, unknown>, string]>([
  ['another amount', () => claims({ amount: '1' }), 'differs'],
  ['another currency', () => claims({ currency: 'USD' }), 'differs'],
  ['a payment that does not exist', () => claims({ tid: publicId('pay', payment.merchantId) }), 'differs'],
  ['no payment number', () => claims({ tid: '1' }), 'differs'],
  ['another gateway', () => claims({ aud: 'https://other.example' }), 'not-for-us'],
  ['two audiences', () => claims({ aud: [GATEWAY, 'https://other.example'] }), 'bad-claims'],
  ['a life of a day', () => claims({ exp: Number(claims()['iat']) + 86_400 }), 'not-for-us'],
  ['no end', () => claims({ exp: undefined }), 'bad-claims'],
  ['no beginning', () => claims({ iat: undefined }), 'bad-claims'],
  [
    'a beginning an hour from now',
    () => claims({ iat: Number(claims()['iat']) + 3600, exp: Number(claims()['iat']) + 5400 }),
    'expired',
  ],
  ['no name of its own', () => claims({ jti: undefined }), 'bad-claims'],
  ['a guessable name', () => claims({ jti: '1' }), 'bad-claims'],
  ['an amount with a point', () => claims({ amount: '220000.0' }), 'bad-claims'],
  ['an amount as a number', () => claims({ amount: 220000 }), 'bad-claims'],
  ['an amount of nothing', () => claims({ amount: '0' }), 'bad-claims'],
  ['a negative amount', () => claims({ amount: '-220000' }), 'bad-claims'],
  ['another purpose', () => claims({ typ: 'payment.cancel' }), 'bad-claims'],
])('P5.2: a signed link with %s is refused before login', async (_, make, reason) => {
  expect(await follow(signAs(key, make()))).toEqual({ kind: 'refused', reason })
})

test('a link with another payment’s number in the address is refused', async () => {
  const other = aPaymentOf(payment.merchantId)
  payments.push(other)
  expect(await follow(signAs(key, claims()), publicId('pay', other.id))).toEqual({ kind: 'refused', reason: 'differs' })
})

test('P6.2: a shop cannot make links to another shop’s payment', async () => {
  const stranger = await aSigningShop(room)
  expect(await follow(signAs(stranger.key, claims({ iss: stranger.name })))).toEqual({
    kind: 'refused',
    reason: 'differs',
  })
  expect(await follow(signAs(keyPair('stranger-1'), claims()))).toEqual({ kind: 'refused', reason: 'unknown-key' })
})

test.each([[''], ['x'], ['a.b.c'], [`${'A'.repeat(40)}.${'A'.repeat(40)}.${'A'.repeat(86)}`]])(
  '%j is no link',
  async (jws) => {
    expect(await follow(jws)).toEqual({ kind: 'refused', reason: 'malformed' })
  },
)

test('a refused link does not use up its name: the shop may send a right one', async () => {
  const jti = 'link-the-same-name'
  await follow(signAs(key, claims({ jti, amount: '1' })))
  expect(await follow(signAs(key, claims({ jti })))).toMatchObject({ kind: 'verified' })
})

test('M-166: followed links are kept as evidence; one that the shop has not signed is kept as what it is', async () => {
  const jws = signAs(key, claims())
  await follow(jws)
  await follow(jws)
  const forged = `${jws.slice(0, -4)}AAAA`
  await follow(forged)
  const kept = await room.evidence.list(payment.merchantId, payment.id)
  expect(kept).toMatchObject([
    { type: 'payment.redirect', message: jws, outcome: 'accepted', verification: 'valid' },
    { type: 'payment.redirect', message: jws, outcome: 'used', verification: 'valid' },
    { type: 'payment.redirect', message: forged, outcome: 'refused: bad-signature', verification: 'not-signed' },
  ])
})
