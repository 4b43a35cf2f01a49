import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicId, readPublicId, uuidAt } from './ids'

test('an identifier is read back only as what it names', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(readPublicId('pay', publicId('pay', uuid))).toBe(uuid)
      expect(readPublicId('ref', publicId('pay', uuid))).toBeUndefined()
    }),
  )
})

test.each(['', 'pay_', 'pay_0', `pay_${'z'.repeat(26)}`, `pay_${'u'.repeat(26)}`, `PAY_${'0'.repeat(26)}`])(
  '"%s" is no payment',
  (text) => expect(readPublicId('pay', text)).toBeUndefined(),
)

test('later identifiers sort after earlier ones', () => {
  const made = Array.from({ length: 2000 }, (_, index) => uuidAt(new Date(1_800_000_000_000 + index)))
  expect([...made].sort()).toEqual(made)
})

test('identifiers of one moment sort in the order in which they were made, and no two are alike', () => {
  const made = Array.from({ length: 5000 }, () => uuidAt(new Date(1_800_000_000_000)))
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(5000)
})

test('identifiers of one moment sort in the order in which they were made, whatever was made at other moments meanwhile', () => {
  const stopped = new Date(1_800_000_000_000)
  const made = Array.from({ length: 200 }, (_, index) => {
    uuidAt(new Date(1_700_000_000_000 + index))
    return uuidAt(stopped)
  })
  expect([...made].sort()).toEqual(made)
})
