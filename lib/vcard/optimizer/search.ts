import type { Curve } from './curve'
import { pointCurve } from './curve'
import type { Layers } from './layers'
import { addPart, leastJoin } from './layers'
import type { Part } from './losses'
import { reachOf, withinReach } from './reach'
import type { Stage } from './trace'
import { trace } from './trace'
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

export interface Found {
  readonly loss: number
  /** Deviation from the base, by position in `parts`. */
  readonly deviations: readonly number[]
  /** No other plan is within a tie of this one. */
  readonly unique: boolean
}

/** Up to this many vertices one half does alone: its bound is sharper while the other holds nothing. */
const ALONE = 2_000

/** Some of the parts, and the least losses of everything they can do together. */
interface Half {
  layers: Layers
  readonly members: Set<Part>
  readonly stages: Stage[]
}

/**
 * Finds the plan of least loss: a dynamic program over the cards, from two sides.
 *
 * Each half holds, for every deviation its cards can have together, the least loss; equal cards and exchangeable plans
 * fall together there. The next card goes to the smaller half, and the halves are joined at the target, so that the
 * number of sums each must hold is about the square root of what one would. Kept is only what all other cards
 * could still bring to the target within the best loss known; cards whose every other charge loses more than that stay
 * at their base. Cards that leave their base for little come first, because good plans then appear early.
 *
 * @param atMost a loss that some plan is known to have; Infinity when none is known
 * @returns undefined when no plan is within that loss
 */
export function* search(problem: SearchProblem, atMost: number, work: Work): Pausable<Found | undefined> {
  const { parts, target, perCard } = problem
  const counted = problem.optionalCards !== Infinity
  const order = [...parts].sort((a, b) => nearness(a) - nearness(b))
  const halves: [Half, Half] = [newHalf(), newHalf()]
  let best = atMost
  // Optional cards that may be used besides those at their base and not yet in a half.
  let spare = problem.optionalCards - order.filter(usedAtBase).length

  for (const part of order) {
    const limit = best + TIE
    if (part.leastLoss > limit) continue
    const first = sizeOf(halves[0])
    const half = first <= ALONE || first <= sizeOf(halves[1]) ? halves[0] : halves[1]
    half.layers = withinReachOfOthers(half, order, target, limit)
    half.stages.push({ part, before: half.layers })
    half.layers = yield* addPart(half.layers, part, { limit, counted, most: problem.optionalCards, work })
    half.members.add(part)
    if (usedAtBase(part)) spare++
    const joined = leastJoin(halves[0].layers, halves[1].layers, { target, spare, perCard, tie: TIE })
    if (joined !== undefined && joined.loss < best) best = joined.loss
    half.layers = withinReachOfOthers(half, order, target, best + TIE)
  }

  const joined = leastJoin(halves[0].layers, halves[1].layers, { target, spare, perCard, tie: TIE })
  if (joined === undefined || joined.loss > best + TIE) return undefined
  const first = trace(halves[0].stages, { layer: joined.firstLayer, total: joined.at, counted, tie: TIE })
  const second = trace(halves[1].stages, { layer: joined.secondLayer, total: target - joined.at, counted, tie: TIE })
  return {
    loss: joined.loss,
    deviations: parts.map((part) => first.deviations.get(part) ?? second.deviations.get(part) ?? 0),
    unique: joined.unique && first.unique && second.unique,
  }
}

function newHalf(): Half {
  return { layers: [pointCurve(0, 0)], members: new Set(), stages: [] }
}

function withinReachOfOthers(half: Half, order: readonly Part[], target: number, limit: number): Curve[] {
  const others = order.filter((part) => part.leastLoss <= limit && !half.members.has(part))
  const reach = reachOf(others, limit)
  return half.layers.map((curve) => withinReach(curve, reach, target, limit))
}

function sizeOf({ layers }: Half): number {
  return layers.reduce((size, { x }) => size + x.length, 0)
}

/** How little it takes to move a card off its base. */
function nearness({ up, down }: Part): number {
  return Math.min(up[0]?.slope ?? Infinity, down[0]?.slope ?? Infinity)
}

function usedAtBase({ required, base }: Part): boolean {
  return !required && base > 0
}
