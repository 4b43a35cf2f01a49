import { setImmediate } from 'node:timers/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hardWallet } from './hard-wallets.fixtures'
import { InvalidInstance } from './invalid-instance'
import { optimize } from './optimize'
import { optimizeAside } from './optimize-aside'
import { OptimizerThread } from './optimizer-thread'
import { anInstance } from './wallets.fixtures'

const largest = hardWallet('equal terms, different limits, the last units cheapest', 50, 1_000_000, 1)
const another = hardWallet('equal terms, different limits, the last units cheapest', 50, 1_000_000, 2)
const begin = path.join(import.meta.dirname, 'thread.mjs')

test('a hard instance gets the same answer in a thread of its own', async () => {
  expect(await optimizeAside(largest)).toEqual(optimize(largest))
  expect(await optimizeAside(anInstance())).toEqual(optimize(anInstance()))
})

test('other requests get their turns all the while', async () => {
  let turns = 0
  let done = false
  const answer = optimizeAside(largest).finally(() => {
    done = true
  })
  while (!done) {
    await setImmediate()
    turns++
  }
  await answer
  expect(turns).toBeGreaterThan(100)
})

test('each of several that are asked at once gets its own answer', async () => {
  const thread = new OptimizerThread(begin)
  const [first, second] = await Promise.all([thread.optimize(largest), thread.optimize(another)])
  expect(first).toEqual(optimize(largest))
  expect(second).toEqual(optimize(another))
})

test('what is wrong with an instance is told, from the thread too', async () => {
  await expect(optimizeAside({ ...largest, amount: -1 })).rejects.toThrow(InvalidInstance)
  await expect(new OptimizerThread(begin).optimize({ ...largest, amount: -1 })).rejects.toThrow(/amount/)
})

test('a thread that cannot begin is an error, not a silence', async () => {
  const thread = new OptimizerThread(path.join(import.meta.dirname, 'no-such-thread.mjs'))
  await expect(thread.optimize(largest)).rejects.toThrow(/no-such-thread/)
  await expect(thread.optimize(largest)).rejects.toThrow(/no-such-thread/)
})
