import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../../test/gateway'
import { publicId, uuidAt, type Uuid } from '../ids'
import { unverifiedClaim } from '../merchants/verify-signed'
import { agrees, type AskedShop, refuses, type Says, secondNow, startAskedShop } from './asked-shop.fixtures'
import type { Member } from './member'
import { aMember, aPayment } from './desk.fixtures'

let world: TestGateway
let shop: AskedShop
let merchantId: Uuid
let counselor: Member

beforeAll(async () => {
  shop = await startAskedShop()
  world = await startGateway({ env: { OUTGOING_ALLOW: shop.address } })
  merchantId = await shop.register(world)
  counselor = await aMember(world, merchantId, 'counselor', 50_000n)
})
afterAll(() => shop.close())
beforeEach(() => shop.says(agrees))

const token = () => uuidAt(new Date())
const kept = async (paymentId: Uuid) =>
  (await world.gateway.evidence.list(merchantId, paymentId)).map(({ direction, type, outcome, verification }) =>
    [direction, type, outcome, verification].join(' '),
  )

test('a counselor cancels: the shop is asked by a signed request, signs its cancel, and gets our signed answer (M-211 … M-214)', async () => {
  const { id } = await aPayment(world, merchantId)
  const wish = { paymentId: id, reason: '손님 요청', token: token() }
  const done = await world.gateway.deeds.cancel(counselor, wish)
  expect(done).toMatchObject({ kind: 'refunded' })
  expect(shop.asked).toMatchObject([
    { typ: 'payment.cancel-request', tid: publicId('pay', id), amount: '30000', currency: 'KRW', reason: '손님 요청' },
  ])
  expect(await kept(id)).toEqual([
    'sent payment.cancel-request sent valid',
    'received payment.cancel cancelled valid',
    'sent payment.cancelled cancelled valid',
  ])
  const [refund] = await world.gateway.refunds.listOfPayment(merchantId, id)
  expect(refund).toMatchObject({ amount: 30_000n, state: 'refunded', requestedBy: { name: counselor.person.name } })

  // The shop sends its cancel to us, and has the signed answer to it.
  const own = (await world.gateway.evidence.list(merchantId, id)).find(({ type }) => type === 'payment.cancel')!
  const answer = await world.gateway.cancelMessages.receive(own.message)
  expect(answer.kind === 'answered' && unverifiedClaim(answer.message, 'typ')).toBe('payment.cancelled')
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toHaveLength(1)
})

test('the shop refuses: nothing goes back, the counselor reads why, and the signed refusal is kept (M-217)', async () => {
  shop.says(refuses)
  const { id } = await aPayment(world, merchantId)
  const wish = { paymentId: id, reason: '손님 요청', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toEqual({
    kind: 'shop-declined',
    words: '이미 발송했어요',
  })
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toEqual([])
  expect(await kept(id)).toEqual([
    'sent payment.cancel-request sent valid',
    'received payment.cancel-declined declined valid',
  ])
  const [line] = await world.gateway.audit.list(merchantId, { limit: 1 })
  expect(line).toMatchObject({ action: 'payment.cancel', outcome: 'shop-declined' })
})

test.each<[string, Says, string]>([
  ['says nothing', () => 'nothing', 'refused: status 503, no message, 0 bytes'],
  ['cancels another amount', (request) => ({ ...agrees(request), amount: '29999' }), 'refused: not-our-question'],
  [
    'answers another request',
    (request) => ({ ...agrees(request), re: 'another-request' }),
    'refused: not-our-question',
  ],
  [
    'cancels another payment',
    (request) => ({ ...agrees(request), tid: publicId('pay', token()) }),
    'refused: not-our-question',
  ],
  [
    'answers late',
    (request) => ({ ...agrees(request), iat: secondNow() - 900, exp: secondNow() - 600 }),
    'refused: outside-time-window',
  ],
  [
    'refuses another request',
    (request) => ({ ...refuses(request), re: 'another-request' }),
    'refused: not-our-question',
  ],
])('a shop that %s gives nothing back, and what it said is kept', async (_, wrong, outcome) => {
  shop.says(wrong)
  const { id } = await aPayment(world, merchantId)
  const wish = { paymentId: id, reason: '손님 요청', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toEqual({ kind: 'shop-silent' })
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toEqual([])
  expect((await kept(id)).at(-1)).toContain(outcome)
})

test('one form sent twice at once asks twice, and gives back once', async () => {
  const { id } = await aPayment(world, merchantId)
  const wish = { paymentId: id, amount: 10_000n, strategy: 'ratio', reason: '흠집', token: token() } as const
  const both = await Promise.all([0, 1].map(() => world.gateway.deeds.refund(counselor, wish)))
  expect(both.some(({ kind }) => kind === 'refunded')).toBe(true)
  expect(await world.gateway.deeds.refund(counselor, wish)).toMatchObject({ kind: 'refunded' })
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toHaveLength(1)
})

test('above the limit the shop is not even asked (P6.3)', async () => {
  const large = await aPayment(world, merchantId, { amount: { amount: 60_000n, currency: 'KRW' } })
  const wish = { paymentId: large.id, reason: '손님 요청', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toMatchObject({ kind: 'queued' })
  expect(shop.asked).toEqual([])
})

test('a cancel that names a request of ours is not carried out when it was never asked for', async () => {
  const { id } = await aPayment(world, merchantId)
  const made = { jti: 'never-sent-by-us', tid: publicId('pay', id) }
  const cancel = agrees({ ...made, aud: publicId('mer', merchantId), iss: world.settings.WEB_URL })
  const claims = { ...cancel, amount: '30000', currency: 'KRW', ref: 'never-asked-for' }
  expect(await world.gateway.cancelMessages.receive(shop.sign(claims))).toEqual({
    kind: 'refused',
    reason: 'not-our-question',
  })
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toEqual([])
})
