import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestUtility, solveExhaustively, utilityOf } from './exhaustive.fixtures'
import { hardKinds, hardWallet } from './hard-wallets.fixtures'
import type { Instance } from './instance'
import { solveWithHighs, startHighs } from './mip.fixtures'
import { optimize } from './optimize'
import { smallWallets } from './small-wallets.fixtures'
import { everydayWallet } from './wallets.fixtures'

/** The optimizer against solvers that share none of its reasoning. */

/** HiGHS stops at a gap of 0.0001 and allows its sums a rounding error. */
const HIGHS_TOLERANCE = 0.01

test('on every small wallet the plan is the one that trying all plans finds, by the tie rule to the last unit (M-308, N4)', () => {
  fc.assert(
    fc.property(smallWallets({ cards: 4, amount: 14 }), (instance) => {
      const { ids, plan, utility, bestSingle } = solveExhaustively(instance)
      const result = optimize(instance)
      if (plan === undefined) return result.status === 'infeasible'
      const charges = ids.map((id) => result.allocations.find(({ cardId }) => cardId === id)?.amount ?? 0)
      expect(charges).toEqual(plan)
      expect(result.utility).toBeCloseTo(utility, 6)
      expect(result.bestSingle?.cardId).toBe(bestSingle?.cardId)
      return true
    }),
    { numRuns: 6_000 },
  )
}, 120_000)

test('on wallets of eight cards the plan is worth as much as the best of all sums', () => {
  fc.assert(
    fc.property(smallWallets({ cards: 8, amount: 90 }), (instance) => {
      const best = bestUtility(instance)
      const result = optimize(instance)
      if (best === -Infinity) return result.status === 'infeasible'
      expect(result.utility).toBeCloseTo(best, 5)
      return adds(instance)
    }),
    { numRuns: 600 },
  )
})

test('hard wallets of ten cards are solved exactly, whatever number of cards is allowed', () => {
  for (const kind of hardKinds) {
    for (const maxCards of [10, 5, 4]) {
      const wallet = hardWallet(kind, 10, 300, maxCards)
      const instance = { ...wallet, preferences: { ...wallet.preferences, maxCards } }
      const best = bestUtility(instance)
      expect(optimize(instance).utility ?? -Infinity, `${kind}, ${maxCards} cards`).toBeCloseTo(best, 5)
    }
  }
})

test('a general solver for mixed-integer programs finds no better plan for everyday and hard wallets', async () => {
  const highs = await startHighs()
  const everyday = [5, 10, 20].flatMap((cards) => [1, 2, 3, 4].map((seed) => everydayWallet(cards, 100 + seed)))
  const hard = hardKinds.map((kind) => hardWallet(kind, 8, 250_000, 7))
  for (const instance of [...everyday, ...hard]) {
    const { utility } = solveWithHighs(highs, instance)
    const ours = optimize(instance).utility
    expect(ours === null).toBe(utility === undefined)
    if (utility !== undefined) expect(Math.abs(ours! - utility)).toBeLessThan(HIGHS_TOLERANCE)
  }
}, 120_000)

test('every figure of a plan is what month by month payment of its charges gives (M-313, N1)', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const instance = everydayWallet(8, seed)
    for (const { cardId, amount, utility, cost, bonus } of optimize(instance).allocations) {
      const card = instance.cards.find(({ id }) => id === cardId)!
      expect(utility).toBeCloseTo(utilityOf(card, amount, instance), 4)
      const { weights } = instance.preferences
      expect(utility).toBeCloseTo(weights.bonus * bonus - weights.cost * cost, 8)
    }
  }
})

test('fifty cards and a thousand million units are divided to the last unit, in every hard kind of wallet', () => {
  for (const kind of hardKinds) expect(adds(hardWallet(kind, 50, 1_000_000_000, 3)), kind).toBe(true)
}, 240_000)

test('of equal cards whose last units are the cheapest the first are filled and the last one takes the rest', () => {
  for (const cards of [10, 20, 50]) {
    const { allocations } = optimize(hardWallet('equal cards, the last units cheapest', cards, 300_000, 1))
    const limit = Math.floor((2.13 * 300_000) / cards)
    const ids = Array.from({ length: cards }, (_, k) => `card-${k}`).sort()
    expect(allocations.map(({ cardId }) => cardId)).toEqual(ids.slice(0, Math.ceil(300_000 / limit)))
    const charges = allocations.map(({ amount }) => amount)
    expect(charges.slice(0, -1)).toEqual(charges.slice(0, -1).map(() => limit))
  }
})

test('the order in which the cards are given changes nothing', () => {
  fc.assert(
    fc.property(smallWallets({ cards: 6, amount: 60 }), (instance) => {
      expect(optimize({ ...instance, cards: [...instance.cards].reverse() })).toEqual(optimize(instance))
    }),
    { numRuns: 500 },
  )
})

/** Charges are whole, sum to the amount, and keep every limit; the plan is no worse than its best single card. */
function adds(instance: Instance): boolean {
  const { allocations, usedCards, bestSingle, utility } = optimize(instance)
  for (const { cardId, amount } of allocations) {
    const card = instance.cards.find(({ id }) => id === cardId)!
    expect(Number.isInteger(amount)).toBe(true)
    expect(amount).toBeGreaterThanOrEqual(card.minCharge ?? 1)
    expect(amount).toBeLessThanOrEqual(Math.min(card.maxCharge ?? Infinity, card.creditLimit - card.balance))
  }
  expect(usedCards).toBeLessThanOrEqual(instance.preferences.maxCards ?? instance.cards.length)
  if (bestSingle !== null) expect(utility).toBeGreaterThanOrEqual(bestSingle.utility)
  return allocations.reduce((sum, { amount }) => sum + amount, 0) === instance.amount
}
