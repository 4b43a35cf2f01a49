import type { ApiClient } from './api-client'
import {
  type Payout,
  type PayoutLine,
  type PayoutLinePage,
  type PayoutPage,
  type ProfitMonth,
  readPayout,
  readPayoutLinePage,
  readPayoutPage,
  readProfit,
} from './payout'

export interface PayoutFilter {
  readonly state?: Payout['state']
  /** `next` of the page before. */
  readonly after?: string
  /** 1 to 100; 20 when absent. */
  readonly limit?: number
}

export interface ProfitWish {
  readonly currency: string
  /** YYYY-MM, both. */
  readonly first: string
  readonly last: string
}

/** What the merchant is paid out. Every call throws MoaError when it does not succeed. */
export interface Payouts {
  retrieve(payoutId: string): Promise<Payout>
  /** Newest first, page by page. */
  list(filter?: PayoutFilter): Promise<PayoutPage>
  lines(payoutId: string, page?: Pick<PayoutFilter, 'after' | 'limit'>): Promise<PayoutLinePage>
  /** Every posting of a payout, page after page: what your books are held against. */
  everyLine(payoutId: string): AsyncGenerator<PayoutLine>
  /** Profit and loss by month, the latest first, with the tax in it. */
  profit(wish: ProfitWish): Promise<readonly ProfitMonth[]>
}

export function createPayouts(client: ApiClient): Payouts {
  const place = (payoutId: string, rest = '') => `/api/v1/payouts/${encodeURIComponent(payoutId)}${rest}`
  const lines: Payouts['lines'] = (payoutId, page = {}) =>
    client.call({ method: 'GET', path: place(payoutId, '/lines'), query: { ...page }, read: readPayoutLinePage })
  return {
    retrieve: (payoutId) => client.call({ method: 'GET', path: place(payoutId), read: readPayout }),
    list: (filter = {}) =>
      client.call({ method: 'GET', path: '/api/v1/payouts', query: { ...filter }, read: readPayoutPage }),
    lines,
    async *everyLine(payoutId) {
      let after: string | undefined
      do {
        const page = await lines(payoutId, { limit: 100, ...(after !== undefined && { after }) })
        yield* page.lines
        after = page.next ?? undefined
      } while (after !== undefined)
    },
    profit: (wish) =>
      client.call({ method: 'GET', path: '/api/v1/profit-and-loss', query: { ...wish }, read: readProfit }),
  }
}
