import { BIN_LENGTH, passesLuhn } from './card-number'

/** As much of a card number as a log may hold (PCI DSS 3.4): 453900******1234 */
export function maskCardNumber(number: string): string {
  const hidden = Math.max(0, number.length - BIN_LENGTH - 4)
  return number.slice(0, BIN_LENGTH) + '*'.repeat(hidden) + number.slice(BIN_LENGTH + hidden)
}

// Neither preceded nor followed by another digit.
const LONG_DIGITS = /(?<![0-9])[0-9]{13,19}(?![0-9])/g

/** Masks every card number in a text: the last look before something is written down, whatever was overlooked before. */
export function withoutCardNumbers(text: string): string {
  return text.replace(LONG_DIGITS, (digits) => (passesLuhn(digits) ? maskCardNumber(digits) : digits))
}
