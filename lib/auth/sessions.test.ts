import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidAt } from '../ids'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let room: AuthRoom
beforeAll(async () => (room = await startAuth()))
afterAll(() => room.close())

async function aPerson(kind: 'shopper' | 'staff' = 'shopper'): Promise<string> {
  const result = await room.people.register(aRegistration())
  if (result.kind !== 'registered') throw new Error('not registered')
  if (kind === 'staff') {
    const now = room.clock.now()
    const merchantId = uuidAt(now)
    const words = { name: '책방', nameEn: 'Bookshop', categoryCode: '5942', currencies: ['KRW'] }
    await room.database.prisma.merchant.create({ data: { id: merchantId, ...words, createdAt: now } })
    await room.people.appoint({ merchantId, personId: result.person.id, role: 'staff' })
  }
  return result.person.id
}

test('P6.5: a token carries 256 random bits and its text is nowhere in the database', async () => {
  const personId = await aPerson()
  const [one, two] = [await room.sessions.start(personId), await room.sessions.start(personId)]
  expect(one).not.toBe(two)
  expect(Buffer.from(one, 'base64url')).toHaveLength(32)
  const { rows } = await room.database.pool.query<{ row: string }>('select session::text as row from session')
  expect(rows.some(({ row }) => row.includes(one) || row.includes(Buffer.from(one).toString('hex')))).toBe(false)
})

test('P6.5: a shopper stays logged in for fourteen days and not longer', async () => {
  const token = await room.sessions.start(await aPerson())
  room.clock.advance(14 * 24 * HOUR - MINUTE)
  expect(await room.sessions.find(token)).toBeDefined()
  room.clock.advance(MINUTE)
  expect(await room.sessions.find(token)).toBeUndefined()
})

test('P6.5: staff are logged out after fifteen idle minutes', async () => {
  const token = await room.sessions.start(await aPerson('staff'))
  room.clock.advance(14 * MINUTE)
  expect(await room.sessions.find(token)).toMatchObject({ memberships: [{ role: 'staff' }] })
  room.clock.advance(14 * MINUTE)
  expect(await room.sessions.find(token)).toBeDefined()
  room.clock.advance(15 * MINUTE)
  expect(await room.sessions.find(token)).toBeUndefined()
})

test('P6.5: staff are logged out after twelve hours however busy they are', async () => {
  const token = await room.sessions.start(await aPerson('staff'))
  for (let minutes = 10; minutes < 12 * 60; minutes += 10) {
    room.clock.advance(10 * MINUTE)
    expect(await room.sessions.find(token)).toBeDefined()
  }
  room.clock.advance(10 * MINUTE)
  expect(await room.sessions.find(token)).toBeUndefined()
})

test('P6.5: logging out ends this session, "everywhere" ends all of them', async () => {
  const personId = await aPerson()
  const tokens = await Promise.all([1, 2, 3].map(() => room.sessions.start(personId)))
  await room.sessions.end(tokens[0]!)
  expect(await room.sessions.find(tokens[0]!)).toBeUndefined()
  expect(await room.sessions.find(tokens[1]!)).toMatchObject({ person: { id: personId } })
  await room.sessions.endAll(personId)
  expect(await room.sessions.find(tokens[1]!)).toBeUndefined()
  expect(await room.sessions.find(tokens[2]!)).toBeUndefined()
})

test.each([[''], ['x'], ['A'.repeat(43)], ['a'.repeat(5000)], ["' or true --"]])(
  'the token %j belongs to nobody',
  async (token) => {
    expect(await room.sessions.find(token)).toBeUndefined()
  },
)

test('sessions that are too old for anybody are cleared away', async () => {
  const personId = await aPerson()
  await room.sessions.start(personId)
  room.clock.advance(14 * 24 * HOUR)
  const fresh = await room.sessions.start(personId)
  expect(await room.sessions.removeExpired(100)).toBeGreaterThan(0)
  expect(await room.sessions.removeExpired(100)).toBe(0)
  expect(await room.sessions.find(fresh)).toBeDefined()
})

test('P6.1, P6.5: an operator’s role counts from the next log-in, has the hours of staff, and is gone as soon as it is taken away', async () => {
  const personId = await aPerson()
  const shopping = await room.sessions.start(personId)
  await room.people.appointToSystem(personId, 'operator')
  expect(await room.sessions.find(shopping)).toBeUndefined()

  const token = await room.sessions.start(personId)
  expect(await room.sessions.find(token)).toMatchObject({ systemRole: 'operator', memberships: [] })
  room.clock.advance(15 * MINUTE)
  expect(await room.sessions.find(token)).toBeUndefined()

  const working = await room.sessions.start(personId)
  await room.people.appointToSystem(personId, undefined)
  expect(await room.sessions.find(working)).toBeUndefined()
  expect(await room.sessions.find(await room.sessions.start(personId))).toMatchObject({ systemRole: undefined })
})
