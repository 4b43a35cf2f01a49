import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Merchant } from '../merchants/merchant'
import {
  anOrder,
  aVCard,
  cardMeans,
  openedPayment,
  type PaymentWorld,
  requestedBy,
  startPayments,
} from './payments.fixtures'

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  // Fifty at once on two cores: silence must not be mistaken for load.
  world = await startPayments({ issuerTimeLimitMs: 10_000 })
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.aShop()
})

/** Results by their kind, counted. */
function counted(results: readonly { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

const fifty = <Result>(work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: 50 }, (_, index) => work(index)))

test('of fifty who pay one hosted payment at once, over two processes, one does (P2.4, P4.5)', async () => {
  const other = await world.another()
  const { id } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { channel: 'hosted' })))
  const results = await fifty((index) =>
    (index % 2 === 0 ? world.gateway : other).payments.pay(merchant.id, id, { means: [cardMeans('hanbit')] }),
  )
  expect(counted(results)).toEqual({ settled: 1, refused: 49 })
  await world.expectAgreed(merchant.id)
})

test('of fifty who spend one V-Card at once, over two processes, one does (P8.3)', async () => {
  const other = await world.another()
  const { means } = await aVCard(world, merchant)
  const results = await fifty((index) =>
    (index % 2 === 0 ? world.gateway : other).payments.open(anOrder(merchant, { means: [means] })),
  )
  expect(results.map((opened) => openedPayment(opened).state).filter((state) => state === 'paid')).toHaveLength(1)
  await world.settle(merchant.id)
  await world.expectAgreed(merchant.id)
})

test('fifty equal requests with one key, many of them in one call to the database, make one payment (P4.1)', async () => {
  const claim = {
    key: 'the same',
    fingerprint: createHash('sha256').update('the same body').digest(),
    answer: ({ id }: { id: string }) => ({ status: 201, body: { id } }),
  }
  const order = anOrder(merchant, { means: [cardMeans('hanbit')] })
  const results = await fifty(() => world.gateway.payments.open(order, claim))
  expect(counted(results)).toMatchObject({ opened: 1 })
  for (const { kind } of results) expect(['opened', 'in-progress', 'replay']).toContain(kind)
  const again = await world.gateway.payments.open(order, claim)
  expect(again).toMatchObject({ kind: 'replay', status: 201 })
  const other = { ...claim, fingerprint: createHash('sha256').update('another body').digest() }
  expect(await world.gateway.payments.open(order, other)).toEqual({ kind: 'key-reused' })
  await world.expectAgreed(merchant.id)
})

test('fifty payments for one order at once: one is live, the others are told which (P4.4)', async () => {
  const order = anOrder(merchant, { channel: 'hosted' })
  const results = await fifty(() => world.gateway.payments.open(order))
  expect(counted(results)).toEqual({ opened: 1, 'order-taken': 49 })
  const { id } = openedPayment(results.find(({ kind }) => kind === 'opened')!)
  for (const result of results) if (result.kind === 'order-taken') expect(result.paymentId).toBe(id)
})

test('fifty refunds at once of a fiftieth each all succeed, and not one won more (P2.5)', async () => {
  const { means, amount } = await aVCard(world, merchant, { share: 30_000n })
  const { id } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { amount, means: [means] })))
  const ask = () =>
    world.gateway.refunds.open({
      ...{ merchantId: merchant.id, paymentId: id, amount: amount.amount / 50n, strategy: 'ratio', kind: 'refund' },
      ...{ reason: 'many at once', requestedBy },
    })
  expect(counted(await fifty(ask))).toEqual({ opened: 50 })
  expect(await ask()).toEqual({ kind: 'refused', reason: 'exceeds' })
  await world.settle(merchant.id)
  expect(await world.gateway.payments.find(merchant.id, id)).toMatchObject({
    refundedAmount: amount.amount,
    standing: 'refunded',
  })
  await world.expectAgreed(merchant.id)
})

test('refunds and a cancellation at once never give back more than was paid (P2.5)', async () => {
  const { means, amount } = await aVCard(world, merchant)
  const { id } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { amount, means: [means] })))
  const part = () =>
    world.gateway.refunds.open({
      ...{ merchantId: merchant.id, paymentId: id, amount: 7_001n, strategy: 'last-in-first-out', kind: 'refund' },
      ...{ reason: 'some at once', requestedBy },
    })
  const whole = () =>
    world.gateway.cancellations.cancel({ merchantId: merchant.id, paymentId: id, reason: 'all of it', requestedBy })
  await Promise.all([part(), whole(), part(), whole(), part()])
  await world.settle(merchant.id)
  expect(await world.gateway.payments.find(merchant.id, id)).toMatchObject({
    refundedAmount: amount.amount,
    standing: 'refunded',
  })
  await world.expectAgreed(merchant.id)
})

test('a worker that takes a payment up while its request still waits changes nothing twice', async () => {
  const { means } = await aVCard(world, merchant)
  await world.outside.switch('narae', { on: 'authorization', do: { kind: 'late', ms: 6_000 } })
  const paying = world.gateway.payments.open(anOrder(merchant, { means: [means] }))
  const worker = await world.another()
  await expect.poll(() => worker.payments.list(merchant.id, { limit: 1 })).toMatchObject([{ state: 'authorizing' }])
  // The request is not dead, but its lease is over.
  world.clock.forward(16_000)
  expect(await worker.payments.finishDue(10)).toBe(1)
  expect(openedPayment(await paying)).not.toMatchObject({ state: 'paid' })
  await worker.payments.idle()
  await world.settle(merchant.id)
  expect(await world.gateway.payments.list(merchant.id, { limit: 1 })).toMatchObject([
    { state: 'declined', reason: 'interrupted' },
  ])
  await world.expectAgreed(merchant.id)
})
