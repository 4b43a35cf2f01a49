import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import { TIMES } from './parts'
import { createPayments } from './payments'
import {
  anOrder,
  aVCard,
  cardMeans,
  openedPayment,
  partsOf,
  type PaymentWorld,
  requestedBy,
  startPayments,
} from './payments.fixtures'

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startPayments()
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.aShop()
})

const find = async (id: string) => (await world.gateway.payments.find(merchant.id, id))!

describe('after the decision to complete (P3.2)', () => {
  test('an issuer that refuses to complete what it still holds is told to let it go', async () => {
    await world.outside.switch('hanbit', { on: 'completion', do: { kind: 'decline', code: '05' } })
    const opened = openedPayment(await world.gateway.payments.open(anOrder(merchant, { means: [cardMeans('hanbit')] })))
    await world.settle(merchant.id)
    expect(await find(opened.id)).toMatchObject({ state: 'declined', reason: 'hold-lost', legs: [{ state: 'voided' }] })
    await world.expectAgreed(merchant.id)
  })

  test('when one hold of three has lapsed, what the others charged goes back and the shop is told', async () => {
    const { means } = await aVCard(world, merchant)
    const order = anOrder(merchant, { captureMode: 'manual', means: [means] })
    const { id } = openedPayment(await world.gateway.payments.open(order))
    expect(await world.outside.lapse('saero')).toBe(1)
    await world.gateway.payments.capture(merchant.id, id)
    await world.settle(merchant.id)
    const payment = await find(id)
    expect(payment).toMatchObject({ state: 'declined', standing: 'failed', reason: 'hold-lost', capturedAmount: 0n })
    expect(payment.legs.map(({ state }) => state)).toEqual(expect.arrayContaining(['returned', 'voided', 'returned']))
    const told = await world.gateway.messages.list(merchant.id, { paymentId: id, kind: 'webhook', limit: 10 })
    expect(told.map(({ topic }) => topic).sort()).toEqual(['payment.authorized', 'payment.failed'])
    await world.expectAgreed(merchant.id)
  })

  test('an issuer that is silent for a long time is asked until it has completed, and never twice (P2.4)', async () => {
    const { means } = await aVCard(world, merchant)
    await world.outside.switch('saero', { on: 'completion', do: { kind: 'stall' }, times: 2 })
    await world.outside.switch('narae', { on: 'completion', do: { kind: 'lose-answer' }, times: 2 })
    const { id } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { means: [means] })))
    expect(await find(id)).toMatchObject({ state: 'capturing' })
    await world.settle(merchant.id)
    expect(await find(id)).toMatchObject({ state: 'paid' })
    await world.expectAgreed(merchant.id)
  })

  test('an issuer that refuses to take a charge back keeps the payment open and in the operators’ list (P2.7)', async () => {
    const { means } = await aVCard(world, merchant)
    const order = anOrder(merchant, { captureMode: 'manual', means: [means] })
    const { id } = openedPayment(await world.gateway.payments.open(order))
    await world.outside.lapse('saero')
    await world.outside.switch('hanbit', { on: 'refund', do: { kind: 'decline', code: '57' } })
    await world.gateway.payments.capture(merchant.id, id)
    expect(await find(id)).toMatchObject({ state: 'reversing' })
    expect(await world.gateway.payments.listStuck(100)).not.toContainEqual(expect.objectContaining({ paymentId: id }))
    world.clock.forward(61_000)
    expect(await world.gateway.payments.listStuck(100)).toContainEqual(
      expect.objectContaining({ paymentId: id, state: 'reversing', reason: 'not-permitted', waitsFor: ['hanbit'] }),
    )
    await world.outside.clearSwitches('hanbit')
    await world.settle(merchant.id)
    expect(await find(id)).toMatchObject({ state: 'declined', reason: 'hold-lost' })
    expect(await world.gateway.payments.listStuck(100)).not.toContainEqual(expect.objectContaining({ paymentId: id }))
    await world.expectAgreed(merchant.id)
  })
})

test('a reversal that an issuer refuses is asked for anew until it is done, not only repeated (P3.3)', async () => {
  await world.outside.switch('hanbit', { on: 'reversal', do: { kind: 'decline', code: '05' }, times: 2 })
  const order = anOrder(merchant, { captureMode: 'manual', means: [cardMeans('hanbit')] })
  const { id } = openedPayment(await world.gateway.payments.open(order))
  expect(await world.gateway.payments.cancel(merchant.id, id)).toMatchObject({ kind: 'being-checked' })
  await world.settle(merchant.id)
  expect(await find(id)).toMatchObject({ state: 'cancelled', reason: 'cancelled' })
  await world.expectAgreed(merchant.id)
})

describe('what is held until the merchant decides', () => {
  async function aHeldPayment(changes: Parameters<typeof anOrder>[1] = {}) {
    const order = anOrder(merchant, { captureMode: 'manual', means: [cardMeans('hanbit')], ...changes })
    return openedPayment(await world.gateway.payments.open(order))
  }

  test('capture and cancel at the same moment: one of them happens, the other is told so', async () => {
    const { id } = await aHeldPayment()
    const results = await Promise.all([
      world.gateway.payments.capture(merchant.id, id),
      world.gateway.payments.cancel(merchant.id, id),
      world.gateway.payments.capture(merchant.id, id),
      world.gateway.payments.cancel(merchant.id, id),
    ])
    expect(results.map(({ kind }) => kind).sort()).toEqual(['done', 'wrong-state', 'wrong-state', 'wrong-state'])
    await world.expectAgreed(merchant.id)
  })

  test('capture from two processes at the same moment charges once (P2.4)', async () => {
    const { id } = await aHeldPayment()
    const other = await world.another()
    const results = await Promise.all([
      world.gateway.payments.capture(merchant.id, id),
      other.payments.capture(merchant.id, id),
    ])
    expect(results.map(({ kind }) => kind).sort()).toEqual(['done', 'wrong-state'])
    await world.settle(merchant.id)
    expect(await find(id)).toMatchObject({ state: 'paid' })
    await world.expectAgreed(merchant.id)
  })

  test('is given back before the issuers let it lapse, and the shop is told that it ended', async () => {
    const created = openedPayment(
      await world.gateway.payments.open(
        anOrder(merchant, {
          channel: 'hosted',
          captureMode: 'manual',
          amount: krw(20_000),
          expiresAt: new Date(world.clock.now().getTime() + 7 * 86_400_000),
        }),
      ),
    )
    const paid = await world.gateway.payments.pay(merchant.id, created.id, { means: [cardMeans('hanbit')] })
    expect(paid).toMatchObject({ kind: 'settled', payment: { state: 'authorized' } })
    world.clock.forward(6 * 86_400_000 + 1000)
    await world.gateway.payments.finishDue(10)
    await world.settle(merchant.id)
    expect(await find(created.id)).toMatchObject({ state: 'expired', standing: 'failed', reason: 'timed-out' })
    await world.expectAgreed(merchant.id)
  })
})

test('a payment by two cards, each with its own amount, is all or nothing like any other (P2.3)', async () => {
  const both = [cardMeans('hanbit', 'roomy', 50_000n), cardMeans('saero', 'roomy', 40_000n)]
  const shopper = await world.gateway.payments.open(anOrder(merchant, { means: both }))
  // One transaction keeps one typed card: the second has to be a saved one.
  expect(shopper).toEqual({ kind: 'refused', reason: 'wrong-means' })
  await world.expectAgreed(merchant.id)
})

test('a refund whose issuer is silent stands in the operators’ list until the issuer answers, and is made once (P2.7, P3.3)', async () => {
  const { means } = await aVCard(world, merchant)
  const { id } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { means: [means] })))
  await world.outside.switch('saero', { on: 'refund', do: { kind: 'lose-answer' }, times: 1 })
  await world.outside.switch('narae', { on: 'refund', do: { kind: 'decline', code: '61' }, times: 1 })
  const opened = await world.gateway.refunds.open({
    ...{ merchantId: merchant.id, paymentId: id, strategy: 'ratio', kind: 'refund', reason: 'damaged', requestedBy },
  })
  expect(opened).toMatchObject({ kind: 'opened', refund: { state: 'refunding' } })
  const waiting = expect.objectContaining({ paymentId: id, reason: 'no-answer', waitsFor: ['saero'] }) as object
  expect(await world.gateway.refunds.listStuck(100)).not.toContainEqual(waiting)
  world.clock.forward(61_000)
  expect(await world.gateway.refunds.listStuck(100)).toContainEqual(waiting)
  await world.settle(merchant.id)
  expect(await world.gateway.refunds.listStuck(100)).not.toContainEqual(waiting)
  // Refused by one issuer of three: that part is not refunded, and can be asked for again.
  expect(await find(id)).toMatchObject({ refundedAmount: 60_000n, standing: 'paid' })
  await world.expectAgreed(merchant.id)
  const rest = await world.gateway.cancellations.cancel({
    ...{ merchantId: merchant.id, paymentId: id, reason: 'the rest', requestedBy },
  })
  expect(rest).toMatchObject({ kind: 'refunded', refund: { state: 'refunded', amount: 30_000n } })
  expect(await find(id)).toMatchObject({ refundedAmount: 90_000n, standing: 'refunded' })
  await world.expectAgreed(merchant.id)
})

test('a refund goes only over the legs of the attempt that was paid', async () => {
  const { means } = await aVCard(world, merchant, { mayRetry: true })
  await world.outside.switch('narae', { on: 'authorization', do: { kind: 'decline', code: '51' } })
  const { id, attempt } = openedPayment(await world.gateway.payments.open(anOrder(merchant, { means: [means] })))
  expect(attempt).toBe(2)
  const ask = (leg: number) =>
    world.gateway.refunds.open({
      ...{ merchantId: merchant.id, paymentId: id, amount: 1_000n, kind: 'refund', reason: 'damaged', requestedBy },
      strategy: { leg },
    })
  expect(await ask(3)).toEqual({ kind: 'refused', reason: 'no-such-leg' })
  expect(await ask(1)).toMatchObject({ kind: 'opened', refund: { state: 'refunded', legs: [{ attempt: 2, leg: 1 }] } })
  await world.expectAgreed(merchant.id)
})

test('what fails when whoever asked has been answered already is reported, and the worker finishes it (P3.5, P3.8)', async () => {
  const reported: unknown[] = []
  let failNow = () => undefined as void
  const answered = new Promise<void>((resolve) => (failNow = resolve))
  const parts = partsOf(world.gateway, {
    report: (event, { merchantId, paymentId }) => void reported.push({ event, merchantId, paymentId }),
  })
  const { store } = parts
  const payments = createPayments({
    ...parts,
    store: {
      ...store,
      async open(opening) {
        const opened = await store.open(opening)
        world.clock.forward(TIMES.answer)
        return opened
      },
      async move() {
        await answered
        throw new Error('the database is away')
      },
    },
  })
  const { id } = openedPayment(await payments.open(anOrder(merchant, { means: [cardMeans('hanbit')] })))
  expect(reported).toEqual([])
  failNow()
  await payments.idle()
  expect(reported).toEqual([{ event: 'payment-stuck', merchantId: merchant.id, paymentId: id }])
  await world.settle(merchant.id)
  await world.expectAgreed(merchant.id)
})
