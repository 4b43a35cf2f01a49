import type { Card, Instance, Preferences } from './instance'
import { aCard, anInstance, Dice } from './wallets.fixtures'

/** One way of making a wallet that is hard to optimize: a card for a limit of about twice its share of the purchase. */
interface Recipe {
  readonly preferences?: Partial<Preferences>
  readonly card: (limit: number, dice: Dice, amount: number) => Partial<Card>
  /** All cards have the same limit. */
  readonly equal?: boolean
}

const growing: Partial<Preferences> = { repaymentMode: 'minimum_over_time', discountRate: 0.24 }

/** Wallets that defeat greedy filling and plain branch and bound, each in its own way. */
const hardRecipes = {
  'equal cards, each with a fee': {
    equal: true,
    card: (_limit, _dice, amount) => ({ fee: { fixed: Math.ceil(amount / 1_000) } }),
  },
  'equal cards, the last units cheapest': {
    equal: true,
    preferences: growing,
    card: (limit) => ({ minPayment: Math.ceil(limit / 40) }),
  },
  'equal terms, different limits, the last units cheapest': {
    preferences: growing,
    card: (limit) => ({ minPayment: Math.ceil(limit / 20) }),
  },
  'fees almost proportional to the limit': {
    card: (limit) => ({ fee: { fixed: Math.round(limit / 1_000) } }),
  },
  'lumps almost proportional to the threshold': {
    card: (limit, dice) => ({
      rewards: [{ type: 'cashback', kind: 'bonus', value: Math.round(limit / 50) + dice.whole(0, 3), minSpend: limit }],
    }),
  },
  'lumps of a hundredth and a constant': {
    card: (limit, _dice, amount) => ({
      rewards: [
        { type: 'points', kind: 'bonus', value: Math.round(limit / 100) + Math.ceil(amount / 10_000), minSpend: limit },
      ],
    }),
  },
  'one charge or none': {
    card: (limit, dice) => ({
      minCharge: limit,
      maxCharge: limit,
      rewards: [{ type: 'miles', kind: 'bonus', value: Math.round(limit / 50) + dice.whole(0, 6) }],
    }),
  },
  'rates above a floor, capped': {
    card: (limit, dice) => ({
      rewards: [
        { type: 'miles', kind: 'rate', valueBps: dice.whole(8, 12) * 25, floor: Math.floor(limit / 2), cap: limit },
      ],
    }),
  },
  'everything at once': {
    preferences: { repaymentMode: 'minimum_over_time', discountRate: 0.12 },
    card: (limit, dice) => ({
      balance: dice.whole(0, Math.floor(limit / 3)),
      apr: dice.whole(0, 30) / 100,
      minPayment: Math.ceil(limit / dice.whole(8, 40)),
      fee: { fixed: dice.whole(0, Math.ceil(limit / 200)) },
      ...(dice.chance(0.4) ? { minCharge: Math.ceil(limit / 4) } : {}),
      rewards: [
        { type: 'cashback', kind: 'rate', valueBps: dice.whole(0, 300), floor: Math.floor(limit / 5) },
        { type: 'miles', kind: 'bonus', value: Math.floor(limit / 40), minSpend: Math.ceil(limit * 0.4) },
      ],
    }),
  },
} as const satisfies Record<string, Recipe>

export type HardKind = keyof typeof hardRecipes

export const hardKinds = Object.keys(hardRecipes) as HardKind[]

export function hardWallet(kind: HardKind, cards: number, amount: number, seed: number): Instance {
  const recipe: Recipe = hardRecipes[kind]
  const dice = new Dice(seed)
  const share = amount / cards
  return anInstance({
    amount,
    preferences: recipe.preferences ?? {},
    cards: Array.from({ length: cards }, (_, k) => {
      const limit = recipe.equal ? Math.floor(2.13 * share) : dice.whole(Math.ceil(share), Math.floor(3 * share))
      // One card among them takes any charge, so that there is a plan.
      const filler = k === 0 && !recipe.equal
      const terms = filler ? {} : recipe.card(limit, dice, amount)
      return aCard({ id: `card-${k}`, creditLimit: filler ? amount : limit, ...terms })
    }),
  })
}
