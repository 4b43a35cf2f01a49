import { beforeAll, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import { aPayment } from '../desk/desk.fixtures'
import { krw } from '../money/money'
import { requestedBy } from '../payments/payments.fixtures'
import type { Merchant } from '../merchants/merchant'
import type { DailyLine } from './daily-store'

// Twenty past midnight in Seoul, when it is still the day before in UTC: the day is the installation's, not the process'.
const START = new Date('2026-11-20T15:20:00Z')
const TODAY = '2026-11-21'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let world: TestGateway
let shop: Merchant
let now = START

beforeAll(async () => {
  world = await startGateway({ clock: { now: () => now } })
  shop = await aMerchant(world.gateway)
})

const figures = async (merchantId = shop.id) =>
  (await world.gateway.daily.lines({ first: TODAY, last: TODAY, merchantId })).map(briefly)

const briefly = ({ hour, module, result, reason, count, amount }: DailyLine) =>
  [hour, module || '–', reason ? `${result}: ${reason}` : result, count, amount] as const

test('M-35: a day’s figures say what became of every leg, by hour, means and result, in the zone of the installation (M-64)', async () => {
  const { payments, refunds, daily } = world.gateway
  await aPayment(world, shop.id, { amount: krw(30_000) })
  const refunded = await aPayment(world, shop.id, { amount: krw(12_000) })
  await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
  await aPayment(world, shop.id, { issuer: 'saero', amount: krw(5_000) })
  now = later(START, 60 * MINUTE)
  await aPayment(world, shop.id, { amount: krw(7_000), captureMode: 'manual' })
  const opened = await payments.open({
    ...{ merchantId: shop.id, orderRef: 'looked-only', orderName: '우산', amount: krw(9_000) },
    ...{ captureMode: 'automatic', channel: 'hosted', locale: 'ko', metadata: {} },
  })
  expect(opened.kind).toBe('opened')
  await refunds.open({
    ...{ merchantId: shop.id, paymentId: refunded.id, amount: 4_000n, strategy: 'ratio', kind: 'refund' },
    ...{ reason: '', requestedBy },
  })
  await refunds.idle()

  await daily.count(TODAY)
  expect(await figures()).toEqual([
    [0, 'card', 'approved', 2, 42_000n],
    [0, 'card', 'declined: insufficient-funds', 1, 5_000n],
    [1, '–', 'open', 1, 9_000n],
    [1, 'card', 'approved', 1, 7_000n],
    [1, 'card', 'refunded', 1, 4_000n],
  ])
})

test('M-35: counting a day again, or many times at once, gives the same figures; what came later is in the next', async () => {
  const { daily } = world.gateway
  const before = await figures()
  const other = await world.another()
  await Promise.all([daily.count(TODAY), other.daily.count(TODAY), daily.count(TODAY), other.daily.count(TODAY)])
  expect(await figures()).toEqual(before)

  await aPayment(world, shop.id, { amount: krw(1_000) })
  await daily.count(TODAY)
  expect(await figures()).toContainEqual([1, 'card', 'approved', 2, 8_000n])
})

test('no shop’s figures hold another’s, and no day’s those of the next', async () => {
  const other = await aMerchant(world.gateway)
  now = later(START, DAY - 21 * MINUTE)
  await aPayment(world, other.id, { amount: krw(2_000) })
  now = later(START, DAY - 20 * MINUTE)
  await aPayment(world, other.id, { amount: krw(3_000) })
  await world.gateway.daily.count(TODAY)
  expect(await figures(other.id)).toEqual([[23, 'card', 'approved', 1, 2_000n]])
})

test('M-35: the day before is counted once its set time has come, days that were missed too, and none of them twice (M-47)', async () => {
  const { daily } = world.gateway
  const days = async () => (await daily.counted('2026-11-01', '2026-12-31')).map(({ day }) => day)
  // 00:29 of the 22nd: the set time is 00:30, and what was counted before the day was over does not count.
  now = new Date('2026-11-21T15:29:00Z')
  expect(await daily.countDue()).toBe(false)
  const [early] = await daily.counted(TODAY, TODAY)
  now = new Date('2026-11-21T15:30:00Z')
  expect(await daily.countDue()).toBe(false)
  const [made] = await daily.counted(TODAY, TODAY)
  expect(made!.computedAt.getTime()).toBeGreaterThan(early!.computedAt.getTime())

  // The worker was away for three days.
  now = new Date('2026-11-24T20:00:00Z')
  expect(await daily.countDue()).toBe(true)
  expect(await daily.countDue()).toBe(true)
  expect(await daily.countDue()).toBe(false)
  expect(await days()).toEqual([TODAY, '2026-11-22', '2026-11-23', '2026-11-24'])
  const counted = await daily.counted('2026-11-01', '2026-12-31')
  expect(await daily.countDue()).toBe(false)
  expect(await daily.counted('2026-11-01', '2026-12-31')).toEqual(counted)
})
