import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { createVault } from '../cards/vault'
import { later } from '../clock'
import type { Uuid } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { krw, usd } from '../money/money'
import { noonClock } from '../payments/payments.fixtures'
import type { AccountActor } from './account'
import { createAccountKeeping } from './account-keeping'
import { aCharge, anAccount } from './accounts.fixtures'
import type { WatchedChange } from './watch'

const clock = noonClock()
let world: TestGateway
let merchantId: Uuid
const operator: AccountActor = { kind: 'operator', id: 'op', name: '운영자' }
const holder: AccountActor = { kind: 'shopper', id: 'per', name: '홍길동' }

beforeAll(async () => {
  world = await startGateway({ clock })
  merchantId = (await aMerchant(world.gateway)).id
})

const accounts = () => world.gateway.accounts

describe('a charge', () => {
  test('takes the amount, and is told with what is left', async () => {
    const account = await anAccount(world.gateway)
    const charged = await accounts().charge(aCharge(account.id, merchantId, 1_500))
    expect(charged).toMatchObject({ kind: 'charged', charge: { amount: 1_500n, balance: 98_500n }, repeated: false })
    expect(await accounts().find(account.id)).toMatchObject({ balance: 98_500n, used: { month: 1_500n, day: 1_500n } })
  })

  test('with a reference that was used is answered as the first time, and moves nothing', async () => {
    const account = await anAccount(world.gateway)
    const request = aCharge(account.id, merchantId, 1_500)
    const first = await accounts().charge(request)
    const second = await accounts().charge(request)
    expect(second).toEqual({ ...first, repeated: true })
    expect(await accounts().charge({ ...request, amount: krw(1_600) })).toEqual({ kind: 'reference-reused' })
    expect((await accounts().find(account.id))!.balance).toBe(98_500n)
  })

  test('twice in one moment under one reference takes the amount once', async () => {
    const account = await anAccount(world.gateway)
    const request = aCharge(account.id, merchantId, 1_500)
    const both = await Promise.all([accounts().charge(request), accounts().charge(request)])
    expect(both.map(({ kind }) => kind)).toEqual(['charged', 'charged'])
    expect((await accounts().find(account.id))!.balance).toBe(98_500n)
  })

  const refusals: [string, string, (account: { id: Uuid }) => Promise<unknown>, bigint?][] = [
    ['more than is in it', 'insufficient', async () => undefined, 100_001n],
    [
      'more than the limit of a purchase',
      'purchase-limit',
      ({ id }) => accounts().setLimits(id, { perPurchase: 999n }),
    ],
    ['more than the limit of a month (M-96)', 'month-limit', ({ id }) => accounts().setLimits(id, { perMonth: 999n })],
    ['more than the limit of a day', 'day-limit', ({ id }) => accounts().setLimits(id, { perDay: 999n })],
    ['more than the holder’s own limit', 'month-limit', ({ id }) => accounts().setOwnLimits(id, { perMonth: 999n })],
    ['when it is suspended (M-98)', 'suspended', ({ id }) => accounts().suspend(id, operator, '확인 중')],
    ['when its validity is over (M-97)', 'expired', ({ id }) => accounts().setValidity(id, later(clock.now(), -1))],
    ['when its card was reported lost (M-101)', 'locked', ({ id }) => accounts().reportLost(id, holder)],
  ]
  test.each(refusals)('is refused %s (M-70, M-100)', async (_when, reason, make, amount = 1_000n) => {
    const account = await anAccount(world.gateway)
    await make(account)
    expect(await accounts().check(account.id, krw(amount))).toEqual({ kind: 'refused', reason })
    expect(await accounts().charge(aCharge(account.id, merchantId, amount))).toMatchObject({ kind: 'refused', reason })
    expect(await accounts().find(account.id)).toMatchObject({ balance: 100_000n, held: 0n, used: { month: 0n } })
  })

  test('in another currency, or of an account that nobody has, is refused (M-99)', async () => {
    const account = await anAccount(world.gateway)
    expect(await accounts().charge({ ...aCharge(account.id, merchantId, 1), amount: usd(1) })).toMatchObject({
      reason: 'wrong-currency',
    })
    expect(await accounts().charge(aCharge(merchantId, merchantId, 1))).toMatchObject({ reason: 'unregistered' })
    expect(await accounts().charge(aCharge(account.id, merchantId, 1, { ownOnly: true }))).toMatchObject({
      reason: 'unregistered',
    })
  })

  test('of a postpaid account is owed, up to its limit of a month and what it may owe at all (M-69, M-71)', async () => {
    const account = await anAccount(world.gateway, {
      kind: 'postpaid',
      balance: 0n,
      limits: { perMonth: 30_000n },
      creditLimit: 20_000n,
    })
    expect(await accounts().charge(aCharge(account.id, merchantId, 15_000))).toMatchObject({
      kind: 'charged',
      charge: { balance: -15_000n },
    })
    expect((await accounts().find(account.id))!.available).toBe(5_000n)
    expect(await accounts().charge(aCharge(account.id, merchantId, 5_001))).toMatchObject({ reason: 'credit-limit' })
    expect((await accounts().open({ kind: 'postpaid', currency: 'KRW' })).kind).toBe('refused')
  })

  test('split over several accounts is taken from all of them or from none', async () => {
    const [one, other] = [await anAccount(world.gateway), await anAccount(world.gateway, { balance: 500n })]
    const { accountId: _one, amount: _amount, ...request } = aCharge(one.id, merchantId, 1)
    const split = (reference: string, amounts: [bigint, bigint]) =>
      accounts().chargeSplit({
        ...request,
        reference,
        currency: 'KRW',
        parts: [
          { accountId: one.id, amount: amounts[0] },
          { accountId: other.id, amount: amounts[1] },
        ],
      })
    expect(await split('a', [1_000n, 501n])).toMatchObject({ kind: 'refused', reason: 'insufficient', part: 1 })
    expect(await accounts().find(one.id)).toMatchObject({ balance: 100_000n, used: { month: 0n, day: 0n } })
    expect(await split('b', [1_000n, 500n])).toMatchObject({
      kind: 'charged',
      charges: [{ amount: 1_000n }, { amount: 500n, balance: 0n }],
    })
    expect((await accounts().find(one.id))!.balance).toBe(99_000n)
  })
})

describe('a refund', () => {
  test('gives a charge back in parts, never more, and the month no longer counts it', async () => {
    const account = await anAccount(world.gateway)
    const charge = aCharge(account.id, merchantId, 1_000)
    await accounts().charge(charge)
    const back = (reference: string, amount?: bigint) =>
      accounts().refund({
        ...{ merchantId, requester: 'api', reference, description: '환불', shop: '모아 상점' },
        charge: { reference: charge.reference },
        ...(amount !== undefined && { amount: krw(amount) }),
      })
    const key = charge.reference
    expect(await back(`${key}-1`, 400n)).toMatchObject({ kind: 'refunded', refund: { amount: 400n, balance: 99_400n } })
    expect(await back(`${key}-1`, 400n)).toMatchObject({ kind: 'refunded', repeated: true })
    expect(await back(`${key}-2`, 601n)).toMatchObject({ kind: 'refused', reason: 'exceeds' })
    await accounts().reportLost(account.id, holder)
    expect(await back(`${key}-3`)).toMatchObject({ kind: 'refunded', refund: { amount: 600n } })
    expect(await accounts().find(account.id)).toMatchObject({ balance: 100_000n, used: { month: 0n, day: 0n } })
    expect(await back(`${key}-4`)).toMatchObject({ kind: 'refused', reason: 'exceeds' })
  })

  test('of somebody else’s charge finds none', async () => {
    const account = await anAccount(world.gateway)
    const charged = await accounts().charge(aCharge(account.id, merchantId, 1_000))
    if (charged.kind !== 'charged') throw new Error('not charged')
    const other = await aMerchant(world.gateway)
    expect(
      await accounts().refund({
        ...{ merchantId: other.id, requester: 'api', reference: 'x', description: '환불', shop: '다른 상점' },
        charge: { id: charged.charge.id, accountId: account.id },
      }),
    ).toMatchObject({ kind: 'refused', reason: 'no-such-charge' })
  })
})

describe('a reservation', () => {
  const reserved = async (accountId: Uuid, amount: number, expiresAt?: Date) => {
    const made = await accounts().reserve(aCharge(accountId, merchantId, amount, expiresAt ? { expiresAt } : {}))
    if (made.kind !== 'reserved') throw new Error('not reserved')
    return { merchantId, requester: 'api', reservationId: made.reservationId }
  }
  const chargeOf = (place: Awaited<ReturnType<typeof reserved>>, amount: number, last = false) =>
    accounts().chargeReservation({
      ...{ ...place, last, amount: krw(amount), description: '통화' },
      reference: `${place.reservationId}-${amount}`,
    })

  test('counts in what may be used, is charged in parts and gives the rest back', async () => {
    const account = await anAccount(world.gateway, { limits: { perMonth: 10_000n } })
    const place = await reserved(account.id, 6_000)
    expect(await accounts().find(account.id)).toMatchObject({ balance: 100_000n, held: 6_000n, available: 94_000n })
    expect(await accounts().charge(aCharge(account.id, merchantId, 4_001))).toMatchObject({ reason: 'month-limit' })
    expect(await accounts().reserveMore(place, krw(2_000))).toMatchObject({ reservation: { held: 8_000n } })
    expect(await chargeOf(place, 8_001)).toMatchObject({ kind: 'refused', reason: 'exceeds' })
    expect(await chargeOf(place, 5_000)).toMatchObject({ kind: 'charged', charge: { balance: 95_000n } })
    expect(await chargeOf(place, 5_000)).toMatchObject({ kind: 'charged', repeated: true })
    expect(await accounts().release(place)).toMatchObject({ reservation: { state: 'released', charged: 5_000n } })
    expect(await accounts().release(place)).toMatchObject({ kind: 'done' })
    expect(await accounts().find(account.id)).toMatchObject({ balance: 95_000n, held: 0n, used: { month: 5_000n } })
    expect(await chargeOf(place, 1)).toMatchObject({ reason: 'reservation-closed' })
  })

  test('is given back when its time is over, and can then not be charged', async () => {
    const account = await anAccount(world.gateway)
    const place = await reserved(account.id, 6_000, later(clock.now(), -1))
    expect(await chargeOf(place, 1)).toMatchObject({ reason: 'reservation-closed' })
    await accounts().expireReservations(100)
    expect(await accounts().find(account.id)).toMatchObject({ held: 0n, used: { month: 0n } })
    expect(await accounts().reservation(place)).toMatchObject({ state: 'expired' })
  })

  test('of another application is none', async () => {
    const account = await anAccount(world.gateway)
    const place = { ...(await reserved(account.id, 6_000)), requester: 'app' }
    expect(await accounts().release(place)).toMatchObject({ reason: 'no-such-reservation' })
    expect(await accounts().reserveMore(place, krw(1))).toMatchObject({ reason: 'no-such-reservation' })
    expect(await chargeOf(place, 1)).toMatchObject({ reason: 'no-such-reservation' })
    expect(await accounts().reservation(place)).toBeUndefined()
  })
})

test('a leg that was given up before it was held is not held afterwards', async () => {
  const account = await anAccount(world.gateway)
  const leg = { merchantId, paymentId: account.id, attempt: 1, leg: 1 }
  const from = { accountId: account.id, amount: krw(1_000), description: '주문', shop: '모아 상점' }
  expect(await accounts().legs.void(leg)).toEqual({ kind: 'done' })
  expect(await accounts().legs.hold(leg, from)).toEqual({ kind: 'refused', reason: 'interrupted' })
  const second = { ...leg, leg: 2 }
  expect(await accounts().legs.hold(second, from)).toEqual({ kind: 'held' })
  expect(await accounts().legs.hold(second, from)).toEqual({ kind: 'held' })
  expect(await accounts().legs.settle(second)).toEqual({ kind: 'done' })
  expect(await accounts().legs.settle(second)).toEqual({ kind: 'done' })
  expect(await accounts().legs.void(second)).toEqual({ kind: 'refused' })
  const back = { reference: 'r1', amount: krw(400) }
  expect(await accounts().legs.refund(second, back)).toEqual({ kind: 'done' })
  expect(await accounts().legs.refund(second, back)).toEqual({ kind: 'done' })
  expect(await accounts().legs.refund(second, { ...back, reference: 'r2', amount: krw(601) })).toEqual({
    kind: 'refused',
  })
  expect(await accounts().find(account.id)).toMatchObject({ balance: 99_400n, held: 0n, used: { month: 600n } })
})

describe('a PIN', () => {
  test('is tried five times, however many guess at once; the right one comes too late then', async () => {
    const account = await anAccount(world.gateway, { pin: '4826', balance: 0n })
    const guesses = await Promise.all(
      Array.from({ length: 8 }, (_, n) => accounts().verifyPin({ number: account.number }, `90${n}7`)),
    )
    expect(new Set(guesses.map(({ kind }) => kind))).toEqual(new Set(['wrong']))
    expect(await accounts().verifyPin({ number: account.number }, '4826')).toEqual({ kind: 'wrong' })
    expect(await accounts().verifyPin({ id: account.id }, '4826')).toEqual({ kind: 'locked' })
    expect(await accounts().setPin(account.id, '5937')).toEqual({ kind: 'set' })
    expect(await accounts().verifyPin({ number: account.number }, '5937')).toMatchObject({ kind: 'right' })
  })

  test('makes an account that is nobody’s the shopper’s own, once', async () => {
    const account = await anAccount(world.gateway, { pin: '4826', balance: 0n })
    expect(await accounts().claim(merchantId, account.number, '0000')).toEqual({ kind: 'wrong' })
    expect(await accounts().claim(merchantId, account.number, '4826')).toMatchObject({ kind: 'right' })
    expect(await accounts().claim(account.id, account.number, '4826')).toEqual({ kind: 'taken' })
    expect((await accounts().ofShopper(merchantId)).map(({ id }) => id)).toEqual([account.id])
  })

  test.each(['123', '1234', '9876', '7777', '12a4', '123456789'])('%s is none to use', async (pin) => {
    expect((await accounts().open({ kind: 'prepaid', currency: 'KRW', pin })).kind).toBe('refused')
  })
})

test('who suspended an account decides who may resume it', async () => {
  const account = await anAccount(world.gateway)
  expect(await accounts().suspend(account.id, holder)).toBe(true)
  expect(await accounts().suspend(account.id, operator, '조사')).toBe(true)
  expect(await accounts().resume(account.id, holder)).toBe(false)
  expect(await accounts().resume(account.id, operator)).toBe(true)
  expect(await accounts().resume(account.id, operator)).toBe(false)
  expect((await accounts().find(account.id))!.suspendedAt).toBeUndefined()
})

test('an account is found by what people have at hand', async () => {
  const account = await anAccount(world.gateway, { mobile: '+821055550001' })
  const found = async (text: string) => (await accounts().list({ text, limit: 100 })).map(({ id }) => id)
  expect(await found(account.number)).toEqual([account.id])
  expect(await found(account.lastFour)).toContain(account.id)
  expect(await found('+821055550001')).toEqual([account.id])
  expect((await accounts().ofMobile('+821055550001')).map(({ id }) => id)).toEqual([account.id])
  expect(await accounts().findByNumber(account.number)).toMatchObject({ id: account.id, mobileMasked: '+82******0001' })
  expect(await found('nobody of this name')).toEqual([])
})

test('its number and telephone open under a new key once they are sealed again, and its PIN stays', async () => {
  const account = await anAccount(world.gateway, { mobile: '+821055550002', pin: '4826' })
  const { CARD_KEYS, FINGERPRINT_KEY, TIME_ZONE: zone } = world.settings
  const sealing = [{ id: 'newer', key: randomBytes(32) }, ...CARD_KEYS]
  const { pool } = world.gateway.database
  const parts = { pool, clock: world.gateway.clock, zone }
  const after = createAccountKeeping({ ...parts, vault: createVault({ sealing, fingerprint: FINGERPRINT_KEY }) })
  // Number and telephone share a key: a new telephone seals this number anew, and no other account's.
  const changed = await anAccount(world.gateway)
  expect(await after.setMobile(changed.id, '+821055550009')).toBe(true)
  const newerOnes = await pool.query('select id from account where key_id = $1', ['newer'])
  expect(newerOnes.rows).toEqual([{ id: changed.id }])
  while ((await after.rotateKeys(7)) > 0);
  const newOnly = createVault({ sealing: sealing.slice(0, 1), fingerprint: FINGERPRINT_KEY })
  expect(await createAccountKeeping({ ...parts, vault: newOnly }).numberOf(account.id)).toBe(account.number)
  const { rows } = await pool.query<{ sealedNumber: Uint8Array<ArrayBuffer> }>(
    'select sealed_mobile as "sealedNumber" from account where id = $1',
    [account.id],
  )
  const place = { kind: 'account-mobile' as const, ownerId: account.id, id: account.id }
  expect(newOnly.open(place, { ...rows[0]!, keyId: 'newer' })).toBe('+821055550002')
  expect(await accounts().verifyPin({ number: account.number }, '4826')).toMatchObject({ kind: 'right' })
})

test('the holder is told of a charge, of a low balance and of a refund, in the same transaction (M-91, M-92, P7.3)', async () => {
  const account = await anAccount(world.gateway, { mobile: '+821055550003', threshold: 95_000n })
  const charge = aCharge(account.id, merchantId, 4_000)
  await accounts().charge(charge)
  expect(await told(account.id)).toEqual(['account-payment'])
  await accounts().charge(aCharge(account.id, merchantId, 1_000))
  await accounts().charge(aCharge(account.id, merchantId, 99_999))
  expect(await told(account.id)).toEqual(['account-balance', 'account-payment', 'account-payment'])
  await accounts().refund({
    ...{ merchantId, requester: 'api', reference: 'back' },
    charge: { reference: charge.reference },
  })
  expect(await told(account.id)).toContain('account-refund')
})

test('who watches an account is told of each charge, and once when it falls to the threshold (M-83)', async () => {
  const account = await anAccount(world.gateway)
  const watch = { merchantId, kind: 'watched', topic: 'account', payload: { correlator: 'c1' } }
  const id = await accounts().watch({
    ...{ ...watch, accountId: account.id },
    ...{ changes: ['charged', 'low-balance'] as const, threshold: 98_000n },
  })
  for (const amount of [1_000, 1_000, 1_000]) await accounts().charge(aCharge(account.id, merchantId, amount))
  const changes = async () => {
    const { rows } = await world.gateway.database.pool.query<{
      payload: { correlator: string; change: WatchedChange }
    }>(
      "select payload from message where kind = 'watched' and payload->'change'->>'accountId' = $1 order by created_at, id",
      [account.id],
    )
    return rows.map(({ payload: { change } }) => `${change.kind} ${change.balance}`).sort()
  }
  const expected = ['charged 97000', 'charged 98000', 'charged 99000', 'low-balance 98000']
  expect(await changes()).toEqual(expected)
  expect(await accounts().unwatch(account.id, id)).toBe(true)
  await accounts().charge(aCharge(account.id, merchantId, 1_000))
  expect(await changes()).toEqual(expected)
})

async function told(accountId: Uuid): Promise<string[]> {
  const { rows } = await world.gateway.database.pool.query<{ topic: string }>(
    "select topic from message where payload->>'accountId' = $1 order by topic",
    [accountId],
  )
  return rows.map(({ topic }) => topic)
}

test('history and statement say what moved, newest first and month by month', async () => {
  const account = await anAccount(world.gateway)
  await accounts().charge(aCharge(account.id, merchantId, 1_000))
  await accounts().charge(aCharge(account.id, merchantId, 2_000))
  const history = await accounts().history(account.id, { limit: 2 })
  expect(history.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
    [2_000n, 97_000n],
    [1_000n, 99_000n],
  ])
  const [month] = await accounts().months(account.id)
  expect(await accounts().statement(account.id, month!)).toMatchObject({
    ...{ opening: 0n, closing: 97_000n, more: false },
    totals: { charge: 3_000n, 'top-up': 100_000n },
  })
  expect(await accounts().daily(account.id, month!)).toMatchObject([{ amount: 3_000n }])
  expect(await accounts().statement(account.id, '2026-13')).toBeUndefined()
})

test('whatever was done above, the books agree with the accounts', async () => {
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})
