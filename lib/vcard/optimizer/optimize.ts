import type { Instance } from './instance'
import type { Result } from './result'
import { solve } from './solve'
import { withoutPause } from './work'

export { InvalidInstance } from './invalid-instance'

/**
 * Over which of the customer's cards, and in which amounts, one purchase should be split so that the customer is best
 * off. Pure: the answer depends on the instance alone, not on the order of its cards. A server with other requests to
 * answer uses `optimizeInSlices`.
 *
 * @throws InvalidInstance when the input is no instance
 */
export function optimize(instance: Instance): Result {
  return withoutPause(solve(instance))
}
