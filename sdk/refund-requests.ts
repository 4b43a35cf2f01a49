import type { ApiClient, RequestOptions } from './api-client'
import { readAmount, readList, readRecord, readText } from './read-answer'
import type { OtherWay, RefundItem } from './refund'

/** What a shopper asks to have back of a payment. */
export interface RefundRequest {
  readonly id: string
  readonly paymentId: string
  readonly orderRef: string
  readonly orderName: string
  readonly amount: bigint
  readonly currency: string
  /** The lines it is about, where they were named. */
  readonly items?: readonly RefundItem[]
  readonly reason:
    'changed-mind' | 'not-received' | 'damaged' | 'not-as-described' | 'wrong-item' | 'paid-twice' | 'other'
  /** In the shopper's own words. */
  readonly words: string
  /** `closed`: all of the payment went back before it was decided. */
  readonly state: 'open' | 'approved' | 'declined' | 'withdrawn' | 'closed'
  readonly answer?: string
  readonly refundId?: string
  readonly createdAt: string
  readonly decidedAt?: string
}

export interface RefundRequestPage {
  readonly requests: readonly RefundRequest[]
  /** To be sent as `after`; null on the last page. */
  readonly next: string | null
}

export interface RefundApproval {
  /** Less than was asked for; all of it when absent. */
  readonly amount?: bigint
  readonly strategy?: 'ratio' | 'last-in-first-out' | 'chosen-leg'
  readonly leg?: number
  /** The way it came when absent. */
  readonly way?: OtherWay
}

/** Refund requests of the merchant's shoppers. */
export interface RefundRequests {
  retrieve(requestId: string): Promise<RefundRequest>
  /** Newest first, page by page. */
  list(filter?: {
    readonly state?: RefundRequest['state']
    readonly reason?: RefundRequest['reason']
    readonly after?: string
    readonly limit?: number
  }): Promise<RefundRequestPage>
  /** Gives back what was asked for; the refund is found by `refundId`. */
  approve(requestId: string, approval?: RefundApproval, options?: RequestOptions): Promise<RefundRequest>
  /** @param decline.answer what the shopper reads */
  decline(requestId: string, decline: { readonly answer: string }, options?: RequestOptions): Promise<RefundRequest>
}

export function createRefundRequests(client: ApiClient): RefundRequests {
  const all = '/api/v1/refund-requests'
  const place = (requestId: string, rest = '') => `${all}/${encodeURIComponent(requestId)}${rest}`
  const read = readRefundRequest
  return {
    retrieve: (requestId) => client.call({ method: 'GET', path: place(requestId), read }),
    list: (filter = {}) => client.call({ method: 'GET', path: all, query: { ...filter }, read: readPage }),
    approve: (requestId, body = {}, options) =>
      client.call({ method: 'POST', path: place(requestId, '/approve'), body, read, ...options }),
    decline: (requestId, body, options) =>
      client.call({ method: 'POST', path: place(requestId, '/decline'), body, read, ...options }),
  }
}

/** @throws UnreadableAnswer */
function readRefundRequest(value: unknown): RefundRequest {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['state'])
  return { ...(given as unknown as RefundRequest), amount: readAmount(given['amount']) }
}

function readPage(value: unknown): RefundRequestPage {
  const given = readRecord(value)
  return {
    requests: readList(given['requests'], readRefundRequest),
    next: given['next'] === null ? null : readText(given['next']),
  }
}
