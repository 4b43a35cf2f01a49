import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divideByRatio } from './divide'
import { LARGEST_AMOUNT, parseMinorUnits, sum } from './money'

const amount = fc.bigInt({ min: 0n, max: LARGEST_AMOUNT })

test('the parts of any division add up to the whole, and none is off by more than one unit', () => {
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 12 }), (total, weights) => {
      const whole = sum(weights)
      fc.pre(whole > 0n)
      const parts = divideByRatio(total, weights)
      expect(sum(parts)).toBe(total)
      parts.forEach((part, index) => {
        const exact = (total * weights[index]!) / whole
        expect(part === exact || part === exact + 1n).toBe(true)
      })
    }),
  )
})

test('what is left over goes to the largest remainders, the earlier part first', () => {
  expect(divideByRatio(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
  expect(divideByRatio(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n])
})

test('nothing is divided in a ratio of nothing', () => {
  expect(divideByRatio(0n, [0n, 0n])).toEqual([0n, 0n])
  expect(() => divideByRatio(1n, [0n])).toThrow(RangeError)
  expect(() => divideByRatio(-1n, [1n])).toThrow(RangeError)
})

test.each(['-1', '+1', '1.0', '1e3', '0x10', ' 1', '1 ', '01', '1,000', '１', '', 'NaN', '9'.repeat(16)])(
  'an amount written as "%s" is not an amount (P10.2)',
  (text) => expect(parseMinorUnits(text)).toBeUndefined(),
)

test('whole minor units are read exactly', () => {
  expect(parseMinorUnits('0')).toBe(0n)
  expect(parseMinorUnits('999999999999999')).toBe(999_999_999_999_999n)
})
