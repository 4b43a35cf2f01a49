import { z } from 'zod'
import { type Currency, isCurrency } from '@/lib/money/currency'
import { faultOfPeriod, type ProductQuestion, productViews } from '@/lib/statistics/product-rates'
import type { RawQuery } from '../../_parts/list-query'

export const PRODUCTS = '/merchant/products'

const day = z.iso.date()
const DAYS_SHOWN = 30

/** Which products are asked for: the last thirty days, product by product, unless the address says otherwise. */
export function readProductQuery(
  { first, last, currency, by, q }: RawQuery,
  today: string,
  currencies: readonly Currency[],
): ProductQuestion {
  const month = new Date(Date.parse(`${today}T00:00:00Z`) - (DAYS_SHOWN - 1) * 86_400_000).toISOString().slice(0, 10)
  const typed = { first: day.safeParse(first).data ?? month, last: day.safeParse(last).data ?? today }
  const period = faultOfPeriod(typed) ? { first: month, last: today } : typed
  const known = typeof currency === 'string' && isCurrency(currency) && currencies.includes(currency)
  const search = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 100) : ''
  return {
    ...period,
    currency: known ? currency : (currencies[0] ?? 'KRW'),
    by: productViews.find((view) => view === by) ?? 'product',
    ...(search && { search }),
  }
}

/** The address of the same question at a place, with changes. */
export function productAddress(path: string, { search, ...question }: ProductQuestion): string {
  return `${path}?${new URLSearchParams({ ...question, ...(search && { q: search }) })}`
}
