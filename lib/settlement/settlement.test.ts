import { expect, test } from 'vitest'
import { aMerchant, startGateway } from '../../test/gateway'
import { aloneAt } from '../db/alone'
import { uuidAt, type Uuid } from '../ids'
import { merchantBalance } from '../ledger/balance-store'
import { verifyBooks } from '../ledger/verify'
import { agree, anAccount, booked, settled } from './settlement.fixtures'
import type { TermsMark } from './terms-store'

let now = new Date('2026-11-02T03:00:00.000Z')
const day = (number: number, hour = 20) => (now = new Date(Date.UTC(2026, 10, number, hour)))
const { gateway, outside, another } = await startGateway({ clock: { now: () => new Date(now) } })
const { settlement } = gateway

const payouts = (merchantId: Uuid) => settlement.list(merchantId, { limit: 50 })
const owed = (merchantId: Uuid) => merchantBalance(gateway.database.pool, merchantId, 'KRW')
const bankPaid = async (number: string) =>
  (await outside.paidOut('gaon')).filter(({ account, status }) => account === number && status === 'ACSC')

test('a merchant is paid on its day what was taken until the day before, once, and the bank’s book shows it (M-249, M-289)', async () => {
  day(2)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id, { delayDays: 1 })
  const number = await anAccount(gateway, id)
  await booked(gateway, id, 50_000n)
  await booked(gateway, id, -8_000n, { kind: 'refund' })
  day(3)
  await booked(gateway, id, 1_000n)
  await settled(gateway)
  await settled(gateway)
  expect(await bankPaid(number)).toMatchObject([{ amount: '42000', currency: 'KRW', holder: '달그릇 주식회사' }])
  const [payout, ...others] = await payouts(id)
  expect(others).toEqual([])
  expect(payout).toMatchObject({ state: 'paid', amount: 42_000n, lines: 2, day: '2026-11-04' })
  expect(await owed(id)).toBe(1_000n)
  expect((await settlement.steps(payout!)).map(({ state }) => state)).toEqual(['collecting', 'due', 'filed', 'paid'])
})

test.each([
  ['day', { every: 'day' }, 5],
  ['Wednesday', { every: 'week', day: 3 }, 11],
  ['twentieth of the month', { every: 'month', day: 20 }, 20],
] as const)('a merchant whose schedule names a %s is paid then and not before', async (_name, schedule, due) => {
  day(4, 1)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id, { schedule })
  await anAccount(gateway, id)
  await booked(gateway, id, 10_000n)
  // Four o'clock in Seoul is nineteen the day before by Greenwich.
  day(due - 1, 18)
  await settled(gateway)
  expect(await payouts(id)).toEqual([])
  day(due - 1, 19)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'paid', amount: 10_000n }])
})

test('what is less than the minimum, and what a merchant owes, is carried on to the next payout', async () => {
  day(21)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id, { minimum: 5_000n })
  await anAccount(gateway, id)
  await booked(gateway, id, 4_000n)
  day(22)
  await settled(gateway)
  await booked(gateway, id, -6_000n, { kind: 'refund' })
  day(23)
  await settled(gateway)
  await booked(gateway, id, 20_000n)
  day(24)
  await settled(gateway)
  expect((await payouts(id)).map(({ state, net, carriedIn, amount }) => [state, net, carriedIn, amount])).toEqual([
    ['paid', 18_000n, -2_000n, 18_000n],
    ['carried', -2_000n, 4_000n, 0n],
    ['carried', 4_000n, 0n, 0n],
  ])
  expect(await owed(id)).toBe(0n)
})

test('a part of the sales is kept back for some days and comes with the payout after them', async () => {
  day(1)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id, { reserveBps: 1_000, reserveDays: 2 })
  await anAccount(gateway, id)
  await booked(gateway, id, 99_999n)
  expect(await settlement.outlook(id)).toMatchObject([{ gathering: 99_999n, held: 0n, reserved: 0n }])
  day(2)
  await settled(gateway)
  expect(await settlement.outlook(id)).toMatchObject([{ gathering: 0n, reserved: 9_999n }])
  expect(await payouts(id)).toMatchObject([{ reserved: 9_999n, amount: 90_000n }])
  day(3)
  await settled(gateway)
  expect(await payouts(id)).toHaveLength(1)
  day(4)
  await settled(gateway)
  expect((await payouts(id))[0]).toMatchObject({ state: 'paid', released: 9_999n, amount: 9_999n })
  expect(await settlement.outlook(id)).toMatchObject([{ reserved: 0n, gathering: 0n, carried: 0n }])
})

test('nothing is paid before two people have agreed on the account, and who proposed it cannot be the second', async () => {
  day(5)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  await booked(gateway, id, 7_000n)
  const by = { id, name: '오세린', role: 'owner' }
  const account = {
    merchantId: id,
    currency: 'KRW',
    bank: 'gaon',
    number: '900-312 345 678',
    holder: '달그릇',
    by,
  } as const
  const proposed = await settlement.proposeAccount(account)
  if (proposed.kind !== 'proposed') throw new Error('refused')
  expect(await settlement.proposeAccount({ ...account, number: '12' })).toEqual({ kind: 'refused', fault: 'number' })
  day(6)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'waiting', reason: 'no-account', amount: 0n }])
  expect(await settlement.decideAccount(id, proposed.id, { agreed: true, by })).toBe(false)
  expect(await owed(id)).toBe(7_000n)
  const second = { id: '00000000-0000-7000-8000-000000000001', name: '강도현', role: 'operator' }
  expect(await settlement.decideAccount(id, proposed.id, { agreed: true, by: second })).toBe(true)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'paid', amount: 7_000n }])
  expect(await bankPaid('900312345678')).toHaveLength(1)
})

test('a payout that the bank refuses is owed again, and paid to the next account that is agreed on', async () => {
  day(7)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  await anAccount(gateway, id)
  await booked(gateway, id, 30_000n)
  await outside.payoutSwitch('gaon', { do: 'refuse', times: 1 })
  day(8)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'rejected', reason: 'AC04', amount: 30_000n }])
  expect(await owed(id)).toBe(30_000n)
  expect(await settlement.accounts(id)).toMatchObject([{ state: 'rejected-by-bank' }])
  day(9)
  await settled(gateway)
  expect((await payouts(id))[0]).toMatchObject({ state: 'waiting', reason: 'no-account' })
  const other = await anAccount(gateway, id)
  await settled(gateway)
  expect((await payouts(id))[0]).toMatchObject({ state: 'paid', amount: 30_000n })
  expect(await bankPaid(other)).toMatchObject([{ amount: '30000' }])
})

test('a payout that comes back after it was paid is owed again, and a report that is read twice changes nothing', async () => {
  day(10)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  const number = await anAccount(gateway, id)
  await booked(gateway, id, 12_000n)
  day(11)
  await settled(gateway)
  const [paid] = await bankPaid(number)
  await outside.sendBackPayout('gaon', paid!.reference)
  await settled(gateway)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'rejected', amount: 12_000n }])
  expect(await owed(id)).toBe(12_000n)
})

test('a bank that cannot be reached, and one that does not answer, is neither a yes nor a no', async () => {
  day(12)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  const number = await anAccount(gateway, id)
  await booked(gateway, id, 9_000n)
  await outside.payoutSwitch('gaon', { do: 'take', times: 1 })
  await outside.fileBankSwitch('gaon', { do: 'cut', times: 1 })
  day(13)
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'filed', amount: 9_000n }])
  await settled(gateway)
  expect(await payouts(id)).toMatchObject([{ state: 'accepted', amount: 9_000n }])
  expect(await owed(id)).toBe(0n)
  expect((await outside.paidOut('gaon')).filter(({ account }) => account === number)).toHaveLength(1)
})

test('what was booked before there were terms is paid out too, and all of it is in exactly one payout', async () => {
  day(14)
  const { id } = await aMerchant(gateway)
  for (let n = 1; n <= 30; n++) await booked(gateway, id, BigInt(n))
  await agree(gateway, id)
  await anAccount(gateway, id)
  for (let n = 1; n <= 30; n++) await booked(gateway, id, BigInt(n))
  day(15)
  await Promise.all([settlement.settleDue(), (await another()).settlement.settleDue()])
  await settled(gateway)
  const [payout] = await payouts(id)
  expect(payout).toMatchObject({ lines: 60, amount: 930n })
  const lines = await settlement.lines(payout!, { limit: 100 })
  expect(new Set(lines.map(({ postingId }) => postingId)).size).toBe(60)
})

test('P9.4: a file that one worker brings to the bank is not brought by a second at the same time, nor once more after it', async () => {
  const second = (await another()).settlement
  day(16)
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  const number = await anAccount(gateway, id)
  await booked(gateway, id, 30_000n)
  day(17)
  while (await settlement.settleDue()) continue
  await outside.fileBankSwitch('gaon', { do: 'cut', times: 1 })
  await settlement.orderDue()
  const written = async () => (await settlement.files(50)).filter(({ state }) => state === 'written')
  const [file] = await written()
  await aloneAt(gateway.database.pool, 'order-files', file!.id, async () => {
    await second.orderDue()
    expect(await written()).toHaveLength(1)
  })
  await Promise.all([settlement.orderDue(), second.orderDue()])
  await settled(gateway)
  expect(await written()).toEqual([])
  const oneByOne = async (before?: Uuid): Promise<string[]> => {
    const [one] = await settlement.files(1, before)
    return one ? [one.name, ...(await oneByOne(one.id))] : []
  }
  expect(await oneByOne()).toEqual((await settlement.files(500)).map(({ name }) => name))
  expect(await bankPaid(number)).toMatchObject([{ amount: '30000' }])
})

test('the lists of shops with terms and without are read to their ends, each shop on one of them', async () => {
  const name = `목록${uuidAt(now)}`
  const shops = [
    await aMerchant(gateway, { name }),
    await aMerchant(gateway, { name }),
    await aMerchant(gateway, { name }),
  ]
  const [first, second, third] = shops.map(({ id }) => id)
  await agree(gateway, first!, { currency: 'KRW' })
  await agree(gateway, first!, { currency: 'USD' })
  await agree(gateway, second!)
  const terms = async (after?: TermsMark): Promise<string[]> => {
    const [one] = await settlement.listTerms({ text: name, after, limit: 1 })
    return one ? [`${one.merchantId} ${one.currency}`, ...(await terms(one))] : []
  }
  expect(await terms()).toEqual([`${first} KRW`, `${first} USD`, `${second} KRW`])
  for (const merchantId of [second!, third!]) {
    const account = { currency: 'KRW', bank: 'gaon', number: '90035550001111', holder: name } as const
    await settlement.proposeAccount({ merchantId, ...account, by: { id: merchantId, name, role: 'owner' } })
  }
  const proposed = async (after?: Uuid): Promise<Uuid[]> => {
    const [one] = await settlement.proposedAccounts(1, after)
    return one ? [...(one.name === name ? [one.merchantId] : []), ...(await proposed(one.id))] : []
  }
  expect(await proposed()).toEqual([second, third])
  const without = (before?: Uuid) => settlement.listWithoutTerms({ text: name, before, limit: 1 })
  expect(await without()).toMatchObject([{ id: third, name, currencies: ['KRW', 'USD'] }])
  expect(await without(third)).toEqual([])
})

test('the books and the queues of all these payouts are in order', async () => {
  expect(await verifyBooks(gateway.database.pool)).toEqual([])
})
