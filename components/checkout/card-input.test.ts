import { expect, test } from 'vitest'
import { faultsOf, readExpiry, writeExpiry } from './card-input'

const at = new Date('2026-11-15T00:00:00Z')
const good = { number: '4111 1111 1111 1111', expiry: '12/29', securityCode: '123' }

test.each([
  ['nothing wrong with a whole card', good, {}],
  ['a mistyped digit', { ...good, number: '4111 1111 1111 1112' }, { number: 'number' }],
  ['missing digits', { ...good, number: '4111 1111' }, { number: 'short' }],
  ['no month 13', { ...good, expiry: '13/29' }, { expiry: 'expiry' }],
  ['a card that has expired', { ...good, expiry: '10/26' }, { expiry: 'expired' }],
  ['a card that is good to the end of this month', { ...good, expiry: '11/26' }, {}],
  ['a security code that is too short', { ...good, securityCode: '12' }, { securityCode: 'code' }],
  ['American Express with four digits of code', { ...good, number: '378282246310005', securityCode: '1234' }, {}],
  ['a V-Card needs no security code', { ...good, number: '9410000000000000', securityCode: '' }, { number: 'number' }],
] as const)('the card form sees %s', (_, typed, faults) => {
  expect(faultsOf(typed, at)).toEqual(faults)
})

test('an expiry is written with its stroke while it is typed, and read as year and month', () => {
  expect(['1', '12', '122', '1229', '5', '12/2', 'ab'].map(writeExpiry)).toEqual([
    '1',
    '12',
    '12/2',
    '12/29',
    '05',
    '12/2',
    '',
  ])
  expect(readExpiry('12/29')).toBe('2912')
  expect(readExpiry('1/29')).toBeUndefined()
  expect([writeExpiry('12/2031'), readExpiry('12/2031')]).toEqual(['12/2031', '3112'])
  expect(readExpiry(writeExpiry('3112'))).toBeUndefined()
})
