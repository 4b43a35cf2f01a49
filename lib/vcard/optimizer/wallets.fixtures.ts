import type { Card, Instance, Preferences, Reward } from './instance'
import { rewardTypes } from './instance'

/** Numbers that depend on the seed alone (mulberry32), so that every run sees the same wallets. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** 0 to 1, 1 excluded. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.whole(0, values.length - 1)] ?? values[0]
  }
}

/** An instance with good defaults: 100 dollars, repaid in full, cost and bonus counting the same. */
export function anInstance({
  preferences,
  ...members
}: Partial<Omit<Instance, 'preferences'>> & { preferences?: Partial<Preferences> } = {}): Instance {
  return {
    spec: 'vcard-optimizer/1',
    amount: 10_000,
    currency: 'USD',
    at: '2024-06-15T12:00:00Z',
    cards: [aCard()],
    preferences: { weights: { cost: 0.5, bonus: 0.5 }, repaymentMode: 'in_full', discountRate: 0, ...preferences },
    ...members,
  }
}

export function aCard(members: Partial<Card> = {}): Card {
  return { id: 'A', creditLimit: 1_000_000, balance: 0, apr: 0.12, minPayment: 5_000, ...members }
}

/** A wallet as people have them: limits, balances, rates, a fee here and there, one to three rewards a card. */
export function everydayWallet(cards: number, seed: number): Instance {
  const dice = new Dice(seed)
  const amount = dice.whole(20_000, 600_000)
  const costWeight = dice.pick([0.5, 0.5, 0.4, 0.6, 0.7])
  return anInstance({
    amount,
    cards: Array.from({ length: cards }, (_, k) => everydayCard(`card-${k + 1}`, amount, dice)),
    preferences: {
      weights: { cost: costWeight, bonus: 1 - costWeight },
      repaymentMode: dice.chance(0.7) ? 'minimum_over_time' : 'in_full',
      discountRate: dice.pick([0, 0.03, 0.06, 0.12, 0.18]),
      rewardAffinity: { miles: dice.whole(3, 10) / 10, points: dice.whole(5, 10) / 10 },
      ...(dice.chance(0.2) ? { maxCards: dice.whole(2, 6) } : {}),
    },
  })
}

function everydayCard(id: string, amount: number, dice: Dice): Card {
  const creditLimit = dice.whole(10, 120) * 5_000
  const balance = dice.chance(0.4) ? 0 : dice.whole(0, Math.floor(creditLimit * 0.7))
  return {
    id,
    creditLimit,
    balance,
    apr: dice.chance(0.1) ? 0 : dice.whole(600, 2_999) / 10_000,
    minPayment: Math.floor(creditLimit * (0.02 + dice.fraction() * 0.06)) + 500,
    ...(dice.chance(0.15) ? { minCharge: dice.whole(1_000, 10_000) } : {}),
    ...(dice.chance(0.4) ? { fee: { fixed: dice.whole(0, 300), bps: dice.pick([0, 0, 20, 50]) } } : {}),
    rewards: Array.from({ length: dice.whole(1, 3) }, () => everydayReward(amount, dice)),
  }
}

function everydayReward(amount: number, dice: Dice): Reward {
  const type = dice.pick(rewardTypes)
  if (dice.chance(0.25)) {
    const minSpend = dice.whole(2_000, amount)
    return { type, kind: 'bonus', value: Math.floor(minSpend * (0.01 + dice.fraction() * 0.06)), minSpend }
  }
  return {
    type,
    kind: 'rate',
    valueBps: dice.whole(2, 24) * 25,
    ...(dice.chance(0.25) ? { floor: dice.whole(500, 50_000) } : {}),
    ...(dice.chance(0.4) ? { cap: dice.whole(2_000, 100_000) } : {}),
  }
}
