import { readPublicId } from '@/lib/ids'
import type { UnpaidFilter } from '@/lib/unpaid/unpaid'
import type { RawQuery } from '../../_parts/list-query'

export const HERE = '/merchant/unpaid'

/** What the address of the list says; anything it does not understand is left out. */
export function readUnpaidQuery({ tab, q, means, before }: RawQuery): Omit<UnpaidFilter, 'limit'> {
  const search = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 100) : ''
  const id = typeof before === 'string' ? readPublicId('pay', before) : undefined
  return {
    ...(tab === 'overdue' && { overdue: true }),
    ...(search && { search }),
    ...(typeof means === 'string' && /^[a-z-]{1,40}$/.test(means) && { module: means }),
    ...(id && { before: id }),
  }
}

/** The address of the list, or of its export, with its filters. */
export function unpaidAddress(
  path: string,
  query: {
    readonly overdue?: boolean | undefined
    readonly search?: string | undefined
    readonly module?: string | undefined
    readonly before?: string
  },
): string {
  const given = { tab: query.overdue ? 'overdue' : '', q: query.search, means: query.module, before: query.before }
  const search = new URLSearchParams(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}
