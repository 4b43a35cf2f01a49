import type { ApiClient, RequestOptions } from './api-client'
import { readAmount, readList, readRecord, readText } from './read-answer'

/** A product or an amount sold by one signed address. Amounts are whole minor units. */
export interface PaymentLink {
  readonly id: string
  /** For buyers, as it is; a changed one is worth nothing. */
  readonly url: string
  readonly name: string
  readonly currency: string
  /** Absent where the buyer chooses between `least` and `most`. */
  readonly amount?: bigint
  readonly least?: bigint
  readonly most?: bigint
  /** How many may be sold in all; absent: any number. */
  readonly stock?: number
  /** Sold, or set aside for checkouts that are open. */
  readonly taken: number
  readonly state: 'open' | 'off' | 'expired' | 'sold-out'
  readonly expiresAt?: string
  readonly createdAt: string
}

export type PaymentLinkWish = {
  /** What buyers and receipts read. */
  readonly name: string
  readonly description?: string
  /** ISO 4217, upper case. */
  readonly currency: string
  /** 1: good once. */
  readonly stock?: number
  /** RFC 3339. */
  readonly expiresAt?: string
} & ({ readonly amount: bigint } | { readonly least: bigint; readonly most: bigint })

export interface PaymentLinkPage {
  readonly links: readonly PaymentLink[]
  /** To be sent as `after`; null on the last page. */
  readonly next: string | null
}

/** Payment links of the shop. Every call throws MoaError when it does not succeed. */
export interface PaymentLinks {
  create(wish: PaymentLinkWish, options?: RequestOptions): Promise<PaymentLink>
  retrieve(linkId: string): Promise<PaymentLink>
  /** Newest first, page by page. */
  list(page?: {
    readonly after?: string
    readonly limit?: number
    readonly state?: PaymentLink['state']
  }): Promise<PaymentLinkPage>
  /** Nobody new can buy; checkouts that are open may end. */
  close(linkId: string, options?: RequestOptions): Promise<PaymentLink>
}

export function createPaymentLinks(client: ApiClient): PaymentLinks {
  const base = '/api/v1/payment-links'
  const place = (linkId: string, rest = '') => `${base}/${encodeURIComponent(linkId)}${rest}`
  return {
    create: (body, options) => client.call({ method: 'POST', path: base, body, read: readLink, ...options }),
    retrieve: (linkId) => client.call({ method: 'GET', path: place(linkId), read: readLink }),
    list: (page = {}) => client.call({ method: 'GET', path: base, query: { ...page }, read: readPage }),
    close: (linkId, options) =>
      client.call({ method: 'POST', path: place(linkId, '/close'), read: readLink, ...options }),
  }
}

function readLink(value: unknown): PaymentLink {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['url'])
  const amounts = (['amount', 'least', 'most'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [[name, readAmount(given[name])] as const],
  )
  return { ...(given as unknown as PaymentLink), ...Object.fromEntries(amounts) }
}

function readPage(value: unknown): PaymentLinkPage {
  const given = readRecord(value)
  return {
    links: readList(given['links'], readLink),
    next: given['next'] === null ? null : readText(given['next']),
  }
}
