import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import type { Gateway } from '../gateway'
import type { Uuid } from '../ids'
import { accounts as ledger } from '../ledger/accounts'
import { verifyBooks } from '../ledger/verify'
import { krw } from '../money/money'
import { aCharge, anAccount, load } from './accounts.fixtures'

let ahead = 0
let world: TestGateway
let other: Gateway
let merchantId: Uuid

beforeAll(async () => {
  world = await startGateway({ clock: { now: () => later(new Date(), ahead) } })
  other = await world.another()
  merchantId = (await aMerchant(world.gateway)).id
})

test('5,000 charges at once over two processes take exactly the limit, and each reference once (N9)', async () => {
  const account = await anAccount(world.gateway, { balance: 1_000_000n, limits: { perMonth: 40_000n } })
  const requests = Array.from({ length: 5_000 }, (_, n) => aCharge(account.id, merchantId, 10 + (n % 7)))
  const gateways = [world.gateway, other] as const
  // Every tenth reference comes through the other process too.
  const [results, repeats] = await Promise.all([
    Promise.all(requests.map((request, n) => gateways[n % 2]!.accounts.charge(request))),
    Promise.all(requests.map((request, n) => (n % 10 === 0 ? other.accounts.charge(request) : undefined))),
  ])
  const taken = new Map<Uuid, bigint>()
  for (const [n, result] of results.entries()) {
    const repeat = repeats[n]
    if (repeat) expect({ ...repeat, repeated: null }).toEqual({ ...result, repeated: null })
    if (result.kind === 'charged') taken.set(result.charge.id, result.charge.amount)
  }
  const sum = [...taken.values()].reduce((total, amount) => total + amount, 0n)
  const after = await world.gateway.accounts.find(account.id)
  expect(after).toMatchObject({ balance: 1_000_000n - sum, used: { month: sum } })
  // Nothing that would still have fitted was refused.
  expect(40_000n - sum).toBeLessThan(16n)
  expect(40_000n - sum).toBeGreaterThanOrEqual(0n)
  const lines = await world.gateway.database.pool.query<{ lines: number; sum: bigint }>(
    'select count(*)::int as lines, sum(amount)::bigint as sum from entry where account = $1 and amount > 0',
    [ledger.microAccount(account.id)],
  )
  expect(lines.rows).toEqual([{ lines: taken.size, sum }])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('splits over the same accounts in every order at once neither wait for ever nor take half', async () => {
  const three = await Promise.all([1, 2, 3].map(() => anAccount(world.gateway, { balance: 3_000n })))
  const results = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const order = [three[n % 3]!, three[(n + 1 + (n % 2)) % 3]!]
      return [world.gateway, other][n % 2]!.accounts.chargeSplit({
        ...{
          merchantId,
          requester: 'api',
          reference: randomUUID(),
          currency: 'KRW',
          description: '나눔',
          shop: '상점',
        },
        parts: order.map(({ id }) => ({ accountId: id, amount: 100n })),
      })
    }),
  )
  const done = results.filter(({ kind }) => kind === 'charged').length
  const left = await Promise.all(three.map(async ({ id }) => (await other.accounts.find(id))!.balance))
  expect(left.reduce((a, b) => a + b)).toBe(9_000n - BigInt(done) * 200n)
  expect(left.some((balance) => balance < 100n)).toBe(true)
  expect(await verifyBooks(other.database.pool)).toEqual([])
})

/** A small model of an account with limits, against which sequences of deeds are tried. */
interface Model {
  balance: bigint
  held: bigint
  used: bigint
  suspended: boolean
  limit: bigint
  charges: { reference: string; left: bigint }[]
  holds: { place: { merchantId: Uuid; requester: string; reservationId: Uuid }; left: bigint }[]
}
type Real = { accountId: Uuid }
type Deed = fc.AsyncCommand<Model, Real>

const room = (m: Model) => {
  const most = m.limit - m.used < m.balance - m.held ? m.limit - m.used : m.balance - m.held
  return m.suspended ? 0n : most
}
const either = () => (Math.random() < 0.5 ? world.gateway : other).accounts

const deed = (name: string, check: (m: Model) => boolean, run: (m: Model, r: Real) => Promise<void>): Deed => ({
  check,
  run,
  toString: () => name,
})

const charge = (amount: bigint) =>
  deed(
    `charge ${amount}`,
    () => true,
    async (m, { accountId }) => {
      const request = aCharge(accountId, merchantId, amount)
      const result = await either().charge(request)
      expect(await either().charge(request)).toEqual({ ...result, repeated: true })
      expect(result.kind).toBe(amount <= room(m) ? 'charged' : 'refused')
      if (result.kind !== 'charged') return
      m.balance -= amount
      m.used += amount
      m.charges.push({ reference: request.reference, left: amount })
    },
  )
const refund = (which: number, amount: bigint) =>
  deed(
    `refund ${which} ${amount}`,
    (m) => m.charges.length > 0,
    async (m) => {
      const of = m.charges[which % m.charges.length]!
      const result = await either().refund({
        ...{ merchantId, requester: 'api', reference: randomUUID() },
        charge: { reference: of.reference },
        amount: krw(amount),
      })
      expect(result.kind).toBe(amount <= of.left ? 'refunded' : 'refused')
      if (result.kind !== 'refunded') return
      of.left -= amount
      m.balance += amount
      m.used -= amount
    },
  )
const reserve = (amount: bigint) =>
  deed(
    `reserve ${amount}`,
    () => true,
    async (m, { accountId }) => {
      const result = await either().reserve(aCharge(accountId, merchantId, amount))
      expect(result.kind).toBe(amount <= room(m) ? 'reserved' : 'refused')
      if (result.kind !== 'reserved') return
      m.held += amount
      m.used += amount
      m.holds.push({ place: { merchantId, requester: 'api', reservationId: result.reservationId }, left: amount })
    },
  )
const take = (which: number, amount: bigint, last: boolean) =>
  deed(
    `take ${which} ${amount} ${last}`,
    (m) => m.holds.length > 0,
    async (m) => {
      const hold = m.holds[which % m.holds.length]!
      const reference = randomUUID()
      const result = await either().chargeReservation({
        ...{ ...hold.place, reference, amount: krw(amount), description: '통화', last },
      })
      expect(result.kind).toBe(amount <= hold.left ? 'charged' : 'refused')
      if (result.kind !== 'charged') return
      m.charges.push({ reference, left: amount })
      m.balance -= amount
      m.held -= amount
      hold.left -= amount
      if (!last) return
      m.held -= hold.left
      m.used -= hold.left
      hold.left = 0n
    },
  )
const release = (which: number) =>
  deed(
    `release ${which}`,
    (m) => m.holds.length > 0,
    async (m) => {
      const hold = m.holds[which % m.holds.length]!
      await either().release(hold.place)
      m.held -= hold.left
      m.used -= hold.left
      hold.left = 0n
    },
  )
const suspend = (suspended: boolean) =>
  deed(
    suspended ? 'suspend' : 'resume',
    () => true,
    async (m, { accountId }) => {
      const by = { kind: 'operator' as const, id: 'op', name: '운영자' }
      await (suspended ? either().suspend(accountId, by) : either().resume(accountId, by))
      m.suspended = suspended
    },
  )
const topUp = (amount: bigint) =>
  deed(
    `top up ${amount}`,
    () => true,
    async (m, { accountId }) => {
      await load({ accounts: either() }, accountId, amount)
      m.balance += amount
    },
  )

test('whatever is charged, given back, set aside, released or suspended in whatever order, the account says what the model says', async () => {
  const amount = fc.bigInt({ min: 1n, max: 4_000n })
  const which = fc.nat({ max: 20 })
  const commands = fc.commands(
    [
      amount.map(charge),
      fc.tuple(which, amount).map(([n, part]) => refund(n, part)),
      amount.map(reserve),
      fc.tuple(which, amount, fc.boolean()).map(([n, part, last]) => take(n, part, last)),
      which.map(release),
      fc.boolean().map(suspend),
      amount.map(topUp),
    ],
    { maxCommands: 30 },
  )
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const account = await anAccount(world.gateway, { balance: 10_000n, limits: { perMonth: 15_000n } })
      const model: Model = {
        ...{ balance: 10_000n, held: 0n, used: 0n, suspended: false, limit: 15_000n },
        ...{ charges: [], holds: [] },
      }
      await fc.asyncModelRun(() => ({ model, real: { accountId: account.id } }), sequence)
      const { balance, held, used } = (await world.gateway.accounts.find(account.id))!
      expect({ balance, held, used: used.month }).toEqual({
        balance: model.balance,
        held: model.held,
        used: model.used,
      })
    }),
    { numRuns: 25 },
  )
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('months and days begin at local midnight, whatever zone the process is in, and what comes back goes where it came from (P7.2)', async () => {
  const at = (moment: string) => void (ahead = new Date(moment).getTime() - Date.now())
  const { accounts } = world.gateway
  // 23:59:30 of 31 January in Seoul is the afternoon in UTC.
  at('2027-01-31T14:59:30Z')
  const account = await anAccount(world.gateway, { limits: { perMonth: 10_000n, perDay: 8_000n } })
  const january = aCharge(account.id, merchantId, 6_000)
  expect(await accounts.charge(january)).toMatchObject({ kind: 'charged' })
  const held = await accounts.reserve(aCharge(account.id, merchantId, 2_000))
  expect(await accounts.charge(aCharge(account.id, merchantId, 1))).toMatchObject({ reason: 'day-limit' })

  at('2027-01-31T15:00:30Z')
  expect((await accounts.find(account.id))!.used).toEqual({ month: 0n, day: 0n })
  expect(await accounts.charge(aCharge(account.id, merchantId, 8_000))).toMatchObject({ kind: 'charged' })
  // What comes back from January makes no room in February.
  await accounts.refund({
    ...{ merchantId, requester: 'api', reference: randomUUID() },
    charge: { reference: january.reference },
  })
  if (held.kind !== 'reserved') throw new Error('not reserved')
  await accounts.release({ merchantId, requester: 'api', reservationId: held.reservationId })
  expect((await accounts.find(account.id))!.used).toEqual({ month: 8_000n, day: 8_000n })

  at('2027-02-01T15:00:30Z')
  expect((await accounts.find(account.id))!.used).toEqual({ month: 8_000n, day: 0n })
  expect(await accounts.charge(aCharge(account.id, merchantId, 2_001))).toMatchObject({ reason: 'month-limit' })
  expect(await accounts.charge(aCharge(account.id, merchantId, 500))).toMatchObject({ kind: 'charged' })
  // A clock that is behind counts in the day that has begun.
  at('2027-02-01T14:59:30Z')
  expect(await accounts.charge(aCharge(account.id, merchantId, 1_500))).toMatchObject({ kind: 'charged' })
  expect((await accounts.find(account.id))!.used).toEqual({ month: 10_000n, day: 2_000n })
  expect((await accounts.statement(account.id, '2027-01'))!.totals.charge).toBe(6_000n)
  expect((await accounts.daily(account.id, '2027-01')).map(({ amount }) => amount)).toEqual([0n])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('a reservation that is made larger in the next month counts in that month', async () => {
  const at = (moment: string) => void (ahead = new Date(moment).getTime() - Date.now())
  const { accounts } = world.gateway
  at('2027-03-31T14:00:00Z')
  const account = await anAccount(world.gateway, { limits: { perMonth: 10_000n } })
  const made = await accounts.reserve(aCharge(account.id, merchantId, 6_000))
  if (made.kind !== 'reserved') throw new Error('not reserved')
  const place = { merchantId, requester: 'api', reservationId: made.reservationId }
  at('2027-03-31T16:00:00Z')
  await accounts.charge(aCharge(account.id, merchantId, 3_000))
  expect(await accounts.reserveMore(place, krw(1_001))).toMatchObject({ reason: 'month-limit' })
  expect(await accounts.reserveMore(place, krw(1_000))).toMatchObject({ kind: 'done' })
  expect((await accounts.find(account.id))!.used.month).toBe(10_000n)
  await accounts.release(place)
  expect((await accounts.find(account.id))!.used.month).toBe(3_000n)
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})
