import { type ListQuery, searched } from '@/app/operator/people/_parts/list-query'
import { publicId, readPublicId } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'
import type { TermsMark } from '@/lib/settlement/terms-store'

export const TERMS = '/operator/settlement/terms'

/** What the address of the list says: a shop's name, and where the pages before ended, of either list. */
export function readTermsQuery(query: ListQuery & { readonly without?: string | string[] }) {
  return {
    text: searched(query),
    after: readMark(String(query.before ?? '')),
    beforeShop: readPublicId('mer', String(query.without ?? '')),
  }
}

/** A shop has terms for each of its currencies: both name a row. */
export const writeMark = ({ merchantId, currency }: TermsMark) => `${publicId('mer', merchantId)}.${currency}`

function readMark(text: string): TermsMark | undefined {
  const [id = '', currency = ''] = text.split('.')
  const merchantId = readPublicId('mer', id)
  return merchantId && isCurrency(currency) ? { merchantId, currency } : undefined
}
