const KINDS = [
  ...(['money', 'reversals', 'unknown', 'differs', 'contradicts'] as const),
  ...(['double', 'missing', 'gap', 'balance', 'broken', 'overpaid'] as const),
] as const

/** A kind of difference that has a name of its own on the pages. */
export function differenceKind(kind: string): (typeof KINDS)[number] {
  return KINDS.find((one) => one === kind) ?? 'unknown'
}
