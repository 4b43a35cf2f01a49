function luhnSum(digits: string, doubleFromRight: 0 | 1): number {
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48
    const counted = fromRight % 2 === doubleFromRight ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum
}

/** True when the last digit of a card number is its check digit (ISO/IEC 7812-1). */
export function passesLuhn(number: string): boolean {
  return luhnSum(number, 1) % 10 === 0
}

/** A card number with its check digit added. */
export function withCheckDigit(digits: string): string {
  return digits + String((10 - (luhnSum(digits, 0) % 10)) % 10)
}
