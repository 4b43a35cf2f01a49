import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidAt } from '../ids'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import type { Person } from './person'
import { isRegistrationNumber } from './registration-number'

let room: AuthRoom
beforeAll(async () => (room = await startAuth()))
afterAll(() => room.close())

async function register(changes = {}): Promise<Person> {
  const result = await room.people.register(aRegistration(changes))
  if (result.kind !== 'registered') throw new Error(`not registered: ${JSON.stringify(result)}`)
  return result.person
}

const right = 'seven green bicycles'
const wrong = 'seven green unicycles'
const login = (person: Person, password: string, device?: string) =>
  room.people.authenticate({ email: person.email, password, ...(device ? { device } : {}) })

async function lockedByStrangers(person: Person): Promise<void> {
  for (let tried = 0; tried < 10; tried++) await login(person, wrong)
}

test('M-271: each member gets a registration number of their own', async () => {
  const numbers = await Promise.all([register(), register(), register()])
  expect(new Set(numbers.map(({ registrationNumber }) => registrationNumber)).size).toBe(3)
  expect(numbers.every(({ registrationNumber }) => isRegistrationNumber(registrationNumber))).toBe(true)
})

test('an address is one person, however it is written', async () => {
  const person = await register({ email: '  Mina.KIM@Mail.Example ' })
  expect(person.email).toBe('mina.kim@mail.example')
  expect(await room.people.register(aRegistration({ email: 'mina.kim@mail.example' }))).toEqual({ kind: 'taken' })
  expect(await room.people.findByEmail('MINA.kim@mail.example')).toEqual(person)
})

test.each([
  ['no at sign', { email: 'mina.mail.example' }, 'bad-email'],
  ['a line break smuggled into the address', { email: 'mina@mail.example\r\nBcc: all@mail.example' }, 'bad-email'],
  ['two addresses', { email: 'mina@mail.example,jun@mail.example' }, 'bad-email'],
  ['no name', { name: '   ' }, 'bad-name'],
  ['a control character in the name', { name: 'Mi\u0000na' }, 'bad-name'],
  ['a short password', { password: 'too short' }, 'password-too-short'],
])('a registration with %s is refused and says which', async (_, changes, reason) => {
  expect(await room.people.register(aRegistration(changes))).toEqual({ kind: 'refused', reason })
})

test('P6.4: passwords are stored as Argon2id with at least 19 MiB and two passes, and never leave', async () => {
  const person = await register()
  const { passwordHash } = await room.database.prisma.person.findUniqueOrThrow({ where: { id: person.id } })
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(Object.keys((await room.people.get(person.id))!)).not.toContain('passwordHash')
})

test('M-189: the right password logs in, a wrong one and an unknown address get one and the same answer (M-205, M-218)', async () => {
  const person = await register()
  expect(await login(person, right)).toMatchObject({ kind: 'authenticated', person })
  const refusals = [
    await login(person, wrong),
    await login(person, ''),
    await login(person, `${right} `),
    await room.people.authenticate({ email: 'nobody@mail.example', password: right }),
    await room.people.authenticate({ email: 'not an address', password: right }),
  ]
  for (const refusal of refusals) expect(refusal).toEqual({ kind: 'refused' })
})

test('P6.4: after ten failures the account is locked for thirty minutes, with the same answer as ever', async () => {
  const person = await register()
  await lockedByStrangers(person)
  expect(await login(person, right)).toEqual({ kind: 'refused' })
  room.clock.advance(29 * 60_000)
  expect(await login(person, right)).toEqual({ kind: 'refused' })
  room.clock.advance(60_000)
  expect(await login(person, right)).toMatchObject({ kind: 'authenticated' })
})

test('P6.4: guesses made at the same moment cannot exceed ten', async () => {
  const person = await register()
  await Promise.all(Array.from({ length: 16 }, () => login(person, wrong)))
  const row = await room.database.prisma.person.findUniqueOrThrow({ where: { id: person.id } })
  expect(row.failedLogins).toBe(10)
  expect(row.lockedUntil).not.toBeNull()
})

test('P6.4: a log-in that succeeds starts the count again', async () => {
  const person = await register()
  for (let tried = 0; tried < 9; tried++) await login(person, wrong)
  await login(person, right)
  for (let tried = 0; tried < 9; tried++) await login(person, wrong)
  expect(await login(person, right)).toMatchObject({ kind: 'authenticated' })
})

test('P6.4: strangers who lock an account do not keep its owner out of a browser used before', async () => {
  const person = await register()
  const first = await login(person, right)
  if (first.kind !== 'authenticated') throw new Error('not let in')
  await lockedByStrangers(person)
  expect(await login(person, right)).toEqual({ kind: 'refused' })
  expect(await login(person, right, first.device)).toMatchObject({ kind: 'authenticated' })
})

test('P6.4: a known browser has ten tries too, and a device token of another person or of nobody counts for nothing', async () => {
  const [person, other] = [await register(), await register()]
  const mine = await login(person, right)
  const theirs = await login(other, right)
  if (mine.kind !== 'authenticated' || theirs.kind !== 'authenticated') throw new Error('not let in')
  await lockedByStrangers(person)

  for (const token of [theirs.device, 'x.y', `${randomBytes(16).toString('base64url')}.forged`, `${mine.device}x`]) {
    expect(await login(person, right, token)).toEqual({ kind: 'refused' })
  }
  for (let tried = 0; tried < 10; tried++) await login(person, wrong, mine.device)
  expect(await login(person, right, mine.device)).toEqual({ kind: 'refused' })
})

test('P6.5: changing the password needs the old one and ends every session', async () => {
  const person = await register()
  const token = await room.sessions.start(person.id)
  const next = 'eleven quiet lighthouses'
  expect(await room.people.changePassword(person.id, { current: wrong, next })).toEqual({
    kind: 'refused',
    reason: 'wrong-password',
  })
  expect(await room.people.changePassword(person.id, { current: right, next: 'short' })).toMatchObject({
    kind: 'refused',
  })
  expect(await room.sessions.find(token)).toBeDefined()

  expect(await room.people.changePassword(person.id, { current: right, next })).toEqual({ kind: 'changed' })
  expect(await room.sessions.find(token)).toBeUndefined()
  expect(await login(person, right)).toEqual({ kind: 'refused' })
  expect(await login(person, next)).toMatchObject({ kind: 'authenticated' })
})

test('P6.3: rights given, changed and taken away hold from the next request on', async () => {
  const person = await register()
  const merchantId = await aMerchant()
  await room.people.appoint({ merchantId, personId: person.id, role: 'counselor', refundLimit: 50_000n })
  expect(await room.people.memberships(person.id)).toEqual([
    { merchantId, personId: person.id, role: 'counselor', refundLimit: 50_000n },
  ])
  const token = await room.sessions.start(person.id)

  await room.people.appoint({ merchantId, personId: person.id, role: 'owner' })
  expect(await room.people.membership(person.id, merchantId)).toEqual({
    merchantId,
    personId: person.id,
    role: 'owner',
  })
  expect(await room.sessions.find(token)).toBeUndefined()

  const other = await register()
  await room.people.appoint({ merchantId, personId: other.id, role: 'owner' })
  expect(await room.people.dismiss(merchantId, person.id)).toBe('dismissed')
  expect(await room.people.membership(person.id, merchantId)).toBeUndefined()
  expect(await room.people.members(merchantId)).toMatchObject([{ personId: other.id }])
})

test('P6.3: a shop is never left without an owner, even when its owners dismiss each other at the same moment', async () => {
  const merchantId = await aMerchant()
  const owners = [await register(), await register()]
  for (const { id } of owners) await room.people.appoint({ merchantId, personId: id, role: 'owner' })

  const answers = await Promise.all(owners.map(({ id }) => room.people.dismiss(merchantId, id)))
  expect(answers.toSorted()).toEqual(['dismissed', 'last-owner'])
  const [left] = await room.people.members(merchantId)
  expect(await room.people.changeMember({ merchantId, personId: left!.personId, role: 'staff' })).toBe('last-owner')
  expect(await room.people.members(merchantId)).toMatchObject([{ role: 'owner' }])
})

test('whoever does not work at a shop cannot be given or lose rights there by name', async () => {
  const merchantId = await aMerchant()
  const stranger = await register()
  expect(await room.people.changeMember({ merchantId, personId: stranger.id, role: 'owner' })).toBe('unknown')
  expect(await room.people.dismiss(merchantId, stranger.id)).toBe('unknown')
  expect(await room.people.memberships(stranger.id)).toEqual([])
})

async function aMerchant(): Promise<string> {
  const now = room.clock.now()
  const id = uuidAt(now)
  await room.database.prisma.merchant.create({
    data: { id, name: '책방', nameEn: 'Bookshop', categoryCode: '5942', currencies: ['KRW'], createdAt: now },
  })
  return id
}
