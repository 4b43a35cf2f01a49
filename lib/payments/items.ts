import { sum } from '../money/money'

/** A line of an order: a product, how many of it, and what one of them costs. */
export interface Item {
  readonly name: string
  readonly quantity: number
  /** Minor units of the payment's currency. */
  readonly unitAmount: bigint
  /** The kind of product, in the shop's own words. */
  readonly group?: string
}

/** An item as the database keeps it: a place in the list is its number, counted from one. */
export interface StoredItem extends Omit<Item, 'unitAmount'> {
  readonly unitAmount: string
}

/** What one line comes to, minor units. */
export function amountOfItem({ quantity, unitAmount }: Pick<Item, 'quantity' | 'unitAmount'>): bigint {
  return BigInt(quantity) * unitAmount
}

/** What all lines come to, minor units. */
export function amountOfItems(items: readonly Item[]): bigint {
  return sum(items.map(amountOfItem))
}

export function readItem({ unitAmount, ...item }: StoredItem): Item {
  return { ...item, unitAmount: BigInt(unitAmount) }
}

/** A line as interfaces show it: numbered from one, its amount in decimal text. */
export function viewItems(items: readonly Item[]) {
  return items.map(({ name, quantity, unitAmount, group }, index) => ({
    item: index + 1,
    name,
    quantity,
    unitAmount: unitAmount.toString(),
    ...(group === undefined ? {} : { group }),
  }))
}
