import type { Uuid } from '../ids'
import type { Outcome } from '../modules/payment-module'
import type { Money } from '../money/money'
import type { Leg } from './payment'

/**
 * How money goes back where its means cannot, or shall not, take it: people have paid it out (by what it is found again), or
 * it becomes credit in an account of the shopper's.
 */
export type OtherWay =
  { readonly kind: 'hand'; readonly reference: string } | { readonly kind: 'store-credit'; readonly accountId: Uuid }

/** Puts money into an account of the shopper's, once a reference. */
export type CreditShopper = (credit: {
  readonly merchantId: Uuid
  readonly accountId: Uuid
  readonly reference: string
  readonly amount: Money
  readonly description: string
}) => Promise<Outcome>

/**
 * Whether a leg's money may take another way: what it brought is owed to the merchant itself. What waits for a telephone
 * bill, or lies in the shop's own wallet, goes back the way it came.
 */
export function canGoOtherwise({ hold }: Pick<Leg, 'hold'>): boolean {
  return hold?.['payout'] === undefined
}
