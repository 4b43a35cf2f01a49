import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  creditorReference,
  findCreditorReference,
  readCreditorReference,
  showCreditorReference,
} from './creditor-reference'

// The first is the example of the standard; the second was reckoned by hand: 1 27 15 00 leaves 24.
test.each([
  ['539007547034', 'RF18539007547034'],
  ['1', 'RF741'],
])('the check digits of %s', (body, reference) => {
  expect(creditorReference(body)).toBe(reference)
})

const bodies = fc.stringMatching(/^[0-9A-Z]{1,21}$/)

test('what was made is read back, as it is printed too, and in small letters', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const reference = creditorReference(body)
      expect(readCreditorReference(reference)).toBe(reference)
      expect(readCreditorReference(showCreditorReference(reference).toLowerCase())).toBe(reference)
    }),
  )
})

test('one mistyped digit is noticed', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9]{12}$/),
      fc.nat({ max: 13 }),
      fc.integer({ min: 1, max: 9 }),
      (body, at, by) => {
        const reference = creditorReference(body)
        const wrong = (Number(reference[at + 2]) + by) % 10
        expect(readCreditorReference(reference.slice(0, at + 2) + wrong + reference.slice(at + 3))).toBeUndefined()
      },
    ),
  )
})

test.each([
  ['in words', '주문 RF18 5390 0754 7034 감사합니다', 'RF18539007547034'],
  ['with words after it', 'Invoice RF18539007547034 THANKS', 'RF18539007547034'],
  ['after one that is wrong', 'RF19539007547034 RF18539007547034', 'RF18539007547034'],
  ['nowhere', 'SURF18539007547034', undefined],
  ['only wrong', 'RF18539007547035', undefined],
])('a reference is found %s', (_where, text, found) => {
  expect(findCreditorReference(text)).toBe(found)
})
