import { setImmediate } from 'node:timers/promises'
import type { Instance } from './instance'
import type { Result } from './result'
import { solve } from './solve'

/** After this long other requests get their turn. It decides when the computation pauses, never what it finds. */
const SLICE_MS = 8

/**
 * The same answer as `optimize`, without holding the event loop: large instances are computed in slices, between which
 * other work is done.
 *
 * @throws InvalidInstance when the input is no instance
 */
export async function optimizeInSlices(instance: Instance): Promise<Result> {
  const computation = solve(instance)
  for (;;) {
    const end = performance.now() + SLICE_MS
    do {
      const step = computation.next()
      if (step.done) return step.value
    } while (performance.now() < end)
    await setImmediate()
  }
}
