import { expect, test } from 'vitest'
import { callingOf, lineFaults, nothingTypedLine, readBirthDate, writeBirthDate } from './typed-line'

const line = { ...nothingTypedLine, name: '한지우', number: '010-0000-1001', birthDate: '1990-04-12' }
const card = { ...nothingTypedLine, kind: 'calling-card' as const, number: '7000 0000 1013', pin: '4821' }

test.each([
  ['nothing wrong with a whole line', line, {}],
  ['nothing wrong with a whole calling card', card, {}],
  ['a number with missing digits', { ...line, number: '010-00' }, { number: 'number' }],
  ['no name', { ...line, name: ' ' }, { name: 'holder' }],
  ['a day that never was', { ...line, birthDate: '1990-02-30' }, { birthDate: 'birthDate' }],
  ['a PIN that is too short', { ...card, pin: '48' }, { pin: 'pin' }],
  ['a calling card with missing digits', { ...card, number: '7000' }, { number: 'cardNumber' }],
] as const)('the form for a line sees %s', (_, typed, faults) => {
  expect(lineFaults(typed)).toEqual(faults)
})

test('a date of birth is written with its strokes while it is typed', () => {
  expect(['1990', '19900', '199004', '1990-04-1', '19900412', '1990-04-12x'].map(writeBirthDate)).toEqual([
    '1990',
    '1990-0',
    '1990-04',
    '1990-04-1',
    '1990-04-12',
    '1990-04-12',
  ])
  expect(['19900412', '1990-13-01', '1800-01-01', '1990-04'].map(readBirthDate)).toEqual([
    '1990-04-12',
    undefined,
    undefined,
    undefined,
  ])
})

test('of a line goes on only what its kind needs', () => {
  expect(callingOf({ ...line, pin: '1234' })).toEqual({
    kind: 'line',
    number: '010-0000-1001',
    name: '한지우',
    birthDate: '1990-04-12',
  })
  expect(callingOf({ ...card, name: '한지우' })).toEqual({
    kind: 'calling-card',
    number: '7000 0000 1013',
    pin: '4821',
  })
  expect(callingOf({ ...card, pin: '' })).toBeUndefined()
})
