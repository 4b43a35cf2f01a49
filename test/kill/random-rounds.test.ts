import { expect, test, vi } from 'vitest'
import { runRounds } from './random-rounds'

// A few rounds; npm run test:kill plays as many as one likes.
vi.setConfig({ testTimeout: 300_000 })

test('whoever is killed at any moment, every payment ends all or nothing and all books agree (P1.1, P2.3, P2.4, P2.7, P2.9)', async () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const lines: string[] = [`seed ${seed}`]
  const result = await runRounds({ rounds: 6, seed, settleEvery: 6, say: (line) => lines.push(line) })
  expect(result.faults, lines.join('\n')).toEqual([])
  expect(result.paid, lines.join('\n')).toBeGreaterThan(0)
})
