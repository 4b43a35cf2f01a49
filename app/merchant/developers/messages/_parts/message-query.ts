import { readPublicId, type Uuid } from '@/lib/ids'
import type { MessageFilter } from '@/lib/messages/messages'
import type { RawQuery } from '../../../_parts/list-query'

export const HERE = '/merchant/developers/messages'
export const states = ['due', 'failed', 'sent'] as const

interface MessageQuery {
  readonly state?: MessageFilter['state']
  /** As typed: the identifier of a payment or of a message. */
  readonly q?: string
  readonly after?: Uuid
}

/** What the address of the list says; anything it does not understand is left out. */
export function readMessageQuery({ state: asked, q, after }: RawQuery): MessageQuery {
  const state = states.find((known) => known === asked)
  const typed = typeof q === 'string' ? q.trim().slice(0, 100) : ''
  const id = typeof after === 'string' ? readPublicId('msg', after) : undefined
  return { ...(state && { state }), ...(typed && { q: typed }), ...(id && { after: id }) }
}

/** What is read for a query; undefined where something was typed that names nothing, and so nothing can be found. */
export function filterOf({ q, ...query }: MessageQuery): Omit<MessageFilter, 'limit'> | undefined {
  if (q === undefined) return query
  const [paymentId, messageId] = [readPublicId('pay', q), readPublicId('msg', q)]
  if (paymentId) return { ...query, paymentId }
  return messageId ? { ...query, messageId } : undefined
}

/** The address of the list, or of its export, with its filters. */
export function messagesAddress(path: string, query: { state?: string; q?: string; after?: string }): string {
  const given = Object.entries({ state: query.state, q: query.q, after: query.after })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}
