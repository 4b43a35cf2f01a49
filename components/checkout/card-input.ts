import { brandOf, isExpired, readCardNumber } from '@/lib/cards/card-number'
import type { Brand } from '@/lib/cards/card-number'
import type { CheckoutWords } from './checkout-view'

/** What somebody types of a card, as typed. */
export interface TypedCard {
  readonly number: string
  readonly expiry: string
  readonly securityCode: string
}

export type CardFault = keyof CheckoutWords['card']['fault']

export const digitsOf = (text: string) => text.replace(/[^0-9]/g, '')

export function codeLength(brand: Brand): number {
  return brand === 'amex' ? 4 : 3
}

/** Whether all digits are there, so that a mistake can be pointed out while typing, and no sooner. */
export function isWholeNumber(digits: string): boolean {
  const brand = brandOf(digits)
  const length = brand === 'amex' ? 15 : brand === 'diners' ? 14 : 16
  return digits.length >= length
}

// A year may be written whole: browsers fill in 12/2031, and some people type it.
const hasWholeYear = (digits: string) => digits.slice(2, 4) === '20'

/** Expiry as typed (MM/YY or MM/YYYY) in the order of the wire (YYMM); undefined while it is none. */
export function readExpiry(typed: string): string | undefined {
  const digits = digitsOf(typed)
  const month = Number(digits.slice(0, 2))
  const isWhole = digits.length === 4 || (digits.length === 6 && hasWholeYear(digits))
  return isWhole && month >= 1 && month <= 12 ? digits.slice(-2) + digits.slice(0, 2) : undefined
}

/** Whether nothing more is to be expected, so that a mistake can be pointed out. */
export function isWholeExpiry(typed: string): boolean {
  const digits = digitsOf(typed)
  return digits.length === 6 || (digits.length === 4 && !hasWholeYear(digits))
}

/** Puts the stroke between month and year while they are typed. A month typed as "5" becomes "05". */
export function writeExpiry(typed: string): string {
  const digits = digitsOf(/^[2-9]$/.test(typed) ? `0${typed}` : typed)
  const shown = digits.slice(0, hasWholeYear(digits) ? 6 : 4)
  return shown.length > 2 ? `${shown.slice(0, 2)}/${shown.slice(2)}` : shown
}

/** What is wrong with what was typed, by field. One of our own V-Cards has no security code. */
export function faultsOf(card: TypedCard, at: Date): Partial<Record<keyof TypedCard, CardFault>> {
  const digits = digitsOf(card.number)
  const brand = brandOf(digits)
  const expiry = readExpiry(card.expiry)
  const number = !isWholeNumber(digits) ? 'short' : readCardNumber(digits) ? undefined : 'number'
  const until = !expiry ? 'expiry' : isExpired(expiry, at) ? 'expired' : undefined
  const code = brand === 'vcard' || digitsOf(card.securityCode).length === codeLength(brand) ? undefined : 'code'
  return { ...(number && { number }), ...(until && { expiry: until }), ...(code && { securityCode: code }) }
}
