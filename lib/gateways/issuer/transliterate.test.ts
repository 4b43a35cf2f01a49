import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { transliterate } from './transliterate'

test.each([
  ['Moa Books', 'Moa Books'],
  ['모아', 'moa'],
  ['한빛카드', 'hanbitkadeu'],
  ['서울 백화점', 'seoul baekhwajeom'],
  ['모아'.normalize('NFD'), 'moa'],
  ['Café Łódź', 'Cafe ?odz'],
  ['Ｍｏａ', 'Moa'],
  ['書店', '??'],
  ['a\n\tb', 'a??b'],
  ['', ''],
])('%j is written %j', (name, written) => {
  expect(transliterate(name)).toBe(written)
})

test('whatever a shop is called, its name can be sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(transliterate(name)).toMatch(/^[ -~]*$/)
    }),
  )
})
