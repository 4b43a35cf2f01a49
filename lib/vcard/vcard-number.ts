import { randomInt } from 'node:crypto'
import { VCARD_PREFIX, checkDigit } from '../cards/card-number'

const RANDOM_DIGITS = 11

/**
 * A V-Card number nobody can foresee: the prefix, eleven random digits, the check digit (M-260, P8.2). It is drawn, not
 * made from card numbers or the time as M-261 allows, so that it tells nothing about the cards behind it.
 */
export function drawVCardNumber(): string {
  const random = randomInt(10 ** RANDOM_DIGITS)
  const digits = VCARD_PREFIX + String(random).padStart(RANDOM_DIGITS, '0')
  return digits + checkDigit(digits)
}
