import { readOrder } from '@/app/_glue/list-sort'
import type { ListOrder } from '@/lib/db/list-order'
import { readPublicId, type Uuid } from '@/lib/ids'
import {
  type RefundReason,
  refundReasons,
  type RequestState,
  requestStates,
} from '@/lib/refund-requests/refund-request'
import type { RawQuery } from '../../_parts/list-query'

/** What the address of the queue says; anything it does not understand is left out. */
export interface QueueQuery {
  readonly state?: RequestState
  readonly reason?: RefundReason
  readonly text?: string
  readonly order?: ListOrder
  readonly before?: Uuid
}

export function readQueueQuery({ tab, reason, q, sort, before }: RawQuery): QueueQuery {
  // Who comes without a wish looks for what waits.
  const state = tab === 'all' ? undefined : (requestStates.find((known) => known === tab) ?? 'open')
  const why = refundReasons.find((known) => known === reason)
  const text = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 200) : ''
  const order = readOrder(sort)
  const id = typeof before === 'string' ? readPublicId('rrq', before) : undefined
  return {
    ...(state && { state }),
    ...(why && { reason: why }),
    ...(text && { text }),
    ...(order && { order }),
    ...(id && { before: id }),
  }
}

export function queueAddress(path: string, { state, reason, text, order }: QueueQuery, before?: string): string {
  const given = Object.entries({ tab: state ?? 'all', reason, q: text, sort: order, before })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return `${path}?${search}`
}
