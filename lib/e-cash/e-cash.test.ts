import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { createVault } from '../cards/vault'
import { accounts } from '../ledger/accounts'
import { verifyBooks } from '../ledger/verify'
import type { Uuid } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import { createECash } from './e-cash'
import { aWalletWith, buyWithECash, load, orderLoad, payLoad } from './e-cash.fixtures'
import type { Wallet } from './wallet'

/** For a room of a test's own, which asks for no PIN. */
const aVault = () => createVault({ sealing: [{ id: 'test', key: randomBytes(32) }], fingerprint: randomBytes(32) })

let world: TestGateway
let shop: Merchant
let shopperId: Uuid

beforeAll(async () => {
  world = await startGateway()
})

beforeEach(async () => {
  shop = await aMerchant(world.gateway, { modules: ['card', 'vcard', 'e-cash'] })
  shopperId = (await aShopper(world.gateway)).id
})

const buy = (amount: bigint, changes: { pin?: string } = {}) =>
  buyWithECash(world.gateway, shop, shopperId, { amount, ...changes })
const balance = async () => (await world.gateway.eCash.walletIn(shopperId, 'KRW'))?.balance

/** What is owed in an account of a merchant's books. */
async function owed(merchantId: Uuid, account: string): Promise<bigint> {
  const { rows } = await world.gateway.database.pool.query<{ owed: bigint }>(
    'select coalesce(-sum(amount), 0)::bigint as owed from entry where merchant_id = $1 and account = $2',
    [merchantId, account],
  )
  return rows[0]!.owed
}

async function booksAgree(): Promise<void> {
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
}

test('value loaded by card is moved by PIN to the wallet of the shop, which deposits it (M-115)', async () => {
  const { eCash } = world.gateway
  const before = await owed(HOUSE_MERCHANT, accounts.payable)
  const wallet = await aWalletWith(world.gateway, shopperId, 30_000n)
  expect(await balance()).toBe(30_000n)
  // What the card brought in is owed to the wallet's holder, not to the house.
  expect(await owed(HOUSE_MERCHANT, accounts.payable)).toBe(before)
  expect(await owed(HOUSE_MERCHANT, accounts.eCashWallet(wallet.id))).toBe(30_000n)

  expect(await buy(12_000n)).toMatchObject({ kind: 'settled' })
  expect(await balance()).toBe(18_000n)
  expect(await eCash.taken(shop.id)).toEqual([krw(12_000)])
  expect(await owed(shop.id, accounts.payable)).toBe(0n)

  const by = { kind: 'person', id: 'owner', name: '오세린' } as const
  expect(await eCash.deposit(shop.id, by)).toEqual([krw(12_000)])
  expect(await eCash.deposit(shop.id, by)).toEqual([])
  expect(await owed(shop.id, accounts.payable)).toBe(12_000n)
  expect(await eCash.deposits(shop.id, { limit: 10 })).toMatchObject([{ amount: 12_000n, by }])
  expect(await eCash.history(wallet, { limit: 10 })).toMatchObject([
    { kind: 'spend', amount: -12_000n, balance: 18_000n, shop: shop.name, description: '웹툰 이용권' },
    { kind: 'load', amount: 30_000n, balance: 30_000n },
  ])
  await booksAgree()
})

test('five wrong PINs lock a wallet, whatever is typed afterwards, until its holder sets a new one', async () => {
  const wallet = await aWalletWith(world.gateway, shopperId, 10_000n)
  for (const _ of Array(4).keys()) expect(await buy(100n, { pin: '9999' })).toMatchObject({ reason: 'wrong-pin' })
  expect(await buy(100n, { pin: '9999' })).toMatchObject({ kind: 'declined', reason: 'pin-locked' })
  expect(await buy(100n)).toMatchObject({ kind: 'declined', reason: 'pin-locked' })
  expect(await world.gateway.eCash.setPin(wallet, '1234')).toBe('pin-too-simple')
  expect(await world.gateway.eCash.setPin(wallet, '7391')).toBe('done')
  expect(await buy(100n, { pin: '7391' })).toMatchObject({ kind: 'settled' })
  expect(await balance()).toBe(9_900n)
})

test('a right PIN takes back the wrong ones before it', async () => {
  const wallet = await aWalletWith(world.gateway, shopperId, 0n)
  const { checkPin } = world.gateway.eCash
  for (const _ of Array(4).keys()) await checkPin(wallet, '9999')
  expect(await checkPin(wallet, '2580')).toBe('right')
  for (const _ of Array(4).keys()) expect(await checkPin(wallet, '9999')).toBe('wrong-pin')
})

test('fifty guesses at once get no more than five tries', async () => {
  const wallet = await aWalletWith(world.gateway, shopperId, 0n)
  const other = await world.another()
  const guesses = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      (index % 2 ? other : world.gateway).eCash.checkPin(wallet, String(5000 + index)),
    ),
  )
  expect(guesses.filter((verdict) => verdict === 'wrong-pin').length).toBeLessThan(5)
  expect(await world.gateway.eCash.checkPin(wallet, '2580')).toBe('pin-locked')
})

test('no more is paid than there is, than may be paid at once, or by somebody without a wallet', async () => {
  await aWalletWith(world.gateway, shopperId, 200_000n)
  expect(await buy(100_001n)).toMatchObject({ kind: 'declined', reason: 'limit-exceeded' })
  expect(await buy(100_000n)).toMatchObject({ kind: 'settled' })
  expect(await buy(100_000n)).toMatchObject({ kind: 'settled' })
  expect(await buy(1n)).toMatchObject({ kind: 'declined', reason: 'insufficient-funds' })
  shopperId = (await aShopper(world.gateway)).id
  expect(await buy(1n)).toMatchObject({ kind: 'declined', reason: 'not-permitted' })
})

test('a wallet holds no more than its cap, what is on its way into it included', async () => {
  const wallet = await aWalletWith(world.gateway, shopperId, 100_000n)
  await orderLoad(world.gateway, wallet, 300_000n)
  await expect(orderLoad(world.gateway, wallet, 100_001n)).rejects.toThrow('over-cap')
  await orderLoad(world.gateway, wallet, 100_000n)
})

test('what was paid for is credited once, however many see it; what was not paid is not', async () => {
  const wallet = await aWalletWith(world.gateway, shopperId, 0n)
  const other = await world.another()
  const paymentId = await orderLoad(world.gateway, wallet, 5_000n)
  expect(await world.gateway.topUps.settle(shopperId, paymentId)).toMatchObject({ state: 'open' })
  const cancelled = await orderLoad(world.gateway, wallet, 7_000n)
  await world.gateway.payments.cancel(HOUSE_MERCHANT, cancelled)
  await payLoad(world.gateway, paymentId)
  await Promise.all([
    ...Array.from({ length: 10 }, () => other.topUps.settle(shopperId, paymentId)),
    world.gateway.topUps.settleDue(100),
  ])
  expect(await balance()).toBe(5_000n)
  expect(await world.gateway.topUps.settle(shopperId, cancelled)).toMatchObject({ state: 'failed' })
  expect(await world.gateway.topUps.settle((await aShopper(world.gateway)).id, paymentId)).toBeUndefined()
  await booksAgree()
})

test('an order is paid in part with e-cash; when the card says no, the wallet keeps its value', async () => {
  await aWalletWith(world.gateway, shopperId, 20_000n)
  const beside = (role: 'roomy' | 'declines') => {
    const { number, expiry } = demoCard('hanbit', role)
    return { module: 'card', amount: 30_000n, input: { number, expiry } }
  }
  const order = { amount: 45_000n }
  const declined = await buyWithECash(world.gateway, shop, shopperId, { ...order, beside: beside('declines') })
  expect(declined.kind).toBe('declined')
  expect(await world.gateway.eCash.walletIn(shopperId, 'KRW')).toMatchObject({ balance: 20_000n, held: 0n })
  const paid = await buyWithECash(world.gateway, shop, shopperId, { ...order, beside: beside('roomy') })
  expect(paid.kind).toBe('settled')
  expect(await balance()).toBe(5_000n)
  await booksAgree()
})

test('a refund brings value back from the shop, from what is owed to it where it has deposited it', async () => {
  const { eCash, refunds } = world.gateway
  await aWalletWith(world.gateway, shopperId, 20_000n)
  const bought = await buy(20_000n)
  if (bought.kind !== 'settled') throw new Error(bought.kind)
  const by = { kind: 'job', id: 'test', name: '' } as const
  await eCash.deposit(shop.id, by)
  const back = (amount: bigint) =>
    refunds.open({
      ...{ merchantId: shop.id, paymentId: bought.payment.id, amount, reason: '환불' },
      ...{ kind: 'refund', strategy: 'ratio', requestedBy: { kind: 'person', id: 'owner', name: '오세린' } },
    })
  expect(await back(5_000n)).toMatchObject({ kind: 'opened', refund: { state: 'refunded' } })
  expect(await balance()).toBe(5_000n)
  expect(await eCash.taken(shop.id)).toEqual([krw(-5_000)])
  await eCash.deposit(shop.id, by)
  expect(await owed(shop.id, accounts.payable)).toBe(15_000n)
  expect(await back(15_001n)).toMatchObject({ kind: 'refused' })
  await booksAgree()
})

test('a shop that does not deposit for a day has it done for it', async () => {
  await aWalletWith(world.gateway, shopperId, 9_000n)
  await buy(9_000n)
  const { eCash } = world.gateway
  while (await eCash.depositDue(50)) continue
  expect(await eCash.taken(shop.id)).toEqual([krw(9_000)])
  const tomorrow = { now: () => new Date(Date.now() + 25 * 3_600_000) }
  const later = createECash({ ...{ database: world.gateway.database, clock: tomorrow }, vault: aVault() })
  while (await later.depositDue(50)) continue
  expect(await eCash.taken(shop.id)).toEqual([])
  expect(await owed(shop.id, accounts.payable)).toBe(9_000n)
})

test('a shopper has one wallet in a currency, and none where there is no e-cash', async () => {
  const wallet: Wallet = await aWalletWith(world.gateway, shopperId, 0n)
  const { eCash } = world.gateway
  expect(await eCash.open(shopperId, { currency: 'KRW', pin: '2580' })).toMatchObject({ reason: 'open-already' })
  expect(await eCash.open(shopperId, { currency: 'JPY', pin: '2580' })).toMatchObject({ reason: 'currency' })
  expect(await eCash.wallets(shopperId)).toEqual([wallet])
  await load(world.gateway, wallet, 100n)
  expect(await balance()).toBe(100n)
})
