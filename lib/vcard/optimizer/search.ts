import type { Curve } from './curve'
import { emptyCurve, pointCurve } from './curve'
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
/** Up to this many vertices one half does alone: its bound is sharper while the other holds nothing. */
const ALONE = 2_000
/** How many vertices a search that has found enough may still look at to be complete. */
const PATIENCE = 50_000
/**
 * A search that has looked at this many vertices (some tenths of a second) no longer looks for gains that the specification
 * counts as none: below one minor unit.
 */
const LONG = 4_000_000
const NO_GAIN = 0.9

export interface Goal {
  /** A loss that some plan is known to have, or that is of no interest; Infinity when there is none. */
  readonly atMost: number
  /** A loss no plan can be better than, as far as it matters: once it is reached the search may stop. */
  readonly enough: number
  /** How much less a plan must lose than the best one known to be looked for. Negative: also those that lose more. */
  readonly gain: number
}

export interface Found {
  readonly loss: number
  /** Deviation from the base, by position in `parts`. */
  readonly deviations: readonly number[]
  /** No other plan is within a tie of this one. */
  readonly unique: boolean
  /** No plan is better by more than a tie. */
  readonly exact: boolean
  /** What was searched; undefined when the search stopped before it had seen every plan within a tie. */
  readonly halves: readonly [Half, Half] | undefined
}

/** Some of the parts, and the least losses of everything they can do together. */
export interface Half {
  layers: Layers
  readonly members: Set<Part>
  readonly stages: Stage[]
}

/** The best plan so far, and how far the halves were when it appeared. */
interface Sighting {
  readonly join: Join
  readonly stages: readonly [number, number]
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
 * @returns undefined when no plan is better than `atMost` by the gain asked for
 */
export function* search(problem: Problem, goal: Goal, work: Work): Pausable<Found | undefined> {
  const { parts, target, perCard } = problem
  const counted = problem.optionalCards !== Infinity
  const order = [...parts].sort((a, b) => nearness(a) - nearness(b))
  const halves: [Half, Half] = [newHalf(), newHalf()]
  const start = work.total
  let best = goal.atMost
  let seen: Sighting | undefined
  let complete = goal.gain <= -TIE
  // Optional cards that may be used besides those at their base and not yet in a half.
  let spare = problem.optionalCards - order.filter(usedAtBase).length

  for (const part of order) {
    const spent = work.total - start
    if (best <= goal.enough && (!complete || spent > PATIENCE)) {
      complete = false
      break
    }
    if (spent > LONG) complete = false
    const limit = () => best - (spent > LONG ? Math.max(goal.gain, NO_GAIN) : goal.gain)
    if (part.leastLoss > limit()) continue
    const first = sizeOf(halves[0].layers)
    const half = first <= ALONE || first <= sizeOf(halves[1].layers) ? halves[0] : halves[1]
    half.layers = withinReachOfOthers(half, order, problem, limit())
    if (work.add(sizeOf(half.layers))) yield
    half.stages.push({ part, before: half.layers })
    half.layers = yield* addPart(half.layers, part, { limit: limit(), counted, most: problem.optionalCards, work })
    half.members.add(part)
    if (usedAtBase(part)) spare++
    if (work.add(sizeOf(halves[0].layers) + sizeOf(halves[1].layers))) yield
    const join = leastJoin(halves[0].layers, halves[1].layers, { target, spare, perCard, most: best, tie: TIE })
    if (join !== undefined && join.loss <= limit() && (seen === undefined || join.loss < seen.join.loss)) {
      seen = { join, stages: [halves[0].stages.length, halves[1].stages.length] }
      best = Math.min(best, join.loss)
    }
    if (work.add(sizeOf(half.layers))) yield
    half.layers = withinReachOfOthers(half, order, problem, limit())
  }

  if (complete) {
    const join = leastJoin(halves[0].layers, halves[1].layers, { target, spare, perCard, most: best, tie: TIE })
    if (join !== undefined) seen = { join, stages: [halves[0].stages.length, halves[1].stages.length] }
  }
  if (seen === undefined) return undefined
  const { join, stages } = seen
  const ways = { counted, tie: TIE }
  const first = yield* trace(
    halves[0].stages.slice(0, stages[0]),
    { ...ways, layer: join.firstLayer, total: join.at },
    work,
  )
  const rest = { ...ways, layer: join.secondLayer, total: target - join.at }
  const second = yield* trace(halves[1].stages.slice(0, stages[1]), rest, work)
  return {
    loss: join.loss,
    deviations: parts.map((part) => first.deviations.get(part) ?? second.deviations.get(part) ?? 0),
    unique: complete && join.unique && first.unique && second.unique,
    exact: complete || join.loss <= goal.enough,
    halves: complete ? halves : undefined,
  }
}

function newHalf(): Half {
  return { layers: [pointCurve(0, 0)], members: new Set(), stages: [] }
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
  const greatest = (part: Part) => part.used.x[part.used.x.length - 1]!
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

/** How little it takes to move a card off its base. */
function nearness({ up, down }: Part): number {
  return Math.min(up[0]?.slope ?? Infinity, down[0]?.slope ?? Infinity)
}
