import { type Currency, exponentOf } from '@/lib/money/currency'

/** Minor units from what somebody typed: digits, commas for thousands, a point where the currency has one. */
export function readTypedAmount(text: string, currency: Currency): bigint | undefined {
  const digits = exponentOf(currency)
  const plain = text.replaceAll(',', '').trim()
  const [whole = '', fraction = ''] = plain.split('.')
  if (!/^[0-9]*(\.[0-9]*)?$/.test(plain) || fraction.length > digits || (whole + fraction).length === 0)
    return undefined
  if (whole.length > 15) return undefined
  return BigInt((whole || '0') + fraction.padEnd(digits, '0'))
}
