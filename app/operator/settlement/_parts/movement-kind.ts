const KINDS = [
  ...(['payout', 'payout-file', 'payout-return', 'giro', 'giro-return'] as const),
  ...(['debit', 'debit-batch', 'debit-return', 'debit-refund', 'unknown'] as const),
  ...(['return', 'return-back', 'settlement', 'settlement-back'] as const),
] as const

/** A kind of movement that has a name of its own on the pages; any other is unknown to whoever reads them. */
export function movementKind(what: string | undefined): (typeof KINDS)[number] {
  return KINDS.find((one) => one === what) ?? 'unknown'
}
