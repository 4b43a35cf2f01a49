import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Uuid, uuidAt } from '../ids'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import { createInvitationTokens } from './invitation-token'
import type { Person } from './person'

const DAY_MS = 86_400_000
const tokens = createInvitationTokens('a secret of tests, forty characters long')

let room: AuthRoom
let owner: Person
let merchantId: Uuid

beforeAll(async () => {
  room = await startAuth()
  owner = await aPerson()
  merchantId = uuidAt(room.clock.now())
  const words = { name: '책방', nameEn: 'Bookshop', categoryCode: '5942', currencies: ['KRW'] }
  await room.database.prisma.merchant.create({ data: { id: merchantId, ...words, createdAt: room.clock.now() } })
  await room.people.appoint({ merchantId, personId: owner.id, role: 'owner' })
})
afterAll(() => room.close())

async function aPerson(): Promise<Person> {
  const result = await room.people.register(aRegistration())
  if (result.kind !== 'registered') throw new Error(result.kind)
  return result.person
}

async function invite(email: string, refundLimit?: bigint) {
  const wanted = { merchantId, email, role: 'counselor', locale: 'ko', ...(refundLimit && { refundLimit }) } as const
  const invited = await room.invitations.invite(wanted, owner)
  if (invited.kind !== 'invited') throw new Error(invited.reason)
  return { invitation: invited.invitation, token: tokens.issue(invited.invitation) }
}

test('whoever has the mail and its address joins the team, once, and logs in anew', async () => {
  const person = await aPerson()
  const session = await room.sessions.start(person.id)
  const { token } = await invite(person.email.toUpperCase(), 50_000n)
  expect(await room.invitations.accept(token, person)).toMatchObject({ kind: 'accepted' })
  expect(await room.people.membership(person.id, merchantId)).toEqual({
    ...{ merchantId, personId: person.id, role: 'counselor', refundLimit: 50_000n },
  })
  expect(await room.sessions.find(session)).toBeUndefined()
  expect(await room.invitations.accept(token, person)).toEqual({ kind: 'refused', reason: 'gone' })
})

test('of two who open the same link at the same moment one is let in', async () => {
  const person = await aPerson()
  const { token } = await invite(person.email)
  const both = await Promise.all([room.invitations.accept(token, person), room.invitations.accept(token, person)])
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'refused'])
})

test('an invitation is for the address it went to', async () => {
  const [invited, stranger] = [await aPerson(), await aPerson()]
  const { token } = await invite(invited.email)
  expect(await room.invitations.accept(token, stranger)).toEqual({ kind: 'refused', reason: 'not-yours' })
  expect(await room.people.membership(stranger.id, merchantId)).toBeUndefined()
})

test('a link that was changed, taken back, replaced or has run out opens nothing', async () => {
  const person = await aPerson()
  const first = await invite(person.email)
  const second = await invite(person.email)
  expect(await room.invitations.read(first.token)).toBeUndefined()
  expect(await room.invitations.read(second.token)).toMatchObject({ email: person.email, role: 'counselor' })

  const bytes = Buffer.from(second.token, 'base64url')
  for (const at of [0, 20, 40]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(await room.invitations.read(changed.toString('base64url'))).toBeUndefined()
  }
  expect(await room.invitations.revoke(merchantId, second.invitation.id)).toBe(true)
  expect(await room.invitations.accept(second.token, person)).toEqual({ kind: 'refused', reason: 'gone' })

  const third = await invite(person.email)
  room.clock.advance(7 * DAY_MS)
  expect(await room.invitations.read(third.token)).toBeUndefined()
  expect((await room.invitations.open(merchantId)).map(({ id }) => id)).not.toContain(third.invitation.id)
})

test('what cannot be an invitation is refused, and no mail goes out', async () => {
  const before = await room.database.prisma.message.count({ where: { topic: 'invitation' } })
  const wanted = { merchantId, role: 'staff', locale: 'ko' } as const
  expect(await room.invitations.invite({ ...wanted, email: 'nobody' }, owner)).toEqual({
    kind: 'refused',
    reason: 'bad-email',
  })
  expect(await room.invitations.invite({ ...wanted, email: owner.email }, owner)).toEqual({
    kind: 'refused',
    reason: 'member-already',
  })
  expect(await room.database.prisma.message.count({ where: { topic: 'invitation' } })).toBe(before)
})

test('the link of an invitation is not in the database', async () => {
  const { token } = await invite('somebody@mail.example')
  const { rows } = await room.database.pool.query<{ row: string }>(
    `select m::text as row from message m union all select i::text from invitation i`,
  )
  expect(rows.some(({ row }) => row.includes(token.slice(-40)))).toBe(false)
})
