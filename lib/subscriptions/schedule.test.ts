import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addUnits, daysBetween, startOf } from '../calendar'
import { courseFrom, periodOf, prorated } from './schedule'

const monthly = { unit: 'month', every: 1, amount: 31_000n } as const
const SEOUL = 'Asia/Seoul'

function periods(terms: Parameters<typeof courseFrom>[0], from: string, count: number) {
  const course = courseFrom(terms, from, 1)
  return Array.from({ length: count }, (_, index) => periodOf(terms, course, index + 1, from))
}

describe('the periods of a subscription', () => {
  test('that began on the 31st begin on the last day of shorter months, and on the 31st again', () => {
    expect(periods(monthly, '2027-01-31', 5).map(({ startsOn }) => startsOn)).toEqual([
      ...['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31'],
    ])
  })

  test('that began on 29 February begin on 28 February in other years', () => {
    const yearly = { ...monthly, unit: 'year' } as const
    expect(periods(yearly, '2028-02-29', 5).map(({ startsOn }) => startsOn)).toEqual([
      ...['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29'],
    ])
  })

  test('of a plan with a day of its own begin with a shorter one that costs its days’ share', () => {
    const [short, whole] = periods({ ...monthly, anchorDay: 31 }, '2027-03-21', 2)
    expect(short).toEqual({ number: 1, startsOn: '2027-03-21', endsOn: '2027-03-31', price: 10_000n })
    expect(whole).toEqual({ number: 2, startsOn: '2027-03-31', endsOn: '2027-04-30', price: 31_000n })
  })

  test('of a plan with a day of its own are whole from the start when they begin on that day', () => {
    expect(periods({ ...monthly, anchorDay: 31 }, '2027-02-28', 2)).toMatchObject([
      { startsOn: '2027-02-28', endsOn: '2027-03-31', price: 31_000n },
      { startsOn: '2027-03-31', endsOn: '2027-04-30' },
    ])
  })

  test('follow each other without gap or overlap, whatever the rhythm', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
        fc.integer({ min: 1, max: 13 }),
        fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }),
        fc.integer({ min: 0, max: 20_000 }),
        (unit, every, anchorDay, offset) => {
          const from = addUnits('2000-01-01', 'day', offset)
          const terms = { unit, every, amount: 9_999n, ...(unit === 'month' && anchorDay && { anchorDay }) }
          const found = periods(terms, from, 14)
          expect(found[0]?.startsOn).toBe(from)
          for (const [index, { startsOn, endsOn, price }] of found.entries()) {
            expect(daysBetween(startsOn, endsOn)).toBeGreaterThan(0)
            if (index > 0) expect(startsOn).toBe(found[index - 1]?.endsOn)
            expect(price >= 0n && price <= 9_999n).toBe(true)
          }
        },
      ),
    )
  })
})

describe('a change of the price within a period', () => {
  const june = { startsOn: '2027-06-01', endsOn: '2027-07-01' }

  test('costs the difference for the days that are left', () => {
    const now = startOf('2027-06-16', SEOUL)
    expect(prorated({ from: 10_000n, to: 30_000n }, june, now, SEOUL)).toBe(10_000n)
    expect(prorated({ from: 30_000n, to: 10_000n }, june, now, SEOUL)).toBe(-10_000n)
  })

  test('never credits more than was paid for what is left, and nothing once the period is over', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), fc.integer(), (from, to, offset) => {
        const now = new Date(startOf('2027-06-01', SEOUL).getTime() + (offset % (60 * 86_400_000)))
        const owed = prorated({ from, to }, june, now, SEOUL)
        expect(owed >= -from && owed <= to).toBe(true)
        if (now >= startOf('2027-07-01', SEOUL)) expect(owed).toBe(0n)
        // Back again within the same moment is worth nothing.
        expect(owed + prorated({ from: to, to: from }, june, now, SEOUL)).toBe(0n)
      }),
    )
  })
})
