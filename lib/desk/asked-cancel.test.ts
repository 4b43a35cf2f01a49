import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { publicId, uuidAt, type Uuid } from '../ids'
import { keyPair, type ShopServer, signAs, startShopServer } from '../merchants/merchants.fixtures'
import { unverifiedClaim } from '../merchants/verify-signed'
import type { Member } from './deeds'
import { aMember, aPayment } from './desk.fixtures'

/** What the shop's server says to a request to cancel, in place of its signed yes. */
type Says = (request: Record<string, unknown>) => Record<string, unknown> | 'nothing'

let world: TestGateway
let server: ShopServer
let merchantId: Uuid
let counselor: Member
const key = keyPair('shop-1')
let says: Says
const asked: Record<string, unknown>[] = []

const second = () => Math.floor(Date.now() / 1000)
let messages = 0
const common = ({ jti: re, tid }: Record<string, unknown>) => ({
  ...{ iss: publicId('mer', merchantId), aud: world.settings.WEB_URL, tid, re },
  ...{ iat: second(), exp: second() + 300, jti: `shop-message-${++messages}` },
})
const yes = (request: Record<string, unknown>) => {
  const { amount, currency, reason, ref } = request
  return { ...common(request), typ: 'payment.cancel', amount, currency, reason, ref }
}
const no = (request: Record<string, unknown>) => ({
  ...common(request),
  ...{ typ: 'payment.cancel-declined', reason: '이미 발송했어요' },
})

beforeAll(async () => {
  server = await startShopServer((body) => {
    const { message } = JSON.parse(body) as { message: string }
    const request = JSON.parse(Buffer.from(message.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
    asked.push(request)
    const said = says(request)
    return said === 'nothing' ? { status: 503 } : { body: JSON.stringify({ message: signAs(key, said) }) }
  })
  world = await startGateway({ env: { OUTGOING_ALLOW: server.address } })
  const { gateway } = world
  merchantId = (await aMerchant(gateway, { confirmationUrl: server.url })).id
  await gateway.merchants.addKey(merchantId, { jwk: key.jwk })
  expect(await gateway.contracts.change(merchantId, { signedCancel: 'required' })).toMatchObject({ kind: 'changed' })
  counselor = await aMember(world, merchantId, 'counselor', 50_000n)
})
afterAll(() => server.close())
beforeEach(() => {
  says = yes
  asked.length = 0
})

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
  expect(asked).toMatchObject([
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
  says = no
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
  ['says nothing', () => 'nothing', 'refused: status 503, no message'],
  ['cancels another amount', (request) => ({ ...yes(request), amount: '29999' }), 'refused: not-our-question'],
  ['answers another request', (request) => ({ ...yes(request), re: 'another-request' }), 'refused: not-our-question'],
  [
    'cancels another payment',
    (request) => ({ ...yes(request), tid: publicId('pay', token()) }),
    'refused: not-our-question',
  ],
  [
    'answers late',
    (request) => ({ ...yes(request), iat: second() - 900, exp: second() - 600 }),
    'refused: outside-time-window',
  ],
  ['refuses another request', (request) => ({ ...no(request), re: 'another-request' }), 'refused: not-our-question'],
])('a shop that %s gives nothing back, and what it said is kept', async (_, wrong, outcome) => {
  says = wrong
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
  expect(await world.gateway.deeds.cancel(counselor, wish)).toMatchObject({ kind: 'needs-second-person' })
  expect(asked).toEqual([])
})

test('a cancel that names a request of ours is not carried out when it was never asked for', async () => {
  const { id } = await aPayment(world, merchantId)
  const made = { jti: 'never-sent-by-us', tid: publicId('pay', id) }
  const claims = { ...common(made), typ: 'payment.cancel', amount: '30000', currency: 'KRW', ref: 'never-asked-for' }
  expect(await world.gateway.cancelMessages.receive(signAs(key, claims))).toEqual({
    kind: 'refused',
    reason: 'not-our-question',
  })
  expect(await world.gateway.refunds.listOfPayment(merchantId, id)).toEqual([])
})
