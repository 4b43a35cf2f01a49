import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brandOf, checkDigit, inGroups, isExpired, masked, passesLuhn, readCardNumber } from './card-number'

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''))

describe('a card number', () => {
  test.each([
    ['4111111111111111', 'visa'],
    ['5555555555554444', 'mastercard'],
    ['2223003122003222', 'mastercard'],
    ['378282246310005', 'amex'],
    ['3530111333300000', 'jcb'],
    ['6250941006528599', 'unionpay'],
    ['30569309025904', 'diners'],
    ['6011111111111117', 'discover'],
    ['9400010110000213', 'local'],
    ['9410', 'vcard'],
    ['222', 'unknown'],
    ['2720', 'mastercard'],
    ['2721', 'unknown'],
    ['', 'unknown'],
  ] as const)('beginning %s is recognized as %s', (number, brand) => {
    expect(brandOf(number)).toBe(brand)
  })

  test.each([
    ['4111111111111111', '4111111111111111'],
    [' 4111 1111 1111 1111 ', '4111111111111111'],
    ['4111-1111-1111-1111', '4111111111111111'],
    ['4111111111111112', undefined],
    ['4111  1111 1111 1111', undefined],
    ['411111111111111１', undefined],
    ['4111111111111111x', undefined],
    ['00000000000', undefined],
    ['', undefined],
  ])('typed as "%s" is read as %s', (typed, number) => {
    expect(readCardNumber(typed)).toBe(number)
  })

  test('passes Luhn with its check digit and fails with any one digit changed (ISO/IEC 7812-1)', () => {
    fc.assert(
      fc.property(digits(11, 18), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
        const number = body + checkDigit(body)
        const at = place % number.length
        const wrong = number.slice(0, at) + ((Number(number[at]) + change) % 10) + number.slice(at + 1)
        expect(passesLuhn(number)).toBe(true)
        expect(passesLuhn(wrong)).toBe(false)
      }),
    )
  })

  test('is shown with at most its first six and last four digits (P8.1)', () => {
    fc.assert(
      fc.property(digits(15, 16), (number) => {
        const shown = masked({ bin: number.slice(0, 6), lastFour: number.slice(-4) })
        expect(shown.replaceAll(/[^0-9]/g, '')).toBe(number.slice(0, 6) + number.slice(-4))
      }),
    )
    expect(masked({ bin: '940001', lastFour: '0213' })).toBe('9400 01** **** 0213')
    expect(masked({ bin: '378282', lastFour: '0005' })).toBe('3782 82**** *0005')
    expect(masked({ bin: '9410', lastFour: '1234' })).toBe('9410 **** **** 1234')
  })

  test('is grouped as it is printed while it is typed', () => {
    expect(inGroups('41111')).toBe('4111 1')
    expect(inGroups('378282246310005')).toBe('3782 822463 10005')
  })
})

describe('an expiry', () => {
  test.each([
    ['2611', '2026-11-30T23:59:59Z', false],
    ['2611', '2026-12-01T11:59:59Z', false],
    ['2611', '2026-12-01T12:00:00Z', true],
    ['2610', '2026-11-21T00:00:00Z', true],
    ['2701', '2026-12-31T23:59:59Z', false],
    ['3013', '2026-11-21T00:00:00Z', true],
    ['3000', '2026-11-21T00:00:00Z', true],
    ['', '2026-11-21T00:00:00Z', true],
  ])('%s at %s is over: %s', (expiry, at, isOver) => {
    expect(isExpired(expiry, new Date(at))).toBe(isOver)
  })
})
