import { describe, expect, test } from 'vitest'
import { InvalidInstance } from './invalid-instance'
import { parseInstance } from './parse-instance'
import { aCard, anInstance } from './wallets.fixtures'

/** An instance as text, so that what is tried is what JSON can say; `change` may break it in any way. */
function parsed(change: (instance: Record<string, unknown>) => void): unknown {
  const instance = JSON.parse(JSON.stringify(complete)) as Record<string, unknown>
  change(instance)
  return instance
}

const complete = anInstance({
  id: 'complete',
  merchantId: 'shop-1',
  cards: [
    aCard({
      id: 'A.b_c:1-2',
      minCharge: 5,
      maxCharge: 5,
      fee: { fixed: 0, bps: 10_000 },
      rewards: [
        { type: 'cashback', kind: 'rate', valueBps: 100, floor: 0, cap: 1, startsAt: '2024-02-29T00:00:00+14:00' },
        { type: 'miles', kind: 'bonus', value: 0, minSpend: 1, endsAt: '9999-12-31T23:59:59.999Z', merchantIds: ['m'] },
      ],
    }),
    aCard({ id: 'full', creditLimit: 10, balance: 10_000_000_000 }),
  ],
  preferences: {
    rewardAffinity: { cashback: 0, miles: 1, points: 0.5 },
    requiredCards: ['full'],
    excludedCards: ['full'],
    maxCards: 50,
  },
})

type Loose = Record<string, Record<string, unknown>> & { cards: Record<string, unknown>[] }

const refusals: { title: string; change: (instance: Loose) => void; path: string }[] = [
  { title: 'an unknown member', change: (i) => Object.assign(i, { colour: 'red' }), path: '/colour' },
  {
    title: 'an unknown member with / and ~ in its name',
    change: (i) => Object.assign(i, { 'a/b~c': 1 }),
    path: '/a~1b~0c',
  },
  {
    title: 'an unknown member of a card',
    change: (i) => Object.assign(i.cards[0]!, { cvc: '1' }),
    path: '/cards/0/cvc',
  },
  {
    title: 'a member called __proto__',
    change: (i) => Object.defineProperty(i, '__proto__', { value: {}, enumerable: true }),
    path: '/__proto__',
  },
  { title: 'a missing amount', change: (i) => delete (i as Partial<Loose>).amount, path: '/amount' },
  { title: 'an amount of nothing', change: (i) => Object.assign(i, { amount: 0 }), path: '/amount' },
  {
    title: 'an amount beyond a thousand million',
    change: (i) => Object.assign(i, { amount: 1e9 + 1 }),
    path: '/amount',
  },
  { title: 'an amount with a fraction', change: (i) => Object.assign(i, { amount: 10.5 }), path: '/amount' },
  { title: 'an amount as text', change: (i) => Object.assign(i, { amount: '100' }), path: '/amount' },
  { title: 'another version', change: (i) => Object.assign(i, { spec: 'vcard-optimizer/2' }), path: '/spec' },
  { title: 'an empty id', change: (i) => Object.assign(i, { id: '' }), path: '/id' },
  { title: 'an id of 129 characters', change: (i) => Object.assign(i, { id: 'x'.repeat(129) }), path: '/id' },
  { title: 'a currency in small letters', change: (i) => Object.assign(i, { currency: 'usd' }), path: '/currency' },
  {
    title: 'an instant without an offset',
    change: (i) => Object.assign(i, { at: '2024-06-15T12:00:00' }),
    path: '/at',
  },
  { title: 'a day that does not exist', change: (i) => Object.assign(i, { at: '2023-02-29T12:00:00Z' }), path: '/at' },
  { title: 'a leap second', change: (i) => Object.assign(i, { at: '2016-12-31T23:59:60Z' }), path: '/at' },
  {
    title: 'an instant to the microsecond',
    change: (i) => Object.assign(i, { at: '2024-06-15T12:00:00.0001Z' }),
    path: '/at',
  },
  { title: 'a merchant with a space', change: (i) => Object.assign(i, { merchantId: 'a b' }), path: '/merchantId' },
  { title: 'cards that are no list', change: (i) => Object.assign(i, { cards: {} }), path: '/cards' },
  {
    title: 'fifty-one cards',
    change: (i) => Object.assign(i, { cards: Array.from({ length: 51 }, (_, k) => aCard({ id: `c${k}` })) }),
    path: '/cards',
  },
  { title: 'a card that is null', change: (i) => Object.assign(i.cards, { 1: null }), path: '/cards/1' },
  { title: 'two cards of one id', change: (i) => Object.assign(i.cards[1]!, { id: 'A.b_c:1-2' }), path: '/cards/1/id' },
  { title: 'an id with a slash', change: (i) => Object.assign(i.cards[0]!, { id: 'a/b' }), path: '/cards/0/id' },
  { title: 'a negative balance', change: (i) => Object.assign(i.cards[0]!, { balance: -1 }), path: '/cards/0/balance' },
  {
    title: 'a limit beyond 1e10',
    change: (i) => Object.assign(i.cards[0]!, { creditLimit: 1e10 + 1 }),
    path: '/cards/0/creditLimit',
  },
  { title: 'a rate above 1', change: (i) => Object.assign(i.cards[0]!, { apr: 1.01 }), path: '/cards/0/apr' },
  {
    title: 'a rate that is not finite',
    change: (i) => Object.assign(i.cards[0]!, { apr: Infinity }),
    path: '/cards/0/apr',
  },
  {
    title: 'a least charge of nothing',
    change: (i) => Object.assign(i.cards[0]!, { minCharge: 0 }),
    path: '/cards/0/minCharge',
  },
  {
    title: 'a least charge above the most',
    change: (i) => Object.assign(i.cards[0]!, { minCharge: 6 }),
    path: '/cards/0/minCharge',
  },
  {
    title: 'a fee of more than everything',
    change: (i) => Object.assign(i.cards[0]!, { fee: { bps: 10_001 } }),
    path: '/cards/0/fee/bps',
  },
  { title: 'a reward of no kind', change: (i) => rewards(i, { type: 'miles' }), path: '/cards/0/rewards/0/kind' },
  {
    title: 'a reward of unknown type',
    change: (i) => rewards(i, { type: 'stars', kind: 'rate', valueBps: 1 }),
    path: '/cards/0/rewards/0/type',
  },
  {
    title: 'a rate with a threshold',
    change: (i) => rewards(i, { type: 'miles', kind: 'rate', valueBps: 1, minSpend: 1 }),
    path: '/cards/0/rewards/0/minSpend',
  },
  {
    title: 'a lump with a cap',
    change: (i) => rewards(i, { type: 'miles', kind: 'bonus', value: 1, cap: 1 }),
    path: '/cards/0/rewards/0/cap',
  },
  {
    title: 'a rule for no merchant',
    change: (i) => rewards(i, { type: 'miles', kind: 'bonus', value: 1, merchantIds: [] }),
    path: '/cards/0/rewards/0/merchantIds',
  },
  {
    title: 'a merchant twice in a rule',
    change: (i) => rewards(i, { type: 'miles', kind: 'bonus', value: 1, merchantIds: ['a', 'a'] }),
    path: '/cards/0/rewards/0/merchantIds/1',
  },
  {
    title: 'a rule that ends as it starts',
    change: (i) =>
      rewards(i, {
        type: 'miles',
        kind: 'bonus',
        value: 1,
        startsAt: '2024-01-01T00:00:00Z',
        endsAt: '2024-01-01T01:00:00+01:00',
      }),
    path: '/cards/0/rewards/0/endsAt',
  },
  {
    title: 'weights that do not sum to 1',
    change: (i) => Object.assign(i.preferences!, { weights: { cost: 0.5, bonus: 0.500000002 } }),
    path: '/preferences/weights',
  },
  {
    title: 'a negative weight',
    change: (i) => Object.assign(i.preferences!, { weights: { cost: -0.5, bonus: 1.5 } }),
    path: '/preferences/weights/cost',
  },
  {
    title: 'an unknown way of repaying',
    change: (i) => Object.assign(i.preferences!, { repaymentMode: 'never' }),
    path: '/preferences/repaymentMode',
  },
  {
    title: 'a required card that is none',
    change: (i) => Object.assign(i.preferences!, { requiredCards: ['x'] }),
    path: '/preferences/requiredCards/0',
  },
  {
    title: 'an excluded card that is none',
    change: (i) => Object.assign(i.preferences!, { excludedCards: ['full', 'x'] }),
    path: '/preferences/excludedCards/1',
  },
  {
    title: 'a card required twice',
    change: (i) => Object.assign(i.preferences!, { requiredCards: ['full', 'full'] }),
    path: '/preferences/requiredCards/1',
  },
  {
    title: 'fifty-one cards allowed',
    change: (i) => Object.assign(i.preferences!, { maxCards: 51 }),
    path: '/preferences/maxCards',
  },
  {
    title: 'the value of an unknown reward',
    change: (i) => Object.assign(i.preferences!, { rewardAffinity: { stars: 1 } }),
    path: '/preferences/rewardAffinity/stars',
  },
]

function rewards(instance: Loose, reward: unknown): void {
  Object.assign(instance.cards[0]!, { rewards: [reward] })
}

describe('an instance is refused, and the place named, for', () => {
  test.each(refusals)('$title', ({ change, path }) => {
    const instance = parsed((value) => change(value as Loose))
    expect(() => parseInstance(instance)).toThrow(InvalidInstance)
    try {
      parseInstance(instance)
    } catch (error) {
      expect((error as InvalidInstance).issues.map((issue) => issue.path)).toContain(path)
    }
  })

  test.each([null, [], 'text', 7, true])('%j in place of an object', (value) => {
    expect(() => parseInstance(value)).toThrow(InvalidInstance)
  })

  test('several things at once, all of them told', () => {
    const instance = parsed((value) => Object.assign(value, { amount: -1, currency: 'KR', at: 'now' }))
    try {
      parseInstance(instance)
    } catch (error) {
      expect((error as InvalidInstance).issues.map(({ path }) => path)).toEqual(['/amount', '/currency', '/at'])
    }
    expect.assertions(1)
  })
})

describe('an instance is taken', () => {
  test('with every member there is, a card both required and excluded, a balance above the limit (M-296 … M-304)', () => {
    expect(parseInstance(parsed(() => undefined))).toEqual(complete)
  })

  test('with integers written in another way', () => {
    const text = JSON.stringify(complete).replace('"amount":10000', '"amount":1e4').replace(':5000,', ':5.0e3,')
    expect(parseInstance(JSON.parse(text))).toEqual(complete)
  })

  test('with weights that differ from 1 by the tolerance, and with no cards', () => {
    const weights = { cost: 0.5, bonus: 0.500000001 }
    const instance = anInstance({ cards: [], preferences: { weights } })
    expect(parseInstance(instance)).toBe(instance)
  })
})
