import { filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import type { DisputeFilter } from '@/lib/disputes/store'

export const QUEUE = '/counselor/disputes'

/** In which order the queue stands; what is due first where nothing is said. */
export const queueOrders = ['due', 'newest', 'oldest'] as const

/** What the address of the queue says, or that of its file: only what waits for a decision is in it. */
export function readQueue(raw: RawQuery): { q?: string; sort?: string; filter: Omit<DisputeFilter, 'limit'> } {
  const { q, before } = readDisputeQuery(raw)
  const order = queueOrders.find((known) => known === raw['sort']) ?? 'due'
  return {
    ...(q && { q }),
    ...(order !== 'due' && { sort: order }),
    filter: {
      ...filterOf({ ...(q && { q }), ...(before && { before }) }),
      ...{ order, states: ['answered', 'unanswered', 'second'] },
    },
  }
}
