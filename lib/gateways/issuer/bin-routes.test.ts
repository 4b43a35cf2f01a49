import { expect, test } from 'vitest'
import { routeByBin } from './bin-routes'

const issuerOf = routeByBin([
  { code: 'hanbit', bins: ['94', '940001'] },
  { code: 'saero', bins: ['9400', '95'] },
])

test.each([
  ['9400010000000019', 'hanbit'],
  ['9400020000000018', 'saero'],
  ['9499990000000010', 'hanbit'],
  ['9500000000000015', 'saero'],
  ['4111111111111111', undefined],
  ['9', undefined],
])('card %s belongs to the issuer with the longest fitting BIN: %s', (number, code) => {
  expect(issuerOf(number)).toBe(code)
})

test('two issuers cannot claim the same BIN', () => {
  expect(() =>
    routeByBin([
      { code: 'hanbit', bins: ['940001'] },
      { code: 'saero', bins: ['940001'] },
    ]),
  ).toThrow('Issuers "hanbit" and "saero" both claim the BIN 940001.')
})
