import type { Currency } from './currency'

/** An amount of money in whole minor units of its currency (won, cents). There are no fractions of a minor unit. */
export interface Money {
  readonly amount: bigint
  readonly currency: Currency
}

export function money(amount: bigint, currency: Currency): Money {
  return { amount, currency }
}

export const krw = (amount: bigint | number): Money => money(BigInt(amount), 'KRW')
export const usd = (amount: bigint | number): Money => money(BigInt(amount), 'USD')

export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/** What is left of an amount that may have been used up, or more. */
export function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}

/** The largest amount any payment may have, in minor units: ISO 8583 DE4 has twelve digits. */
export const LARGEST_AMOUNT = 999_999_999_999n

const WRITTEN_AMOUNT = /^(?:0|[1-9][0-9]{0,14})$/

/** Reads whole minor units from text: ASCII digits, no sign, no leading zero (PROMISES 10.2). Anything else is undefined. */
export function parseMinorUnits(text: string): bigint | undefined {
  return WRITTEN_AMOUNT.test(text) ? BigInt(text) : undefined
}
