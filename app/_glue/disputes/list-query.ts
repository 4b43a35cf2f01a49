import { readOrder } from '../list-sort'
import type { ListOrder } from '@/lib/db/list-order'
import type { DisputeFilter } from '@/lib/disputes/store'
import type { DisputeState } from '@/lib/disputes/dispute-moves'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'

export const disputeTabs = ['open', 'decide', 'decided', 'closed'] as const
export type DisputeTab = (typeof disputeTabs)[number]

const STATES: Readonly<Record<DisputeTab, readonly DisputeState[]>> = {
  open: ['open'],
  decide: ['answered', 'unanswered', 'second', 'deciding'],
  decided: ['decided'],
  closed: ['withdrawn', 'expired'],
}

/** What the address of the list says; anything it does not understand is left out. */
export interface DisputeQuery {
  readonly tab?: DisputeTab
  readonly q?: string
  readonly sort?: ListOrder
  readonly before?: Uuid
}

export function readDisputeQuery(query: Readonly<Record<string, string | string[] | undefined>>): DisputeQuery {
  const tab = disputeTabs.find((known) => known === query['tab'])
  const q = typeof query['q'] === 'string' ? query['q'].normalize('NFC').trim().slice(0, 200) : ''
  const before = typeof query['before'] === 'string' ? readPublicId('dis', query['before']) : undefined
  const sort = readOrder(query['sort'])
  return { ...(tab && { tab }), ...(q && { q }), ...(sort && { sort }), ...(before && { before }) }
}

/** One search field: a dispute, a payment, or the shop's own name of the order. */
export function filterOf({ tab, q, sort, before }: DisputeQuery): Omit<DisputeFilter, 'limit'> {
  const id = q ? readPublicId('dis', q.toLowerCase()) : undefined
  const paymentId = q ? readPublicId('pay', q.toLowerCase()) : undefined
  return {
    ...(tab && { states: STATES[tab] }),
    ...(id ? { id } : paymentId ? { paymentId } : q ? { orderRef: q } : {}),
    ...(sort && { order: sort }),
    ...(before && { before }),
  }
}

export function disputesAddress(path: string, { tab, q, sort, before }: DisputeQuery): string {
  const given = Object.entries({ tab, q, sort, before: before && publicId('dis', before) })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}
