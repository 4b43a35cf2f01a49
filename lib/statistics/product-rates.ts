import { DAY_MS } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { readProductRates } from './product-store'

/** By single products, or by the groups that the shop has put them in. */
export const productViews = ['product', 'group'] as const
export type ProductView = (typeof productViews)[number]

/**
 * How often a product comes back, and how often people are not satisfied with it, of what was ordered in a period (M-153).
 * docs/refunds.md says what is counted.
 */
export interface ProductRates {
  /** Of the product or group; empty where products have no group. */
  readonly name: string
  /** Paid orders that hold it. */
  readonly orders: number
  readonly pieces: number
  /** Pieces that have gone back: by lines, or with the whole order. */
  readonly piecesBack: number
  /** Minor units. */
  readonly sold: bigint
  /** Minor units, with its part of refunds that named no lines. */
  readonly back: bigint
  /** Orders in which somebody asked for it back, or disputed the payment, because something was wrong with it. */
  readonly dissatisfied: number
}

export interface ProductQuestion {
  readonly by: ProductView
  readonly currency: Currency
  /** Days of the gateway's zone, YYYY-MM-DD; both are in it. */
  readonly first: string
  readonly last: string
  /** A part of the name. */
  readonly search?: string | undefined
}

/** So many rows are one answer: those of which most has come back. */
export const MOST_PRODUCTS = 1_000
/** A longer period is asked for in parts: one answer reads every order of it. */
const LONGEST_PERIOD_DAYS = 366

/** What shops are asked back, product by product. */
export interface ProductFigures {
  /** Most given back first, a thousand rows at most. */
  rates(merchantId: Uuid, question: ProductQuestion): Promise<ProductRates[]>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly settings: Pick<Settings, 'TIME_ZONE'>
}

export function createProductFigures({ database: { pool }, settings }: Parts): ProductFigures {
  return {
    rates: (merchantId, question) =>
      readProductRates(pool, merchantId, { ...question, zone: settings.TIME_ZONE, most: MOST_PRODUCTS }),
  }
}

/** A part of a whole, to five digits; undefined where there is no whole. */
export function rateOf(part: bigint, whole: bigint): number | undefined {
  return whole === 0n ? undefined : Number((part * 100_000n) / whole) / 100_000
}

/** Whether a period can be asked for: real days, not backwards, not too long. */
export function faultOfPeriod({ first, last }: Pick<ProductQuestion, 'first' | 'last'>): 'first' | 'last' | undefined {
  const days = [first, last].map((day) => Date.parse(`${day}T00:00:00Z`))
  if (Number.isNaN(days[0])) return 'first'
  if (Number.isNaN(days[1]) || days[1]! < days[0]!) return 'last'
  return (days[1]! - days[0]!) / DAY_MS >= LONGEST_PERIOD_DAYS ? 'first' : undefined
}
