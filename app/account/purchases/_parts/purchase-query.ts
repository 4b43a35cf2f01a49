import { readOrder } from '@/app/_glue/list-sort'
import { searched } from '@/app/operator/people/_parts/list-query'
import { readPublicId } from '@/lib/ids'
import { standings } from '@/lib/payments/payment'
import type { PurchaseFilter } from '@/lib/payments/store'

export const PURCHASES = '/account/purchases'

export type RawPurchases = Readonly<Partial<Record<'q' | 'state' | 'sort' | 'before', string | string[]>>>

/** What the address of the list says, or that of its file; what nobody offers is left out. */
export function readPurchases(raw: RawPurchases) {
  const q = searched(raw)
  const state = standings.find((one) => one === raw.state)
  const sort = readOrder(raw.sort)
  const before = readPublicId('pay', String(raw.before ?? ''))
  const filter: Omit<PurchaseFilter, 'limit'> = {
    ...{ order: sort, ...(before && { before }) },
    ...{ ...(q && { text: q }), ...(state && { standing: state }) },
  }
  return { q, state, sort, filter }
}
