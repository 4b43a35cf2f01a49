import { readOrder } from '@/app/_glue/list-sort'
import { readPublicId } from '@/lib/ids'
import { payoutStates } from '@/lib/settlement/payout'
import type { RawQuery } from '../../_parts/list-query'

export const PAYOUTS = '/merchant/payouts'

/** What the address of the list says, or that of its file; what nobody offers is left out. */
export function readPayoutQuery({ state, sort, before }: RawQuery) {
  return {
    state: payoutStates.find((one) => one === state),
    order: readOrder(sort),
    before: typeof before === 'string' ? readPublicId('po', before) : undefined,
  }
}
