import { expect, test } from 'vitest'
import { pinFault } from './pin'

test.each([
  ['123', 'pin-form'],
  ['123456789', 'pin-form'],
  ['12a4', 'pin-form'],
  ['１２５４', 'pin-form'],
  ['', 'pin-form'],
  ['0000', 'pin-too-simple'],
  ['4567', 'pin-too-simple'],
  ['654321', 'pin-too-simple'],
  ['2580', undefined],
  ['194027', undefined],
])('a new PIN %s is judged %s', (pin, fault) => {
  expect(pinFault(pin)).toBe(fault)
})
