import type { Curve } from './curve'
import { emptyCurve, pointCurve, valueAt } from './curve'
import type { Join, Layers } from './layers'
import { addPart, leastJoin, sizeOf } from './layers'
import type { Part } from './losses'
import type { Problem } from './problem'
import { usedAtBase } from './problem'
import { reachOf, withinReach } from './reach'
import type { Stage } from './trace'
import { trace } from './trace'
import type { Pausable, Work } from './work'

/** Plans whose utilities differ by no more than this are equally good. */
export const TIE = 1e-6
/** A loss as good as none: what rounding leaves. */
const NOTHING = 1e-9
/** Sums that are kept to see all plans without loss, when the best is sought. */
const MANY = 60_000
/** Up to this many vertices one half does alone: its bound is sharper while the other holds nothing. */
const ALONE = 2_000
export interface Goal {
  /** A loss that some plan is known to have; Infinity when none is known. */
  readonly atMost: number
  /**
   * Any plan; a best one and, unless there are very many without any loss, all as good; or every one as good as the best.
   */
  readonly seek: 'any' | 'best' | 'every'
  /** Asked once sums have become many and none of them is a plan: whether there is one at all. */
  readonly isThereAny?: () => Pausable<boolean>
}

export interface Found {
  readonly loss: number
  /** Deviation from the base, by position in `parts`. */
  readonly deviations: readonly number[]
  /** No other plan is within a tie of this one. */
  readonly unique: boolean
  /** Every plan within a tie of it; undefined where not all were sought. */
  readonly halves: readonly [Half, Half] | undefined
}

/** Some of the parts, and the least losses of everything they can do together. */
export interface Half {
  layers: Layers
  /** The best loss known when what cannot reach the target within it was last taken away. */
  trimmedFor: number
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
 * @returns undefined when there is no plan
 */
export function* search(problem: Problem, goal: Goal, work: Work): Pausable<Found | undefined> {
  const { parts, target, perCard } = problem
  const counted = problem.optionalCards !== Infinity
  const order = [...parts].sort((a, b) => Number(mustMove(b)) - Number(mustMove(a)) || nearness(a) - nearness(b))
  // Until these are in a half there is no plan: the others may stay at their base.
  const moving = order.filter(mustMove).length
  const halves: [Half, Half] = [newHalf(), newHalf()]
  let best = goal.atMost
  let join: Join | undefined
  let stopped = false
  let asked = false
  // Optional cards that may be used besides those at their base and not yet in a half.
  let spare = problem.optionalCards - order.filter(usedAtBase).length
  const joined = () => leastJoin(halves[0].layers, halves[1].layers, { target, spare, perCard, most: best, tie: TIE })

  const trim = (half: Half) => {
    half.layers = withinReachOfOthers(half, order, problem, best + TIE)
    half.trimmedFor = best
  }

  for (const [k, part] of order.entries()) {
    if (part.leastLoss > best + TIE) continue
    const first = sizeOf(halves[0].layers)
    const half = first <= ALONE || first <= sizeOf(halves[1].layers) ? halves[0] : halves[1]
    if (best < half.trimmedFor) trim(half)
    if (work.add(sizeOf(half.layers))) yield
    half.stages.push({ part, before: half.layers })
    const how = { limit: best + TIE, counted, most: problem.optionalCards, work }
    half.layers = yield* addPart(half.layers, part, how)
    half.members.add(part)
    if (usedAtBase(part)) spare++
    if (work.add(sizeOf(halves[0].layers) + sizeOf(halves[1].layers))) yield
    if (k + 1 >= moving) join = joined()
    if (join !== undefined) {
      best = Math.min(best, join.loss)
      const isMany = best <= NOTHING && sizeOf(halves[0].layers) + sizeOf(halves[1].layers) > MANY
      stopped = goal.seek === 'any' || (goal.seek === 'best' && isMany)
      if (stopped) break
    }
    if (work.add(sizeOf(half.layers))) yield
    trim(half)
    if (!asked && goal.isThereAny && sizeOf(halves[0].layers) + sizeOf(halves[1].layers) > MANY) {
      asked = true
      if (!(yield* goal.isThereAny())) return undefined
    }
  }

  join = joined()
  if (join === undefined) return undefined
  const ways = { counted, tie: TIE }
  const first = yield* trace(halves[0].stages, { ...ways, layer: join.firstLayer, total: join.at }, work)
  const rest = { ...ways, layer: join.secondLayer, total: target - join.at }
  const second = yield* trace(halves[1].stages, rest, work)
  return {
    loss: join.loss,
    deviations: parts.map((part) => first.deviations.get(part) ?? second.deviations.get(part) ?? 0),
    unique: !stopped && join.unique && first.unique && second.unique,
    halves: stopped ? undefined : halves,
  }
}

function newHalf(): Half {
  return { layers: [pointCurve(0, 0)], trimmedFor: Infinity, members: new Set(), stages: [] }
}

/** What is left of the half when the others must still bring it to the target, within the limit and the number of cards. */
function withinReachOfOthers(half: Half, order: readonly Part[], problem: Problem, limit: number): Curve[] {
  const { target, optionalCards } = problem
  const others = order.filter((part) => !half.members.has(part))
  const movable = others.filter(({ leastLoss }) => leastLoss <= limit)
  const reach = reachOf(movable, limit)
  if (optionalCards === Infinity) return half.layers.map((curve) => withinReach(curve, reach, { target, limit }))
  const fixed = others.filter((part) => usedAtBase(part) && part.leastLoss > limit).length
  const most = mostByCount(movable)
  return half.layers.map((curve, used) => {
    const left = optionalCards - fixed - used
    if (left < 0) return emptyCurve()
    return withinReach(curve, reach, { target, limit, from: target - most[Math.min(left, most.length - 1)]! })
  })
}

/** The greatest deviation the parts can have together, by how many optional cards they may use. */
function mostByCount(parts: readonly Part[]): number[] {
  const greatest = ({ used, base }: Part) => used.x[used.x.length - 1] ?? -base
  const gains: number[] = []
  let most = 0
  for (const part of parts) {
    if (part.required) {
      most += greatest(part)
    } else {
      most -= part.base
      gains.push(part.base + greatest(part))
    }
  }
  gains.sort((a, b) => b - a)
  return [most, ...gains.map((gain) => (most += gain))]
}

/** Whether a part may not stay at its base. */
function mustMove({ either }: Part): boolean {
  return valueAt(either, 0) === Infinity
}

/** How little it takes to move a card off its base. */
function nearness({ up, down }: Part): number {
  return Math.min(up[0]?.slope ?? Infinity, down[0]?.slope ?? Infinity)
}
