import { expect, test } from 'vitest'
import { boundedCount, formatDateTime, formatMoney } from './format'
import { preferredLocale } from './locale'

test.each([
  [220_000n, 'KRW', 'ko', '₩220,000'],
  [220_000n, 'KRW', 'en', '₩220,000'],
  [123_456n, 'USD', 'en', '$1,234.56'],
  [5n, 'USD', 'en', '$0.05'],
  [-1_500n, 'KRW', 'en', '-₩1,500'],
  [999_999_999_999_999_999n, 'KRW', 'en', '₩999,999,999,999,999,999'],
] as const)('%s minor units of %s read in %s as %s', (amount, currency, locale, text) => {
  expect(formatMoney(amount, currency, locale)).toBe(text)
})

test.each([
  [undefined, null, 'ko'],
  [undefined, 'en-US,en;q=0.9', 'en'],
  [undefined, 'fr-FR,ko;q=0.4,en;q=0.8', 'en'],
  [undefined, 'fr', 'ko'],
  [undefined, 'en;q=0, ko', 'ko'],
  ['en', 'ko', 'en'],
  ['xx', 'en', 'en'],
] as const)('a reader who chose %s and whose browser asks for %s is answered in %s', (chosen, asked, locale) => {
  expect(preferredLocale(chosen, asked)).toBe(locale)
})

test('a time is written as its readers write it, in the zone of the shop', () => {
  const at = new Date('2026-11-21T14:01:00Z')
  expect(formatDateTime(at, 'ko')).toBe('2026. 11. 21. 23:01')
  expect(formatDateTime(at, 'en')).toMatch(/^Nov 21, 2026, 11:01\sPM$/)
})

test.each([
  [0, '0'],
  [1_000, '1,000'],
  [1_001, '1,000+'],
])('of %i things, counted to a thousand, people read %s', (count, text) => {
  expect(boundedCount(count, 1_000, 'ko')).toBe(text)
})
