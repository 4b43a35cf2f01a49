import { afterAll, beforeAll, expect, test } from 'vitest'
import { asApiError } from '../http/rest-dialect'
import { aRegistration, type AuthRoom, startAuth } from './auth.fixtures'
import { createTurns, isTooBusy, MOST_HASHES, TooBusy } from './hash-turns'

let room: AuthRoom
beforeAll(async () => {
  room = await startAuth()
})
afterAll(() => room.close())

test('P9.2: so many take a turn at once; whoever is one too many hears so at once, and afterwards there is room again', async () => {
  const inTurn = createTurns(2)
  let resolve = (_: string) => undefined as void
  const end = new Promise<string>((done) => (resolve = done))
  const [first, second] = [inTurn(() => end), inTurn(() => Promise.reject(new Error('fails')))]
  await expect(inTurn(() => end)).rejects.toSatisfy(isTooBusy)
  await expect(second).rejects.toThrow('fails')
  const third = inTurn(() => end)
  resolve('done')
  expect(await Promise.all([first, third])).toEqual(['done', 'done'])
})

test('P9.2, P6.4: of many log-ins at once those that are too many are turned away, and are no wrong tries of anybody', async () => {
  const registration = aRegistration()
  await room.people.register(registration)
  const logIn = (password: string) => room.people.authenticate({ ...registration, password })
  const wrong = await Promise.allSettled(
    Array.from({ length: MOST_HASHES + 20 }, () => room.people.authenticate({ email: 'x@y.example', password: 'x' })),
  )
  expect(wrong.filter((each) => each.status === 'rejected' && isTooBusy(each.reason))).toHaveLength(20)
  const full = Array.from({ length: MOST_HASHES }, () =>
    room.people.authenticate({ email: 'x@y.example', password: 'x' }),
  )
  for (let tries = 0; tries < 12; tries++) await expect(logIn('wrong')).rejects.toSatisfy(isTooBusy)
  await Promise.all(full)
  expect((await logIn(registration.password)).kind).toBe('authenticated')
})

test('P9.2: an interface that is too busy to look at a password or PIN asks to come again', () => {
  expect(asApiError(new TooBusy('64 are at work'))).toMatchObject({
    code: 'overloaded',
    facts: { headers: { 'retry-after': '1' } },
  })
})
