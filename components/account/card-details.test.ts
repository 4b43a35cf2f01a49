import { expect, test } from 'vitest'
import { aprOf, percentOf } from './card-details'

test.each([
  ['15.9', '0.159'],
  ['5', '0.05'],
  ['0', '0'],
  ['100', '1'],
  ['19.99', '0.1999'],
  ['0.5', '0.005'],
  ['', ''],
  ['-1', undefined],
  ['15.999', undefined],
  ['101', undefined],
  ['abc', undefined],
] as const)('a yearly rate typed as "%s" percent is kept as %s', (typed, kept) => {
  expect(aprOf(typed)).toBe(kept)
})

test('a kept rate is shown as the percentage that was typed', () => {
  expect(['0.159', '0.05', '1', undefined].map(percentOf)).toEqual(['15.9', '5', '100', ''])
})
