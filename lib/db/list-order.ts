/** The order of a list whose rows are named by when they were made (lib/ids.ts). Where nothing is said: the newest first. */
export const listOrders = ['newest', 'oldest'] as const
export type ListOrder = (typeof listOrders)[number]

/** How a list in that order is written in SQL, and on which side of the last row of a page the next one lies. */
export function keysetOf(order: ListOrder = 'newest'): {
  readonly direction: 'asc' | 'desc'
  readonly beyond: '<' | '>'
} {
  return order === 'oldest' ? { direction: 'asc', beyond: '>' } : { direction: 'desc', beyond: '<' }
}

/** The same for Prisma: the identifiers that lie beyond the last row of a page. */
export function beyondId(order: ListOrder = 'newest', id: string): { gt: string } | { lt: string } {
  return order === 'oldest' ? { gt: id } : { lt: id }
}
