import { readPublicId, type Uuid } from '@/lib/ids'
import { type PurchaseTab, purchaseTabs } from '@/lib/desk/purchase-tab'

export type RawQuery = Readonly<Record<string, string | string[] | undefined>>

/** What the address of the payments' list says; anything it does not understand is left out. */
export interface ListQuery {
  readonly tab?: PurchaseTab
  readonly orderRef?: string
  readonly before?: Uuid
}

export function readListQuery({ tab: asked, q, before }: RawQuery): ListQuery {
  const tab = purchaseTabs.find((known) => known === asked)
  const orderRef = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 200) : ''
  const id = typeof before === 'string' ? readPublicId('pay', before) : undefined
  return { ...(tab && { tab }), ...(orderRef && { orderRef }), ...(id && { before: id }) }
}

/** The address of the list, or of its export, with its filters. */
export function listAddress(path: string, query: { tab?: string; orderRef?: string; before?: string }): string {
  const given = Object.entries({ tab: query.tab, q: query.orderRef, before: query.before })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}
