import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import type { Person } from './person'
import { relyingParty } from './relying-party'
import type { Proof } from './second-factor'

const STEP_MS = 30_000

let room: AuthRoom
beforeAll(async () => (room = await startAuth()))
afterAll(() => room.close())

async function aPerson(): Promise<Person> {
  const result = await room.people.register(aRegistration())
  if (result.kind !== 'registered') throw new Error(result.kind)
  return result.person
}

/** What the person's app shows now. */
function codeOf(secret: string, offsetMs = 0): string {
  return generateSync({ secret, epoch: Math.floor((room.clock.now().getTime() + offsetMs) / 1000) })
}

/** A person with an app, whose first code was typed in a session. */
async function aCarefulPerson() {
  const person = await aPerson()
  const first = await room.sessions.start(person.id)
  const { secret } = (await room.secondFactors.beginAuthenticator(person, first))!
  const added = await room.secondFactors.confirmAuthenticator(person, codeOf(secret), first)
  if (added.kind !== 'added') throw new Error(added.reason)
  room.clock.advance(STEP_MS)
  return { person, secret, token: added.token! }
}

function tokenOf(proof: Proof): string {
  if (proof.kind !== 'proved') throw new Error(proof.reason)
  return proof.token
}

const PROVED = { kind: 'proved', token: expect.any(String) }

test('P6.4: after the password of a person with an app, a session counts for nothing until its code was typed', async () => {
  const { person, secret } = await aCarefulPerson()
  const token = await room.sessions.start(person.id)
  expect(await room.sessions.find(token)).toBeUndefined()
  expect(await room.sessions.findPending(token)).toEqual({ person })

  const code = codeOf(secret)
  const other = code === '000000' ? '000001' : '000000'
  expect(await room.secondFactors.proveByCode(token, other)).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await room.sessions.find(token)).toBeUndefined()
  const proof = await room.secondFactors.proveByCode(token, `${code.slice(0, 3)} ${code.slice(3)}`)
  expect(await room.sessions.find(tokenOf(proof))).toMatchObject({ person, hasSecondFactor: true })
})

test('P6.5: with its rights a session takes a new token; whoever copied the one before holds nothing', async () => {
  const { person, secret } = await aCarefulPerson()
  const waiting = await room.sessions.start(person.id)
  const raised = tokenOf(await room.secondFactors.proveByCode(waiting, codeOf(secret)))
  expect(raised).not.toBe(waiting)
  expect(await room.sessions.find(waiting)).toBeUndefined()
  expect(await room.sessions.findPending(waiting)).toBeUndefined()

  const other = await aPerson()
  const before = await room.sessions.start(other.id)
  const app = (await room.secondFactors.beginAuthenticator(other, before))!
  const added = await room.secondFactors.confirmAuthenticator(other, codeOf(app.secret), before)
  expect(added).toEqual({ kind: 'added', token: expect.any(String) })
  expect(await room.sessions.find(before)).toBeUndefined()
  expect(await room.sessions.findPending(before)).toBeUndefined()
})

test('P6.4: an app counts and is asked for from the same moment on, whatever is killed in between', async () => {
  const person = await aPerson()
  const token = await room.sessions.start(person.id)
  const { secret } = (await room.secondFactors.beginAuthenticator(person, token))!
  const holder = await room.database.pool.connect()
  await holder.query('begin')
  await holder.query('select from person where id = $1 for update', [person.id])
  const confirming = room.secondFactors.confirmAuthenticator(person, codeOf(secret), token)
  const waits = () =>
    room.database.pool.query(`select from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`)
  await expect.poll(async () => (await waits()).rowCount).toBe(1)
  // What a kill at this point would leave.
  expect(await room.secondFactors.of(person.id)).toMatchObject({ authenticatorSince: undefined })
  await holder.query('commit')
  holder.release()

  expect(await confirming).toMatchObject({ kind: 'added' })
  expect(await room.secondFactors.of(person.id)).toMatchObject({ authenticatorSince: expect.any(Date) })
  expect(await room.sessions.find(await room.sessions.start(person.id))).toBeUndefined()
})

test('P6.5: a session in which nobody typed the password of late changes nothing about the log-in', async () => {
  const { person, token } = await aCarefulPerson()
  const { secondFactors, sessions } = room
  room.clock.advance(5 * 60_000)
  expect(await sessions.isProved(token)).toBe(false)
  expect(await secondFactors.removeAuthenticator(person, token)).toBe('unproved')
  expect(await secondFactors.removePasskey(person, 'any', token)).toBe('unproved')
  expect(await secondFactors.renewRecoveryCodes(person, token)).toBeUndefined()
  expect(await secondFactors.beginPasskey(person, token)).toBeUndefined()
  const response = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {} } as const
  const passkey = { name: 'any', response: { ...response, response: { clientDataJSON: '', attestationObject: '' } } }
  expect(await secondFactors.addPasskey(person, passkey, token)).toEqual({ kind: 'refused', reason: 'unproved' })
  expect(await secondFactors.of(person.id)).toMatchObject({ authenticatorSince: expect.any(Date) })

  const plain = await aPerson()
  const open = await sessions.start(plain.id)
  room.clock.advance(5 * 60_000)
  expect(await secondFactors.beginAuthenticator(plain, open)).toBeUndefined()

  await sessions.prove(token)
  expect(await secondFactors.removeAuthenticator(person, token)).toBe('done')
})

test('an app counts once a code of it was typed, and the session in which that was done goes on', async () => {
  const person = await aPerson()
  const [token, elsewhere] = [await room.sessions.start(person.id), await room.sessions.start(person.id)]
  const { secret, uri } = (await room.secondFactors.beginAuthenticator(person, token))!
  expect(uri).toContain(`secret=${secret}`)
  expect(await room.sessions.find(token)).toMatchObject({ hasSecondFactor: false })

  const added = await room.secondFactors.confirmAuthenticator(person, codeOf(secret), token)
  if (added.kind !== 'added') throw new Error(added.reason)
  expect(await room.sessions.find(added.token!)).toMatchObject({ hasSecondFactor: true })
  expect(await room.sessions.find(elsewhere)).toBeUndefined()
})

test('an app in use is not replaced by somebody who begins to set up another', async () => {
  const { person, secret, token } = await aCarefulPerson()
  expect(await room.secondFactors.beginAuthenticator(person, token)).toBeUndefined()
  const waiting = await room.sessions.start(person.id)
  expect(await room.secondFactors.proveByCode(waiting, codeOf(secret))).toEqual(PROVED)
})

test('RFC 6238: a code is taken once, one step early or late, and never an older one after a newer', async () => {
  const { person, secret } = await aCarefulPerson()
  const prove = async (code: string) => room.secondFactors.proveByCode(await room.sessions.start(person.id), code)
  room.clock.advance(10 * STEP_MS)
  expect(await prove(codeOf(secret, -2 * STEP_MS))).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await prove(codeOf(secret, 2 * STEP_MS))).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await prove(codeOf(secret, -STEP_MS))).toEqual(PROVED)
  const code = codeOf(secret)
  const tokens = [await room.sessions.start(person.id), await room.sessions.start(person.id)]
  const both = await Promise.all(tokens.map((token) => room.secondFactors.proveByCode(token, code)))
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['proved', 'refused'])
  expect(await prove(codeOf(secret, -STEP_MS))).toEqual({ kind: 'refused', reason: 'wrong' })
})

test('P6.4: six digits are not found by trying, and half an hour or an hour later the owner is heard again', async () => {
  const { person, secret } = await aCarefulPerson()
  const token = await room.sessions.start(person.id)
  const wrong = codeOf(secret, 20 * STEP_MS)
  for (let tries = 0; tries < 10; tries++)
    expect(await room.secondFactors.proveByCode(token, wrong)).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await room.secondFactors.proveByCode(token, codeOf(secret))).toEqual({ kind: 'refused', reason: 'locked' })
  room.clock.advance(3_600_000)
  const later = await room.sessions.start(person.id)
  expect(await room.secondFactors.proveByCode(later, codeOf(secret))).toEqual(PROVED)
})

test('a recovery code lets in whoever lost their device, once, and is kept only as a hash', async () => {
  const { person, token: own } = await aCarefulPerson()
  const recoveryCodes = (await room.secondFactors.renewRecoveryCodes(person, own))!
  expect(new Set(recoveryCodes).size).toBe(10)
  const [first] = recoveryCodes
  const { rows } = await room.database.pool.query<{ row: string }>(
    'select recovery_code::text as row from recovery_code',
  )
  expect(rows.some(({ row }) => row.includes(first!))).toBe(false)

  const token = await room.sessions.start(person.id)
  expect(await room.secondFactors.proveByCode(token, first!.toUpperCase())).toEqual(PROVED)
  const again = await room.sessions.start(person.id)
  expect(await room.secondFactors.proveByCode(again, first!)).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await room.secondFactors.of(person.id)).toMatchObject({ recoveryCodesLeft: 9 })

  const renewed = (await room.secondFactors.renewRecoveryCodes(person, own))!
  expect(await room.secondFactors.proveByCode(again, recoveryCodes[1]!)).toEqual({ kind: 'refused', reason: 'wrong' })
  expect(await room.secondFactors.proveByCode(again, renewed[0]!)).toEqual(PROVED)
})

test('a session that waits for its second factor waits ten minutes', async () => {
  const { person, secret } = await aCarefulPerson()
  const token = await room.sessions.start(person.id)
  room.clock.advance(10 * 60_000)
  expect(await room.sessions.findPending(token)).toBeUndefined()
  expect(await room.secondFactors.proveByCode(token, codeOf(secret))).toEqual({ kind: 'refused', reason: 'no-session' })
})

test('with the last factor go its recovery codes, and the password alone is asked for again', async () => {
  const { person, token: own } = await aCarefulPerson()
  await room.secondFactors.renewRecoveryCodes(person, own)
  expect(await room.secondFactors.removeAuthenticator(person, own)).toBe('done')
  expect(await room.secondFactors.removeAuthenticator(person, own)).toBe('missing')
  expect(await room.secondFactors.of(person.id)).toEqual({
    authenticatorSince: undefined,
    passkeys: [],
    recoveryCodesLeft: 0,
  })
  const token = await room.sessions.start(person.id)
  expect(await room.sessions.find(token)).toMatchObject({ hasSecondFactor: false })
})

test('the secret of an app opens for its person alone', async () => {
  const [one, other] = [await aCarefulPerson(), await aCarefulPerson()]
  await room.database.pool.query(
    `update authenticator set sealed_secret = o.sealed_secret from authenticator o
      where authenticator.person_id = $1 and o.person_id = $2`,
    [one.person.id, other.person.id],
  )
  const token = await room.sessions.start(one.person.id)
  await expect(room.secondFactors.proveByCode(token, codeOf(other.secret))).rejects.toThrow(/does not belong/)
})

test('each change of how somebody logs in is told to them by mail', async () => {
  const { person, token } = await aCarefulPerson()
  await room.secondFactors.renewRecoveryCodes(person, token)
  await room.secondFactors.removeAuthenticator(person, token)
  const mails = await room.database.prisma.message.findMany({ where: { topic: 'security' } })
  const told = mails.map(({ payload }) => payload as { to: string; change: string })
  expect(
    told
      .filter(({ to }) => to === person.email)
      .map(({ change }) => change)
      .toSorted(),
  ).toEqual(['authenticator-added', 'authenticator-removed', 'recovery-codes-renewed'])
})

test.each([
  ['https://pay.moa.example', { id: 'pay.moa.example', origin: 'https://pay.moa.example' }],
  ['http://127.0.0.1:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['https://[::1]:3000', { id: 'localhost', origin: 'https://localhost:3000' }],
  ['http://192.168.1.20:3000', undefined],
])('passkeys belong to the domain of the pages (%s)', (webUrl, party) => {
  expect(relyingParty(webUrl)).toEqual(party)
})
