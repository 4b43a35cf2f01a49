import { divideByRatio } from '@/lib/money/divide'
import { sum } from '@/lib/money/money'

/** One card's part of an amount, and the most it can take. Minor units. */
export interface Share {
  readonly amount: bigint
  readonly room: bigint
}

/**
 * Sets one share and lets the others make up the difference, so that the total stays what it is: first the cards that
 * already carry something, in the ratio of what they carry, then the others. A share nobody can balance is moved to the
 * nearest one that can be.
 *
 * @returns the new amounts in the same order; undefined when all cards together cannot carry the total
 */
export function keepTotal(
  shares: readonly Share[],
  index: number,
  wanted: bigint,
  total: bigint,
): bigint[] | undefined {
  const chosen = shares[index]
  if (!chosen) return undefined
  const othersRoom = sum(shares.map(({ room }, at) => (at === index ? 0n : room)))
  const least = total > othersRoom ? total - othersRoom : 0n
  const most = chosen.room < total ? chosen.room : total
  if (least > most) return undefined
  const amount = wanted < least ? least : wanted > most ? most : wanted

  const amounts = shares.map((_, at) => (at === index ? amount : 0n))
  const used = shares.map((share, at) => ({ share, at })).filter(({ share, at }) => at !== index && share.amount > 0n)
  const unused = shares
    .map((share, at) => ({ share, at }))
    .filter(({ share, at }) => at !== index && share.amount === 0n)
  let left = total - amount
  left = spread(left, used, ({ share }) => share.amount)
  spread(left, unused, ({ share }) => share.room)
  return amounts

  /** Gives out what it can within each card's room; returns what is left. */
  function spread(
    toGive: bigint,
    places: readonly { share: Share; at: number }[],
    weightOf: (place: { share: Share; at: number }) => bigint,
  ): bigint {
    let rest = toGive
    let open = places.filter(({ share }) => share.room > 0n)
    while (rest > 0n && open.length > 0) {
      const weights = open.map((place) => weightOf(place) || 1n)
      const parts = divideByRatio(rest, weights)
      let given = 0n
      for (const [place, { share, at }] of open.entries()) {
        const before = amounts[at] ?? 0n
        const part = parts[place] ?? 0n
        const after = before + part > share.room ? share.room : before + part
        amounts[at] = after
        given += after - before
      }
      rest -= given
      open = open.filter(({ share, at }) => (amounts[at] ?? 0n) < share.room)
    }
    return rest
  }
}
