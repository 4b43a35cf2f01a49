import { sum } from '../money/money'
import type { Payment } from './payment'

/** So many of a line of the order; lines are counted from one. */
export interface RefundItem {
  readonly item: number
  readonly quantity: number
}

/** How many of each line have gone back already, or are on their way. */
export type TakenItems = ReadonlyMap<number, number>

/** What these lines cost, minor units; a refusal where one was not ordered, is named twice, or has gone back already. */
export function amountOfRefundItems(
  { items = [] }: Pick<Payment, 'items'>,
  wanted: readonly RefundItem[],
  taken: TakenItems,
): bigint | 'no-such-item' | 'item-refunded' {
  if (new Set(wanted.map(({ item }) => item)).size < wanted.length) return 'no-such-item'
  if (wanted.some(({ item }) => !items[item - 1])) return 'no-such-item'
  const isBeyond = ({ item, quantity }: RefundItem) => quantity + (taken.get(item) ?? 0) > items[item - 1]!.quantity
  if (wanted.some(isBeyond)) return 'item-refunded'
  return sum(wanted.map(({ item, quantity }) => items[item - 1]!.unitAmount * BigInt(quantity)))
}

/** The lines of an order with what can still go back of each. */
export function leftOfItems({ items = [] }: Pick<Payment, 'items'>, taken: TakenItems) {
  return items.map((item, index) => ({
    ...item,
    item: index + 1,
    left: item.quantity - (taken.get(index + 1) ?? 0),
  }))
}
