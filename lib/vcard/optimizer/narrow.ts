import type { Curve } from './curve'
import { emptyCurve, pointCurve } from './curve'
import { reflected, restrictedTo, shifted } from './reshape'
import type { Layers } from './layers'
import { sizeOf } from './layers'
import type { Part } from './losses'
import type { Problem } from './problem'
import { usedAtBase } from './problem'
import type { Half } from './search'
import { lowest, sumOfCurves } from './sum-of-curves'
import type { Stage } from './trace'
import type { Pausable, Work } from './work'

/**
 * Leaves to every part only the deviations it has in some plan within the limit. A complete search knows for each of
 * its stages what comes before; walking back from the join adds what comes after.
 */
export function* narrowed(
  problem: Problem,
  halves: readonly [Half, Half],
  limit: number,
  work: Work,
): Pausable<Part[]> {
  const allowed = new Map<Part, Curve>()
  for (const [half, other] of [halves, [halves[1], halves[0]]] as const) {
    const after = yield* restsOf(problem, half, other, limit, work)
    for (const [k, stage] of half.stages.entries()) {
      allowed.set(stage.part, yield* deviationsOf(stage, after[k]!, after[k + 1]!, problem, limit, work))
    }
  }
  return problem.parts.map((part) => only(part, allowed.get(part)))
}

/**
 * For each stage of a half, and for its end, the least losses with which all that comes after makes up the rest, where
 * that is possible within the limit.
 */
export function* restsOf(problem: Problem, half: Half, other: Half, limit: number, work: Work): Pausable<Layers[]> {
  const rests: Layers[] = [yield* restsAtEnd(problem, half, other, limit, work)]
  for (const stage of half.stages.toReversed()) {
    if (work.add(sizeOf(stage.before) + sizeOf(rests[0]!))) yield
    rests.unshift(yield* restsBefore(stage, rests[0]!, problem, limit, work))
  }
  return rests
}

/** The least losses with which the other half makes up the rest, by this half's deviation and layer. */
function* restsAtEnd(
  { parts, target, optionalCards, perCard }: Problem,
  half: Half,
  other: Half,
  limit: number,
  work: Work,
): Pausable<Curve[]> {
  const resting = parts.filter((part) => usedAtBase(part) && !half.members.has(part) && !other.members.has(part))
  const after: Curve[] = []
  for (const [layer, curve] of half.layers.entries()) {
    const spare = optionalCards - resting.length - layer
    const rests = other.layers.flatMap((rest, used) => {
      const price = optionalCards === Infinity ? 0 : perCard * (spare - used)
      return used <= spare ? [shifted(reflected(rest, target), 0, price, limit)] : []
    })
    after.push(restrictedTo(yield* lowest(rests, work), curve, limit))
  }
  return after
}

function* restsBefore(
  { part, before }: Stage,
  after: Layers,
  { optionalCards }: Problem,
  limit: number,
  work: Work,
): Pausable<Curve[]> {
  const moves = movesOf(part, optionalCards !== Infinity)
  const rests: Curve[] = []
  for (const [layer, curve] of before.entries()) {
    const ways: Curve[] = []
    for (const { curve, uses } of moves) {
      ways.push(yield* sumOfCurves(after[layer + uses] ?? emptyCurve(), reflected(curve, 0), { limit }, work))
    }
    rests.push(restrictedTo(yield* lowest(ways, work), curve, limit))
  }
  return rests
}

/** Which deviations lead from a state before a stage to one after it. */
function* deviationsOf(
  { part, before }: Stage,
  rests: Layers,
  after: Layers,
  { optionalCards }: Problem,
  limit: number,
  work: Work,
): Pausable<Curve> {
  // The states before this part that lie on a plan within the limit are few.
  const from = before.map((curve, layer) => restrictedTo(curve, rests[layer]!, limit))
  const deviations: Curve[] = []
  for (const { curve, uses } of movesOf(part, optionalCards !== Infinity)) {
    const others: Curve[] = []
    const wanted = { limit, from: curve.x[0]!, to: curve.x[curve.x.length - 1]! }
    for (const [layer, start] of from.entries()) {
      others.push(yield* sumOfCurves(after[layer + uses] ?? emptyCurve(), reflected(start, 0), wanted, work))
    }
    deviations.push(restrictedTo(curve, yield* lowest(others, work), limit))
  }
  return yield* lowest(deviations, work)
}

/** What a part can do, and how many layers further that leads. */
function movesOf(part: Part, counted: boolean): { curve: Curve; uses: number }[] {
  if (!counted || part.required) return [{ curve: part.either, uses: 0 }]
  return [
    { curve: pointCurve(-part.base, part.unused), uses: 0 },
    { curve: part.used, uses: 1 },
  ]
}

/** A part with nothing but these deviations. */
export function only(part: Part, either: Curve = pointCurve(0, 0)): Part {
  const canRest = !part.required && either.x[0] === -part.base
  return { ...part, either, used: restrictedTo(part.used, either, Infinity), unused: canRest ? part.unused : Infinity }
}
