import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import texts from '../../locales/en/account.json'
import type { Answers } from './survey'
import { survey, usualWeights, weightsOf } from './survey'

const every: Answers[] = []
for (const feature of Object.keys(survey.feature) as Answers['feature'][]) {
  for (const reward of Object.keys(survey.reward) as Answers['reward'][]) {
    for (const bill of Object.keys(survey.bill) as Answers['bill'][]) every.push({ feature, reward, bill })
  }
}

test('whatever is answered, the weights are between 0 and 1 and sum to 1 (M-310, M-326)', () => {
  expect(every).toHaveLength(80)
  for (const answers of every) {
    const { cost, bonus, rewardAffinity } = weightsOf(answers)
    expect(cost).toBeGreaterThanOrEqual(0)
    expect(bonus).toBeGreaterThanOrEqual(0)
    expect(Math.abs(cost + bonus - 1)).toBeLessThan(1e-12)
    for (const affinity of Object.values(rewardAffinity)) expect(affinity === 1 || affinity === 0.5).toBe(true)
  }
})

test('the points of the chosen answers add up to the weights (M-325, M-326)', () => {
  // 4 + 1 + 3 points for cost, 0 + 2 + 0 for bonus.
  expect(weightsOf({ feature: 'low-interest', reward: 'cashback', bill: 'minimum' })).toEqual({
    cost: 0.8,
    bonus: 1 - 0.8,
    rewardAffinity: { cashback: 1, miles: 0.5, points: 0.5, discount: 0.5 },
    repaymentMode: 'minimum_over_time',
    discountRate: 0.03,
  })
})

test('a revolver counts cost for more, a traveller miles (M-233)', () => {
  const revolver = weightsOf({ feature: 'low-interest', reward: 'none', bill: 'minimum' })
  const traveller = weightsOf({ feature: 'rewards', reward: 'miles', bill: 'in-full' })
  expect(revolver.cost).toBeGreaterThan(0.8)
  expect(traveller.bonus).toBeGreaterThan(0.8)
  expect(traveller.rewardAffinity.miles).toBe(1)
  expect(traveller.repaymentMode).toBe('in_full')
})

test('what the shopper adjusts wins over what the answers gave (M-265)', () => {
  const answers = { feature: 'rewards', reward: 'miles', bill: 'in-full' } as const
  const adjusted = { cost: 0.9, rewardAffinity: { points: 0.2 }, discountRate: 0 }
  expect(weightsOf(answers, adjusted)).toMatchObject({
    cost: 0.9,
    rewardAffinity: { miles: 1, points: 0.2, cashback: 0.5 },
    discountRate: 0,
  })
})

test('without answers both attributes count alike, and bills are paid as the model assumes (M-312)', () => {
  expect(usualWeights).toMatchObject({ cost: 0.5, bonus: 0.5, repaymentMode: 'minimum_over_time' })
})

test('docs/preferences.md says the points as they are, in the words of the survey (M-325)', () => {
  const { preferences } = texts
  const expected = (['feature', 'reward', 'bill'] as const).flatMap((question) => {
    const { question: asked, ...answers } = preferences[question]
    const words: Readonly<Record<string, string>> = answers
    return Object.entries(survey[question]).map(
      ([answer, { cost, bonus }], at) => `|${at === 0 ? ` ${asked} ` : ' '}| ${words[answer]} | ${cost} | ${bonus} |`,
    )
  })
  const page = readFileSync(new URL('../../docs/preferences.md', import.meta.url), 'utf8')
  expect(page.split('\n').filter((line) => /[|] \d+ [|] \d+ [|]$/.test(line))).toEqual(expected)
})

test('an answer more in favour of low interest never lowers the weight of cost (M-325)', () => {
  for (const question of ['feature', 'reward', 'bill'] as const) {
    const rows: [string, { cost: number; bonus: number }][] = Object.entries(survey[question])
    for (const answers of every) {
      const chosen = rows.find(([answer]) => answer === answers[question])![1]
      for (const [answer, { cost, bonus }] of rows) {
        if (cost < chosen.cost || bonus > chosen.bonus) continue
        expect(weightsOf({ ...answers, [question]: answer }).cost).toBeGreaterThanOrEqual(weightsOf(answers).cost)
      }
    }
  }
})
