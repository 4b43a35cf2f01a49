import { readOrder } from '@/app/_glue/list-sort'
import type { ListOrder } from '@/lib/db/list-order'
import { readPublicId, type Uuid } from '@/lib/ids'
import { type LinkState, linkStates } from '@/lib/payment-links/payment-link'

/** What the address of the list says; anything it does not understand is left out. */
export interface LinkQuery {
  readonly state?: LinkState
  readonly text?: string
  readonly order?: ListOrder
  readonly before?: Uuid
}

export function readLinkQuery(raw: Readonly<Record<string, string | string[] | undefined>>): LinkQuery {
  const state = linkStates.find((known) => known === raw['tab'])
  const text = typeof raw['q'] === 'string' ? raw['q'].normalize('NFC').trim().slice(0, 100) : ''
  const order = readOrder(raw['sort'])
  const before = typeof raw['before'] === 'string' ? readPublicId('plk', raw['before']) : undefined
  return { ...(state && { state }), ...(text && { text }), ...(order && { order }), ...(before && { before }) }
}
