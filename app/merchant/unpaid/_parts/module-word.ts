/** Means that are paid after the order was accepted. */
export const laterMeans = ['giro', 'cash-on-delivery', 'direct-debit'] as const

/** Under which word of the texts a means is found. */
export function moduleWord(module: string): (typeof laterMeans)[number] | 'other' {
  return laterMeans.find((known) => known === module) ?? 'other'
}
