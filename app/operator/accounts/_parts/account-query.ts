import { readOrder } from '@/app/_glue/list-sort'
import { isUuid } from '@/app/_glue/uuid'
import type { AccountSearch } from '@/lib/accounts/account-keeping'

export const accountStates = ['usable', 'suspended', 'lost', 'expired'] as const

/** What the address of the list of accounts says; anything it does not understand is left out. */
export function accountFilter(raw: Readonly<Record<string, string | string[] | undefined>>) {
  const state = accountStates.find((each) => each === raw['state'])
  const text = (typeof raw['q'] === 'string' && raw['q'].trim().slice(0, 100)) || undefined
  const order = readOrder(raw['sort'])
  const before = typeof raw['before'] === 'string' && isUuid(raw['before']) ? raw['before'] : undefined
  const filter: Omit<AccountSearch, 'limit'> = {
    order,
    ...(text && { text }),
    ...(state && { state }),
    ...(before && { before }),
  }
  return { text, state, order, filter }
}
