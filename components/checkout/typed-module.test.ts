import { expect, test } from 'vitest'
import type { ModuleField, OtherModule } from './module-view'
import { fieldFault, readModule } from './typed-module'

const field = (given: Partial<ModuleField>): ModuleField => ({
  ...{ name: 'card', label: 'Card', kind: 'digits', shortest: 8, longest: 12, optional: false },
  ...given,
})
const points: OtherModule = {
  code: 'points',
  name: 'Points',
  fields: [field({}), field({ name: 'pin', kind: 'secret', shortest: 4, longest: 4 })],
}

test.each([
  ['nothing', '', 'missing'],
  ['blanks', '   ', 'missing'],
  ['letters where digits belong', '1000000a', 'digits'],
  ['too few digits', '1000', 'short'],
  ['digits in groups', '1000 0001', undefined],
])('a field with %s is told apart', (_, typed, fault) => {
  expect(fieldFault(field({}), typed)).toBe(fault)
})

test('a field that may be left out may be left out, and is not sent then', () => {
  const optional = { ...points, fields: [...points.fields, field({ name: 'note', kind: 'text', optional: true })] }
  expect(readModule(optional, { card: '1000-0001', pin: '1234' })).toEqual({ card: '10000001', pin: '1234' })
})

test('nothing is sent while a field is wrong; a secret is sent exactly as it was typed', () => {
  expect(readModule(points, { card: '10000001' })).toBeUndefined()
  expect(readModule(points, { card: '10000001', pin: ' 12 ' })).toEqual({ card: '10000001', pin: ' 12 ' })
})
