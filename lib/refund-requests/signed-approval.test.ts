import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { agrees, type AskedShop, refuses, startAskedShop } from '../desk/asked-shop.fixtures'
import { aMember } from '../desk/desk.fixtures'
import { publicId, type Uuid, uuidAt } from '../ids'
import type { Payment } from '../payments/payment'
import type { Decider } from './refund-requests'
import { aPurchase, aWish } from './refund-requests.fixtures'

let world: TestGateway
let shop: AskedShop
let merchantId: Uuid
let shopper: { id: Uuid; name: string }
let owner: Decider

beforeAll(async () => {
  shop = await startAskedShop()
  world = await startGateway({ env: { OUTGOING_ALLOW: shop.address } })
  merchantId = await shop.register(world)
  shopper = { ...(await aShopper(world.gateway)), name: '홍길동' }
  owner = { kind: 'member', ...(await aMember(world, merchantId, 'owner')) }
})
afterAll(() => shop.close())
beforeEach(() => shop.says(agrees))

const rooms = () => world.gateway.refundRequests

async function asked(): Promise<{ payment: Payment; requestId: Uuid }> {
  const payment = await aPurchase(world, merchantId, { shopperId: shopper.id })
  const answer = await rooms().ask(shopper, aWish(payment))
  if (answer.kind !== 'asked') throw new Error(`not asked: ${answer.reason}`)
  return { payment, requestId: answer.id }
}

const approve = (requestId: Uuid, amount?: bigint, by = owner) =>
  rooms().approve(by, { requestId, strategy: 'ratio', ...(amount !== undefined && { amount }) })
const refundsOf = ({ id }: Payment) => world.gateway.refunds.listOfPayment(merchantId, id)
const stateOf = async (requestId: Uuid) => (await rooms().find(merchantId, requestId))!.state

test('an approval asks the shop, whose signed cancel gives back what was asked for, and all of it is kept (M-211, M-227)', async () => {
  const { payment, requestId } = await asked()
  expect(await approve(requestId)).toMatchObject({ kind: 'approved' })
  expect(shop.asked).toMatchObject([
    { typ: 'payment.cancel-request', tid: publicId('pay', payment.id), amount: '10000', reason: '금이 갔어요' },
  ])
  expect(await refundsOf(payment)).toMatchObject([{ amount: 10_000n, state: 'refunded' }])
  expect(await stateOf(requestId)).toBe('approved')
  const kept = await world.gateway.evidence.list(merchantId, payment.id)
  expect(kept.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
    ...['payment.cancel-request sent', 'payment.cancel cancelled', 'payment.cancelled cancelled'],
  ])
})

test('a part of it can be agreed to, and the shop signs that part', async () => {
  const { payment, requestId } = await asked()
  expect(await approve(requestId, 4_000n)).toMatchObject({ kind: 'approved' })
  expect(shop.asked).toMatchObject([{ amount: '4000' }])
  expect(await refundsOf(payment)).toMatchObject([{ amount: 4_000n }])
})

test.each([
  ['refuses', refuses, { kind: 'shop-declined', words: '이미 발송했어요' }],
  ['says nothing', () => 'nothing' as const, { kind: 'shop-silent' }],
])('whoever approves reads that the shop %s; nothing goes back, and it can be decided again', async (_, says, told) => {
  const { payment, requestId } = await asked()
  shop.says(says)
  expect(await approve(requestId)).toEqual(told)
  expect(await refundsOf(payment)).toEqual([])
  expect(await stateOf(requestId)).toBe('open')
  const [line] = await world.gateway.audit.list(merchantId, { limit: 1 })
  expect(line).toMatchObject({ action: 'refund-request.approve', outcome: told.kind })

  shop.says(agrees)
  expect(await approve(requestId)).toMatchObject({ kind: 'approved' })
  expect(await refundsOf(payment)).toHaveLength(1)
})

test('two who approve at once ask twice, and money goes back once', async () => {
  const { payment, requestId } = await asked()
  const both = await Promise.all([approve(requestId), approve(requestId)])
  expect(both.map(({ kind }) => kind).sort()).toEqual(['approved', 'refused'])
  expect(await refundsOf(payment)).toHaveLength(1)
})

test('above the limit the shop is not even asked, and an API key alone approves nothing (P6.3)', async () => {
  const { payment, requestId } = await asked()
  const counselor: Decider = { kind: 'member', ...(await aMember(world, merchantId, 'counselor', 5_000n)) }
  expect(await approve(requestId, undefined, counselor)).toMatchObject({ kind: 'needs-second-person' })
  const requester = { kind: 'api-key', id: 'key', name: '상점 서버' } as const
  const key: Decider = { kind: 'api-key', merchantId, keyId: uuidAt(new Date()), requester }
  expect(await approve(requestId, undefined, key)).toEqual({ kind: 'refused', reason: 'signature-required' })
  expect(shop.asked).toEqual([])
  expect(await refundsOf(payment)).toEqual([])
})
