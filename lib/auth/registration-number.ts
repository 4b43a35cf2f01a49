import { randomInt } from 'node:crypto'

/**
 * A new member's number for the V-Card agent (M-271): `M`, eleven random digits and a check digit (Luhn), so that one
 * mistyped digit is noticed. It says nothing about its holder.
 */
export function newRegistrationNumber(): string {
  const digits = Array.from({ length: 11 }, () => randomInt(10))
  return `M${digits.join('')}${checkDigit(digits)}`
}

/** Whether the text could be a registration number. */
export function isRegistrationNumber(text: string): boolean {
  if (!/^M[0-9]{12}$/.test(text)) return false
  const digits = [...text.slice(1)].map(Number)
  return checkDigit(digits.slice(0, 11)) === digits[11]
}

function checkDigit(digits: readonly number[]): number {
  const total = digits.reduce((sum, digit, index) => {
    const weighed = (digits.length - index) % 2 === 1 ? digit * 2 : digit
    return sum + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return (10 - (total % 10)) % 10
}
