const KNOWN = ['giro', 'cash-on-delivery', 'direct-debit'] as const

/** Under which word of the texts a means is found. */
export function moduleWord(module: string): (typeof KNOWN)[number] | 'other' {
  return KNOWN.find((known) => known === module) ?? 'other'
}
