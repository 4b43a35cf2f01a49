import { sum } from './money'

/**
 * Divides a total in the ratio of the weights so that the parts always add up to the whole: every part is rounded
 * down, and the units left over go one each to the parts with the largest remainders (the earlier part on a tie).
 * Used wherever one amount is spread over legs (largest remainder method, Hamilton).
 *
 * @throws RangeError if the total is negative, a weight is negative, or the weights sum to zero while the total does not
 */
export function divideByRatio(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n || weights.some((weight) => weight < 0n)) throw new RangeError('a division knows no negative amounts')
  const whole = sum(weights)
  if (whole === 0n) {
    if (total === 0n) return weights.map(() => 0n)
    throw new RangeError('nothing to divide by: all weights are zero')
  }
  const parts = weights.map((weight) => (total * weight) / whole)
  const remainders = weights.map((weight, index) => ({ index, remainder: (total * weight) % whole }))
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  let left = total - sum(parts)
  for (const { index } of remainders) {
    if (left === 0n) break
    parts[index] = parts[index]! + 1n
    left -= 1n
  }
  return parts
}
