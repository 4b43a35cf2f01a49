import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import { sum } from '../money/money'
import { movingStates } from '../payments/payment-moves'
import { createChargeStore } from './charge-store'
import type { Limit, LimitScope } from './limits'
import { anOperator, aPhoneShop, type ChargeRow, type PhoneWorld, startPhoneWorld } from './phone.fixtures'

// The telcos' days and months are those of Seoul, wherever the process runs.
process.env.TZ = 'America/Los_Angeles'

const PRICE = 1_000n
const LIMIT = 100_000n
/** Midnight of the first of December in Seoul. */
const MIDNIGHT = new Date('2026-11-30T15:00:00Z')

let world: PhoneWorld
let another: Gateway

beforeAll(async () => {
  world = await startPhoneWorld()
  another = await world.another()
})

beforeEach(async () => {
  await world.allow({})
  await world.gateway.phoneBill.limits.resume({ scope: 'operator' }, anOperator)
})

const total = (rows: readonly ChargeRow[]) => sum(rows.map(({ amount }) => amount))

/** Purchases that arrive at two processes at once, at the end of all of them. */
async function manyPurchases(lineId: Uuid, count: number, during?: () => void) {
  const gateways = [world.gateway, another] as const
  const buying = Array.from({ length: count }, (_, index) =>
    world.buy(lineId, PRICE, { gateway: gateways[index % 2 === 0 ? 0 : 1] }),
  )
  during?.()
  const opened = await Promise.all(buying)
  // On a busy machine an answer may have been due before the payment was at rest.
  await Promise.all(gateways.map(({ payments }) => payments.idle()))
  const payments = await Promise.all(
    opened.map(async (payment) =>
      movingStates.includes(payment.state)
        ? (await world.gateway.payments.find(payment.merchantId, payment.id))!
        : payment,
    ),
  )
  return {
    paid: payments.filter(({ state }) => state === 'paid').length,
    reasons: [...new Set(payments.flatMap(({ reason }) => reason ?? []))],
  }
}

test('of a thousand purchases at once on one line not one wins above its limit (P2.5, P7.2)', async () => {
  const lineId = await world.line()
  await world.allow({ perMonth: LIMIT })
  const { paid, reasons } = await manyPurchases(lineId, 1_000)
  expect(paid).toBe(Number(LIMIT / PRICE))
  expect(reasons).toEqual(['line-month-limit'])
  expect(total(await world.charges(lineId))).toBe(LIMIT)
})

test('nor when each asks the database on a connection of its own, line by line', async () => {
  const lines = await Promise.all(Array.from({ length: 10 }, () => world.line()))
  await world.allow({ perMonth: 10n * PRICE })
  const pools = Array.from({ length: 20 }, () => new pg.Pool({ connectionString: world.databaseUrl, max: 1 }))
  const stores = pools.map(createChargeStore)
  const asked = Array.from({ length: 1_000 }, (_, index) => ({
    ...{ merchantId: world.shop.id, paymentId: uuidAt(new Date()), attempt: 1, leg: 1, at: world.clock.now() },
    ...{ lineId: lines[index % lines.length]!, amount: PRICE, currency: 'KRW', centre: 'BARAM', zone: 'Asia/Seoul' },
    ...{ description: '웹툰 이용권', subscriberRef: 'S1', lineKind: 'PSTN' },
  }))
  // Each store has one call under way, so that twenty are checked at the same moment.
  await Promise.all(asked.map((hold, index) => stores[index % stores.length]!.hold(hold)))
  for (const lineId of lines) expect(total(await world.charges(lineId))).toBe(10n * PRICE)
  await Promise.all(pools.map((pool) => pool.end()))
})

test('a month ends at midnight in Seoul: purchases under way then fill neither month beyond its limit', async () => {
  const lineId = await world.line()
  await world.allow({ perMonth: LIMIT, perDay: LIMIT })
  world.clock.set(new Date(MIDNIGHT.getTime() - 60_000))
  const before = await manyPurchases(lineId, 60)
  expect(before.paid).toBe(60)
  const over = await manyPurchases(lineId, 440, () => world.clock.set(MIDNIGHT))
  const after = await manyPurchases(lineId, 500)
  const charges = await world.charges(lineId)
  const ofMonth = (month: string) => total(charges.filter((charge) => charge.month === month))
  expect(ofMonth('2026-11')).toBeLessThanOrEqual(LIMIT)
  expect(ofMonth('2026-12')).toBe(LIMIT)
  expect(charges.length).toBe(before.paid + over.paid + after.paid)
  for (const { day, purchased_at: at } of charges) expect(day).toBe(at < MIDNIGHT ? '2026-11-30' : '2026-12-01')
  world.clock.set(new Date())
})

describe('the tightest limit wins', () => {
  const scopes: Record<LimitScope['scope'], (lineId: Uuid) => LimitScope> = {
    operator: () => ({ scope: 'operator' }),
    telco: () => ({ scope: 'telco', key: 'baram' }),
    merchant: () => ({ scope: 'merchant', key: world.shop.id }),
    line: (lineId) => ({ scope: 'line', key: lineId }),
  }
  const cases: readonly [LimitScope['scope'], Limit, string][] = [
    ['operator', { perPurchase: 4_999n }, 'line-purchase-limit'],
    ['telco', { perDay: 9_999n }, 'line-day-limit'],
    ['merchant', { perMonth: 9_999n }, 'line-month-limit'],
    ['line', { countPerDay: 1 }, 'line-count-limit'],
    ['line', { countPerMonth: 1 }, 'line-count-limit'],
    ['telco', { perPurchase: 0n }, 'line-purchase-limit'],
  ]

  test.each(cases)('of the %s: %o refuses with %s, at once when it was lowered', async (scope, limit, reason) => {
    const lineId = await world.line()
    const place = scopes[scope](lineId)
    const { limits } = world.gateway.phoneBill
    await world.allow({ perPurchase: 1_000_000n, perMonth: 1_000_000n })
    expect(await world.buy(lineId, 5_000n)).toMatchObject({ state: 'paid' })
    await limits.set(place, 'KRW', limit, anOperator)
    expect(await world.buy(lineId, 5_000n)).toMatchObject({ state: 'declined', reason })
    await limits.set(place, 'KRW', {}, anOperator)
    expect(await world.buy(lineId, 5_000n)).toMatchObject({ state: 'paid' })
  })

  test('the telco’s own monthly cap of a line counts like any limit', async () => {
    const lineId = await world.line({ monthlyCap: '500000' })
    expect(await world.buy(lineId, 500_000n)).toMatchObject({ state: 'paid' })
    expect(await world.buy(lineId, 1n)).toMatchObject({ state: 'declined', reason: 'line-month-limit' })
  })

  test('a shop’s limit counts what the line bought at that shop alone', async () => {
    const lineId = await world.line()
    await world.gateway.phoneBill.limits.set(
      { scope: 'merchant', key: world.shop.id },
      'KRW',
      { perDay: 5_000n },
      anOperator,
    )
    expect(await world.buy(lineId, 9_000n, { shop: await aPhoneShop(world.gateway) })).toMatchObject({ state: 'paid' })
    expect(await world.buy(lineId, 5_000n)).toMatchObject({ state: 'paid' })
    expect(await world.buy(lineId, 1n)).toMatchObject({ state: 'declined', reason: 'line-day-limit' })
    await world.gateway.phoneBill.limits.set({ scope: 'merchant', key: world.shop.id }, 'KRW', {}, anOperator)
  })
})

test('what is only held counts, and comes back when it is given up (P7.2)', async () => {
  const lineId = await world.line()
  await world.allow({ perMonth: 10_000n })
  const held = await world.buy(lineId, 10_000n, { manual: true })
  expect(held.state).toBe('authorized')
  expect(await world.buy(lineId, 1n)).toMatchObject({ state: 'declined', reason: 'line-month-limit' })
  await world.gateway.payments.cancel(held.merchantId, held.id)
  expect(await world.buy(lineId, 10_000n)).toMatchObject({ state: 'paid' })
})

test('what is cancelled comes back to the month it came from, not to the one in which it is cancelled', async () => {
  const lineId = await world.line()
  await world.allow({ perMonth: 10_000n })
  world.clock.set(new Date(MIDNIGHT.getTime() - 3_600_000))
  const november = await world.buy(lineId, 10_000n)
  world.clock.set(new Date(MIDNIGHT.getTime() + 3_600_000))
  expect(await world.buy(lineId, 10_000n)).toMatchObject({ state: 'paid' })
  const requestedBy = { kind: 'person', id: 'p', name: 'Counselor' } as const
  await world.gateway.cancellations.cancel({
    ...{ merchantId: november.merchantId, paymentId: november.id, reason: 'wrong item', requestedBy },
  })
  expect(await world.buy(lineId, 1n)).toMatchObject({ state: 'declined', reason: 'line-month-limit' })
  world.clock.set(new Date(MIDNIGHT.getTime() - 1_800_000))
  expect(await world.buy(lineId, 10_000n)).toMatchObject({ state: 'paid' })
  world.clock.set(new Date())
})

describe('a line that is closed for purchases refuses at once', () => {
  const shopperId = '01920000-0000-7000-8000-000000000001'
  const guardian = { kind: 'guardian', id: 'g', name: 'Guardian' } as const
  const subscriber = { kind: 'subscriber', id: 's', name: 'Subscriber' } as const

  test('when the operator stops the method, and opens again when the operator resumes it (P7.3)', async () => {
    const lineId = await world.line()
    await world.gateway.phoneBill.limits.stop({ scope: 'operator' }, anOperator)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'module-unavailable' })
    await world.gateway.phoneBill.limits.resume({ scope: 'operator' }, anOperator)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'paid' })
  })

  test('when its shopper has locked it', async () => {
    const lineId = await world.line()
    const { lines } = world.gateway.phoneBill
    await lines.add(shopperId, lineId, '내 전화')
    expect(await lines.lock(shopperId, lineId)).toBe(true)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-locked' })
    expect(await lines.unlock(shopperId, lineId)).toBe(true)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'paid' })
  })

  test('when it is blocked, until whoever blocked it, or the operator, opens it', async () => {
    const lineId = await world.line()
    const { limits } = world.gateway.phoneBill
    await limits.block(lineId, subscriber)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-blocked' })
    expect(await limits.unblock(lineId, { kind: 'shopper', id: shopperId, name: '' })).toBe(false)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-blocked' })
    expect(await limits.unblock(lineId, subscriber)).toBe(true)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'paid' })
  })

  test('when it is a minor’s, unless the guardian has switched it on', async () => {
    const lineId = await world.line()
    const { pool } = world.gateway.database
    await pool.query(`update phone_line set minor_until = '2032-06-21' where id = $1`, [lineId])
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-of-minor' })
    await world.gateway.phoneBill.limits.allowMinor(lineId, true, guardian)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'paid' })
    await world.gateway.phoneBill.limits.allowMinor(lineId, false, guardian)
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-of-minor' })
  })

  test('when an earlier bill of it was not paid (M-28)', async () => {
    const lineId = await world.line()
    const { pool } = world.gateway.database
    await pool.query('update phone_line set arrears_since = now() where id = $1', [lineId])
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'declined', reason: 'line-arrears' })
    await pool.query('update phone_line set arrears_since = null where id = $1', [lineId])
    expect(await world.buy(lineId, PRICE)).toMatchObject({ state: 'paid' })
  })
})
