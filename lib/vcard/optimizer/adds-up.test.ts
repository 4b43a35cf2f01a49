import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addsUp } from './adds-up'
import { optimize } from './optimize'
import { aCard, anInstance } from './wallets.fixtures'
import { withoutPause, Work } from './work'

const AMOUNT = 400

interface Range {
  readonly least: number
  readonly most: number
  readonly required: boolean
}

/** Every sum, by a table that is filled one charge at a time. */
function byTable(ranges: readonly Range[], amount: number): boolean {
  let sums = new Set([0])
  for (const { least, most, required } of ranges) {
    const next = new Set(required ? [] : sums)
    for (const sum of sums) {
      for (let charge = least; charge <= most && sum + charge <= amount; charge++) next.add(sum + charge)
    }
    sums = next
  }
  return sums.has(amount)
}

test('charges add up to an amount exactly when a table of all sums has it', () => {
  const range = fc
    .record({
      least: fc.integer({ min: 1, max: 150 }),
      // Single charges, ranges within a word of 32 sums, and wider ones.
      width: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 30, max: 120 })),
      required: fc.boolean(),
    })
    .map(({ least, width, required }) => ({ least, most: least + width, required: required && width % 3 === 0 }))
  fc.assert(
    fc.property(
      fc.array(range, { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: AMOUNT }),
      (ranges, amount) => {
        const candidates = ranges.map(({ least, most, required }) => ({
          required,
          curve: { charges: least === most ? [least] : [least, most], utilities: least === most ? [0] : [0, 0] },
        }))
        expect(withoutPause(addsUp(candidates, amount, new Work()))).toBe(byTable(ranges, amount))
      },
    ),
    { numRuns: 5_000 },
  )
})

test('fifty cards that each take one large charge or none are proven not to add up', () => {
  // All charges are even, the amount is odd, and hardly any two sets of cards have the same sum.
  const amount = 200_000_001
  const cards = Array.from({ length: 50 }, (_, k) => {
    const charge = 2 * Math.floor((amount / 50) * (0.4 + 0.6 * ((k * 0.618_033_988_7) % 1)))
    return aCard({ id: `card-${k}`, creditLimit: charge, minCharge: charge })
  })
  expect(optimize(anInstance({ amount, cards })).infeasible).toEqual({ code: 'MIN_CHARGE_CONFLICT' })
})
