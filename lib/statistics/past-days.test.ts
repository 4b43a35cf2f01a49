import { expect, test } from 'vitest'
import type { DailyLine } from './daily-store'
import { daysBefore, pastDays } from './past-days'

const line = (wanted: Partial<DailyLine>): DailyLine => ({
  ...{ merchantId: 'm', day: '2026-11-20', hour: 9, currency: 'KRW', module: 'card', result: 'approved', reason: '' },
  ...{ count: 1, amount: 1_000n },
  ...wanted,
})

test('the days before one run over the ends of months and of years', () => {
  expect(daysBefore('2027-01-02', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
  expect(daysBefore('2028-03-01', 1)).toEqual(['2028-02-29'])
})

test('a day’s figures are added up over hours and means, each currency for itself; days not counted are left out', () => {
  const days = daysBefore('2026-11-22', 3)
  const counted = [{ day: '2026-11-20' }, { day: '2026-11-21' }]
  const lines = [
    line({}),
    line({ hour: 23, module: 'phone-bill', amount: 500n }),
    line({ currency: 'USD', amount: 7n }),
    line({ result: 'declined', amount: 9n }),
    line({ result: 'refunded', amount: 300n }),
  ]
  expect(pastDays(days, counted, lines, 'KRW')).toEqual([
    { day: '2026-11-20', approved: 1_500n, refunded: 300n },
    { day: '2026-11-21', approved: 0n, refunded: 0n },
  ])
})
