import { z } from 'zod'
import { readOrder } from '@/app/_glue/list-sort'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { listHref } from '@/app/operator/people/_parts/list-query'
import type { ListOrder } from '@/lib/db/list-order'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'

export const SETTLEMENT = '/operator/settlement'
export const STATES = [undefined, 'open', 'explained', 'closed'] as const

/** Which differences are asked for, and where the pages before ended, of each list. */
export interface SettlementPlace {
  readonly state?: (typeof STATES)[number]
  readonly order?: ListOrder | undefined
  readonly difference?: Uuid | undefined
  readonly cutOver?: Uuid | undefined
  readonly account?: Uuid | undefined
  readonly file?: Uuid | undefined
}

export function readPlace({ state, sort, before, cut, account, file }: RawQuery): SettlementPlace {
  return {
    state: STATES.find((one) => one !== undefined && one === state),
    order: readOrder(sort),
    difference: readPublicId('dif', String(before ?? '')),
    cutOver: z.uuid().safeParse(cut).data,
    account: readPublicId('pac', String(account ?? '')),
    file: z.uuid().safeParse(file).data,
  }
}

/** The page with every list at its place. */
export function placeHref({ state, order, difference, cutOver, account, file }: SettlementPlace): string {
  return listHref(SETTLEMENT, {
    ...{ state, sort: order, cut: cutOver, file },
    before: difference && publicId('dif', difference),
    account: account && publicId('pac', account),
  })
}
