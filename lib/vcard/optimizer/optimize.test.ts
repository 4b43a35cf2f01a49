import { describe, expect, test } from 'vitest'
import type { Card, Instance } from './instance'
import { optimize } from './optimize'
import type { InfeasibleReason, OptimalResult } from './result'
import { aCard, anInstance } from './wallets.fixtures'

/** Worked by hand: each row says which cards are charged what, and what the plan is worth. */

interface Row {
  readonly title: string
  readonly instance: Instance
  readonly plan: Readonly<Record<string, number>>
  readonly utility: number
}

const overTime = { repaymentMode: 'minimum_over_time' } as const
const rate = (valueBps: number) => ({ type: 'cashback', kind: 'rate', valueBps }) as const

/** Two cards whose next unit costs more the more they carry: 1.01 then 1.0201, and 1.02 then 1.0404. */
const twoRevolvers = (fee: number): Card[] => [
  aCard({ id: 'A', apr: 0.12, minPayment: 10_100, fee: { fixed: fee }, rewards: [rate(200)] }),
  aCard({ id: 'B', apr: 0.24, minPayment: 10_200, fee: { fixed: fee }, rewards: [rate(250)] }),
]

const plans: Row[] = [
  {
    title: 'the preferred card has 200 left of the 1000 needed: the rest goes elsewhere (M-235)',
    instance: anInstance({
      amount: 100_000,
      cards: [
        aCard({ id: 'preferred', creditLimit: 300_000, balance: 280_000, rewards: [rate(200)] }),
        aCard({ id: 'other' }),
      ],
    }),
    plan: { other: 80_000, preferred: 20_000 },
    utility: 0.5 * (0.02 * 20_000 - 100_000),
  },
  {
    title: 'low interest first, then the second card while it is cheaper than the first one carrying more (M-236)',
    instance: anInstance({ amount: 15_000, cards: twoRevolvers(20), preferences: overTime }),
    plan: { A: 10_000, B: 5_000 },
    utility: -7_457.5,
  },
  {
    title: 'the fee of the second card eats the gain of splitting',
    instance: anInstance({ amount: 15_000, cards: twoRevolvers(30), preferences: overTime }),
    plan: { A: 15_000 },
    utility: -7_465.25,
  },
  {
    title: 'a purchase of one unit goes on one card',
    instance: anInstance({ amount: 1, cards: [aCard({ id: 'b' }), aCard({ id: 'a' })] }),
    plan: { a: 1 },
    utility: -0.5,
  },
  {
    title: 'a rate earns from its floor to floor plus cap, and no further',
    instance: anInstance({
      amount: 20_000,
      cards: [aCard({ id: 'capped', rewards: [{ ...rate(500), floor: 5_000, cap: 7_000 }] }), aCard({ id: 'plain' })],
    }),
    // Everything on the capped card earns as much as 12000 there: one card is fewer.
    plan: { capped: 20_000 },
    utility: 0.5 * (350 - 20_000),
  },
  {
    title: 'a lump is earned at its threshold and not a unit before',
    instance: anInstance({
      amount: 10_000,
      cards: [
        aCard({ id: 'lump', rewards: [{ type: 'points', kind: 'bonus', value: 300, minSpend: 7_000 }] }),
        aCard({ id: 'rate', rewards: [rate(100)] }),
      ],
    }),
    plan: { lump: 7_000, rate: 3_000 },
    utility: 0.5 * (300 + 30 - 10_000),
  },
  {
    title: 'a proportional fee is weighed against the reward',
    instance: anInstance({
      amount: 10_000,
      cards: [aCard({ id: 'dear', fee: { bps: 150 }, rewards: [rate(140)] }), aCard({ id: 'plain' })],
    }),
    plan: { plain: 10_000 },
    utility: -5_000,
  },
  {
    title: 'minimum charges that overshoot together leave only a combination with the third card',
    instance: anInstance({
      amount: 10_000,
      cards: [
        aCard({ id: 'a', creditLimit: 9_000, minCharge: 6_000, rewards: [rate(300)] }),
        aCard({ id: 'b', creditLimit: 7_000, minCharge: 5_000, rewards: [rate(280)] }),
        aCard({ id: 'c', creditLimit: 3_500, minCharge: 3_000, fee: { fixed: 40 } }),
      ],
    }),
    plan: { a: 7_000, c: 3_000 },
    utility: 0.5 * (210 - 10_040),
  },
  {
    title: 'required cards are charged their least, excluded ones nothing, and no more cards than allowed are used',
    instance: anInstance({
      amount: 10_000,
      cards: [
        aCard({ id: 'best', rewards: [rate(900)] }),
        aCard({ id: 'better', creditLimit: 4_000, rewards: [rate(300)] }),
        aCard({ id: 'good', creditLimit: 9_900, rewards: [rate(200)] }),
        aCard({ id: 'must', minCharge: 150 }),
      ],
      preferences: { requiredCards: ['must'], excludedCards: ['best'], maxCards: 2 },
    }),
    plan: { good: 9_850, must: 150 },
    utility: 0.5 * (197 - 10_000),
  },
  {
    title: 'no more is put on a card than 600 payments repay: 100 a month at 24 % carry 4999',
    instance: anInstance({
      amount: 8_000,
      cards: [aCard({ id: 'plain', apr: 0, creditLimit: 3_001 }), aCard({ id: 'slow', apr: 0.24, minPayment: 100 })],
      preferences: { ...overTime, weights: { cost: 0, bonus: 1 } },
    }),
    plan: { plain: 3_001, slow: 4_999 },
    utility: 0,
  },
  {
    title: 'discounted faster than it grows, a debt is cheapest in its last units: cards are filled, not balanced',
    instance: anInstance({
      amount: 4_000,
      cards: [
        aCard({ id: 'x', apr: 0, creditLimit: 3_000, minPayment: 1_000 }),
        aCard({ id: 'y', apr: 0, creditLimit: 3_000, minPayment: 1_000 }),
      ],
      preferences: { ...overTime, discountRate: 1, weights: { cost: 1, bonus: 0 } },
    }),
    plan: { x: 3_000, y: 1_000 },
    utility: -1_000 * (12 / 13 + (12 / 13) ** 2 + (12 / 13) ** 3 + 12 / 13),
  },
  {
    title: 'a rule counts from its start until before its end, wherever the clock of the offset stands',
    instance: anInstance({
      at: '2024-06-15T12:00:00Z',
      cards: [
        aCard({ id: 'ended', rewards: [{ ...rate(900), endsAt: '2024-06-15T14:00:00+02:00' }] }),
        aCard({ id: 'later', rewards: [{ ...rate(900), startsAt: '2024-06-15T12:00:00.001Z' }] }),
        aCard({ id: 'starts', rewards: [{ ...rate(100), startsAt: '2024-06-15T21:00:00+09:00' }] }),
      ],
    }),
    plan: { starts: 10_000 },
    utility: 0.5 * (100 - 10_000),
  },
  {
    title: 'a rule for certain merchants counts only there',
    instance: anInstance({
      merchantId: 'shop-1',
      cards: [
        aCard({ id: 'elsewhere', rewards: [{ ...rate(900), merchantIds: ['shop-2'] }] }),
        aCard({ id: 'here', rewards: [{ ...rate(100), merchantIds: ['shop-2', 'shop-1'] }] }),
      ],
    }),
    plan: { here: 10_000 },
    utility: 0.5 * (100 - 10_000),
  },
  {
    title: 'a reward is worth to the customer what the customer says',
    instance: anInstance({
      cards: [
        aCard({ id: 'cash', rewards: [rate(100)] }),
        aCard({ id: 'miles', rewards: [{ type: 'miles', kind: 'rate', valueBps: 300 }] }),
      ],
      preferences: { rewardAffinity: { miles: 0.25 } },
    }),
    plan: { cash: 10_000 },
    utility: 0.5 * (100 - 10_000),
  },
  {
    title: 'with equal cards the fewest are used, the first by ASCII order, and the first of them most',
    instance: anInstance({
      cards: ['b', 'c', 'a', 'B'].map((id) => aCard({ id, creditLimit: 6_000, rewards: [rate(100)] })),
    }),
    plan: { B: 6_000, a: 4_000 },
    utility: -4_950,
  },
  {
    title: 'a wallet of fifty equal cards with fees fills as few as can be',
    instance: anInstance({
      amount: 1_000_000,
      cards: Array.from({ length: 50 }, (_, k) => aCard({ id: `c${k}`, creditLimit: 400_000, fee: { fixed: 99 } })),
    }),
    plan: { c0: 400_000, c1: 400_000, c10: 200_000 },
    utility: 0.5 * -(1_000_000 + 3 * 99),
  },
]

describe('a plan', () => {
  test.each(plans)('$title', ({ instance, plan, utility }) => {
    const result = optimize(instance) as OptimalResult
    expect(Object.fromEntries(result.allocations.map(({ cardId, amount }) => [cardId, amount]))).toEqual(plan)
    expect(result.utility).toBeCloseTo(utility, 6)
    expect(result.recommendation).toBe(Object.keys(plan).length === 1 ? 'single' : 'split')
  })
})

const reasons: { title: string; instance: Instance; reason: InfeasibleReason }[] = [
  {
    title: 'every required card that cannot be used is named, excluded before anything else',
    instance: anInstance({
      cards: [
        aCard({ id: 'small', creditLimit: 500, minCharge: 600 }),
        aCard({ id: 'full', creditLimit: 500, balance: 500 }),
        aCard({ id: 'both', creditLimit: 0 }),
        aCard({ id: 'fine' }),
      ],
      preferences: { requiredCards: ['small', 'full', 'both', 'fine'], excludedCards: ['both'], maxCards: 1 },
    }),
    reason: {
      code: 'REQUIRED_CARD_UNAVAILABLE',
      cards: [
        { cardId: 'both', reason: 'excluded' },
        { cardId: 'full', reason: 'no_capacity' },
        { cardId: 'small', reason: 'min_charge_above_capacity' },
      ],
    },
  },
  {
    title: 'more cards are required than may be used',
    instance: anInstance({
      cards: [aCard({ id: 'a' }), aCard({ id: 'b' })],
      preferences: { requiredCards: ['a', 'b'], maxCards: 1 },
    }),
    reason: { code: 'REQUIRED_EXCEEDS_MAX_CARDS', requiredCount: 2, maxCards: 1 },
  },
  {
    title: 'the least charges of the required cards exceed the purchase',
    instance: anInstance({
      amount: 1_000,
      cards: [aCard({ id: 'a', minCharge: 700 }), aCard({ id: 'b', minCharge: 400 })],
      preferences: { requiredCards: ['a', 'b'] },
    }),
    reason: { code: 'REQUIRED_MIN_CHARGE_ABOVE_AMOUNT', requiredMinimum: 1_100, excess: 100 },
  },
  {
    title: 'all cards together do not carry the purchase; a card that cannot be used does not count',
    instance: anInstance({
      amount: 14_500,
      cards: [
        aCard({ id: 'plain', creditLimit: 10_000, balance: 1_000, apr: 0.18 }),
        aCard({ id: 'slow', creditLimit: 10_000, apr: 0.24, minPayment: 100 }),
        aCard({ id: 'small', creditLimit: 900, minCharge: 1_000 }),
        aCard({ id: 'unpaid', minPayment: 0 }),
      ],
      preferences: overTime,
    }),
    reason: { code: 'CAPACITY_SHORT', capacity: 13_999, shortBy: 501 },
  },
  {
    title: 'no cards at all',
    instance: anInstance({ amount: 7, cards: [] }),
    reason: { code: 'CAPACITY_SHORT', capacity: 0, shortBy: 7 },
  },
  {
    title: 'the cards that may be used do not carry the purchase, the required one among them',
    instance: anInstance({
      cards: [3_000, 5_000, 6_000].map((creditLimit) => aCard({ id: `c${creditLimit}`, creditLimit })),
      preferences: { requiredCards: ['c3000'], maxCards: 2 },
    }),
    reason: { code: 'MAX_CARDS_CAPACITY_SHORT', capacity: 9_000, shortBy: 1_000 },
  },
  {
    title: 'no combination of charges adds up',
    instance: anInstance({
      cards: [6_000, 7_000].map((charge) => aCard({ id: `c${charge}`, minCharge: charge, maxCharge: charge + 500 })),
    }),
    reason: { code: 'MIN_CHARGE_CONFLICT' },
  },
  {
    title: 'a least charge above the purchase leaves no card, though the capacity would do',
    instance: anInstance({ cards: [aCard({ minCharge: 10_001 })] }),
    reason: { code: 'MIN_CHARGE_CONFLICT' },
  },
]

describe('no plan', () => {
  test.each(reasons)('$title', ({ instance, reason }) => {
    expect(optimize(instance)).toEqual({
      spec: 'vcard-optimizer/1',
      status: 'infeasible',
      recommendation: 'infeasible',
      currency: 'USD',
      amount: instance.amount,
      utility: null,
      usedCards: 0,
      allocations: [],
      totals: null,
      bestSingle: null,
      advantage: null,
      infeasible: reason,
    })
  })
})

describe('a result', () => {
  test('tells for each card what the charge costs and earns, rule by rule (M-315)', () => {
    const instance = anInstance({
      id: 'worked',
      amount: 15_000,
      cards: [
        aCard({
          id: 'A',
          minPayment: 10_100,
          fee: { fixed: 20, bps: 10 },
          rewards: [
            { ...rate(500), endsAt: '2024-01-01T00:00:00Z' },
            { type: 'miles', kind: 'rate', valueBps: 200 },
            { type: 'points', kind: 'bonus', value: 70, minSpend: 20_000 },
          ],
        }),
      ],
      preferences: { ...overTime, rewardAffinity: { miles: 0.5 } },
    })
    const allocation = {
      presentValue: 15_200.5,
      interest: 200.5,
      fees: 35,
      cost: 15_235.5,
      bonus: 150,
    }
    const rounded = JSON.parse(JSON.stringify(optimize(instance)), (_, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ) as unknown
    expect(rounded).toEqual({
      spec: 'vcard-optimizer/1',
      id: 'worked',
      status: 'optimal',
      recommendation: 'single',
      currency: 'USD',
      amount: 15_000,
      utility: -7_542.75,
      usedCards: 1,
      allocations: [
        {
          cardId: 'A',
          amount: 15_000,
          ...allocation,
          rewards: [
            { ruleIndex: 1, type: 'miles', value: 300, weighted: 150 },
            { ruleIndex: 2, type: 'points', value: 0, weighted: 0 },
          ],
          utility: -7_542.75,
        },
      ],
      totals: allocation,
      bestSingle: { cardId: 'A', utility: -7_542.75 },
      advantage: 0,
      infeasible: null,
    })
  })

  test('compares the split with the best single card', () => {
    const result = optimize(anInstance({ amount: 15_000, cards: twoRevolvers(20), preferences: overTime }))
    expect(result.bestSingle).toEqual({ cardId: 'A', utility: expect.closeTo(-7_460.25, 6) as number })
    expect(result.advantage).toBeCloseTo(2.75, 6)
  })

  test('has no single card to compare with when two are required', () => {
    const cards = [aCard({ id: 'a' }), aCard({ id: 'b' })]
    const result = optimize(anInstance({ cards, preferences: { requiredCards: ['a', 'b'] } }))
    expect(result).toMatchObject({ usedCards: 2, bestSingle: null, advantage: null })
  })
})
