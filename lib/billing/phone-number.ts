import type { CallingNumber } from '../gateways/telco/telco'

/** E.164: a plus, and at most fifteen digits of which the first is none but zero. */
const E164 = /^\+[1-9][0-9]{6,14}$/
const CALLING_CARD = /^[0-9]{6,19}$/
/** What people put between the digits. */
const BETWEEN = /[\s().-]/g

// The country of numbers that are written without one.
const HOME_COUNTRY = '82'

/**
 * Reads a telephone number as people write it; a leading zero means a Korean number.
 * @returns E.164, or undefined for what is no telephone number
 */
export function readPhoneNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replaceAll(BETWEEN, '')
  const international = digits.startsWith('0') ? `+${HOME_COUNTRY}${digits.slice(1)}` : digits
  return E164.test(international) ? international : undefined
}

/** Reads the number of a calling card. */
export function readCallingCard(text: string): string | undefined {
  const digits = text.normalize('NFKC').replaceAll(BETWEEN, '')
  return CALLING_CARD.test(digits) ? digits : undefined
}

// Korean numbers that begin otherwise are of fixed lines, which cannot show a text.
const KOREAN = /^\+82/
const KOREAN_MOBILE = /^\+821[016789]/

/** Whether what is to be said to a number has to be spoken. */
export function isSpokenTo(number: string): boolean {
  return KOREAN.test(number) && !KOREAN_MOBILE.test(number)
}

/** Under which a line is found again by its keyed hash: a calling card never meets a telephone number. */
export function lineName({ kind, number }: CallingNumber): string {
  return `${kind}:${number}`
}
