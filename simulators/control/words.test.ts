import { describe, expect, test } from 'vitest'
import { REFUSALS } from '../telco/requests'
import { BANK_REASONS } from '../bank/deeds'
import { wordsIn } from './words'

describe('what the outside world’s page says', () => {
  test.each([
    ['22000', 'KRW', '₩22,000'],
    ['22000', 'JPY', '¥22,000'],
    ['2250', 'USD', '$22.50'],
    ['2250', 'EUR', '€22.50'],
  ])('%s of the smallest units of %s is %s', (minor, currency, shown) => {
    expect(wordsIn('en').money(minor, currency)).toBe(shown)
  })

  test.each(['ko', 'en'] as const)('every code that can be answered with says what it means (%s)', (language) => {
    const { code, codes, status } = wordsIn(language)
    for (const each of [...codes, ...REFUSALS, ...BANK_REASONS]) expect(code(each)).toMatch(new RegExp(`^.+ ${each}$`))
    for (const each of ['ACSC', 'ACSP', 'RJCT']) expect(status(each)).not.toBe(each)
  })
})
