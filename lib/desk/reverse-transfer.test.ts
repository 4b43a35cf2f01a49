import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoAccount } from '../../simulators/bank/demo-accounts'
import { uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { balances, bankMeans, type BankWorld, startBankWorld } from '../modules/bank-transfer/bank-transfer.fixtures'
import { agrees, type AskedShop, refuses, startAskedShop } from './asked-shop.fixtures'
import type { Member } from './member'
import { aMember } from './desk.fixtures'

let world: BankWorld
let shop: AskedShop
let merchant: Merchant
let counselor: Member

beforeAll(async () => {
  shop = await startAskedShop()
  world = await startBankWorld({ OUTGOING_ALLOW: shop.address })
})
afterAll(() => shop.close())
beforeEach(async () => {
  await world.outside.reset()
  shop.says(agrees)
  const merchantId = await shop.register(world, { modules: ['card', 'bank-transfer'] })
  merchant = (await world.gateway.merchants.get(merchantId))!
  counselor = await aMember(world, merchantId, 'counselor', 500_000n)
})

const wish = (paymentId: Merchant['id']) => ({ paymentId, reason: '손님 요청', token: uuidAt(new Date()) })
const transfer = async () => (await world.outside.bankBook('gaon')).transfers[0]!
const balance = async () =>
  (await world.outside.bankBook('gaon')).accounts.find(({ number }) => number === demoAccount('roomy').number)!.balance
const messages = async (paymentId: Merchant['id']) =>
  (await world.gateway.evidence.list(merchant.id, paymentId)).map(({ type, outcome }) => `${type} ${outcome}`)

test('on the shop’s signed cancel the bank transfers back to the account, and the shop gets our signed answer (M-211 … M-214, M-232)', async () => {
  const before = await balance()
  const { id } = await world.pay(await world.opened(merchant), [bankMeans()])
  expect(BigInt(await balance())).toBe(BigInt(before) - 90_000n)

  expect(await world.gateway.deeds.cancel(counselor, wish(id))).toMatchObject({ kind: 'refunded' })
  await world.settled({ merchantId: merchant.id, id })
  expect(await transfer()).toMatchObject({ state: 'booked', reversals: [{ amount: '90000' }] })
  expect(await balance()).toBe(before)
  expect(await messages(id)).toEqual([
    ...['payment.cancel-request sent', 'payment.cancel cancelled', 'payment.cancelled cancelled'],
  ])
  expect(await balances(world, merchant.id)).toEqual({})
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('a part goes back on the shop’s signed cancel of that part, and no more', async () => {
  const { id } = await world.pay(await world.opened(merchant), [bankMeans()])
  const part = { ...wish(id), amount: 30_000n, strategy: 'ratio' as const }
  expect(await world.gateway.deeds.refund(counselor, part)).toMatchObject({ kind: 'refunded' })
  await world.settled({ merchantId: merchant.id, id })
  expect(shop.asked).toMatchObject([{ amount: '30000' }])
  expect(await transfer()).toMatchObject({ reversals: [{ amount: '30000' }] })
})

test.each([
  ['refuses', refuses, { kind: 'shop-declined', words: '이미 발송했어요' }],
  ['says nothing', () => 'nothing' as const, { kind: 'shop-silent' }],
])('a shop that %s: no won moves at the bank or in the books (M-217)', async (_, says, told) => {
  const { id } = await world.pay(await world.opened(merchant), [bankMeans()])
  const before = [await balance(), await balances(world, merchant.id)]
  shop.says(says)
  expect(await world.gateway.deeds.cancel(counselor, wish(id))).toEqual(told)
  await world.settled({ merchantId: merchant.id, id })
  expect(await transfer()).toMatchObject({ state: 'booked', reversals: [] })
  expect([await balance(), await balances(world, merchant.id)]).toEqual(before)
  expect(await world.gateway.refunds.listOfPayment(merchant.id, id)).toEqual([])
})
