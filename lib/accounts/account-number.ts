import { randomInt } from 'node:crypto'
import { checkDigit, readCardNumber } from '../cards/card-number'

/** First digits of every account number: nationally assigned (ISO/IEC 7812), so that no card scheme ever uses them. */
const ACCOUNT_PREFIX = '9420'
const RANDOM_DIGITS = 11

/** An account number nobody can foresee: the prefix, eleven random digits, the check digit. */
export function drawAccountNumber(): string {
  const digits = ACCOUNT_PREFIX + String(randomInt(10 ** RANDOM_DIGITS)).padStart(RANDOM_DIGITS, '0')
  return digits + checkDigit(digits)
}

/** Reads an account number as people type it, in groups or not; undefined for whatever is none. */
export function readAccountNumber(typed: string): string | undefined {
  const number = readCardNumber(typed)
  return number?.length === ACCOUNT_PREFIX.length + RANDOM_DIGITS + 1 && number.startsWith(ACCOUNT_PREFIX)
    ? number
    : undefined
}

/** As it may be shown: `9420 **** **** 1234` */
export function maskedAccount(lastFour: string): string {
  return `${ACCOUNT_PREFIX} **** **** ${lastFour}`
}
