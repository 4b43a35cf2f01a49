import type { ApiClient, RequestOptions } from './api-client'
import {
  type NewVCard,
  readNewVCard,
  readProposal,
  readVCard,
  readVCardPage,
  type VCard,
  type VCardPage,
  type VCardProposal,
} from './vcard'

export interface VCardWish {
  /** Whole minor units of the currency; not more than is left of the grant. */
  readonly amount: bigint
  /** ISO 4217, upper case; the grant's. */
  readonly currency: string
}

export interface NewVCardWish extends VCardWish {
  /** 60 to 86,400; a day when absent. */
  readonly expiresInSeconds?: number
}

/**
 * V-Cards in the name of the shopper whose grant it is, at your shop, within the granted amount. Every call throws
 * MoaError when it does not succeed: `grant-refused` once the shopper has taken the grant back or it has ended.
 */
export interface VCards {
  /** How an amount is best divided over the shopper's cards now. */
  propose(wish: VCardWish): Promise<VCardProposal>
  /** Makes a V-Card, divided as is best now. Pay with its number as with any card's. */
  create(wish: NewVCardWish, options?: RequestOptions): Promise<NewVCard>
  retrieve(vcardId: string): Promise<VCard>
  /** Those made with this grant, newest first, page by page. */
  list(page?: { readonly after?: string; readonly limit?: number }): Promise<VCardPage>
  /** Ends a V-Card that is not used yet and frees what it set aside. */
  cancel(vcardId: string, options?: RequestOptions): Promise<VCard>
}

export function createVCards(client: ApiClient, grant: string): VCards {
  const base = '/api/v1/vcards'
  const place = (vcardId: string, rest = '') => `${base}/${encodeURIComponent(vcardId)}${rest}`

  return {
    propose: ({ amount, currency }) =>
      client.call({
        ...{ method: 'GET', path: `${base}/proposal`, grant, read: readProposal },
        query: { amount: amount.toString(), currency },
      }),
    create: (body, options) => client.call({ method: 'POST', path: base, body, grant, read: readNewVCard, ...options }),
    retrieve: (vcardId) => client.call({ method: 'GET', path: place(vcardId), grant, read: readVCard }),
    list: (page = {}) => client.call({ method: 'GET', path: base, query: { ...page }, grant, read: readVCardPage }),
    cancel: (vcardId, options) =>
      client.call({ method: 'POST', path: place(vcardId, '/cancel'), grant, read: readVCard, ...options }),
  }
}
