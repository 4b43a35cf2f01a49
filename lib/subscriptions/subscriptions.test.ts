import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aShopper } from '../../test/gateway'
import { type Uuid, uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import type { NewPlan } from './plans'
import type { Plan } from './plan'
import type { Subscription } from './subscription'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let world: PaymentWorld
let merchant: Merchant
let shopper: { id: Uuid; email: string }
let good: Uuid
let bad: Uuid

beforeAll(async () => {
  world = await startPayments()
  shopper = await aShopper(world.gateway)
  good = await addCard('roomy')
  bad = await addCard('declines')
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.gateway.merchants.create({
    ...{ name: '가게', nameEn: 'Shop', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
    ...{ returnUrls: [], modules: ['card', 'micro-account', 'phone-bill'] },
  })
})

const room = () => world.gateway.subscriptions
const owner = { kind: 'person', id: 'p', name: 'Owner' } as const
const byShopper = () => ({ kind: 'shopper', id: shopper.id, name: 'Han' }) as const

async function addCard(role: 'roomy' | 'declines'): Promise<Uuid> {
  const { number, expiry } = demoCard('hanbit', role)
  const added = await world.gateway.cards.add(shopper.id, { number, expiry, holderName: 'Han', nickname: '' })
  if (added.kind !== 'added') throw new Error(added.reason)
  return added.card.id
}

async function aPlan(changes: Partial<NewPlan> = {}): Promise<Plan> {
  const made = await room().plans.create({
    ...{ merchantId: merchant.id, name: '매거진', currency: 'KRW', amount: 12_000n, unit: 'month', every: 1 },
    ...{ createdBy: owner, ...changes },
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  return made.plan
}

const tokenOf = ({ url }: { url: string }) => url.slice(url.lastIndexOf('/') + 1)
const card = (cardId: Uuid) => ({ module: 'card', means: { cardId } })

async function agree(place: { url: string }, { cardId = good, id = uuidAt(world.clock.now()) } = {}) {
  const followed = await room().follow(tokenOf(place))
  if (followed.kind !== 'found') throw new Error(followed.reason)
  const { firstOn, firstAmount } = followed.preview
  const agreement = {
    id,
    shopperId: shopper.id,
    means: card(cardId),
    locale: 'ko',
    told: { firstOn, firstAmount },
  } as const
  return room().agree(tokenOf(place), agreement)
}

async function started(place: { url: string }, of: Parameters<typeof agree>[1] = {}): Promise<Subscription> {
  const agreed = await agree(place, of)
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  return agreed.subscription
}

const find = async ({ id }: { id: Uuid }) => (await room().find({ merchantId: merchant.id }, id))!
const charges = async (subscription: Subscription) =>
  (await room().charges(subscription, 50)).map(({ period, amount, state }) => [period, amount, state]).reverse()
const topics = async () =>
  (await world.gateway.messages.list(merchant.id, { limit: 100 }))
    .filter(({ topic }) => topic.startsWith('subscription'))
    .map(({ kind, topic }) => `${kind} ${topic}`)
    .sort()

async function passes(milliseconds: number, gateways = [world.gateway]): Promise<void> {
  world.clock.forward(milliseconds)
  for (let round = 0; round < 3; round++) {
    await Promise.all(gateways.map((gateway) => gateway.subscriptions.runDue(100)))
  }
}

async function taken(): Promise<bigint> {
  const payments = await world.gateway.payments.list(merchant.id, { limit: 100 })
  return payments.reduce((sum, { capturedAmount }) => sum + capturedAmount, 0n)
}

describe('a subscription (M-121)', () => {
  test('is charged when it is agreed to, and once for every period', async () => {
    const subscription = await started(await aPlan())
    expect(subscription).toMatchObject({ state: 'active', period: 1, shopperId: shopper.id })
    for (let month = 0; month < 3; month++) await passes(31 * DAY)
    expect(await charges(subscription)).toEqual([1, 2, 3, 4].map((period) => [period, 12_000n, 'paid']))
    expect(await taken()).toBe(48_000n)
    const payments = await world.gateway.payments.list(merchant.id, { limit: 10 })
    expect(payments[0]).toMatchObject({ channel: 'recurring', orderName: '매거진', shopperId: shopper.id })
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('agreed to twice by one page is one subscription, charged once', async () => {
    const plan = await aPlan()
    const id = uuidAt(world.clock.now())
    const both = await Promise.all([agree(plan, { id }), agree(plan, { id })])
    expect(both.map(({ kind }) => kind)).toContain('started')
    expect(await agree(plan, { id })).toMatchObject({ kind: 'started' })
    expect(await taken()).toBe(12_000n)
  })

  test('is charged once a period by however many workers at once', async () => {
    const subscription = await started(await aPlan())
    const other = await world.another()
    await passes(32 * DAY, [world.gateway, other, world.gateway, other])
    expect(await charges(subscription)).toEqual([1, 2].map((period) => [period, 12_000n, 'paid']))
    expect(await taken()).toBe(24_000n)
  })

  test.each(['before the payment was opened', 'after it was paid'])(
    'is charged once for a period whose worker died %s',
    async (when) => {
      const subscription = await started(await aPlan())
      world.clock.forward(32 * DAY)
      const { payments } = world.gateway
      const dying: Pick<typeof payments, 'open'> = {
        async open(order, claim) {
          if (when === 'after it was paid') await payments.open(order, claim)
          throw new Error('killed')
        },
      }
      const { createSubscriptions } = await import('./subscriptions')
      const { installed } = await dyingParts()
      const dead = createSubscriptions({ ...installed, payments: { ...payments, ...dying } })
      await dead.runDue(10)
      expect((await find(subscription)).period).toBe(2)
      await passes(3 * 60_000)
      expect(await charges(subscription)).toEqual([1, 2].map((period) => [period, 12_000n, 'paid']))
      expect(await taken()).toBe(24_000n)
    },
  )

  test('with a trial takes nothing until it is over, and tells when that will be', async () => {
    const subscription = await started(await aPlan({ trialDays: 14 }))
    expect(subscription).toMatchObject({ state: 'trialing', period: 0 })
    expect(await taken()).toBe(0n)
    await passes(11.5 * DAY)
    expect(await topics()).toEqual([
      ...['email subscription-started', 'email subscription-upcoming'],
      ...['webhook subscription.started', 'webhook subscription.upcoming'],
    ])
    await passes(3 * DAY)
    expect(await find(subscription)).toMatchObject({ state: 'active', period: 1 })
    expect(await taken()).toBe(12_000n)
  })

  test('whose address or terms were changed is not agreed to', async () => {
    const plan = await aPlan()
    const token = tokenOf(plan)
    expect(await room().follow(token.slice(0, 63) + (token.endsWith('A') ? 'Q' : 'A'))).toEqual({
      kind: 'refused',
      reason: 'changed',
    })
    const told = { firstOn: '2000-01-01', firstAmount: 12_000n }
    const agreement = { id: uuidAt(world.clock.now()), shopperId: shopper.id, means: card(good), locale: 'ko' } as const
    expect(await room().agree(token, { ...agreement, told })).toEqual({ kind: 'refused', reason: 'terms-changed' })
    await room().plans.close(merchant.id, plan.id)
    expect(await room().follow(token)).toEqual({ kind: 'refused', reason: 'over' })
    expect(await taken()).toBe(0n)
  })

  test('is never charged to somebody else’s card, nor above what was agreed to', async () => {
    const plan = await aPlan()
    const stranger = await aShopper(world.gateway)
    expect(await room().isUsable(plan, stranger.id, card(good))).toBe(false)
    const subscription = await started(plan)
    await world.gateway.database.prisma.subscriptionPlan.update({
      where: { merchantId_id: { merchantId: merchant.id, id: plan.id } },
      data: { amount: 900_000n },
    })
    await passes(32 * DAY)
    expect(await find(subscription)).toMatchObject({ state: 'past-due' })
    expect(await taken()).toBe(12_000n)
  })

  test('whose first charge is declined has not begun, and begins with another card', async () => {
    const plan = await aPlan()
    const id = uuidAt(world.clock.now())
    expect(await agree(plan, { id, cardId: bad })).toMatchObject({ kind: 'declined', reason: 'declined' })
    expect(await agree(plan, { id })).toMatchObject({ kind: 'started', subscription: { state: 'active' } })
    expect(await agree(plan, { cardId: bad })).toMatchObject({ kind: 'declined' })
    await passes(25 * HOUR)
    const [latest] = await room().list({ merchantId: merchant.id }, { limit: 1 })
    expect(latest).toMatchObject({ state: 'cancelled', endReason: 'never-started' })
  })

  test('that is declined is tried again on set days, told each time, and ended in the end', async () => {
    const subscription = await started(await aPlan())
    await world.gateway.subscriptions.changeMeans(shopper.id, subscription.id, card(bad))
    await passes(32 * DAY)
    expect(await find(subscription)).toMatchObject({ state: 'past-due', failures: 1 })
    for (const [index, days] of [1, 3, 5].entries()) {
      await passes(days * DAY - HOUR)
      expect((await find(subscription)).failures).toBe(index + 1)
      await passes(2 * HOUR)
      expect((await find(subscription)).failures).toBe(index + 2)
    }
    await passes(8 * DAY)
    expect(await find(subscription)).toMatchObject({ state: 'cancelled', endReason: 'unpaid' })
    expect((await topics()).filter((topic) => topic === 'email subscription-past-due')).toHaveLength(4)
    expect((await topics()).filter((topic) => topic === 'email subscription-ended')).toHaveLength(1)
    expect(await charges(subscription)).toEqual([
      [1, 12_000n, 'paid'],
      [2, 12_000n, 'failed'],
    ])
    await passes(60 * DAY)
    expect(await taken()).toBe(12_000n)
  })

  test('that was declined is charged at once to a new card', async () => {
    const subscription = await started(await aPlan())
    await room().changeMeans(shopper.id, subscription.id, card(bad))
    await passes(32 * DAY)
    const changed = await room().changeMeans(shopper.id, subscription.id, card(good))
    expect(changed).toMatchObject({ kind: 'done', subscription: { state: 'active', failures: 0 } })
    expect(await taken()).toBe(24_000n)
  })

  test('whose issuer does not answer blames nobody and is tried again', async () => {
    const subscription = await started(await aPlan())
    await world.outside.switch('hanbit', { on: 'authorization', do: { kind: 'stall' }, times: 1 })
    world.clock.forward(32 * DAY)
    await world.gateway.subscriptions.runDue(10)
    await world.settle(merchant.id)
    await passes(3 * 60_000)
    expect(await find(subscription)).toMatchObject({ state: 'active', failures: 0 })
    await passes(2 * HOUR)
    expect(await charges(subscription)).toEqual([1, 2].map((period) => [period, 12_000n, 'paid']))
  })

  test('ends at once or with its period, as its shopper says, and is not charged afterwards', async () => {
    const plan = await aPlan()
    const [now, then, kept] = [await started(plan), await started(plan), await started(plan)]
    expect(await room().cancel({ shopperId: shopper.id }, now.id, 'now', byShopper())).toMatchObject({ kind: 'done' })
    await room().cancel({ shopperId: shopper.id }, then.id, 'period-end', byShopper())
    await room().cancel({ shopperId: shopper.id }, kept.id, 'period-end', byShopper())
    await room().keep({ shopperId: shopper.id }, kept.id, byShopper())
    expect(await find(now)).toMatchObject({ state: 'cancelled', endReason: 'shopper' })
    expect(await find(then)).toMatchObject({ state: 'active' })
    await passes(32 * DAY)
    expect(await find(then)).toMatchObject({ state: 'cancelled', endReason: 'shopper' })
    expect(await find(kept)).toMatchObject({ state: 'active', period: 2 })
    const stranger = await aShopper(world.gateway)
    expect(await room().cancel({ shopperId: stranger.id }, kept.id, 'now', byShopper())).toEqual({
      ...{ kind: 'refused', reason: 'missing' },
    })
  })

  test('that is paused takes nothing, and begins a new period when it goes on', async () => {
    const subscription = await started(await aPlan())
    await room().pause({ shopperId: shopper.id }, subscription.id, byShopper())
    await passes(100 * DAY)
    expect(await taken()).toBe(12_000n)
    const byShop = await room().resume({ merchantId: merchant.id }, subscription.id, owner)
    expect(byShop).toEqual({ kind: 'refused', reason: 'needs-consent' })
    const resumed = await room().resume({ shopperId: shopper.id }, subscription.id, byShopper())
    expect(resumed).toMatchObject({ kind: 'done', subscription: { state: 'active', period: 2 } })
    expect(await taken()).toBe(24_000n)
  })

  test('at a suspended shop waits, blames nobody, and is charged when the shop is open again', async () => {
    const subscription = await started(await aPlan())
    await world.gateway.directory.suspendShop(merchant.id)
    await passes(31 * DAY)
    expect(await charges(subscription)).toEqual([
      [1, 12_000n, 'paid'],
      [2, 12_000n, 'open'],
    ])
    expect(await find(subscription)).toMatchObject({ state: 'active', failures: 0 })
    await world.gateway.directory.reopenShop(merchant.id)
    await passes(2 * DAY)
    expect(await charges(subscription)).toEqual([1, 2].map((period) => [period, 12_000n, 'paid']))
  })

  test('moves to another plan by the shopper’s word, and what is left of the period is reckoned to the minor unit', async () => {
    const [small, large] = [await aPlan(), await aPlan({ name: '큰 매거진', amount: 40_000n })]
    const subscription = await started(small)
    const asShop = await room().changePlan({ merchantId: merchant.id }, subscription.id, large.id, owner)
    expect(asShop).toEqual({ kind: 'refused', reason: 'needs-consent' })
    const preview = await room().previewPlan({ shopperId: shopper.id }, subscription.id, large.id)
    const changed = await room().changePlan({ shopperId: shopper.id }, subscription.id, large.id, byShopper())
    expect(changed).toMatchObject({ kind: 'done', subscription: { planId: large.id } })
    const { adjustment } = await find(subscription)
    // The more of today is over, the less: of 28 days at least 27 are left.
    expect(adjustment >= 27_000n && adjustment <= 28_000n).toBe(true)
    await passes(32 * DAY)
    expect(await charges(subscription)).toEqual([
      [1, 12_000n, 'paid'],
      [2, 40_000n + adjustment, 'paid'],
    ])
    expect(preview).toMatchObject({ plan: { id: large.id } })
    // Back to the small one by the shop: the credit pays for periods until it is used up.
    await room().changePlan({ merchantId: merchant.id }, subscription.id, small.id, owner)
    const { adjustment: credit } = await find(subscription)
    expect(credit < 0n).toBe(true)
    await passes(31 * DAY)
    await passes(31 * DAY)
    const before = 12_000n + 40_000n + adjustment
    expect(await taken()).toBe(before + (24_000n + credit > 0n ? 24_000n + credit : 0n))
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('moves to another rhythm at once, and what was paid for the rest counts', async () => {
    const [monthly, yearly] = [await aPlan(), await aPlan({ unit: 'year', amount: 100_000n })]
    const subscription = await started(monthly)
    await room().changePlan({ shopperId: shopper.id }, subscription.id, yearly.id, byShopper())
    const after = await find(subscription)
    expect(after).toMatchObject({ state: 'active', period: 2, adjustment: 0n })
    const total = await taken()
    expect(total >= 100_000n && total < 101_000n).toBe(true)
  })

  test('of which nobody worked for months is charged for the running period only', async () => {
    const subscription = await started(await aPlan())
    await passes(100 * DAY)
    expect(await taken()).toBe(24_000n)
    expect((await room().history(subscription, 10)).map(({ kind }) => kind)).toContain('skipped')
  })

  test('is offered to one customer under the shop’s own reference, and taken up once', async () => {
    const plan = await aPlan()
    const offered = await room().offer({ merchantId: merchant.id, planId: plan.id, reference: 'C-77', locale: 'ko' })
    const subscription = await started({ url: offered!.url })
    expect(subscription).toMatchObject({ id: offered!.subscription.id, reference: 'C-77', state: 'active' })
    expect(await room().follow(tokenOf(offered!))).toEqual({ kind: 'refused', reason: 'over' })
    const listed = await room().list({ merchantId: merchant.id }, { reference: 'C-77', limit: 5 })
    expect(listed.map(({ id }) => id)).toEqual([subscription.id])
  })

  test('asks the shop to confirm each charge where its contract says so, and takes nothing while it does not', async () => {
    const plan = await aPlan()
    const subscription = await started(plan)
    await world.gateway.database.prisma.merchant.update({
      where: { id: merchant.id },
      data: { confirmation: 'required', confirmationUrl: 'https://127.0.0.1:9/confirm' },
    })
    await passes(32 * DAY)
    expect(await find(subscription)).toMatchObject({ state: 'active', failures: 0 })
    expect(await taken()).toBe(12_000n)
    const [payment] = await world.gateway.payments.list(merchant.id, { limit: 1 })
    expect(payment).toMatchObject({ state: 'declined', reason: expect.stringMatching(/^shop-/) as string })
  })
})

async function dyingParts() {
  const { partsOf } = await import('../payments/payments.fixtures')
  const { database, clock, merchants } = world.gateway
  const { modules } = partsOf(world.gateway)
  return { installed: { database, clock, settings: world.settings, merchants, modules, report: () => undefined } }
}
