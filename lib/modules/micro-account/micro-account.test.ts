import { beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCard } from '../../../simulators/issuers/demo-cards'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../../test/gateway'
import { anAccount } from '../../accounts/accounts.fixtures'
import { type Uuid, uuidAt } from '../../ids'
import { verifyBooks } from '../../ledger/verify'
import type { Merchant } from '../../merchants/merchant'
import { krw } from '../../money/money'
import type { MeansInput } from '../../payments/plan-means'

const PIN = '2580'

let world: TestGateway
let shop: Merchant
let shopperId: Uuid
let phones = 0

beforeAll(async () => {
  world = await startGateway()
  shop = await aMerchant(world.gateway, { modules: ['card', 'micro-account'] })
})

beforeEach(async () => {
  shopperId = (await aShopper(world.gateway)).id
})

const aPhone = () => `+821066${String(++phones).padStart(6, '0')}`

/** Pays a new order; whoever is given is logged in. */
async function buy(amount: bigint, means: readonly MeansInput[], who?: Uuid) {
  const opened = await world.gateway.payments.open({
    ...{ merchantId: shop.id, orderRef: uuidAt(new Date()), orderName: '벨소리', amount: krw(amount), metadata: {} },
    ...({ captureMode: 'automatic', channel: 'hosted', locale: 'ko' } as const),
  })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  return world.gateway.payments.pay(shop.id, opened.payment.id, { means, ...(who && { shopperId: who }) })
}

const byNumber = (number: string, changes: { pin?: string; mobile?: string } = {}): MeansInput[] => [
  { module: 'micro-account', input: { number, pin: PIN, ...changes } },
]
const own = (accountId: Uuid, pin?: string): MeansInput[] => [
  { module: 'micro-account', input: { accountId, ...(pin && { pin }) } },
]

/** Sends what is due, and what has reached a telephone by then. */
async function textsTo(to: string): Promise<string[]> {
  // Nothing for telephones is taken up before the line to the SMS centre stands.
  await world.gateway.messages.sendDue(50)
  await expect.poll(() => world.gateway.messages.smsState()?.state).toMatch(/up|degraded/)
  while (await world.gateway.messages.sendDue(50)) continue
  await world.gateway.messages.idle()
  return (await world.outside.sms({ to })).map(({ text }) => text)
}

test('a request with number and PIN is charged, and the details come by SMS (M-88 to M-91, M-72)', async () => {
  const mobile = aPhone()
  const account = await anAccount(world.gateway, { balance: 30_000n, pin: PIN, mobile })
  expect(await buy(12_000n, byNumber(account.number))).toMatchObject({ kind: 'settled' })
  expect(await world.gateway.accounts.find(account.id)).toMatchObject({ balance: 18_000n, held: 0n })
  const texts = await textsTo(mobile)
  expect(texts).toHaveLength(1)
  expect(texts[0]).toContain(shop.name)
  expect(texts[0]).toContain('12,000')
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('at or under the threshold the balance is told besides (M-92, M-73, M-94)', async () => {
  const mobile = aPhone()
  const account = await anAccount(world.gateway, { balance: 30_000n, pin: PIN, mobile, threshold: 18_000n })
  await buy(11_999n, byNumber(account.number))
  expect(await textsTo(mobile)).toHaveLength(1)
  await buy(1n, byNumber(account.number))
  const texts = await textsTo(mobile)
  expect(texts).toHaveLength(3)
  expect(texts.filter((text) => text.includes('18,000'))).not.toEqual([])
})

test('that an account is not registered is told to the number that the request gave, and nowhere else (M-93, N10)', async () => {
  const to = aPhone()
  const answer = await buy(1_000n, byNumber('9420000000000000', { mobile: to }))
  expect(answer).toMatchObject({ kind: 'declined', reason: 'micro-account-wrong' })
  const texts = await textsTo(to)
  expect(texts).toEqual([expect.stringContaining('미등록 계정')])
  expect(texts[0]).toContain('0000')
  expect(await buy(1_000n, byNumber('9420000000000000'))).toMatchObject({ reason: 'micro-account-wrong' })
  expect(await textsTo(to)).toHaveLength(1)
})

test('nobody is flooded: three such messages an hour to a number, whatever shop is used (N10)', async () => {
  const to = aPhone()
  for (const _ of Array(6).keys()) await buy(1_000n, byNumber('9420000000000000', { mobile: to }))
  expect(await textsTo(to)).toHaveLength(3)
})

test('an account that is there, with a wrong PIN, is answered and told of exactly as one that is not (P6.7)', async () => {
  const [holder, to] = [aPhone(), aPhone()]
  const account = await anAccount(world.gateway, { pin: PIN, mobile: holder })
  const wrong = await buy(1_000n, byNumber(account.number, { pin: '9999', mobile: to }))
  const missing = await buy(1_000n, byNumber('9420000000000000', { mobile: to }))
  expect(wrong).toMatchObject({ kind: 'declined', reason: 'micro-account-wrong' })
  expect(missing).toMatchObject({ kind: 'declined', reason: 'micro-account-wrong' })
  const [second, first] = await textsTo(to)
  expect(second?.replaceAll(/[0-9]{4}/g, '')).toBe(first?.replaceAll(/[0-9]{4}/g, ''))
  expect(await textsTo(holder)).toEqual([])
})

test.each([
  ['suspended', 'micro-account-suspended'],
  ['lost', 'micro-account-lost'],
  ['expired', 'micro-account-expired'],
  ['over its month', 'micro-account-month-limit'],
  ['over its limit for one purchase', 'micro-account-purchase-limit'],
  ['empty', 'insufficient-funds'],
] as const)(
  'an account that is %s says so to whoever has proved control of it (M-96 to M-98, P6.7)',
  async (how, reason) => {
    const { accounts } = world.gateway
    const account = await anAccount(world.gateway, { pin: PIN, balance: how === 'empty' ? 999n : 50_000n })
    const by = { kind: 'operator', id: 'op', name: '' } as const
    if (how === 'suspended') await accounts.suspend(account.id, by)
    if (how === 'lost') await accounts.reportLost(account.id, by)
    if (how === 'expired') await accounts.setValidity(account.id, new Date(Date.now() - 1000))
    if (how === 'over its month') await accounts.setLimits(account.id, { perMonth: 999n })
    if (how === 'over its limit for one purchase') await accounts.setOwnLimits(account.id, { perPurchase: 999n })
    expect(await buy(1_000n, byNumber(account.number))).toMatchObject({ kind: 'declined', reason })
    expect(await accounts.find(account.id)).toMatchObject({ balance: account.balance, held: 0n })
  },
)

test('a lost card is worth nothing to whoever finds it, from one moment to the next (M-101)', async () => {
  const account = await anAccount(world.gateway, { shopperId, balance: 30_000n })
  expect(await buy(1_000n, own(account.id), shopperId)).toMatchObject({ kind: 'settled' })
  await world.gateway.accounts.reportLost(account.id, { kind: 'shopper', id: shopperId, name: '' })
  expect(await buy(1_000n, own(account.id), shopperId)).toMatchObject({ reason: 'micro-account-lost' })
})

test("an account of one's own pays with one tap, and with its PIN where it has one", async () => {
  const plain = await anAccount(world.gateway, { shopperId, balance: 5_000n })
  const guarded = await anAccount(world.gateway, { shopperId, balance: 5_000n, pin: PIN })
  expect(await buy(1_000n, own(plain.id), shopperId)).toMatchObject({ kind: 'settled' })
  expect(await buy(1_000n, own(guarded.id), shopperId)).toMatchObject({ kind: 'declined', reason: 'wrong-pin' })
  expect(await buy(1_000n, own(guarded.id, '9999'), shopperId)).toMatchObject({ reason: 'wrong-pin' })
  expect(await buy(1_000n, own(guarded.id, PIN), shopperId)).toMatchObject({ kind: 'settled' })
})

test("another's account is one that does not exist, and so is any for a guest without its number (P6.2)", async () => {
  const account = await anAccount(world.gateway, { shopperId, balance: 5_000n })
  const stranger = (await aShopper(world.gateway)).id
  for (const who of [stranger, undefined]) {
    expect(await buy(1_000n, own(account.id), who)).toMatchObject({ kind: 'declined', reason: 'micro-account-wrong' })
  }
})

test('an order is paid in part from an account; when the card says no, nothing is taken from it', async () => {
  const account = await anAccount(world.gateway, { balance: 20_000n, pin: PIN })
  const order = (role: 'roomy' | 'declines'): MeansInput[] => {
    const { number, expiry } = demoCard('hanbit', role)
    return [
      { module: 'micro-account', amount: 15_000n, input: { number: account.number, pin: PIN } },
      { module: 'card', amount: 30_000n, input: { number, expiry } },
    ]
  }
  expect(await buy(45_000n, order('declines'))).toMatchObject({ kind: 'declined' })
  expect(await world.gateway.accounts.find(account.id)).toMatchObject({ balance: 20_000n, held: 0n })
  expect(await buy(45_000n, order('roomy'))).toMatchObject({ kind: 'settled' })
  expect(await world.gateway.accounts.find(account.id)).toMatchObject({ balance: 5_000n, held: 0n })
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('a top-up by card is in the account once, however many see that it was paid', async () => {
  const { topUps, payments, accounts } = world.gateway
  const account = await anAccount(world.gateway, { shopperId, balance: 0n })
  const opened = await topUps.open({
    ...{ shopperId, target: 'account', targetId: account.id, amount: krw(20_000), locale: 'ko' },
    returnUrl: 'http://127.0.0.1/account',
  })
  if (opened.kind !== 'opened') throw new Error(opened.reason)
  const { number, expiry } = demoCard('narae', 'roomy')
  const { merchantId, paymentId } = opened
  await payments.pay(merchantId, paymentId, { means: [{ module: 'card', input: { number, expiry } }] })
  const other = await world.another()
  await Promise.all([
    ...Array.from({ length: 8 }, (_, index) => (index % 2 ? other : world.gateway).topUps.settle(shopperId, paymentId)),
    other.topUps.settleDue(50),
  ])
  expect(await accounts.find(account.id)).toMatchObject({ balance: 20_000n })
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})
