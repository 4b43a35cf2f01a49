import fc from 'fast-check'
import type { Card, Instance, Reward } from './instance'
import { rewardTypes } from './instance'
import { aCard, anInstance } from './wallets.fixtures'

/**
 * Wallets small enough to try every plan, in which everything happens: horizons of a few payments, floors, caps,
 * thresholds, windows, fees, least and most charges, equal cards, and ties of all kinds.
 */
export function smallWallets({ cards, amount }: { cards: number; amount: number }): fc.Arbitrary<Instance> {
  const upTo = (share: number) => Math.max(1, Math.round(amount * share))
  const kinds = fc.array(smallCard(upTo), { minLength: 1, maxLength: cards })
  // Ids whose ASCII order is neither their alphabetical nor their numerical one.
  const ids = fc.shuffledSubarray(['B', 'a', 'c10', 'c2', 'Z', 'b', '9', '_', 'A:1'], { minLength: cards })
  return fc
    .tuple(kinds, ids, fc.integer({ min: 1, max: amount }), preferences(cards), fc.boolean())
    .map(([drawn, names, total, { required, excluded, ...preferences }, alike]) => {
      const wallet = drawn.map((card, k) => ({ ...(alike ? drawn[k % 2]! : card), id: names[k]! }))
      const named = (positions: readonly number[]) => positions.flatMap((position) => wallet[position]?.id ?? [])
      return anInstance({
        amount: total,
        cards: wallet,
        preferences: { ...preferences, requiredCards: named(required), excludedCards: named(excluded) },
      })
    })
}

function smallCard(upTo: (share: number) => number): fc.Arbitrary<Card> {
  const reward = smallReward(upTo)
  return fc
    .record({
      creditLimit: fc.integer({ min: Math.floor(upTo(1) / 4), max: upTo(1.5) }),
      balance: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: upTo(0.4) })),
      apr: fc.constantFrom(0, 0.12, 0.24, 0.6, 1),
      minPayment: fc.integer({ min: 0, max: upTo(0.4) }),
      minCharge: fc.option(fc.integer({ min: 1, max: upTo(0.5) }), { nil: undefined, freq: 2 }),
      wider: fc.option(fc.integer({ min: 0, max: upTo(0.5) }), { nil: undefined, freq: 2 }),
      fixed: fc.constantFrom(0, 0, 1, 2, 3),
      bps: fc.constantFrom(0, 0, 100, 1_000),
      rewards: fc.array(reward, { maxLength: 3 }),
    })
    .map(({ wider, fixed, bps, ...card }) =>
      aCard({
        ...card,
        ...(wider === undefined ? {} : { maxCharge: (card.minCharge ?? 1) + wider }),
        fee: { fixed, bps },
      }),
    )
}

function smallReward(upTo: (share: number) => number): fc.Arbitrary<Reward> {
  const type = fc.constantFrom(...rewardTypes)
  const bound = fc.option(fc.integer({ min: 1, max: upTo(0.7) }), { nil: undefined })
  // The purchase is at noon: a rule that starts then applies, one that ends then does not.
  const noon = fc.constantFrom(undefined, undefined, undefined, '2024-06-15T12:00:00Z')
  return fc.oneof(
    fc.record({
      type,
      kind: fc.constant('rate' as const),
      valueBps: fc.integer({ min: 0, max: 10 }).map((step) => step * 200),
      floor: bound,
      cap: bound,
      startsAt: noon,
    }),
    fc.record({
      type,
      kind: fc.constant('bonus' as const),
      value: fc.integer({ min: 0, max: 4 }),
      minSpend: bound,
      endsAt: noon,
    }),
  )
}

function preferences(cards: number) {
  const position = fc.integer({ min: 0, max: cards - 1 })
  return fc
    .record({
      costWeight: fc.constantFrom(0, 0.3, 0.5, 0.5, 0.7, 1),
      repaymentMode: fc.constantFrom('in_full' as const, 'minimum_over_time' as const),
      discountRate: fc.constantFrom(0, 0.12, 0.24, 0.6, 1),
      rewardAffinity: fc.constantFrom({}, { miles: 0.5, points: 0 }),
      required: fc.constantFrom(0, 0, 0, 0, 1, 2).chain((count) => fc.uniqueArray(position, { maxLength: count })),
      excluded: fc.constantFrom(0, 0, 0, 0, 1).chain((count) => fc.uniqueArray(position, { maxLength: count })),
      maxCards: fc.option(fc.integer({ min: 1, max: cards }), { nil: undefined, freq: 2 }),
    })
    .map(({ costWeight, ...rest }) => ({ ...rest, weights: { cost: costWeight, bonus: 1 - costWeight } }))
}
