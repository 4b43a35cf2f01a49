import fc from 'fast-check'

/** Something that changes what is owed to a merchant. Minor units; negative where it is taken from it. */
export interface Change {
  readonly kind: 'capture' | 'fee' | 'fee-back' | 'refund' | 'charge-back'
  readonly amount: bigint
}

/** What happens between two payouts. */
export interface Round {
  readonly changes: readonly Change[]
}

const sale = fc.record({
  amount: fc.bigInt({ min: 1_000n, max: 900_000n }),
  refunded: fc.option(fc.integer({ min: 1, max: 100 }), { freq: 4 }),
  chargedBack: fc.boolean(),
})

/** Rounds of sales with a fee of 2.5 % and its tax; some are refunded in part, with their part of the fee, some charged back. */
export const rounds = (most: number, sales: number): fc.Arbitrary<Round[]> =>
  fc.array(
    fc.array(sale, { minLength: sales, maxLength: sales }).map((sold) => ({
      changes: sold.flatMap(({ amount, refunded, chargedBack }): Change[] => {
        const fee = (amount * 250n + 5_000n) / 10_000n
        const cost = fee + fee / 10n
        const back = refunded === null ? 0n : (amount * BigInt(refunded)) / 100n
        return [
          { kind: 'capture', amount } as const,
          { kind: 'fee', amount: -cost } as const,
          ...(back > 0n
            ? [
                { kind: 'refund', amount: -back } as const,
                { kind: 'fee-back', amount: (cost * back) / amount } as const,
              ]
            : []),
          ...(chargedBack && refunded === null ? [{ kind: 'charge-back', amount: -amount } as const] : []),
        ].filter((change) => change.amount !== 0n)
      }),
    })),
    { minLength: most, maxLength: most },
  )

/** What the payouts have to be, reckoned by hand: lines, what is left over, a reserve of some rounds, and the minimum. */
export function reckon(
  made: readonly Round[],
  { reserveBps, reserveRounds, minimum }: { reserveBps: bigint; reserveRounds: number; minimum: bigint },
): { paid: bigint[]; carried: bigint; reserved: bigint } {
  let carried = 0n
  const kept: bigint[] = []
  const paid = made.map(({ changes }, index) => {
    const sold = changes.filter(({ kind }) => kind === 'capture').reduce((sum, { amount }) => sum + amount, 0n)
    const total = changes.reduce((sum, { amount }) => sum + amount, 0n)
    const reserve = (sold * reserveBps) / 10_000n
    const released = index >= reserveRounds ? (kept[index - reserveRounds] ?? 0n) : 0n
    kept.push(reserve)
    const net = carried + total + released - reserve
    const least = minimum > 1n ? minimum : 1n
    carried = net >= least ? 0n : net
    return net >= least ? net : 0n
  })
  const reserved = kept.slice(Math.max(0, kept.length - reserveRounds)).reduce((sum, each) => sum + each, 0n)
  return { paid, carried, reserved }
}
