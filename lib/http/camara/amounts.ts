import { type Currency, exponentOf } from '../../money/currency'
import { LARGEST_AMOUNT } from '../../money/money'

/** The form in which the interface writes amounts: decimal, at most three digits after the point. */
export const AMOUNT = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,3})?$/

/**
 * An amount in minor units from its decimal text.
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

/** Minor units as the interface writes them. At most fifteen digits: a JSON number holds those exactly. */
export function amountNumber(minor: bigint, currency: Currency): number {
  const exponent = exponentOf(currency)
  const digits = minor.toString().padStart(exponent + 1, '0')
  return Number(exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`)
}
