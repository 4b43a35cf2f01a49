import { beforeAll, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { publicId, uuidAt, type Uuid } from '../ids'
import { planCancellation } from './cancellation-plan'
import type { Member } from './member'
import { aMember, aPayment } from './desk.fixtures'

let world: TestGateway
let merchantId: Uuid
let owner: Member
let counselor: Member

beforeAll(async () => {
  world = await startGateway()
  merchantId = (await aMerchant(world.gateway)).id
  owner = await aMember(world, merchantId, 'owner')
  counselor = await aMember(world, merchantId, 'counselor', 50_000n)
})

const token = () => uuidAt(new Date())
const refundOf = (paymentId: Uuid, amount: bigint) =>
  ({ paymentId, amount, strategy: 'ratio', reason: '손님 요청', token: token() }) as const

test('a counselor cancels a paid purchase for a caller: everything goes back, with name and reason (M-49 … M-56)', async () => {
  const { id } = await aPayment(world, merchantId)
  const done = await world.gateway.deeds.cancel(counselor, { paymentId: id, reason: '잘못 주문', token: token() })
  expect(done.kind).toBe('refunded')
  const [refund] = await world.gateway.refunds.listOfPayment(merchantId, id)
  expect(refund).toMatchObject({
    ...{ kind: 'cancellation', state: 'refunded', amount: 30_000n, reason: '잘못 주문' },
    requestedBy: { kind: 'person', id: publicId('per', counselor.person.id), name: '강도현' },
  })
  expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({ standing: 'refunded' })
})

test('cancelling what is only held takes nothing and gives the hold back', async () => {
  const payment = await aPayment(world, merchantId, { captureMode: 'manual' })
  expect(planCancellation(payment)).toMatchObject({ amount: 30_000n, deeds: [{ deed: 'void', amount: 30_000n }] })
  const wish = { paymentId: payment.id, reason: '품절', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toEqual({ kind: 'voided' })
  expect(await world.gateway.payments.find(merchantId, payment.id)).toMatchObject({ state: 'cancelled' })
  const [listed] = await world.gateway.purchases.cancellations(merchantId, new Date(Date.now() - 60_000))
  expect(listed).toMatchObject({
    paymentId: payment.id,
    state: 'voided',
    reason: '품절',
    by: '강도현',
    amount: 30_000n,
  })
})

test('one form sent twice at once, and once more later, gives back once and is answered alike (M-55)', async () => {
  const { id } = await aPayment(world, merchantId)
  const cancel = { paymentId: id, reason: '두 번 누름', token: token() }
  const once = await world.gateway.deeds.cancel(counselor, cancel)
  expect(await world.gateway.deeds.cancel(counselor, cancel)).toEqual(once)

  const second = await aPayment(world, merchantId)
  const refund = refundOf(second.id, 10_000n)
  const answers = await Promise.all([0, 1].map(() => world.gateway.deeds.refund(owner, refund)))
  expect(await world.gateway.deeds.refund(owner, refund)).toEqual(answers.find(({ kind }) => kind === 'refunded'))
  expect(await world.gateway.refunds.listOfPayment(merchantId, second.id)).toHaveLength(1)
})

test('a form that is changed after it was sent is not carried out', async () => {
  const { id } = await aPayment(world, merchantId)
  const wish = refundOf(id, 1_000n)
  await world.gateway.deeds.refund(owner, wish)
  expect(await world.gateway.deeds.refund(owner, { ...wish, amount: 2_000n })).toEqual({
    kind: 'refused',
    reason: 'form-used',
  })
})

test('above their limit nobody gives money back alone, nor in several steps: it waits for somebody else (P6.3)', async () => {
  const large = await aPayment(world, merchantId, { amount: { amount: 60_000n, currency: 'KRW' } })
  expect(await world.gateway.deeds.refund(counselor, refundOf(large.id, 40_000n))).toMatchObject({ kind: 'refunded' })
  const above = refundOf(large.id, 20_000n)
  const queued = await world.gateway.deeds.refund(counselor, above)
  expect(queued).toMatchObject({ kind: 'queued' })
  expect(await world.gateway.deeds.refund(counselor, above)).toEqual(queued)
  expect(await world.gateway.payments.find(merchantId, large.id)).toMatchObject({
    ...{ refundedAmount: 40_000n, standing: 'refund-requested' },
  })
  const requestId = queued.kind === 'queued' ? queued.requestId : ''
  const approval = { requestId, strategy: 'ratio' } as const
  const byOwner = { kind: 'member', ...owner } as const
  expect(await world.gateway.refundRequests.approve({ kind: 'member', ...counselor }, approval)).toEqual({
    ...{ kind: 'refused', reason: 'same-person' },
  })
  expect(await world.gateway.refundRequests.approve(byOwner, approval)).toMatchObject({ kind: 'approved' })
  expect(await world.gateway.payments.find(merchantId, large.id)).toMatchObject({ refundedAmount: 60_000n })
  // The shopper has asked for nothing, and is told of the refunds alone.
  const { rows } = await world.gateway.database.pool.query(
    `select 1 from message where payment_id = $1 and topic in ('refund-asked', 'refund-declined')`,
    [large.id],
  )
  expect(rows).toEqual([])
})

test('a limit holds however many forms are sent at once, and what is above it waits (P6.3)', async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await aPayment(world, merchantId, { amount: { amount: 90_000n, currency: 'KRW' } })
    const wishes = [40_000n, 40_000n, 10_000n].map((amount) => refundOf(id, amount))
    const answers = await Promise.all(wishes.map((wish) => world.gateway.deeds.refund(counselor, wish)))
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['queued', 'refunded', 'refunded'])
    expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({ refundedAmount: 50_000n })
    // Each form once more is answered as before, and nothing moves.
    const again = await Promise.all(wishes.map((wish) => world.gateway.deeds.refund(counselor, wish)))
    expect(again).toEqual(answers)
    expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({ refundedAmount: 50_000n })
  }
})

test('a cancel above the limit asks a second person for all that is left, and one form asks once (P6.3)', async () => {
  const { id } = await aPayment(world, merchantId, { amount: { amount: 60_000n, currency: 'KRW' } })
  const { deeds, refundRequests } = world.gateway
  const wish = { paymentId: id, reason: '잘못 주문', token: token() }
  const [queued, same] = await Promise.all([deeds.cancel(counselor, wish), deeds.cancel(counselor, wish)])
  expect(queued).toMatchObject({ kind: 'queued' })
  expect(same).toEqual(queued)
  expect(await deeds.cancel(counselor, wish)).toEqual(queued)
  expect(await deeds.cancel(counselor, { ...wish, token: token() })).toEqual({
    ...{ kind: 'refused', reason: 'asked-already' },
  })
  expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({
    ...{ refundedAmount: 0n, standing: 'refund-requested' },
  })
  const [request] = await refundRequests.ofPayment(merchantId, id)
  expect(request).toMatchObject({ amount: 60_000n, words: '잘못 주문', askedBy: { name: '강도현' } })
  const approval = { requestId: request!.id, strategy: 'ratio' } as const
  expect(await refundRequests.approve({ kind: 'member', ...owner }, approval)).toMatchObject({ kind: 'approved' })
  expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({ standing: 'refunded' })
  const [note] = await world.gateway.audit.list(merchantId, { action: 'payment.cancel', limit: 1 })
  expect(note).toMatchObject({ outcome: 'asked-already' })
})

test('where a part is asked for already, a cancel above the limit asks for the rest (P6.3)', async () => {
  const { id } = await aPayment(world, merchantId, { amount: { amount: 90_000n, currency: 'KRW' } })
  expect(await world.gateway.deeds.refund(counselor, refundOf(id, 51_000n))).toMatchObject({ kind: 'queued' })
  const wish = { paymentId: id, reason: '잘못 주문', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toMatchObject({ kind: 'queued' })
  const requests = await world.gateway.refundRequests.ofPayment(merchantId, id)
  expect(requests.map(({ amount }) => amount)).toEqual([39_000n, 51_000n])
})

test('what is only held is voided within the limit alone (P6.3)', async () => {
  const amount = { amount: 60_000n, currency: 'KRW' } as const
  const { id } = await aPayment(world, merchantId, { amount, captureMode: 'manual' })
  const wish = { paymentId: id, reason: '품절', token: token() }
  expect(await world.gateway.deeds.cancel(counselor, wish)).toEqual({ kind: 'needs-second-person', limit: 50_000n })
})

test('where the rules of a means want approval, staff propose and the owner gives back (M-149)', async () => {
  const shop = (await aMerchant(world.gateway)).id
  const { pool } = world.gateway.database
  await pool.query(`update merchant_module set refund_policy = 'approval' where merchant_id = $1`, [shop])
  const { id } = await aPayment(world, shop)
  const staff = await aMember(world, shop, 'staff')
  const itsOwner = await aMember(world, shop, 'owner')
  expect(await world.gateway.deeds.refund(staff, refundOf(id, 1_000n))).toMatchObject({ kind: 'queued' })
  expect(await world.gateway.payments.find(shop, id)).toMatchObject({ refundedAmount: 0n })
  expect(await world.gateway.deeds.refund(itsOwner, refundOf(id, 1_000n))).toMatchObject({ kind: 'refunded' })
})

test('a counselor cannot capture, and is written down for having tried (P6.1, P9.3)', async () => {
  const { id } = await aPayment(world, merchantId, { captureMode: 'manual' })
  expect(await world.gateway.deeds.capture(counselor, id)).toEqual({ kind: 'forbidden' })
  expect(await world.gateway.payments.find(merchantId, id)).toMatchObject({ state: 'authorized' })
  const [last] = await world.gateway.audit.list(merchantId, { limit: 1 })
  expect(last).toMatchObject({
    ...{ action: 'payment.capture', object: publicId('pay', id), outcome: 'forbidden' },
    actor: { id: counselor.person.id, role: 'counselor' },
  })
  expect(await world.gateway.deeds.capture(owner, id)).toMatchObject({ kind: 'done' })
})

test('another merchant’s payment is as good as none (P6.2)', async () => {
  const elsewhere = (await aMerchant(world.gateway)).id
  const { id } = await aPayment(world, elsewhere)
  const missing = { kind: 'refused', reason: 'missing' }
  expect(await world.gateway.deeds.refund(owner, refundOf(id, 1n))).toEqual(missing)
  expect(await world.gateway.deeds.refund(owner, refundOf(uuidAt(new Date()), 1n))).toEqual(missing)
  expect(await world.gateway.deeds.cancel(owner, { paymentId: id, reason: 'x', token: token() })).toEqual({
    kind: 'refused',
    reason: 'unknown-payment',
  })
  expect(await world.gateway.refunds.listOfPayment(elsewhere, id)).toEqual([])
})

test.each(['declines'] as const)('what was %s has nothing to cancel (M-61)', async (role) => {
  const { id } = await aPayment(world, merchantId, { role })
  const answer = await world.gateway.deeds.cancel(owner, { paymentId: id, reason: '확인', token: token() })
  expect(answer).toEqual({ kind: 'refused', reason: 'nothing-to-cancel' })
})

test('a deed stands in the trail before it is done, and what came of it after, with where it was asked from (P9.3)', async () => {
  const { id } = await aPayment(world, merchantId)
  await world.gateway.deeds.refund({ ...owner, from: '203.0.113.7' }, refundOf(id, 1_000n))
  const noted = await world.gateway.audit.list(merchantId, { object: publicId('pay', id), limit: 9 })
  expect(noted.map(({ outcome, actor }) => [outcome, actor.from])).toEqual([
    ['refunded', '203.0.113.7'],
    ['begun', '203.0.113.7'],
  ])
})

test('the audit trail cannot be changed by the application, and keeps what was done with its amount', async () => {
  const { id } = await aPayment(world, merchantId)
  await world.gateway.deeds.refund(owner, refundOf(id, 7_000n))
  const [note] = await world.gateway.audit.list(merchantId, { action: 'payment.refund', limit: 1 })
  expect(note).toMatchObject({ outcome: 'refunded', detail: { amount: '7000', reason: '손님 요청' } })
  const { pool } = world.gateway.database
  await expect(pool.query(`update audit_event set outcome = 'none'`)).rejects.toThrow(/permission denied/)
  await expect(pool.query('delete from audit_event')).rejects.toThrow(/permission denied/)
})
