import type { ApiClient } from './api-client'
import { readAmount, readList, readRecord } from './read-answer'

/** How a product, or a group of products, fared in the orders of a period. Amounts are whole minor units. */
export interface ProductRates {
  /** Empty for products without a group. */
  readonly name: string
  readonly orders: number
  readonly pieces: number
  readonly piecesBack: number
  readonly sold: bigint
  readonly back: bigint
  /** `back` of `sold`: 0.25 is a quarter. */
  readonly refundRate?: number
  /** Orders in which something was wrong with it, as their shoppers say. */
  readonly dissatisfied: number
  /** `dissatisfied` of `orders`. */
  readonly dissatisfactionRate?: number
}

/** What comes back of what your shop sells. */
export interface Products {
  /** Most given back first. Days are YYYY-MM-DD, both in the period; a year at most. */
  rates(question: {
    readonly currency: string
    readonly first: string
    readonly last: string
    readonly by?: 'product' | 'group'
    readonly search?: string
  }): Promise<readonly ProductRates[]>
}

export function createProducts(client: ApiClient): Products {
  return {
    rates: (question) =>
      client.call({
        ...{ method: 'GET', path: '/api/v1/product-rates', query: { ...question } },
        read: (answer) => readList(readRecord(answer)['products'], readRates),
      }),
  }
}

function readRates(value: unknown): ProductRates {
  const given = readRecord(value)
  const amounts = { sold: readAmount(given['sold']), back: readAmount(given['back']) }
  return { ...given, ...amounts } as unknown as ProductRates
}
