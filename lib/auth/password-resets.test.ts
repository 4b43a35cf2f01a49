import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../clock'
import { uuidAt } from '../ids'
import type { PasswordResetMail } from '../messages/message'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import type { Registration } from './new-person'
import { createPasswordResetTokens } from './password-reset-token'
import type { Person } from './person'
import { createRegistrationTokens } from './registration-token'

const SECRET = 'a secret of tests, forty characters long'
const tokens = createPasswordResetTokens(SECRET)
const NEXT = 'eleven quiet lighthouses'
const GONE = { kind: 'refused', reason: 'gone' }

let room: AuthRoom
beforeAll(async () => (room = await startAuth()))
afterAll(() => room.close())

async function aPerson(changes: Partial<Registration> = {}): Promise<{ person: Person; password: string }> {
  const registration = aRegistration(changes)
  const result = await room.people.register(registration)
  if (result.kind !== 'registered') throw new Error(result.kind)
  return { person: result.person, password: registration.password }
}

/** What was mailed to an address, the newest last. */
async function mailsTo(email: string) {
  const rows = await room.database.prisma.message.findMany({ where: { kind: 'email' }, orderBy: { id: 'asc' } })
  return rows
    .map(({ topic, payload }) => ({ topic, ...(payload as unknown as PasswordResetMail) }))
    .filter(({ to }) => to === email)
}

const ask = (email: string) => room.passwordResets.ask({ email, locale: 'ko' })

/** The link of the mail that somebody has just asked for. */
async function linkFor(email: string): Promise<string> {
  await ask(email)
  const mail = (await mailsTo(email)).at(-1)!
  return tokens.issue({ ...mail, id: mail.resetId })
}

const login = (email: string, password: string) => room.people.authenticate({ email, password })

test('whoever has forgotten their password chooses another by the link of a mail, once', async () => {
  const { person, password } = await aPerson({ locale: 'en' })
  const link = await linkFor(person.email)
  expect(await mailsTo(person.email)).toMatchObject([{ topic: 'password-reset', locale: 'en' }])
  expect(await room.passwordResets.read(link)).toEqual({ email: person.email })

  expect(await room.passwordResets.reset(link, NEXT)).toEqual({ kind: 'changed' })
  expect(await login(person.email, password)).toEqual({ kind: 'refused' })
  expect(await login(person.email, NEXT)).toMatchObject({ kind: 'authenticated', person })
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ topic: 'security', change: 'password-changed' })

  expect(await room.passwordResets.read(link)).toBeUndefined()
  expect(await room.passwordResets.reset(link, 'nine wooden umbrellas')).toEqual(GONE)
  expect(await login(person.email, NEXT)).toMatchObject({ kind: 'authenticated' })
})

test('looking at the link, and asking for it, change nothing', async () => {
  const { person, password } = await aPerson()
  const session = await room.sessions.start(person.id)
  const link = await linkFor(person.email)
  await room.passwordResets.read(link)
  await room.passwordResets.read(link)
  expect(await login(person.email, password)).toMatchObject({ kind: 'authenticated' })
  expect(await room.sessions.find(session)).toBeDefined()
  expect(await room.passwordResets.reset(link, NEXT)).toEqual({ kind: 'changed' })
})

test('a link works for an hour and not longer', async () => {
  const { person, password } = await aPerson()
  const link = await linkFor(person.email)
  room.clock.advance(HOUR_MS - 1)
  expect(await room.passwordResets.read(link)).toBeDefined()
  room.clock.advance(1)
  expect(await room.passwordResets.read(link)).toBeUndefined()
  expect(await room.passwordResets.reset(link, NEXT)).toEqual(GONE)
  expect(await login(person.email, password)).toMatchObject({ kind: 'authenticated' })
})

test('once the password is another, by whatever way, no link to the one before is worth anything', async () => {
  const { person, password } = await aPerson()
  const [first, second] = [await linkFor(person.email), await linkFor(person.email)]
  const current = 'nine wooden umbrellas'
  expect(await room.passwordResets.reset(second, current)).toEqual({ kind: 'changed' })
  expect(await room.passwordResets.reset(first, NEXT)).toEqual(GONE)

  const third = await linkFor(person.email)
  // Even the very first password again is another: it is hashed anew.
  expect(await room.people.changePassword(person.id, { current, next: password })).toEqual({ kind: 'changed' })
  for (const link of [first, second, third]) expect(await room.passwordResets.reset(link, NEXT)).toEqual(GONE)
})

test('of two who follow one link at the same moment one changes the password', async () => {
  const { person } = await aPerson()
  const link = await linkFor(person.email)
  const both = await Promise.all([NEXT, 'nine wooden umbrellas'].map((next) => room.passwordResets.reset(link, next)))
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'refused'])
})

test('P6.7: asking tells nobody whether an address has an account; its reader alone learns it, by one mail', async () => {
  const { person } = await aPerson()
  const stranger = aRegistration().email
  expect(await ask(person.email)).toEqual({ kind: 'mailed' })
  expect(await ask(stranger)).toEqual({ kind: 'mailed' })
  expect(await mailsTo(person.email)).toMatchObject([{ topic: 'password-reset' }])
  expect(await mailsTo(stranger)).toMatchObject([{ topic: 'address-unknown', locale: 'ko' }])
  expect(await ask('not an address')).toEqual({ kind: 'refused', reason: 'bad-email' })
})

test('P6.7: whoever has not proved their address yet gets the link of their registration again', async () => {
  const mine = aRegistration()
  await room.registrations.begin({ ...mine, next: '/account' })
  expect(await ask(mine.email)).toEqual({ kind: 'mailed' })
  const [first, again] = (await mailsTo(mine.email)) as unknown as { topic: string; registrationId: string }[]
  expect([first!.topic, again!.topic]).toEqual(['address-proof', 'address-proof'])
  const link = createRegistrationTokens(SECRET).issue(again!.registrationId)
  expect(await room.registrations.prove(link, mine.password)).toMatchObject({ kind: 'proved' })
})

test('an address gets five mails an hour, for whatever; what is answered stays the same', async () => {
  const { person } = await aPerson()
  await room.registrations.begin({ ...aRegistration({ email: person.email }), next: '/account' })
  for (let asked = 0; asked < 6; asked++) expect(await ask(person.email)).toEqual({ kind: 'mailed' })
  expect(await mailsTo(person.email)).toHaveLength(5)
  room.clock.advance(HOUR_MS)
  await ask(person.email)
  expect(await mailsTo(person.email)).toHaveLength(6)
})

test('P6.5: with the new password every session ends', async () => {
  const { person } = await aPerson()
  const sessions = [await room.sessions.start(person.id), await room.sessions.start(person.id)]
  await room.passwordResets.reset(await linkFor(person.email), NEXT)
  for (const session of sessions) expect(await room.sessions.find(session)).toBeUndefined()
})

test('P6.4: with the new password the lock of failed tries ends', async () => {
  const { person } = await aPerson()
  for (let tried = 0; tried < 10; tried++) await login(person.email, `wrong ${tried}`)
  const link = await linkFor(person.email)
  expect(await login(person.email, NEXT)).toEqual({ kind: 'refused' })
  expect(await room.passwordResets.reset(link, NEXT)).toEqual({ kind: 'changed' })
  expect(await login(person.email, NEXT)).toMatchObject({ kind: 'authenticated' })
})

test('P6.4: a second factor stays, and is asked for beside the new password', async () => {
  const { person } = await aPerson()
  const session = await room.sessions.start(person.id)
  const { secret } = (await room.secondFactors.beginAuthenticator(person, session))!
  const codeNow = () => generateSync({ secret, epoch: Math.floor(room.clock.now().getTime() / 1000) })
  expect(await room.secondFactors.confirmAuthenticator(person, codeNow(), session)).toMatchObject({ kind: 'added' })
  expect(await room.passwordResets.reset(await linkFor(person.email), NEXT)).toEqual({ kind: 'changed' })

  room.clock.advance(MINUTE_MS)
  const after = await room.sessions.start(person.id)
  expect(await room.sessions.find(after)).toBeUndefined()
  expect(await room.secondFactors.proveByCode(after, codeNow())).toMatchObject({ kind: 'proved' })
})

test('P6.4: a new password that may not be used changes nothing, and the link still works', async () => {
  const { person, password } = await aPerson()
  const link = await linkFor(person.email)
  const refused = [
    ['too short', 'password-too-short'],
    ['correct horse battery staple', 'password-too-common'],
    ['x'.repeat(129), 'password-too-long'],
    [`${person.email}`, 'password-too-common'],
  ] as const
  for (const [next, reason] of refused) {
    expect(await room.passwordResets.reset(link, next)).toEqual({ kind: 'refused', reason })
  }
  expect(await login(person.email, password)).toMatchObject({ kind: 'authenticated' })
  expect(await room.passwordResets.reset(link, NEXT)).toEqual({ kind: 'changed' })
})

test('a link that was changed, of another kind or made with another secret opens nothing', async () => {
  const { person } = await aPerson()
  const link = await linkFor(person.email)
  for (const at of [0, 20, 40, 60]) {
    const changed = Buffer.from(link, 'base64url')
    changed[at]! ^= 1
    expect(await room.passwordResets.reset(changed.toString('base64url'), NEXT)).toEqual(GONE)
  }
  const strange = createPasswordResetTokens('another secret, of forty characters too').issue(tokens.read(link)!)
  const registration = createRegistrationTokens(SECRET).issue(uuidAt(room.clock.now()))
  for (const token of [strange, registration, '']) expect(await room.passwordResets.reset(token, NEXT)).toEqual(GONE)
  expect(await room.passwordResets.read(link)).toBeDefined()
})

test('neither a link nor a password is in the database', async () => {
  const { person } = await aPerson()
  const link = await linkFor(person.email)
  await room.passwordResets.reset(link, NEXT)
  const { rows } = await room.database.pool.query<{ row: string }>(
    `select m::text as row from message m union all select p::text from person p`,
  )
  expect(rows.some(({ row }) => row.includes(link.slice(-40)) || row.includes(NEXT))).toBe(false)
})
