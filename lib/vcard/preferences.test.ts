import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import type { TestClock } from '../cards/wallet.fixtures'
import { aClock, aPerson } from '../cards/wallet.fixtures'
import type { Database } from '../db/database'
import { openDatabase } from '../db/database'
import type { Preferences } from './preferences'
import { createPreferences, filledSurveySchema } from './preferences'
import { usualWeights } from './survey'

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
let clock: TestClock
let preferences: Preferences

beforeAll(async () => {
  fresh = await freshDatabase()
  database = await openDatabase(fresh.url, { allowVolatile: true })
  clock = aClock()
  preferences = createPreferences({ database, clock })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const traveller = { answers: { feature: 'rewards', reward: 'miles', bill: 'in-full' } } as const
const revolver = { answers: { feature: 'low-interest', reward: 'none', bill: 'minimum' } } as const

test('a shopper who has not answered the survey gets the usual weights', async () => {
  const shopper = aPerson()
  expect(await preferences.weights(shopper)).toEqual(usualWeights)
  expect(await preferences.current(shopper)).toBeUndefined()
})

test('the newest answers count, and the earlier ones are kept (M-265, M-325)', async () => {
  const shopper = aPerson()
  const first = await preferences.save(shopper, traveller)
  clock.advance(1)
  const second = await preferences.save(shopper, { ...revolver, adjusted: { cost: 0.7 } })
  expect(await preferences.current(shopper)).toEqual(second)
  expect(await preferences.history(shopper)).toEqual([second, first])
  expect(await preferences.weights(shopper)).toEqual(second.weights)
  expect(second.weights.cost).toBe(0.7)
  expect(await preferences.current(aPerson())).toBeUndefined()
})

test.each([
  ['an answer that is not on the list', { answers: { ...traveller.answers, bill: 'never' } }],
  ['a question left out', { answers: { feature: 'rewards', reward: 'miles' } }],
  ['a member of every object for an answer', { answers: { ...traveller.answers, bill: 'constructor' } }],
  ['a weight above the whole', { ...traveller, adjusted: { cost: 1.1 } }],
  ['a weight that is no number', { ...traveller, adjusted: { cost: Number.NaN } }],
  ['an unknown member', { ...traveller, weights: {} }],
])('a survey with %s is refused', (_what, filled) => {
  expect(filledSurveySchema.safeParse(filled).success).toBe(false)
})
