import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import type { Merchant } from '../merchants/merchant'
import type { LegToSettle, MeansPlan, PaymentModule } from '../modules/payment-module'
import { krw } from '../money/money'
import { createPayments } from './payments'
import {
  anOrder,
  aVCard,
  cardMeans,
  openedPayment,
  partsOf,
  type PaymentWorld,
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

describe('legs and amount', () => {
  test('a V-Card mixed with another means cannot carry more than the payment (P2.3, P8.3)', async () => {
    const { shopper, vcard, means } = await aVCard(world, merchant)
    const { number, expiry, securityCode } = demoCard('daon', 'roomy')
    const created = openedPayment(await world.gateway.payments.open(anOrder(merchant, { channel: 'hosted' })))
    const paid = await world.gateway.payments.pay(merchant.id, created.id, {
      shopperId: shopper.id,
      means: [
        { module: 'vcard', amount: 50_000n, input: { vcardId: vcard.id } },
        { module: 'card', amount: 40_000n, input: { number, expiry, securityCode } },
      ],
    })
    expect(paid).toMatchObject({ kind: 'declined', reason: 'declined' })
    await world.settle(merchant.id)
    await world.expectAgreed(merchant.id)
    // Nothing of it was spent: the V-Card still pays what it is for.
    expect(await world.gateway.payments.open(anOrder(merchant, { means: [means] }))).toMatchObject({
      payment: { state: 'paid' },
    })
  })

  test('legs that do not sum to their payment cannot be written, whoever plans them', async () => {
    const parts = partsOf(world.gateway)
    const at = world.clock.now()
    const [reference] = await parts.references.drawMany(1)
    const payment = openedPayment(await world.gateway.payments.open(anOrder(merchant, { channel: 'hosted' })))
    const writing = parts.store.move(payment, at, {
      event: 'started',
      attempt: 1,
      carryOnAt: at,
      newLegs: [
        { module: 'card', means: {}, amount: payment.amount + 1n, attempt: 1, leg: 1, authorizeReference: reference! },
      ],
    })
    await expect(writing).rejects.toThrow('do not sum')
    expect(await world.gateway.payments.find(merchant.id, payment.id)).toMatchObject({ state: 'created', legs: [] })
  })
})

describe('a module that has been deactivated (P9.5)', () => {
  test('takes no new payment from that moment on, in any process', async () => {
    const other = await world.another()
    const order = () => anOrder(merchant, { means: [cardMeans('hanbit')] })
    const waiting = openedPayment(await other.payments.open(anOrder(merchant, { channel: 'hosted' })))
    world.clock.stop()
    expect(await other.payments.open(order())).toMatchObject({ payment: { state: 'paid' } })
    await world.gateway.merchants.change(merchant.id, { modules: ['vcard'] })
    const refused = { kind: 'refused', reason: 'module-unavailable' }
    expect(await other.payments.open(order())).toEqual(refused)
    expect(await other.payments.pay(merchant.id, waiting.id, { means: [cardMeans('hanbit')] })).toEqual(refused)
    world.clock.forward(0)
    await world.expectAgreed(merchant.id)
  })

  test('lets what is open be captured and refunded', async () => {
    const held = openedPayment(
      await world.gateway.payments.open(anOrder(merchant, { captureMode: 'manual', means: [cardMeans('hanbit')] })),
    )
    await world.gateway.merchants.change(merchant.id, { modules: [] })
    expect(await world.gateway.payments.capture(merchant.id, held.id)).toMatchObject({ payment: { state: 'paid' } })
    const cancelled = await world.gateway.cancellations.cancel({
      ...{ merchantId: merchant.id, paymentId: held.id, reason: 'returned' },
      requestedBy: { kind: 'person', id: 'p', name: 'Owner' },
    })
    expect(cancelled).toMatchObject({ kind: 'refunded', refund: { state: 'refunded' } })
    await world.expectAgreed(merchant.id)
  })
})

describe('a module that misbehaves harms only its own payments (P9.5, P3.6)', () => {
  const never = () => new Promise<never>(() => undefined)
  const good: PaymentModule = {
    code: 'strange',
    timing: 'immediate',
    plan: ({ amount }): Promise<MeansPlan> =>
      Promise.resolve({ kind: 'planned', legs: [{ module: 'strange', means: {}, amount: amount.amount }] }),
    authorize: () => Promise.resolve({ kind: 'authorized', hold: {} }),
    capture: () => Promise.resolve({ kind: 'done' }),
    void: () => Promise.resolve({ kind: 'done' }),
    refund: () => Promise.resolve({ kind: 'done' }),
  }

  /** A shop whose payments go through the given module, in a process of their own. */
  async function paymentsWith(strange: Partial<PaymentModule>) {
    const shop = await world.gateway.merchants.create({
      ...{ name: '가게', nameEn: 'Shop', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
      ...{ returnUrls: [], modules: ['strange', 'card'] },
    })
    const standard = partsOf(world.gateway)
    const modules = new Map([...standard.modules, ['strange', { ...good, ...strange }]])
    return { shop, payments: createPayments({ ...standard, modules, moduleLimitMs: 2_000 }) }
  }
  const strangeMeans = [{ module: 'strange', input: {} }]

  test.each<[string, Partial<PaymentModule>]>([
    ['throws', { authorize: () => Promise.reject(new Error('broken')) }],
    ['hangs', { authorize: never }],
    ['says nothing', { authorize: () => Promise.resolve(undefined as never) }],
    ['says something unheard-of', { authorize: () => Promise.resolve({ kind: 'perhaps' } as never) }],
    ['approves without a hold', { authorize: () => Promise.resolve({ kind: 'authorized' } as never) }],
    ['declines without a reason', { authorize: () => Promise.resolve({ kind: 'declined' } as never) }],
  ])('an authorization that %s is no answer: it is given back, nothing is taken', async (_what, strange) => {
    const voided: LegToSettle[] = []
    const { shop, payments } = await paymentsWith({
      ...strange,
      void: (leg) => {
        voided.push(leg)
        return Promise.resolve({ kind: 'done' })
      },
    })
    const opened = openedPayment(await payments.open(anOrder(shop, { means: strangeMeans })))
    expect(opened).toMatchObject({ state: 'declined', reason: 'no-answer' })
    expect(voided).toMatchObject([{ voidReason: 'no-answer' }])
  })

  test.each<[string, Partial<PaymentModule>]>([
    ['hangs', { capture: never }],
    ['says something unheard-of', { capture: () => Promise.resolve({ kind: 'perhaps' } as never) }],
    ['refuses without a reason', { capture: () => Promise.resolve({ kind: 'refused' } as never) }],
  ])('a completion that %s is asked again, and delays no other payment', async (_what, strange) => {
    const { shop, payments } = await paymentsWith(strange)
    const stuck = openedPayment(await payments.open(anOrder(shop, { means: strangeMeans })))
    expect(stuck.state).toBe('capturing')
    expect(await payments.open(anOrder(shop, { means: [cardMeans('hanbit')] }))).toMatchObject({
      payment: { state: 'paid' },
    })
    world.clock.forward(21_000)
    expect(await payments.finishDue(10)).toBeGreaterThan(0)
    await payments.idle()
    expect(await payments.find(shop.id, stuck.id)).toMatchObject({ state: 'capturing' })
    await world.gateway.payments.idle()
  })

  test('a second plan that throws ends the payment like one that found no way', async () => {
    const { shop, payments } = await paymentsWith({
      authorize: () => Promise.resolve({ kind: 'declined', reason: 'insufficient-funds' }),
      planAgain: () => Promise.reject(new Error('broken')),
    })
    expect(await payments.open(anOrder(shop, { amount: krw(1000), means: strangeMeans }))).toMatchObject({
      payment: { state: 'declined', reason: 'insufficient-funds' },
    })
  })
})
