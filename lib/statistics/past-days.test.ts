import { expect, test } from 'vitest'
import type { DayLine } from './daily-store'
import { daysBefore, declinesByReason, pastDays, volumeByMeans } from './past-days'

const line = (wanted: Partial<DayLine>): DayLine => ({
  ...{ merchantId: 'm', day: '2026-11-20', currency: 'KRW', module: 'card', result: 'approved', reason: '' },
  ...{ count: 1, amount: 1_000n },
  ...wanted,
})

test('the days before one run over the ends of months and of years', () => {
  expect(daysBefore('2027-01-02', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
  expect(daysBefore('2028-03-01', 1)).toEqual(['2028-02-29'])
})

test('a day’s figures are added up over means, each currency for itself; days not counted are left out', () => {
  const days = daysBefore('2026-11-22', 3)
  const counted = [{ day: '2026-11-20' }, { day: '2026-11-21' }]
  const lines = [
    line({}),
    line({ module: 'phone-bill', amount: 500n }),
    line({ currency: 'USD', amount: 7n }),
    line({ result: 'declined', amount: 9n }),
    line({ result: 'refunded', amount: 300n }),
  ]
  expect(pastDays(days, counted, lines, 'KRW')).toEqual([
    { day: '2026-11-20', approved: 1_500n, refunded: 300n, approvals: 2, declines: 1 },
    { day: '2026-11-21', approved: 0n, refunded: 0n, approvals: 0, declines: 0 },
  ])
})

const mixed = [
  line({ module: 'card', count: 2, amount: 900n }),
  line({ module: 'card', day: '2026-11-21', amount: 200n }),
  line({ module: 'giro', count: 5, amount: 4_000n }),
  line({ module: 'stripe', currency: 'USD', amount: 90_000n }),
  line({ module: 'card', result: 'declined', reason: 'insufficient-funds', count: 3 }),
  line({ module: 'card', result: 'declined', reason: 'try-later', count: 1 }),
  line({ module: 'vcard', result: 'declined', reason: 'try-later', count: 7 }),
]

test('what was approved is added up by means over all days, the most first, and only in one currency', () => {
  expect(volumeByMeans(mixed, 'KRW')).toEqual([
    { module: 'giro', count: 5, amount: 4_000n },
    { module: 'card', count: 3, amount: 1_100n },
  ])
})

test('reasons of declines are counted over all means and days, the most frequent first', () => {
  expect(declinesByReason(mixed, 'KRW')).toEqual([
    { reason: 'try-later', count: 8 },
    { reason: 'insufficient-funds', count: 3 },
  ])
})
