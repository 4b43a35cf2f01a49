import { readOrder } from '@/app/_glue/list-sort'
import type { ListOrder } from '@/lib/db/list-order'
import { readPublicId, type Uuid } from '@/lib/ids'
import { type SubscriptionState, subscriptionStates } from '@/lib/subscriptions/subscription-moves'

/** What the address of the list says; anything it does not understand is left out. */
export interface SubscriptionQuery {
  readonly state?: SubscriptionState
  readonly reference?: string
  readonly order?: ListOrder
  readonly before?: Uuid
}

export function readSubscriptionQuery(raw: Readonly<Record<string, string | string[] | undefined>>): SubscriptionQuery {
  const state = subscriptionStates.find((known) => known === raw['tab'])
  const reference = typeof raw['q'] === 'string' ? raw['q'].normalize('NFC').trim().slice(0, 64) : ''
  const order = readOrder(raw['sort'])
  const before = typeof raw['before'] === 'string' ? readPublicId('sub', raw['before']) : undefined
  return {
    ...(state && { state }),
    ...(reference && { reference }),
    ...(order && { order }),
    ...(before && { before }),
  }
}

/** As the room asks for it. */
export function filterOf({ state, ...rest }: SubscriptionQuery) {
  return { ...rest, ...(state && { states: [state] }) }
}
