import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aShopper } from '../../test/gateway'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import type { Membership } from '../auth/person'
import {
  anOrder,
  cardMeans,
  openedPayment,
  partsOf,
  type PaymentWorld,
  startPayments,
} from '../payments/payments.fixtures'
import type { NewOrder } from '../payments/new-payment'
import { createPayments } from '../payments/payments'
import { firstFlow, type FlowDocument } from './flow-document'

let world: PaymentWorld
let shop: Merchant

beforeAll(async () => {
  world = await startPayments()
  shop = await world.aShop()
})

// What issuers say of their own books is compared with one shop at a time.
beforeEach(() => world.outside.reset())

/** Puts a flow in force at a shop of its own. */
async function shopWith(changes: Partial<FlowDocument>): Promise<Merchant> {
  const merchant = await world.aShop()
  // Rules that need so many people find them.
  await Promise.all([aMember(merchant), aMember(merchant)])
  await follow(merchant, changes)
  return merchant
}

async function follow(merchant: Merchant, changes: Partial<FlowDocument>): Promise<number> {
  const { flows } = world.gateway
  const saved = await flows.save(merchant.id, { document: { ...firstFlow, ...changes }, note: 'test', author: 'Owner' })
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved))
  expect(await flows.activate(merchant.id, saved.version, 'Owner')).toEqual({ kind: 'activated' })
  // What is known of a shop lives for a second.
  world.clock.forward(1_100)
  return saved.version
}

async function aMember(merchant: Merchant, role: 'owner' | 'staff' | 'counselor' = 'staff') {
  const person = { id: (await aShopper(world.gateway)).id, name: '담당자' }
  await world.gateway.database.prisma.membership.create({
    data: { merchantId: merchant.id, personId: person.id, role, createdAt: new Date() },
  })
  return { person, membership: { merchantId: merchant.id, personId: person.id, role } satisfies Membership }
}

async function pay(merchant: Merchant, changes: Partial<NewOrder> = {}) {
  const { captureMode: _asked, ...order } = anOrder(merchant, { means: [cardMeans('hanbit')], ...changes })
  return openedPayment(
    await world.gateway.payments.open({ ...order, ...(changes.captureMode && { captureMode: changes.captureMode }) }),
  )
}

const find = async (payment: { merchantId: string; id: string }) =>
  (await world.gateway.payments.find(payment.merchantId, payment.id))!

/** What is due is taken up once, as a worker of this process would. */
async function work() {
  await world.gateway.payments.finishDue(1000)
  await world.gateway.payments.idle()
}

const messagesOf = async (payment: { merchantId: string; id: string }) =>
  world.gateway.database.prisma.message.findMany({
    where: { merchantId: payment.merchantId, paymentId: payment.id },
    orderBy: { id: 'asc' },
  })

const topics = async (payment: { merchantId: string; id: string }) =>
  (await messagesOf(payment)).map(({ topic }) => topic)

describe('the flow that every shop begins with', () => {
  test('takes the money at once and leaves no trace on the payment: as if there were no flows (M-160)', async () => {
    const payment = await pay(shop)
    expect(payment.state).toBe('paid')
    expect(payment.plan).toBeUndefined()
    expect(await world.gateway.flows.inForce(shop.id)).toEqual({ version: 0, document: firstFlow })
  })

  test('is the same as a version that says the same', async () => {
    const merchant = await shopWith({})
    const payment = await pay(merchant, { email: 'a@example.com' })
    expect(payment).toMatchObject({ state: 'paid', plan: { version: 1 } })
    expect(await topics(payment)).toEqual(['payment.paid', 'receipt'])
  })
})

describe('when the money is taken', () => {
  test('by hand: held until somebody captures it', async () => {
    const merchant = await shopWith({ capture: { when: 'by-hand' } })
    const payment = await pay(merchant)
    expect(payment.state).toBe('authorized')
    expect(await world.gateway.payments.capture(merchant.id, payment.id)).toMatchObject({ kind: 'done' })
    expect((await find(payment)).state).toBe('paid')
  })

  test('after some hours: by itself, not before', async () => {
    const merchant = await shopWith({ capture: { when: 'after', hours: 2 } })
    const payment = await pay(merchant)
    expect(payment.state).toBe('authorized')
    world.clock.forward(3_600_000)
    await work()
    expect((await find(payment)).state).toBe('authorized')
    world.clock.forward(3_700_000)
    await work()
    expect((await find(payment)).state).toBe('paid')
    await world.expectAgreed(merchant.id)
  })

  test('by batch: all that is held at that time of day', async () => {
    const merchant = await shopWith({ capture: { when: 'batch', at: '04:30' } })
    const payment = await pay(merchant)
    const { carryOnAt } = payment
    expect(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', timeStyle: 'short' }).format(carryOnAt)).toBe(
      '04:30',
    )
    world.clock.forward(carryOnAt!.getTime() - world.clock.now().getTime() + 1000)
    await work()
    expect((await find(payment)).state).toBe('paid')
  })

  test('when shipped: as soon as the shop says that it has been', async () => {
    const merchant = await shopWith({ capture: { when: 'shipped' } })
    const payment = await pay(merchant)
    expect(payment.state).toBe('authorized')
    const fact = { id: randomUUID(), kind: 'shipped', carrier: 'CJ', at: world.clock.now() } as const
    expect(await world.gateway.orderFacts.note(payment, fact)).toMatchObject({ kind: 'noted' })
    expect((await find(payment)).state).toBe('paid')
    // Said again it is neither noted nor told again.
    await world.gateway.orderFacts.note(await find(payment), fact)
    expect((await topics(payment)).filter((topic) => topic === 'order.shipped')).toHaveLength(1)
  })

  test('is what the request says, where it says something', async () => {
    const merchant = await shopWith({ capture: { when: 'after', hours: 2 } })
    expect((await pay(merchant, { captureMode: 'automatic' })).state).toBe('paid')
    const byHand = await pay(merchant, { captureMode: 'manual' })
    world.clock.forward(3 * 3_600_000)
    await work()
    expect((await find(byHand)).state).toBe('authorized')
  })
})

describe('approval', () => {
  const fourEyes: Partial<FlowDocument> = { approvals: [{ currency: 'KRW', above: '100000', people: 2 }] }

  test('is asked for above the amount only, and takes as many people as the rule says', async () => {
    const merchant = await shopWith(fourEyes)
    expect((await pay(merchant, { amount: krw(100_000) })).state).toBe('paid')
    const held = await pay(merchant, { amount: krw(100_001) })
    expect(held.state).toBe('authorized')
    const [one, two] = await Promise.all([aMember(merchant, 'owner'), aMember(merchant)])
    const { approvals, payments } = world.gateway
    const yes = { paymentId: held.id, verdict: 'approve', words: '확인' } as const

    expect(await payments.capture(merchant.id, held.id)).toMatchObject({ kind: 'held-back', by: 'approval' })
    expect(await approvals.vote(one, yes)).toMatchObject({ kind: 'counted', state: 'waiting', given: 1, needed: 2 })
    // Nobody is two pairs of eyes.
    expect(await approvals.vote(one, yes)).toEqual({ kind: 'voted-before' })
    expect((await find(held)).state).toBe('authorized')
    expect(await approvals.vote(two, yes)).toMatchObject({ kind: 'counted', state: 'approved' })
    expect((await find(held)).state).toBe('paid')
    expect(await approvals.vote(await aMember(merchant), yes)).toEqual({ kind: 'not-waiting' })
    await world.expectAgreed(merchant.id)
  })

  test('refused by one, the payment ends and gives back what it held', async () => {
    const merchant = await shopWith(fourEyes)
    const held = await pay(merchant, { amount: krw(150_000) })
    const counted = await world.gateway.approvals.vote(await aMember(merchant), {
      ...{ paymentId: held.id, verdict: 'refuse', words: '이상한 주문' },
    })
    expect(counted).toMatchObject({ kind: 'counted', state: 'refused' })
    expect(await find(held)).toMatchObject({ state: 'cancelled', reason: 'not-approved' })
    await world.expectAgreed(merchant.id)
  })

  test('is nobody’s who has no right to it, and says so in the audit trail', async () => {
    const merchant = await shopWith(fourEyes)
    const held = await pay(merchant, { amount: krw(150_000) })
    const vote = { paymentId: held.id, verdict: 'approve', words: '' } as const
    expect(await world.gateway.approvals.vote(await aMember(merchant, 'counselor'), vote)).toEqual({
      kind: 'forbidden',
    })
    expect((await find(held)).state).toBe('authorized')
    const lines = await world.gateway.database.prisma.auditEvent.findMany({ where: { tenantId: merchant.id } })
    expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual([['payment.approve', 'forbidden']])
  })

  test('lets the flow go on, which may have to wait for its own time still', async () => {
    const merchant = await shopWith({
      capture: { when: 'after', hours: 3 },
      approvals: [{ currency: 'KRW', above: '0', people: 1 }],
    })
    const held = await pay(merchant)
    await world.gateway.approvals.vote(await aMember(merchant), { paymentId: held.id, verdict: 'approve', words: '' })
    expect((await find(held)).state).toBe('authorized')
    world.clock.forward(3 * 3_600_000 + 1000)
    await work()
    expect((await find(held)).state).toBe('paid')
  })

  test('cannot be gone round: the database takes nothing that is not approved', async () => {
    const merchant = await shopWith(fourEyes)
    const held = await pay(merchant, { amount: krw(150_000) })
    const careless = createPayments(partsOf(world.gateway, { approvalOf: () => Promise.resolve('approved') }))
    await expect(careless.capture(merchant.id, held.id)).rejects.toThrow('waits for approval')
    expect((await find(held)).state).toBe('authorized')
  })

  test('that came just before everything died is followed by whoever works next', async () => {
    const merchant = await shopWith({ approvals: [{ currency: 'KRW', above: '0', people: 1 }] })
    const held = await pay(merchant)
    const member = await aMember(merchant)
    // The vote is written and its process dies before it could do anything with it.
    await world.gateway.database.pool.query('select vote_on_payment($1)', [
      JSON.stringify({
        ...{ merchantId: merchant.id, paymentId: held.id, personId: member.person.id, personName: 'x' },
        ...{ verdict: 'approve', words: '', at: world.clock.now() },
      }),
    ])
    expect((await find(held)).state).toBe('authorized')
    const worker = await world.another()
    await worker.payments.finishDue(1000)
    await worker.payments.idle()
    expect((await find(held)).state).toBe('paid')
  })

  test('by two people at the same moment takes the money once', async () => {
    const merchant = await shopWith(fourEyes)
    const held = await pay(merchant, { amount: krw(150_000) })
    const people = await Promise.all([aMember(merchant), aMember(merchant), aMember(merchant)])
    const votes = await Promise.all(
      people.map((each) => world.gateway.approvals.vote(each, { paymentId: held.id, verdict: 'approve', words: '' })),
    )
    expect(votes.map((vote) => ('state' in vote ? vote.state : vote.kind)).sort()).toEqual([
      'approved',
      'not-waiting',
      'waiting',
    ])
    await world.settle(merchant.id)
    expect((await find(held)).state).toBe('paid')
    await world.expectAgreed(merchant.id)
  })
})

describe('who is told', () => {
  test('the shop’s people by mail, the approval by a webhook of its own', async () => {
    const merchant = await shopWith({
      approvals: [{ currency: 'KRW', above: '0', people: 1 }],
      notify: {
        receipts: true,
        silent: [],
        staff: [{ to: 'desk@example.com', locale: 'ko', on: ['authorized', 'approval-needed'] }],
      },
    })
    const held = await pay(merchant)
    const messages = await messagesOf(held)
    expect(messages.map(({ topic }) => topic).sort()).toEqual([
      'payment.approval-needed',
      'payment.authorized',
      'staff-notice',
    ])
    expect(messages.find(({ topic }) => topic === 'staff-notice')?.payload).toMatchObject({
      to: 'desk@example.com',
      occasion: 'approval-needed',
    })
  })

  test('nobody of what the flow keeps silent; of a decline the shopper hears all the same', async () => {
    const merchant = await shopWith({ notify: { receipts: false, staff: [], silent: ['payment.paid'] } })
    expect(await topics(await pay(merchant, { email: 'a@example.com' }))).toEqual([])
    const declined = await pay(merchant, { email: 'a@example.com', means: [cardMeans('hanbit', 'declines')] })
    expect(await topics(declined)).toContain('payment-failed')
  })
})

test('payments under way keep the flow that they began with, whatever becomes of it (M-161)', async () => {
  const merchant = await shopWith({ capture: { when: 'after', hours: 1 } })
  const before = await pay(merchant)
  const version = await follow(merchant, { capture: { when: 'by-hand' } })
  const after = await pay(merchant)
  expect([before.plan?.version, after.plan?.version]).toEqual([1, version])
  world.clock.forward(3_700_000)
  await work()
  expect([(await find(before)).state, (await find(after)).state]).toEqual(['paid', 'authorized'])
})

test('a version that is written is never changed, and going back is another activation', async () => {
  const merchant = await shopWith({ capture: { when: 'by-hand' } })
  const { flows, database } = world.gateway
  await expect(database.prisma.flowVersion.updateMany({ where: {}, data: { note: 'x' } })).rejects.toThrow()
  expect(await flows.activate(merchant.id, 0, 'Owner')).toEqual({ kind: 'activated' })
  expect(await flows.activate(merchant.id, 99, 'Owner')).toEqual({ kind: 'missing' })
  expect((await flows.activations(merchant.id, 9)).map(({ version }) => version)).toEqual([0, 1])
})

test('what cannot be kept is refused where it is written, with its place and reason', async () => {
  const document: FlowDocument = {
    ...firstFlow,
    confirm: 'always',
    approvals: [
      { currency: 'JPY', above: '0', people: 1 },
      { currency: 'KRW', above: '5', people: 3 },
      { currency: 'KRW', above: '5', people: 1 },
    ],
    hooks: [
      { point: 'before-capture', url: 'http://10.0.0.1/', timeLimitMs: 1000, noAnswer: 'deny' },
      { point: 'before-capture', url: 'https://shop.example.com/', timeLimitMs: 1000, noAnswer: 'deny' },
    ],
  }
  expect(await world.gateway.flows.save(shop.id, { document, note: 'x', author: 'x' })).toEqual({
    kind: 'refused',
    faults: [
      { at: 'confirm', code: 'needs-confirmation-address' },
      { at: 'confirm', code: 'needs-signature-key' },
      { at: 'approvals.0.currency', code: 'currency-not-accepted' },
      { at: 'approvals.0.people', code: 'too-few-people' },
      { at: 'approvals.1.people', code: 'too-few-people' },
      { at: 'approvals.2.people', code: 'too-few-people' },
      { at: 'approvals.2.above', code: 'rule-twice' },
      { at: 'hooks.0.url', code: 'not-https' },
      { at: 'hooks.0.url', code: 'needs-signature-key' },
      { at: 'hooks.1.url', code: 'needs-signature-key' },
      { at: 'hooks.1.point', code: 'hook-twice' },
    ],
  })
})
