const KINDS = [
  ...(['capture', 'collection', 'e-cash-deposit', 'refund', 'return', 'charge-back'] as const),
  ...(['fee', 'fee-back', 'payout-returned', 'correction'] as const),
] as const

/** A kind of posting that has a name of its own on the pages; any other is a correction to whoever reads them. */
export function lineKind(kind: string): (typeof KINDS)[number] {
  return KINDS.find((one) => one === kind) ?? 'correction'
}
