import type { ApiClient, RequestOptions } from './api-client'
import { type Dispute, type DisputePage, readDispute, readDisputePage } from './dispute'

export interface DisputeFilter {
  readonly state?: Dispute['state']
  readonly payment?: string
  readonly orderRef?: string
  /** `next` of the page before. */
  readonly after?: string
  /** 1 to 100; 20 when absent. */
  readonly limit?: number
}

export interface DisputeAnswer {
  /** Up to 1,000 characters; the shopper and whoever decides read it. */
  readonly text: string
  /** What you give back: all that is claimed ends the dispute at once, less waits for the shopper's word. */
  readonly offer?: bigint
}

/** Disputes of the merchant. Every call throws MoaError when it does not succeed. */
export interface Disputes {
  retrieve(disputeId: string): Promise<Dispute>
  /** Newest first, page by page. */
  list(filter?: DisputeFilter): Promise<DisputePage>
  answer(disputeId: string, answer: DisputeAnswer, options?: RequestOptions): Promise<Dispute>
}

export function createDisputes(client: ApiClient): Disputes {
  const place = (disputeId: string, rest = '') => `/api/v1/disputes/${encodeURIComponent(disputeId)}${rest}`
  return {
    retrieve: (disputeId) => client.call({ method: 'GET', path: place(disputeId), read: readDispute }),
    list: (filter = {}) =>
      client.call({ method: 'GET', path: '/api/v1/disputes', query: { ...filter }, read: readDisputePage }),
    answer: (disputeId, body, options) =>
      client.call({ method: 'POST', path: place(disputeId, '/answer'), body, read: readDispute, ...options }),
  }
}
