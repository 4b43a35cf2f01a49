import { type Currency, isCurrency } from '@/lib/money/currency'
import type { RawQuery } from '../../_parts/list-query'

const MONTH = /^20[0-9]{2}-(0[1-9]|1[0-2])$/

/** Which months, and in which currency: the year so far unless the address says otherwise. */
export function readMonthQuery(
  { first, last, currency }: RawQuery,
  today: string,
  currencies: readonly Currency[],
): { first: string; last: string; currency: Currency } {
  const month = (text: unknown, otherwise: string) => (typeof text === 'string' && MONTH.test(text) ? text : otherwise)
  const known = typeof currency === 'string' && isCurrency(currency) && currencies.includes(currency)
  return {
    first: month(first, `${today.slice(0, 4)}-01`),
    last: month(last, today.slice(0, 7)),
    currency: known ? currency : (currencies[0] ?? 'KRW'),
  }
}
