const PARTS = ['completions', 'refunds', 'reversals'] as const
const NAMES = [
  ...(['file', 'line', 'day', 'reference', 'endToEnd', 'about', 'statement', 'before'] as const),
  ...(['what', 'fault', 'bank', 'account'] as const),
] as const

/** What stands beside the sums of a difference: a side's total of one kind of movement, or something that has a name. */
export type DifferenceDetail =
  | {
      readonly kind: 'total'
      readonly part: (typeof PARTS)[number]
      readonly side: 'ours' | 'theirs'
      readonly count: number
      /** Minor units of the difference's currency. */
      readonly amount: bigint
    }
  | { readonly kind: 'named'; readonly name: (typeof NAMES)[number] | 'other'; readonly text: string }

/** Reads what the books keep of a difference: `completions.ours` with `12 / 3456700`, or a name with its text. */
export function readDetail(key: string, text: string): DifferenceDetail {
  const [part, side] = key.split('.', 2)
  const known = PARTS.find((one) => one === part)
  const [, count, amount] = /^([0-9]+) \/ (-?[0-9]+)$/.exec(text) ?? []
  if (known && (side === 'ours' || side === 'theirs') && count !== undefined && amount !== undefined)
    return { kind: 'total', part: known, side, count: Number(count), amount: BigInt(amount) }
  return { kind: 'named', name: NAMES.find((one) => one === key) ?? 'other', text }
}
