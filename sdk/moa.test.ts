import { beforeEach, expect, test } from 'vitest'
import { anOrder, fresh, startApi } from '../lib/http/http.fixtures'
import { publicId, readPublicId } from '../lib/ids'
import { demoCard } from '../simulators/issuers/demo-cards'
import { aMerchant } from '../test/gateway'
import { type ConfirmationAnswer, Moa, type MoaError, type Payment } from './index'
import { aKey, type HeardRequest, startServer } from './sdk.fixtures'

// The SDK against the real API, with the shop's confirmation address on a server of its own.

/** What the shop knows of its orders, by their reference. */
const books = new Map<string, bigint>()
let answered: ConfirmationAnswer['kind'][] = []
const shopServer = await startServer(async ({ body }: HeardRequest, response) => {
  const answer = await moa.answerConfirmation(body, async (id) => {
    const amount = books.get((await moa.payments.retrieve(id)).orderRef)
    return amount === undefined ? undefined : { amount, currency: 'KRW' }
  })
  answered.push(answer.kind)
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
})

const api = await startApi({ env: { OUTGOING_ALLOW: `127.0.0.1:${shopServer.port}` } })
const merchant = await aMerchant(api.gateway, {
  confirmation: 'required',
  confirmationUrl: `${shopServer.url}/moa/confirm`,
  returnUrls: ['https://shop.example/return'],
})
const { secret } = await api.gateway.merchants.createApiKey(merchant.id, { mode: 'test', name: 'sdk' })
const shopKey = aKey('shop-2026')
await api.gateway.merchants.addKey(merchant.id, { jwk: shopKey.publicJwk })
const moa = new Moa({
  apiUrl: `http://127.0.0.1:${api.port}`,
  webUrl: api.settings.WEB_URL,
  secretKey: secret,
  merchantId: publicId('mer', merchant.id),
  signingKey: shopKey.privateJwk,
})

beforeEach(async () => {
  answered = []
  await api.outside.reset()
})

function order(inBooks: bigint | 'unknown' = 12_000n) {
  const { orderRef, orderName } = anOrder() as { orderRef: string; orderName: string }
  if (inBooks !== 'unknown') books.set(orderRef, inBooks)
  return { orderRef, orderName, amount: 12_000n, currency: 'KRW' }
}

function card(role: 'roomy' | 'declines' = 'roomy') {
  const { number, expiry, securityCode } = demoCard('hanbit', role)
  return { means: { card: { number, expiry, securityCode } } }
}

const linkOf = async (payment: Payment) => new URL(await moa.checkoutUrl(payment))
const follow = (link: URL) =>
  api.gateway.checkoutLinks.verify(link.pathname.replace('/pay/', ''), link.searchParams.get('t') ?? '')

test('M-181: the gateway accepts the signed link to the checkout, once', async () => {
  const payment = await moa.payments.create({ ...order(), returnUrl: 'https://shop.example/return' })
  const link = await linkOf(payment)
  expect(link.origin + link.pathname).toBe(payment.checkoutUrl)
  expect(await follow(link)).toEqual({
    kind: 'verified',
    merchantId: merchant.id,
    paymentId: readPublicId('pay', payment.id),
  })
  expect(await follow(link)).toEqual({ kind: 'refused', reason: 'used' })
  expect((await follow(await linkOf(payment))).kind).toBe('verified')
})

test('a link whose amount is not that of the payment leads nowhere', async () => {
  const payment = await moa.payments.create(order())
  expect(await follow(await linkOf({ ...payment, amount: 1n }))).toEqual({ kind: 'refused', reason: 'differs' })
})

test('M-204: a payment that the shop confirms is paid; the link to the checkout ends with it', async () => {
  const payment = await moa.payments.create({ ...order(), ...card() })
  expect(payment).toMatchObject({ status: 'paid', capturedAmount: 12_000n, legs: [{ amount: 12_000n }] })
  expect(answered).toEqual(['confirmed'])
  await expect(moa.checkoutUrl(payment)).rejects.toThrow('not open')
})

test.each([
  ['has another amount for', 11_999n],
  ['knows nothing of', 'unknown'],
] as const)('M-208: nothing is charged for an order that the shop %s', async (_how, inBooks) => {
  const payment = await moa.payments.create({ ...order(inBooks), ...card() })
  expect(payment).toMatchObject({ status: 'declined', reason: 'shop-mismatch', capturedAmount: 0n })
  expect(answered).toEqual(['mismatch'])
  const { holds } = await api.outside.book('hanbit')
  expect(holds.filter(({ state }) => state === 'held')).toEqual([])
})

test('P4.1: a payment that is asked for twice with one key is made once', async () => {
  const wanted = { ...order(), ...card() }
  const idempotencyKey = fresh('key')
  const first = await moa.payments.create(wanted, { idempotencyKey })
  const second = await moa.payments.create(wanted, { idempotencyKey })
  expect(second).toEqual(first)
  expect((await moa.payments.list({ orderRef: wanted.orderRef })).payments).toEqual([first])
})

test('an order that has a payment already is refused with the payment that is in the way', async () => {
  const wanted = order()
  const { id } = await moa.payments.create(wanted)
  const error = await moa.payments.create(wanted).catch((thrown: unknown) => thrown as MoaError)
  expect(error).toMatchObject({ code: 'order-taken', outcome: 'refused', status: 409, paymentId: id })
})

test('a decline is a result, not an error', async () => {
  const payment = await moa.payments.create({ ...order(), ...card('declines') })
  expect(payment).toMatchObject({ status: 'declined', capturedAmount: 0n })
})

test('a held payment is captured, a part of it refunded, and the rest cancelled', async () => {
  const held = await moa.payments.create({ ...order(), ...card(), capture: 'manual' })
  expect(held.status).toBe('authorized')
  expect((await moa.payments.capture(held.id)).status).toBe('paid')
  expect(await moa.payments.refund(held.id, { amount: 5_000n, reason: '한 개 반품' })).toMatchObject({
    amount: 5_000n,
    state: 'refunded',
  })
  expect(await moa.payments.cancel(held.id, { reason: '품절' })).toMatchObject({
    outcome: 'refunded',
    refund: { amount: 7_000n },
  })
  expect(await moa.payments.refunds(held.id)).toHaveLength(2)
  expect(await moa.payments.retrieve(held.id)).toMatchObject({ standing: 'refunded', refundedAmount: 12_000n })
})

test('M-211: a signed cancel gives a part back, and is refused, signed too, when nothing is left', async () => {
  const { id } = await moa.payments.create({ ...order(), ...card() })
  expect(await moa.cancelMessage({ paymentId: id, amount: 2_000n, currency: 'KRW', reason: '흠집' })).toMatchObject({
    kind: 'cancelled',
  })
  expect((await moa.payments.retrieve(id)).refundedAmount).toBe(2_000n)
  expect((await moa.cancelMessage({ paymentId: id, reason: '반품' })).kind).toBe('cancelled')
  expect(await moa.cancelMessage({ paymentId: id, reason: '반품' })).toMatchObject({ kind: 'refused' })
})
