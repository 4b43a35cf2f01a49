import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Curve } from './curve'
import { valueAt } from './curve'
import { reflected, restrictedTo } from './reshape'
import { largestWithin, leastSum } from './least-sum'
import { lower } from './lower'
import { Pen } from './pen'
import { sumOfCurves } from './sum-of-curves'
import { withoutPause, Work } from './work'

/** Every operation on curves is held against the same operation on all integers, one by one. */

const RANGE = Array.from({ length: 120 }, (_, k) => k - 50)
/** No sum of the curves below comes near it, so that rounding cannot decide. */
const limits = fc.integer({ min: 1, max: 12 }).map((limit) => limit + 0.013)
const vertices = fc.array(
  fc.record({ step: fc.integer({ min: 1, max: 5 }), y: fc.integer({ min: 0, max: 16 }), joined: fc.boolean() }),
  { minLength: 1, maxLength: 7 },
)
const curves = fc.tuple(fc.integer({ min: -5, max: 5 }), vertices).map(([start, points]): Curve => {
  const pen = new Pen()
  let x = start
  points.forEach(({ step, y, joined }, k) => {
    pen.push(x, y / 2, joined && k < points.length - 1)
    x += step
  })
  return pen.done()
})

function sumsAt(f: Curve, g: Curve, total: number): { at: number; sum: number }[] {
  return RANGE.map((at) => ({ at, sum: valueAt(f, at) + valueAt(g, total - at) }))
}

function close(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) < 1e-8
}

test('the lower of two curves is the lower value at every integer', () => {
  fc.assert(
    fc.property(curves, curves, (f, g) => {
      const both = lower(f, g)
      return RANGE.every((x) => close(valueAt(both, x), Math.min(valueAt(f, x), valueAt(g, x))))
    }),
    { numRuns: 5_000 },
  )
})

test('the sum of two curves is the cheapest way to reach every total within the limit', () => {
  fc.assert(
    fc.property(curves, curves, limits, (f, g, limit) => {
      const sum = withoutPause(sumOfCurves(f, g, { limit }, new Work()))
      return RANGE.every((total) => {
        const least = Math.min(...sumsAt(f, g, total).map((way) => way.sum))
        return close(valueAt(sum, total), least <= limit ? least : Infinity)
      })
    }),
    { numRuns: 600 },
  )
})

test('where only some totals are wanted, these are as cheap as without the others', () => {
  fc.assert(
    fc.property(
      curves,
      curves,
      limits,
      fc.integer({ min: -8, max: 40 }),
      fc.nat({ max: 12 }),
      (f, g, limit, from, width) => {
        const all = withoutPause(sumOfCurves(f, g, { limit }, new Work()))
        const some = withoutPause(sumOfCurves(f, g, { limit, from, to: from + width }, new Work()))
        const wanted = RANGE.filter((total) => total >= from && total <= from + width)
        return wanted.every((total) => close(valueAt(all, total), valueAt(some, total)))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('the least sum, the second best place for it and the largest place within a limit are found', () => {
  fc.assert(
    fc.property(curves, curves, limits, fc.integer({ min: -8, max: 50 }), (f, g, limit, total) => {
      const ways = sumsAt(f, g, total)
      const least = Math.min(...ways.map(({ sum }) => sum))
      const found = leastSum(f, g, total, limit)
      const largest = ways.findLast(({ sum }) => sum <= limit)?.at
      expect(largestWithin(f, g, total, limit)).toBe(largest)
      expect(found === undefined).toBe(least > limit)
      if (found === undefined) return
      const next = Math.min(...ways.filter(({ at }) => at !== found.at).map(({ sum }) => sum))
      expect(close(found.sum, least)).toBe(true)
      expect(close(found.next, next) || found.next > limit).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test('a curve is restricted to where its sum with another is within the limit, and turned round', () => {
  fc.assert(
    fc.property(curves, curves, fc.oneof(limits, fc.constant(Infinity)), (f, g, limit) => {
      const restricted = restrictedTo(f, g, limit)
      const turned = reflected(f, 7)
      return RANGE.every((x) => {
        const sum = valueAt(f, x) + valueAt(g, x)
        const expected = sum <= limit && sum < Infinity ? valueAt(f, x) : Infinity
        return close(valueAt(restricted, x), expected) && close(valueAt(turned, 7 - x), valueAt(f, x))
      })
    }),
    { numRuns: 3_000 },
  )
})
