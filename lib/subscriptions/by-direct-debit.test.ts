import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type AccountRole, demoAccount } from '../../simulators/bank/demo-accounts'
import { aMerchant } from '../../test/gateway'
import { endToEndIdOf } from '../direct-debit/debit'
import { type DebitWorld, startDebitWorld } from '../direct-debit/direct-debit.fixtures'
import { type Uuid, uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { movableClock } from '../payments/payments.fixtures'
import type { Plan } from './plan'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const clock = movableClock()
let world: DebitWorld
let merchant: Merchant
let plan: Plan

beforeAll(async () => {
  world = await startDebitWorld({ clock })
})
beforeEach(async () => {
  await world.outside.reset()
  merchant = await aMerchant(world.gateway, { modules: ['card', 'direct-debit'] })
  plan = await aPlan('month')
})

async function aPlan(unit: Plan['unit']): Promise<Plan> {
  const made = await world.gateway.subscriptions.plans.create({
    ...{ merchantId: merchant.id, name: '매거진', currency: 'KRW', amount: 12_000n, unit, every: 1 },
    createdBy: { kind: 'person', id: 'p', name: 'Owner' },
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  return made.plan
}

const room = () => world.gateway.subscriptions

/** A mandate that the shopper has given the shop, for an account that pays, or does not. */
async function aMandate(role: AccountRole, merchantId = merchant.id): Promise<Uuid> {
  const { mandates } = world.gateway
  const { number, holder } = demoAccount(role)
  const made = {
    merchantId,
    id: uuidAt(clock.now()),
    shopperId: world.shopper.id,
    kind: 'recurring',
    bank: 'gaon',
  } as const
  const mandate = await mandates.agree(
    { ...made, number, holder, shop: '가게', locale: 'ko' },
    mandates.collecting('KRW')!,
  )
  return mandate.id
}

async function agree(mandateId: Uuid) {
  const token = plan.url.slice(plan.url.lastIndexOf('/') + 1)
  const followed = await room().follow(token)
  if (followed.kind !== 'found') throw new Error(followed.reason)
  const { firstOn, firstAmount } = followed.preview
  return room().agree(token, {
    ...{ id: uuidAt(clock.now()), shopperId: world.shopper.id, locale: 'ko', told: { firstOn, firstAmount } },
    means: { module: 'direct-debit', means: { mandateId } },
  })
}

const find = async (id: Uuid) => (await room().find({ merchantId: merchant.id }, id))!
const charges = async (id: Uuid) =>
  (await room().charges(await find(id), 50)).map(({ period, state }) => `${period} ${state}`).reverse()
const mailed = async (topic: string) =>
  (await world.gateway.messages.list(merchant.id, { limit: 100 })).filter((each) => each.topic === topic).length

/** The night: what is due is announced and sent, the bank answers, and the subscription hears of it. */
async function nightPasses(): Promise<void> {
  await world.send(merchant)
  const [payment] = await world.gateway.payments.list(merchant.id, { limit: 1 })
  if (payment) await world.heard(payment)
  clock.forward(2 * HOUR)
  await room().runDue(100)
}

async function passes(milliseconds: number): Promise<void> {
  clock.forward(milliseconds)
  for (let round = 0; round < 3; round++) await room().runDue(100)
}

test('each renewal by direct debit is announced before it is collected, and paid when the bank has it (M-118, M-121)', async () => {
  const agreed = await agree(await aMandate('roomy'))
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  const { id } = agreed.subscription
  // The first period runs while its debit is on the way.
  expect(agreed.subscription).toMatchObject({ state: 'active', period: 1 })
  expect(await charges(id)).toEqual(['1 open'])
  await nightPasses()
  expect(await charges(id)).toEqual(['1 paid'])
  expect(await mailed('debit-notice')).toBe(1)

  await passes(31 * DAY)
  expect(await charges(id)).toEqual(['1 paid', '2 open'])
  expect(await world.outside.debits('gaon')).toHaveLength(1)
  await nightPasses()
  expect(await mailed('debit-notice')).toBe(2)
  expect(await charges(id)).toEqual(['1 paid', '2 paid'])
  expect((await world.outside.debits('gaon')).map(({ amount, state }) => [amount, state])).toEqual([
    ['12000', 'collected'],
    ['12000', 'collected'],
  ])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('a renewal that the bank does not collect is dunned, and paid by another mandate', async () => {
  const mandate = await aMandate('roomy')
  const agreed = await agree(mandate)
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  const { id } = agreed.subscription
  await nightPasses()
  await world.outside.changeAccount('gaon', { number: demoAccount('roomy').number, standing: 'suspended' })
  await passes(31 * DAY)
  await nightPasses()
  expect(await find(id)).toMatchObject({ state: 'past-due', failures: 1 })
  const changed = await room().changeMeans(world.shopper.id, id, {
    module: 'direct-debit',
    means: { mandateId: await aMandate('everyday') },
  })
  expect(changed).toMatchObject({ kind: 'done' })
  await nightPasses()
  expect(await find(id)).toMatchObject({ state: 'active' })
  expect(await charges(id)).toEqual(['1 paid', '2 paid'])
})

/** The debits of this shop, the oldest first. */
async function debits(): Promise<{ id: Uuid; tries: number; state: string; amount: bigint }[]> {
  const { rows } = await world.gateway.database.pool.query<{ id: Uuid; tries: number; state: string; amount: bigint }>(
    'select id, tries, state, amount from debit where merchant_id = $1 order by id',
    [merchant.id],
  )
  return rows
}

/** The payer's bank takes back what one of them had collected, and the worker hears of it. */
async function bankTakesBack(index: number): Promise<void> {
  const { id, tries } = (await debits())[index]!
  await world.outside.takeBackDebit('gaon', endToEndIdOf(id, tries), 'AM04')
  await world.gateway.debitReports.readDue()
  await room().runDue(100)
}

test('a renewal that the bank takes back is unpaid again: tried by the rules of the subscription, and shop and payer are told', async () => {
  const agreed = await agree(await aMandate('roomy'))
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  const { id } = agreed.subscription
  await nightPasses()
  await passes(31 * DAY)
  await nightPasses()
  expect(await charges(id)).toEqual(['1 paid', '2 paid'])
  const [renewal] = await world.gateway.payments.list(merchant.id, { limit: 1 })

  await bankTakesBack(1)
  expect(await find(id)).toMatchObject({ state: 'past-due', failures: 1, period: 2 })
  expect(await charges(id)).toEqual(['1 paid', '2 open'])
  expect([await mailed('subscription.past-due'), await mailed('subscription-past-due')]).toEqual([1, 1])
  expect([await mailed('payment.returned'), await mailed('debit-returned')]).toEqual([1, 1])
  // Heard of once, it is acted on once.
  await room().runDue(100)
  expect(await find(id)).toMatchObject({ failures: 1 })

  await passes(DAY)
  await nightPasses()
  expect(await find(id)).toMatchObject({ state: 'active', failures: 0 })
  const [again] = await world.gateway.payments.list(merchant.id, { limit: 1 })
  expect(again!.id).not.toBe(renewal!.id)
  expect(await charges(id)).toEqual(['1 paid', '2 paid'])
  expect((await debits()).map(({ state }) => state)).toEqual(['settled', 'returned', 'settled'])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('what is taken back each time it was paid is given up as what is declined each time', async () => {
  plan = await aPlan('week')
  const agreed = await agree(await aMandate('roomy'))
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  const { id } = agreed.subscription
  await nightPasses()
  for (const failures of [1, 2]) {
    await bankTakesBack(failures - 1)
    expect(await find(id)).toMatchObject({ state: 'past-due', failures, period: 1 })
    await passes(2 * DAY)
    await nightPasses()
  }
  expect(await charges(id)).toEqual(['1 paid'])
  await bankTakesBack(2)
  expect(await find(id)).toMatchObject({ state: 'cancelled', endReason: 'unpaid' })
  expect(await charges(id)).toEqual(['1 failed'])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('what the bank takes back of a period that is over is owed with the next charge; of what has ended nothing is asked', async () => {
  const agreed = await agree(await aMandate('roomy'))
  if (agreed.kind !== 'started') throw new Error(JSON.stringify(agreed))
  const { id } = agreed.subscription
  await nightPasses()
  await passes(31 * DAY)
  await nightPasses()
  await bankTakesBack(0)
  expect(await find(id)).toMatchObject({ state: 'active', adjustment: 12_000n, failures: 0 })
  expect(await charges(id)).toEqual(['1 failed', '2 paid'])
  await passes(31 * DAY)
  await nightPasses()
  expect((await debits()).map(({ amount }) => amount)).toEqual([12_000n, 12_000n, 24_000n])
  expect(await find(id)).toMatchObject({ state: 'active', adjustment: 0n })

  const by = { kind: 'shopper', id: world.shopper.id, name: '' } as const
  await room().cancel({ shopperId: world.shopper.id }, id, 'now', by)
  await bankTakesBack(2)
  expect(await find(id)).toMatchObject({ state: 'cancelled', adjustment: 0n })
  expect(await charges(id)).toEqual(['1 failed', '2 paid', '3 failed'])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('a mandate of another shop, and one that is revoked, cannot be subscribed with', async () => {
  const elsewhere = await aMerchant(world.gateway, { modules: ['direct-debit'] })
  expect(await agree(await aMandate('roomy', elsewhere.id))).toEqual({ kind: 'refused', reason: 'means' })
  const revoked = await aMandate('roomy')
  await world.gateway.mandates.revoke(world.shopper.id, revoked)
  expect(await agree(revoked)).toEqual({ kind: 'refused', reason: 'means' })
})
