import { type Currency, exponentOf } from './currency'
import { LARGEST_AMOUNT } from './money'

/**
 * An amount in minor units from its decimal text, which holds digits and at most one point.
 * @returns undefined when it is finer than the currency, or zero; 'too-large' when no payment is so large
 */
export function minorUnitsOf(text: string, currency: Currency): bigint | 'too-large' | undefined {
  const [whole = '', fraction = ''] = text.split('.')
  const exponent = exponentOf(currency)
  // 100.0 is the same number as 100: programs that hold amounts as floats write it so.
  if (!/^0*$/.test(fraction.slice(exponent))) return undefined
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (minor === 0n) return undefined
  return minor > LARGEST_AMOUNT ? 'too-large' : minor
}

/** Minor units as decimal text, with as many digits after the point as the currency has. */
export function decimalOf(minor: bigint, currency: Currency): string {
  if (minor < 0n) return `-${decimalOf(-minor, currency)}`
  const exponent = exponentOf(currency)
  const digits = minor.toString().padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
