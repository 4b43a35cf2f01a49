import type { Curve } from './curve'
import { pointCurve, reflected, restrictedTo } from './curve'
import type { Layers } from './layers'
import type { Part } from './losses'
import type { Problem } from './problem'
import type { Half } from './search'
import { lowest, sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/**
 * Leaves to every part only the deviations it has in some plan within the limit. A complete search knows for each of
 * its stages what comes before; walking back from the join adds what comes after.
 *
 * The number of cards is no matter here: where it is counted, a few deviations too many may stay.
 */
export function* narrowed(
  { parts, target }: Problem,
  halves: readonly [Half, Half],
  limit: number,
  work: Work,
): Pausable<Part[]> {
  const allowed = new Map<Part, Curve>()
  for (const [half, other] of [halves, [halves[1], halves[0]]] as const) {
    let after = reflected(yield* merged(other.layers, work), target)
    after = restrictedTo(after, yield* merged(half.layers, work), limit)
    for (const { part, before: layers } of half.stages.toReversed()) {
      const before = yield* merged(layers, work)
      // The states before this part that lie on a plan within the limit are few, the deviations between them and the
      // states after it fewer still.
      const leading = yield* sumOfCurves(after, reflected(part.either, 0), limit, work)
      const from = restrictedTo(before, leading, limit)
      const others = yield* sumOfCurves(after, reflected(from, 0), limit, work)
      allowed.set(part, restrictedTo(part.either, others, limit))
      after = restrictedTo(leading, before, limit)
    }
  }
  return parts.map((part) => only(part, allowed.get(part)))
}

function only(part: Part, either: Curve = pointCurve(0, 0)): Part {
  const canRest = !part.required && either.x[0] === -part.base
  return { ...part, either, used: restrictedTo(part.used, either, Infinity), unused: canRest ? part.unused : Infinity }
}

function* merged(layers: Layers, work: Work): Pausable<Curve> {
  return yield* lowest(layers, work)
}
