import { expect, test } from 'vitest'
import { mergedReasons } from './merged-reasons'
import type { EarnedReward, ShareReason } from './proposal'

const label = { ko: '11월 더블 마일', en: 'Double miles in November' }
const miles = (value: number, changes: Partial<EarnedReward> = {}): EarnedReward => ({
  ...{ id: `miles-${value}`, type: 'miles', value },
  ...changes,
})

test('a card that earns miles by two rules earns them once in the sentence, with the promotion named', () => {
  const reasons: ShareReason[] = [
    { code: 'all-its-room', room: 200_000n },
    { code: 'earns', reward: miles(2400) },
    { code: 'earns', reward: miles(2400, { label }) },
    { code: 'lowest-interest', apr: 0.059 },
  ]
  expect(mergedReasons(reasons)).toMatchObject([
    { code: 'all-its-room' },
    { code: 'earns', reward: { type: 'miles', value: 4800 }, labels: [label] },
    { code: 'lowest-interest' },
  ])
})

test('rewards of different kinds, and a bonus that is given once, stay apart', () => {
  const reasons: ShareReason[] = [
    { code: 'earns', reward: miles(100) },
    { code: 'earns', reward: miles(50, { type: 'points' }) },
    { code: 'reaches-bonus', reward: miles(5000), minSpend: 300_000n },
  ]
  expect(mergedReasons(reasons).map(({ code }) => code)).toEqual(['earns', 'earns', 'reaches-bonus'])
})

test.each<[Rate: ('earns' | 'up-to-cap')[], string]>([
  [['up-to-cap', 'up-to-cap'], 'up-to-cap'],
  [['up-to-cap', 'earns'], 'earns'],
  [['earns', 'up-to-cap'], 'earns'],
])('%j together are %s: more would earn more unless all have ended', (codes, merged) => {
  const reasons = codes.map((code, at): ShareReason => ({ code, reward: miles(at + 1) }))
  expect(mergedReasons(reasons)).toMatchObject([{ code: merged, reward: { value: 3 } }])
})
