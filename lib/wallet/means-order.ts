/** What a shopper has said of their means. Names are those of the checkout: card:…, line:…, account:…, e-cash, mandate:… */
export interface MeansOrder {
  readonly order: readonly string[]
  /** Tried first; undefined while none is. */
  readonly preferred?: string
}

/** In the shopper's order; what they have not put in any comes after it, as it came. */
export function inOrder<Means extends { readonly means: string }>(
  all: readonly Means[],
  { order }: Pick<MeansOrder, 'order'>,
): Means[] {
  const places = new Map(order.map((means, place) => [means, place]))
  const placeOf = ({ means }: Means) => places.get(means) ?? order.length
  return all.toSorted((one, other) => placeOf(one) - placeOf(other))
}

export const ways = ['up', 'down', 'first'] as const
export type Way = (typeof ways)[number]

/** The same means with one of them moved; unchanged where there is no such means, or nowhere to go. */
export function moved(order: readonly string[], means: string, way: Way): string[] {
  const from = order.indexOf(means)
  const to = way === 'first' ? 0 : from + (way === 'up' ? -1 : 1)
  return from === -1 || to < 0 || to >= order.length ? [...order] : order.toSpliced(from, 1).toSpliced(to, 0, means)
}
