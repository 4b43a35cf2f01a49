import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type AccountRole, demoAccount } from '../../simulators/bank/demo-accounts'
import { aMerchant } from '../../test/gateway'
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
  const made = await world.gateway.subscriptions.plans.create({
    ...{ merchantId: merchant.id, name: '매거진', currency: 'KRW', amount: 12_000n, unit: 'month', every: 1 },
    createdBy: { kind: 'person', id: 'p', name: 'Owner' },
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  plan = made.plan
})

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

test('a mandate of another shop, and one that is revoked, cannot be subscribed with', async () => {
  const elsewhere = await aMerchant(world.gateway, { modules: ['direct-debit'] })
  expect(await agree(await aMandate('roomy', elsewhere.id))).toEqual({ kind: 'refused', reason: 'means' })
  const revoked = await aMandate('roomy')
  await world.gateway.mandates.revoke(world.shopper.id, revoked)
  expect(await agree(revoked)).toEqual({ kind: 'refused', reason: 'means' })
})
