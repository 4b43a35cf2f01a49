import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyBooks } from '../ledger/verify'
import { later } from '../clock'
import type { Merchant } from '../merchants/merchant'
import type { PaymentModule } from '../modules/payment-module'
import type { Payments } from './payments'
import { createPayments } from './payments'
import { anOrder, cardMeans, openedPayment, partsOf, type PaymentWorld, startPayments } from './payments.fixtures'

const DAY = 24 * 3_600_000

let world: PaymentWorld
let merchant: Merchant
let payments: Payments
/** What has come of the part that is paid later, as the means itself would know it. */
let came: boolean
let dueAt: Date
/** Payments of which nothing more is awaited. */
let withdrawn: string[]

beforeAll(async () => {
  world = await startPayments()
})

beforeEach(async () => {
  await world.outside.reset()
  came = false
  withdrawn = []
  dueAt = later(world.clock.now(), 7 * DAY)
  merchant = await world.gateway.merchants.create({
    ...{ name: '가게', nameEn: 'Shop', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
    ...{ returnUrls: [], modules: ['later', 'card', 'phone-bill'] },
  })
  const standard = partsOf(world.gateway)
  payments = createPayments({ ...standard, modules: new Map([...standard.modules, ['later', paidLater]]) })
})

/** A means that is paid whenever its buyer gets round to it, until a day. */
const paidLater: PaymentModule = {
  code: 'later',
  timing: 'deferred',
  plan: ({ amount }) =>
    Promise.resolve({ kind: 'planned', legs: [{ module: 'later', means: {}, amount: amount.amount }] }),
  authorize: () => Promise.resolve({ kind: 'authorized', hold: {} }),
  capture() {
    if (came) return Promise.resolve({ kind: 'done' })
    if (dueAt <= world.clock.now()) return Promise.resolve({ kind: 'refused', reason: 'timed-out' })
    return Promise.resolve({ kind: 'later', until: dueAt })
  },
  void({ paymentId }) {
    withdrawn.push(paymentId)
    return Promise.resolve({ kind: 'done' })
  },
}

const LATER = { module: 'later', input: {} }
const mixed = () => anOrder(merchant, { means: [cardMeans('hanbit', 'roomy', 60_000n), { ...LATER, amount: 30_000n }] })
const find = async (id: string) => (await payments.find(merchant.id, id))!
const topics = async (id: string) =>
  (await world.gateway.messages.list(merchant.id, { paymentId: id, kind: 'webhook', limit: 10 }))
    .map(({ topic }) => topic)
    .sort()

async function dayPasses(): Promise<void> {
  world.clock.forward(8 * DAY)
  await payments.finishDue(100)
  await payments.idle()
}

describe('a payment of which a part is paid later (M-109, M-142)', () => {
  test('is accepted and unpaid: what could be taken is taken, owed to nobody yet, and the shop is told once', async () => {
    const opened = openedPayment(await payments.open(mixed()))
    expect(opened).toMatchObject({ state: 'awaiting', standing: 'unpaid', capturedAmount: 0n })
    expect(opened.legs.map(({ state }) => state)).toEqual(['captured', 'awaiting'])
    expect(await topics(opened.id)).toEqual(['payment.awaiting'])
    await world.expectAgreed(merchant.id)
    // Somebody asks although nothing has come: nothing changes, and the shop does not hear it twice.
    await payments.restCame(merchant.id, opened.id)
    expect(await find(opened.id)).toMatchObject({ state: 'awaiting' })
    expect(await topics(opened.id)).toEqual(['payment.awaiting'])
    await world.expectAgreed(merchant.id)
  })

  test('is paid when the rest has come, and booked once', async () => {
    const { id } = openedPayment(await payments.open(mixed()))
    came = true
    expect(await payments.restCame(merchant.id, id)).toMatchObject({ kind: 'done', payment: { state: 'paid' } })
    expect(await find(id)).toMatchObject({ state: 'paid', standing: 'paid', capturedAmount: 90_000n })
    expect(await topics(id)).toEqual(['payment.awaiting', 'payment.paid'])
    await world.expectAgreed(merchant.id)
    expect(await payments.restCame(merchant.id, id)).toMatchObject({ kind: 'wrong-state' })
  })

  test('goes back whole when the rest has not come in time (P2.3)', async () => {
    const { id } = openedPayment(await payments.open(mixed()))
    await dayPasses()
    const payment = await find(id)
    expect(payment).toMatchObject({ state: 'expired', standing: 'failed', reason: 'timed-out', capturedAmount: 0n })
    expect(payment.legs.map(({ state }) => state)).toEqual(['returned', 'voided'])
    expect(withdrawn).toContain(id)
    await world.expectAgreed(merchant.id)
  })

  test('is cancelled whole while the rest is awaited', async () => {
    const { id } = openedPayment(await payments.open(mixed()))
    await payments.cancel(merchant.id, id)
    const payment = await find(id)
    expect(payment).toMatchObject({ state: 'cancelled', standing: 'failed', reason: 'cancelled' })
    expect(payment.legs.map(({ state }) => state)).toEqual(['returned', 'voided'])
    await world.expectAgreed(merchant.id)
  })

  test('of money that comes at the moment of its cancelling takes one of both, never half of each', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, async () => openedPayment(await payments.open(mixed()))))
    came = true
    await Promise.all(
      opened.flatMap(({ id }) => [payments.restCame(merchant.id, id), payments.cancel(merchant.id, id)]),
    )
    await payments.idle()
    for (const { id } of opened) expect(['paid', 'cancelled']).toContain((await find(id)).state)
    await world.expectAgreed(merchant.id)
  })

  test('a card that is lost at the decision leaves nothing awaited', async () => {
    await world.outside.switch('hanbit', { on: 'completion', do: { kind: 'decline', code: '05' } })
    const opened = openedPayment(await payments.open(mixed()))
    await payments.idle()
    expect(await find(opened.id)).toMatchObject({ state: 'declined', reason: 'hold-lost' })
    expect(withdrawn).toEqual([opened.id])
    await world.expectAgreed(merchant.id)
  })

  test('paid later as a whole: nothing is booked until it is paid', async () => {
    const { id } = openedPayment(await payments.open(anOrder(merchant, { means: [LATER] })))
    expect(await find(id)).toMatchObject({ state: 'awaiting', legs: [{ state: 'awaiting' }] })
    came = true
    await payments.restCame(merchant.id, id)
    expect(await find(id)).toMatchObject({ state: 'paid' })
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('does not stand beside a means that is owed later itself', async () => {
    const bill: PaymentModule = {
      ...paidLater,
      ...{ code: 'bill', timing: 'immediate', owedLater: true },
      plan: ({ amount }) =>
        Promise.resolve({ kind: 'planned', legs: [{ module: 'bill', means: {}, amount: amount.amount }] }),
    }
    const standard = partsOf(world.gateway)
    const both = createPayments({
      ...standard,
      modules: new Map([
        ['later', paidLater],
        ['bill', bill],
      ]),
    })
    await world.gateway.merchants.change(merchant.id, { modules: ['later', 'bill'] })
    const means = [
      { ...LATER, amount: 60_000n },
      { module: 'bill', amount: 30_000n, input: {} },
    ]
    expect(await both.open(anOrder(merchant, { means }))).toEqual({ kind: 'refused', reason: 'means-do-not-mix' })
  })
})

test('what is taken while the rest is awaited is looked for by verify', async () => {
  const { id } = openedPayment(await payments.open(mixed()))
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  await world.gateway.database.pool.query('reset role')
  await world.gateway.database.pool.query(
    `update leg set captured_amount = 0, state = 'voided' where payment_id = $1 and leg = 1`,
    [id],
  )
  const faults = await verifyBooks(world.gateway.database.pool)
  expect(faults.map(({ promise }) => promise)).toContain('P2.3')
})
