import { z } from 'zod'
import { DAY_MS } from '@/lib/clock'
import { type Currency, isCurrency } from '@/lib/money/currency'
import {
  faultOfPeriod,
  type ProductQuestion,
  type ProductRates,
  productViews,
  rateOf,
} from '@/lib/statistics/product-rates'
import type { RawQuery } from '../../_parts/list-query'

export const PRODUCTS = '/merchant/products'

const day = z.iso.date()
const DAYS_SHOWN = 30

/** In which order the rows stand; most given back first where nothing is said. */
export const productSorts = ['back', 'rate', 'dissatisfied', 'sold', 'name'] as const
export type ProductSort = (typeof productSorts)[number]

export function readProductSort(raw: RawQuery): ProductSort {
  return productSorts.find((known) => known === raw['sort']) ?? 'back'
}

/** The rows in that order; those that are equal keep theirs. */
export function inOrder(rates: readonly ProductRates[], sort: ProductSort): ProductRates[] {
  const share = (part: bigint, whole: bigint) => rateOf(part, whole) ?? -1
  const most: Readonly<Record<Exclude<ProductSort, 'name'>, (one: ProductRates) => bigint | number>> = {
    back: ({ back }) => back,
    rate: ({ back, sold }) => share(back, sold),
    dissatisfied: ({ dissatisfied, orders }) => share(BigInt(dissatisfied), BigInt(orders)),
    sold: ({ sold }) => sold,
  }
  if (sort === 'name') return rates.toSorted((a, b) => a.name.localeCompare(b.name, 'ko'))
  const of = most[sort]
  return rates.toSorted((a, b) => (of(b) > of(a) ? 1 : of(b) < of(a) ? -1 : 0))
}

/** How many rows the pages before have shown: rates are sums over a period, whose rows no mark would outlive. */
export function readFrom({ from }: RawQuery): number {
  return typeof from === 'string' && /^[0-9]{1,7}$/.test(from) ? Number(from) : 0
}

/** Which products are asked for: the last thirty days, product by product, unless the address says otherwise. */
export function readProductQuery(
  { first, last, currency, by, q }: RawQuery,
  today: string,
  currencies: readonly Currency[],
): ProductQuestion {
  const month = new Date(Date.parse(`${today}T00:00:00Z`) - (DAYS_SHOWN - 1) * DAY_MS).toISOString().slice(0, 10)
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
export function productAddress(
  path: string,
  { search, ...question }: ProductQuestion,
  sort?: ProductSort,
  from = 0,
): string {
  const rest = { ...(search && { q: search }), ...(sort && sort !== 'back' && { sort }) }
  return `${path}?${new URLSearchParams({ ...question, ...rest, ...(from > 0 && { from: String(from) }) })}`
}
