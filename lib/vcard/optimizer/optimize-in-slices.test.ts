import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { hardWallet } from './hard-wallets.fixtures'
import { InvalidInstance } from './invalid-instance'
import { optimize } from './optimize'
import { optimizeInSlices } from './optimize-in-slices'
import { solve } from './solve'
import { anInstance } from './wallets.fixtures'

const large = hardWallet('everything at once', 50, 1_000_000, 2)
const largest = hardWallet('equal terms, different limits, the last units cheapest', 50, 1_000_000, 1)

test('in slices the answer is the same', async () => {
  expect(await optimizeInSlices(large)).toEqual(optimize(large))
  expect(await optimizeInSlices(anInstance())).toEqual(optimize(anInstance()))
})

test('while a large instance is computed other requests get their turns', async () => {
  let turns = 0
  let done = false
  const answer = optimizeInSlices(largest).then(() => {
    done = true
  })
  while (!done) {
    await setImmediate()
    turns++
  }
  await answer
  expect(turns).toBeGreaterThan(3)
})

test('the computation of a large instance can be paused many times', () => {
  const pauses = [...solve(largest)].length
  expect(pauses).toBeGreaterThan(10)
})

test('an invalid instance is refused in slices too', async () => {
  await expect(optimizeInSlices({ ...large, amount: -1 })).rejects.toThrow(InvalidInstance)
})
