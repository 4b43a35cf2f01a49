import fc from 'fast-check'
import { expect, test } from 'vitest'
import { solveExhaustively } from './exhaustive.fixtures'
import { hardKinds, hardWallet } from './hard-wallets.fixtures'
import type { Instance } from './instance'
import { optimize } from './optimize'
import { smallWallets } from './small-wallets.fixtures'
import { firstBySums } from './sums.fixtures'
import { aCard, anInstance, Dice } from './wallets.fixtures'

/** Which of equally good plans is chosen, against ways of finding it that share nothing with the optimizer's. */

test.each(hardKinds)('of fifty cards, %s, the plan is the first by the tie rule', (kind) => {
  for (const [cards, amount, seed] of [
    [50, 200, 1],
    [50, 260, 2],
    [30, 300, 3],
    [16, 240, 4],
  ] as const) {
    const wallet = hardWallet(kind, cards, amount, seed)
    expect(chargesOf(wallet), `${cards} cards, seed ${seed}`).toEqual(firstBySums(wallet))
  }
})

test('utilities that differ by less than a tie, or hardly more, are told apart as the rule says', () => {
  // With so small a weight a whole unit of cost is worth 0.7 or 2.9 millionths.
  const weights = fc.constantFrom(7e-7, 2.9e-6, 4.3e-6)
  fc.assert(
    fc.property(smallWallets({ cards: 4, amount: 12 }), weights, (wallet, cost) => {
      const instance = { ...wallet, preferences: { ...wallet.preferences, weights: { cost, bonus: 1 - cost } } }
      const withoutRewards = { ...instance, cards: instance.cards.map((card) => ({ ...card, rewards: [] })) }
      const { ids, plan } = solveExhaustively(withoutRewards)
      const charges = chargesOf(withoutRewards)
      expect(plan && ids.map((id) => charges[id] ?? 0)).toEqual(plan)
    }),
    { numRuns: 1_500 },
  )
})

test.each([
  { spread: 'of many sizes', least: 1, most: 3 },
  { spread: 'almost equal', least: 1.96, most: 2 },
])('where millions of plans are equally good, charges $spread, the first of them is found', ({ least, most }) => {
  const whole = (cards: number, amount: number, seed: number) => {
    const dice = new Dice(seed)
    const sizes = Array.from({ length: cards }, () =>
      dice.whole(Math.ceil((least * amount) / cards), Math.floor((most * amount) / cards)),
    )
    const planted = sizes.slice(3, 3 + cards / 2).reduce((sum, size) => sum + size, 0)
    return anInstance({
      amount: planted,
      cards: sizes.map((size, k) => aCard({ id: `card-${k}`, creditLimit: size, minCharge: size, maxCharge: size })),
    })
  }
  for (const seed of [1, 2]) {
    const wallet = whole(40, 2_000, seed)
    expect(chargesOf(wallet)).toEqual(firstBySums(wallet))
  }
  // Too many to hold them: these are found by asking.
  const large = whole(44, 20_000_000, 3)
  const { allocations, status } = optimize(large)
  expect(status).toBe('optimal')
  expect(allocations.reduce((sum, { amount }) => sum + amount, 0)).toBe(large.amount)
  expect(allocations.length).toBeLessThanOrEqual(22)
})

function chargesOf(instance: Instance): Record<string, number> {
  return Object.fromEntries(optimize(instance).allocations.map(({ cardId, amount }) => [cardId, amount]))
}
