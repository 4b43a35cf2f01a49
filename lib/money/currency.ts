/**
 * The currencies Moa works in: ISO 4217 alphabetic code, numeric code and exponent (digits after the point).
 * A currency is added here and nowhere else.
 */
const currencies = {
  KRW: { numeric: '410', exponent: 0 },
  USD: { numeric: '840', exponent: 2 },
  EUR: { numeric: '978', exponent: 2 },
  JPY: { numeric: '392', exponent: 0 },
} as const

export type Currency = keyof typeof currencies

export const currencyCodes = Object.keys(currencies) as [Currency, ...Currency[]]

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(currencies, code)
}

/** ISO 4217 numeric code, as card networks write it ('410' for KRW). */
export function numericCode(currency: Currency): string {
  return currencies[currency].numeric
}

export function exponentOf(currency: Currency): number {
  return currencies[currency].exponent
}
