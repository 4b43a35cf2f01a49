import type { Result } from './result'
import { solve } from './solve'
import { withoutPause } from './work'

/**
 * Over which of the customer's cards, and in which amounts, one purchase should be split so that the customer is best
 * off. Pure: the answer depends on the instance alone, not on the order of its cards. A server with other requests to
 * answer uses `optimizeAside`.
 *
 * @param instance what is not known to be one is checked
 * @throws InvalidInstance when the input is no instance
 */
export function optimize(instance: unknown): Result {
  return withoutPause(solve(instance))
}
