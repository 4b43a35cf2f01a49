import type { Currency } from '../../money/currency'
import { decimalOf } from '../../money/decimal'

/** The form in which the interface writes amounts: decimal, at most three digits after the point. */
export const AMOUNT = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,3})?$/

/** Minor units as the interface writes them. At most fifteen digits: a JSON number holds those exactly. */
export function amountNumber(minor: bigint, currency: Currency): number {
  return Number(decimalOf(minor, currency))
}
