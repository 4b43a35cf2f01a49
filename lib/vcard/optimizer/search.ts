import type { Curve } from './curve'
import { emptyCurve, pointCurve, shifted, valueAt } from './curve'
import { leastSum } from './least-sum'
import type { Part } from './losses'
import { reachOf, withinReach } from './reach'
import { lowest, sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/** Plans whose utilities differ by no more than this are equally good. */
export const TIE = 1e-6

export interface SearchProblem {
  readonly parts: readonly Part[]
  /** What the parts' deviations from their bases must add up to. */
  readonly target: number
  /** How many optional cards may be used; Infinity when that is no matter. */
  readonly optionalCards: number
  /** Loss for every optional card that might be used and is not. */
  readonly perCard: number
}

/**
 * The least losses of every deviation, by number of optional cards used so far. When the number is no matter, there
 * is one layer for all.
 */
export type Layers = readonly Curve[]

export interface Found {
  readonly loss: number
  /** Deviation from the base, by position in `parts`. */
  readonly deviations: readonly number[]
  /** No other plan is within a tie of this one. */
  readonly unique: boolean
}

/**
 * Finds the plan of least loss: a dynamic program over the cards. After each card it knows, for every deviation the
 * cards so far can have together, the least loss; equal cards and exchangeable plans fall together there. Kept is
 * only what the remaining cards can still bring to the target within the best loss known. Cards whose every other
 * charge loses more than that stay at their base.
 *
 * @param atMost a loss that some plan is known to have; Infinity when none is known
 * @returns undefined when no plan is within that loss
 */
export function* search(problem: SearchProblem, atMost: number, work: Work): Pausable<Found | undefined> {
  const { target, perCard } = problem
  const counted = problem.optionalCards !== Infinity
  const order = [...problem.parts].sort((a, b) => nearness(a) - nearness(b))
  let best = atMost
  let layers: Layers = [pointCurve(0, 0)]
  const stages: { readonly part: Part; readonly before: Layers }[] = []
  // Cards at their base that use up the number of optional cards.
  let basesUsed = order.filter(usedAtBase).length
  const spare = (layer: number) => problem.optionalCards - layer - basesUsed

  for (const [position, part] of order.entries()) {
    if (part.leastLoss > best + TIE) continue
    const before = layers
    const sums = yield* addPart(before, part, { limit: best + TIE, counted, most: problem.optionalCards, work })
    if (usedAtBase(part)) basesUsed--
    sums.forEach((curve, layer) => {
      if (counted && spare(layer) < 0) return
      best = Math.min(best, valueAt(curve, target) + (counted ? perCard * spare(layer) : 0))
    })
    const rest = reachOf(
      order.slice(position + 1).filter(({ leastLoss }) => leastLoss <= best + TIE),
      best + TIE,
    )
    layers = sums.map((curve) => withinReach(curve, rest, target, best + TIE))
    stages.push({ part, before })
  }

  let loss = Infinity
  let layer = 0
  let unique = true
  layers.forEach((curve, used) => {
    if (counted && spare(used) < 0) return
    const total = valueAt(curve, target) + (counted ? perCard * spare(used) : 0)
    if (Math.abs(total - loss) <= TIE) unique = false
    if (total < loss) {
      loss = total
      layer = used
    }
  })
  if (loss === Infinity) return undefined
  const traced = trace(stages, layer, target, counted)
  const deviations = problem.parts.map((part) => traced.deviations.get(part) ?? 0)
  return { loss, deviations, unique: unique && traced.unique }
}

export interface Step {
  readonly limit: number
  /** Whether layers count the optional cards used. */
  readonly counted: boolean
  /** No layer beyond this is needed. */
  readonly most: number
  readonly work: Work
}

/** All sums of what is in the layers with what one more card can do. */
export function* addPart(layers: Layers, part: Part, { limit, counted, most, work }: Step): Pausable<Curve[]> {
  const used = shifted(part.used, 0, 0, limit)
  if (!counted) return [yield* sumOfCurves(layers[0]!, shifted(part.either, 0, 0, limit), limit, work)]
  if (part.required) {
    const sums: Curve[] = []
    for (const curve of layers) sums.push(yield* sumOfCurves(curve, used, limit, work))
    return sums
  }
  const sums = layers.map((curve) => shifted(curve, -part.base, part.unused, limit))
  for (const [layer, curve] of layers.entries()) {
    if (layer === most) break
    const more = yield* sumOfCurves(curve, used, limit, work)
    sums[layer + 1] = sums[layer + 1] === undefined ? more : yield* lowest([sums[layer + 1]!, more], work)
  }
  return sums
}

/** How little it takes to move a card off its base: the cheapest first makes good plans appear early. */
function nearness({ up, down }: Part): number {
  return Math.min(up[0]?.slope ?? Infinity, down[0]?.slope ?? Infinity)
}

function usedAtBase({ required, base }: Part): boolean {
  return !required && base > 0
}

interface Traced {
  readonly deviations: ReadonlyMap<Part, number>
  readonly unique: boolean
}

/** Walks back from the target: at each card the deviation that leads there at the least loss. */
function trace(
  stages: readonly { readonly part: Part; readonly before: Layers }[],
  lastLayer: number,
  target: number,
  counted: boolean,
): Traced {
  const deviations = new Map<Part, number>()
  let layer = lastLayer
  let total = target
  let unique = true
  for (const { part, before } of stages.toReversed()) {
    if (!counted) {
      const { at, sum, next } = leastSum(part.either, before[0]!, total)!
      deviations.set(part, at)
      if (next <= sum + TIE) unique = false
      total -= at
      continue
    }
    const layerBefore = part.required ? layer : layer - 1
    const using = leastSum(part.used, before[layerBefore] ?? emptyCurve(), total)
    const passing = part.unused + valueAt(before[layer] ?? emptyCurve(), total + part.base)
    if (using !== undefined && using.sum <= passing) {
      deviations.set(part, using.at)
      if (Math.min(using.next, passing) <= using.sum + TIE) unique = false
      total -= using.at
      layer = layerBefore
    } else {
      deviations.set(part, -part.base)
      if ((using?.sum ?? Infinity) <= passing + TIE) unique = false
      total += part.base
    }
  }
  return { deviations, unique }
}
