import { HOUR_MS } from '../clock'

/**
 * What can be told from a card number alone. Pure and free of Node, so that the card form in the browser checks what
 * the server checks.
 */

/** The scheme whose number range a card number lies in (ISO/IEC 7812). `vcard` is one of our own numbers. */
export type Brand =
  'visa' | 'mastercard' | 'amex' | 'jcb' | 'unionpay' | 'diners' | 'discover' | 'local' | 'vcard' | 'unknown'

/** First digits of every V-Card number: the range 9 is assigned nationally, so no scheme ever uses it (P8.2). */
export const VCARD_PREFIX = '9410'

/** How much of the front of a number may be shown and stored in clear (PCI DSS 3.4). */
export const BIN_LENGTH = 6

const RANGES: readonly (readonly [brand: Brand, from: string, to: string])[] = [
  ['visa', '4', '4'],
  ['mastercard', '51', '55'],
  ['mastercard', '2221', '2720'],
  ['amex', '34', '34'],
  ['amex', '37', '37'],
  ['jcb', '3528', '3589'],
  ['diners', '300', '305'],
  ['diners', '3095', '3095'],
  ['diners', '36', '36'],
  ['diners', '38', '39'],
  ['unionpay', '62', '62'],
  ['unionpay', '81', '81'],
  ['discover', '6011', '6011'],
  ['discover', '644', '649'],
  ['discover', '65', '65'],
  ['vcard', VCARD_PREFIX, VCARD_PREFIX],
  // Cards that are good in Korea only carry nationally assigned numbers.
  ['local', '9', '9'],
]

/** The scheme of a number or of the first digits of one; `unknown` while there are too few of them to tell. */
export function brandOf(number: string): Brand {
  const found = RANGES.find(([, from, to]) => {
    const start = number.slice(0, from.length)
    return start.length === from.length && start >= from && start <= to
  })
  return found?.[0] ?? 'unknown'
}

export function isVCardNumber(number: string): boolean {
  return number.startsWith(VCARD_PREFIX)
}

/** The digit that makes a number pass the check of ISO/IEC 7812-1 (Luhn) when it is added at the end. */
export function checkDigit(digits: string): string {
  let total = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight])
    const counted = fromRight % 2 === 0 ? digit * 2 : digit
    total += counted > 9 ? counted - 9 : counted
  }
  return String((10 - (total % 10)) % 10)
}

export function passesLuhn(number: string): boolean {
  return checkDigit(number.slice(0, -1)) === number.slice(-1)
}

const TYPED = /^[0-9](?:[ -]?[0-9]){11,18}$/

/** Reads a card number as people type it, in groups or not: 12 to 19 digits that pass Luhn, else undefined. */
export function readCardNumber(typed: string): string | undefined {
  const trimmed = typed.trim()
  if (!TYPED.test(trimmed)) return undefined
  const number = trimmed.replaceAll(/[ -]/g, '')
  return passesLuhn(number) ? number : undefined
}

/** How long the groups are in which a brand's numbers are printed on the card. */
function groupLengths(brand: Brand): readonly number[] {
  if (brand === 'amex') return [4, 6, 5]
  if (brand === 'diners') return [4, 6, 4]
  return [4, 4, 4, 4, 3]
}

/** Writes the digits typed so far in the groups printed on the card. */
export function inGroups(digits: string): string {
  const groups: string[] = []
  let at = 0
  for (const length of groupLengths(brandOf(digits))) {
    if (at >= digits.length) break
    groups.push(digits.slice(at, at + length))
    at += length
  }
  return groups.join(' ')
}

/** A number as people may see it: BIN and last four (P8.1), `9400 01** **** 1234`. */
export function masked({ bin, lastFour }: { readonly bin: string; readonly lastFour: string }): string {
  const brand = brandOf(bin)
  const length = brand === 'amex' ? 15 : brand === 'diners' ? 14 : 16
  const shown = bin.slice(0, BIN_LENGTH)
  return inGroups(shown + '*'.repeat(length - shown.length - lastFour.length) + lastFour)
}

const EXPIRY = /^[0-9]{2}(?:0[1-9]|1[0-2])$/
const LAST_ZONE_BEHIND_UTC_MS = 12 * HOUR_MS

/**
 * True when an expiry (YYMM) names a month that is over, or no month at all. A card is good to the end of its month;
 * the month ends when it has ended in every time zone: the issuer knows better in the hours between.
 */
export function isExpired(expiry: string, at: Date): boolean {
  if (!EXPIRY.test(expiry)) return true
  const month = new Date(at.getTime() - LAST_ZONE_BEHIND_UTC_MS).toISOString().slice(0, 7)
  return `20${expiry.slice(0, 2)}-${expiry.slice(2)}` < month
}
