import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import { createInvitationTokens } from './invitation-token'
import { createRegistrationTokens } from './registration-token'

const SECRET = 'a secret of tests, forty characters long'
const tokens = createRegistrationTokens(SECRET)

let room: AuthRoom
beforeAll(async () => (room = await startAuth()))
afterAll(() => room.close())

interface MailedRegistration {
  readonly to: string
  readonly registrationId?: Uuid
}

/** What was mailed to an address, the newest last. */
async function mailsTo(email: string) {
  const rows = await room.database.prisma.message.findMany({ where: { kind: 'email' }, orderBy: { id: 'asc' } })
  return rows
    .map(({ topic, payload }) => ({ topic, ...(payload as unknown as MailedRegistration) }))
    .filter(({ to }) => to === email)
}

/** The link of the newest mail. */
async function linkTo(email: string): Promise<string> {
  const mails = await mailsTo(email)
  return tokens.issue(mails.at(-1)!.registrationId!)
}

const begin = (registration: ReturnType<typeof aRegistration>, more: { next?: string; invitation?: string } = {}) =>
  room.registrations.begin({ ...registration, next: '/account', ...more })

const login = ({ email, password }: { email: string; password: string }) =>
  room.people.authenticate({ email, password })

test('P6.7: whoever registers is nobody until they follow the link of the mail and type the password again', async () => {
  const mine = aRegistration({ locale: 'en' })
  expect(await begin(mine, { next: '/account/cards/new' })).toEqual({ kind: 'mailed' })
  expect(await login(mine)).toEqual({ kind: 'refused' })
  expect(await room.people.findByEmail(mine.email)).toBeUndefined()

  const link = await linkTo(mine.email)
  expect(await room.registrations.read(link)).toEqual({ email: mine.email, next: '/account/cards/new' })
  expect(await room.registrations.prove(link, mine.password)).toMatchObject({
    kind: 'proved',
    person: { email: mine.email, name: mine.name, locale: 'en' },
  })
  expect(await login(mine)).toMatchObject({ kind: 'authenticated' })
  expect(await room.registrations.prove(link, mine.password)).toEqual({ kind: 'refused', reason: 'gone' })
})

test('P6.7: registering and logging in tell nobody whether an address has an account; its holder is told by mail', async () => {
  const victim = aRegistration()
  await room.people.register(victim)
  const password = 'a stranger types this'
  const [known, unknown] = [aRegistration({ email: victim.email, password }), aRegistration({ password })]
  expect(await begin(known)).toEqual(await begin(unknown))
  expect(await login(known)).toEqual(await login(unknown))
  expect(await mailsTo(victim.email)).toMatchObject([{ topic: 'address-known' }])
  expect(await login(victim)).toMatchObject({ kind: 'authenticated' })
})

test('whoever registers with somebody else’s address first keeps no password on it', async () => {
  const mine = aRegistration()
  const theirs = { ...mine, password: 'a stranger types this' }
  await begin(theirs)
  const strangers = await linkTo(mine.email)
  await begin(mine)
  const own = await linkTo(mine.email)

  // The holder may even follow the stranger's link: only who typed that password could use it.
  expect(await room.registrations.prove(strangers, mine.password)).toEqual({
    kind: 'refused',
    reason: 'wrong-password',
  })
  expect(await room.registrations.prove(own, mine.password)).toMatchObject({ kind: 'proved' })
  expect(await room.registrations.prove(strangers, theirs.password)).toEqual({ kind: 'refused', reason: 'gone' })
  expect(await login(theirs)).toEqual({ kind: 'refused' })
  expect(await login(mine)).toMatchObject({ kind: 'authenticated' })
})

test('of two links to one address that are followed at the same moment one makes the account', async () => {
  const mine = aRegistration()
  await begin(mine)
  const first = await linkTo(mine.email)
  await begin(mine)
  const second = await linkTo(mine.email)
  const both = await Promise.all([first, second].map((link) => room.registrations.prove(link, mine.password)))
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['proved', 'refused'])
})

test('a link that was changed or is a day old opens nothing, and what waited is removed', async () => {
  const mine = aRegistration()
  await begin(mine)
  const link = await linkTo(mine.email)
  for (const at of [0, 20, 40]) {
    const changed = Buffer.from(link, 'base64url')
    changed[at]! ^= 1
    expect(await room.registrations.read(changed.toString('base64url'))).toBeUndefined()
  }
  room.clock.advance(DAY_MS)
  expect(await room.registrations.prove(link, mine.password)).toEqual({ kind: 'refused', reason: 'gone' })
  expect(await room.registrations.removeExpired(100)).toBeGreaterThan(0)
  expect(await room.database.prisma.pendingRegistration.count({ where: { email: mine.email } })).toBe(0)
})

test('the password behind a link is not found by trying', async () => {
  const mine = aRegistration()
  await begin(mine)
  const link = await linkTo(mine.email)
  for (let tried = 0; tried < 10; tried++) await room.registrations.prove(link, `wrong ${tried}`)
  expect(await room.registrations.prove(link, mine.password)).toEqual({ kind: 'refused', reason: 'locked' })
  room.clock.advance(HOUR_MS)
  expect(await room.registrations.prove(link, mine.password)).toMatchObject({ kind: 'proved' })
})

test('an address gets five mails an hour, whoever asks for them; what is answered stays the same', async () => {
  const mine = aRegistration()
  for (let asked = 0; asked < 7; asked++) expect(await begin(mine)).toEqual({ kind: 'mailed' })
  expect(await mailsTo(mine.email)).toHaveLength(5)
  room.clock.advance(HOUR_MS)
  expect(await begin(mine)).toEqual({ kind: 'mailed' })
  expect(await mailsTo(mine.email)).toHaveLength(6)
})

test('P6.7: logging in before the link was followed is refused like anything, and mails the link once more', async () => {
  const mine = aRegistration()
  await begin(mine)
  const link = await linkTo(mine.email)
  expect(await login({ ...mine, password: 'not the right one' })).toEqual({ kind: 'refused' })
  expect(await mailsTo(mine.email)).toHaveLength(1)
  for (let tried = 0; tried < 6; tried++) expect(await login(mine)).toEqual({ kind: 'refused' })
  expect(await mailsTo(mine.email)).toHaveLength(5)
  expect(await linkTo(mine.email)).toBe(link)
})

test('the mail of an invitation proves its own address, and no other', async () => {
  const owner = await room.people.register(aRegistration())
  if (owner.kind !== 'registered') throw new Error(owner.kind)
  const merchantId = uuidAt(room.clock.now())
  const words = { name: '책방', nameEn: 'Bookshop', categoryCode: '5942', currencies: ['KRW'] }
  await room.database.prisma.merchant.create({ data: { id: merchantId, ...words, createdAt: room.clock.now() } })
  const [mine, other] = [aRegistration(), aRegistration()]
  const wanted = { merchantId, email: mine.email, role: 'staff', locale: 'ko' } as const
  const invited = await room.invitations.invite(wanted, owner.person)
  if (invited.kind !== 'invited') throw new Error(invited.reason)
  const invitation = createInvitationTokens(SECRET).issue(invited.invitation)

  expect(await begin(other, { invitation })).toEqual({ kind: 'mailed' })
  expect(await begin(mine, { invitation: `${invitation.slice(0, -4)}AAAA` })).toEqual({ kind: 'mailed' })
  expect(await begin(mine, { invitation })).toMatchObject({ kind: 'registered', person: { email: mine.email } })
  expect(await login(mine)).toMatchObject({ kind: 'authenticated' })
  expect(await begin(mine, { invitation })).toEqual({ kind: 'mailed' })
})

test('neither a link nor a password of a registration is in the database', async () => {
  const mine = aRegistration()
  await begin(mine)
  const link = await linkTo(mine.email)
  const { rows } = await room.database.pool.query<{ row: string }>(
    `select m::text as row from message m union all select p::text from pending_registration p`,
  )
  expect(rows.some(({ row }) => row.includes(link.slice(-40)) || row.includes(mine.password))).toBe(false)
})
