import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabaseUrl } from '../../test/database'
import { type Clock, later } from '../clock'
import { type Database, openDatabase } from './database'
import { startDatabaseClock } from './database-clock'

let database: Database
beforeAll(async () => {
  database = await openDatabase(testDatabaseUrl(), { allowVolatile: true })
})
afterAll(() => database.close())

const MINUTE_MS = 60_000

/** A machine's clock, so many minutes off, on which a reading may take its time. */
function aMachine(minutes: number) {
  const state = { off: minutes * MINUTE_MS, slow: 0 }
  const clock: Clock = {
    now() {
      state.off += state.slow
      return later(new Date(), state.off)
    },
  }
  return { clock, state }
}

async function clockOf(machine: Clock) {
  const clock = await startDatabaseClock(database.pool, machine)
  clock.stop()
  return { ...clock, offMinutes: () => Math.round(clock.offsetMs() / MINUTE_MS) }
}

test.each([3, -3])('P1.4: a machine whose clock is %i minutes off keeps the time of the database', async (minutes) => {
  const clock = await clockOf(aMachine(minutes).clock)
  expect(clock.offMinutes()).toBe(-minutes)
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(MINUTE_MS)
})

test('P1.4: a clock that is set while the process runs is followed when the time is measured next', async () => {
  const { clock: machine, state } = aMachine(0)
  const clock = await clockOf(machine)
  state.off = 5 * MINUTE_MS
  expect(await clock.measure()).toBe(true)
  expect(clock.offMinutes()).toBe(-5)
})

test('a machine that has the right time is left alone: its clock is never moved by the noise of measuring', async () => {
  expect((await clockOf(aMachine(0).clock)).offsetMs()).toBe(0)
})

test('what took too long to measure says nothing, and the last offset stays', async () => {
  const { clock: machine, state } = aMachine(3)
  const clock = await clockOf(machine)
  state.slow = 2_000
  expect(await clock.measure()).toBe(false)
  expect(clock.offMinutes()).toBe(-3)
})

test('a database that is away leaves the last offset as it is', async () => {
  const away = await openDatabase(testDatabaseUrl(), { allowVolatile: true })
  const clock = await startDatabaseClock(away.pool, aMachine(3).clock)
  await away.close()
  expect(await clock.measure()).toBe(false)
  expect(Math.round(clock.offsetMs() / MINUTE_MS)).toBe(-3)
  clock.stop()
})
