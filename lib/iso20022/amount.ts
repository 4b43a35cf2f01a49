import { type Currency, exponentOf } from '../money/currency'
import { decimalOf } from '../money/decimal'
import type { Money } from '../money/money'
import type { Amount } from './write-message'

/** An amount as a message has it: as many digits after the point as its currency has. */
export function amountOf({ amount, currency }: Money): Amount {
  return { text: decimalOf(amount, currency), attributes: { Ccy: currency } }
}

/**
 * Minor units of decimal text, zero included; for control sums and amounts whose rules have been checked.
 * @returns undefined when it is finer than the currency
 */
export function minorUnitsIn(text: string, currency: Currency): bigint | undefined {
  const [whole = '0', fraction = ''] = text.split('.')
  const exponent = exponentOf(currency)
  if (!/^0*$/.test(fraction.slice(exponent))) return undefined
  return BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
}
