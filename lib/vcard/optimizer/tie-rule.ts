import type { Curve } from './curve'
import { pointCurve, valueAt } from './curve'
import { shifted } from './reshape'
import type { Layers } from './layers'
import { addPart } from './layers'
import { largestWithin, leastSum } from './least-sum'
import type { Part } from './losses'
import { reachOf, withinReach } from './reach'
import type { Problem } from './problem'
import { sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/** What is left to decide once the parts that have no choice are taken out. */
interface Choice {
  /** The parts with a choice, in the order of their ids. */
  readonly free: readonly Part[]
  readonly target: number
  readonly counted: boolean
  /** Most that a plan may lose, by how many optional cards it uses among the free ones; -Infinity when too many. */
  readonly limitFor: (optionalUsed: number) => number
}

/** The plans to choose from. */
export interface Plans {
  /** The most one of them may lose. */
  readonly limit: number
  /** Whether they differ in their number of cards, or only some numbers are allowed. */
  readonly counted: boolean
}

/**
 * Chooses among plans that are equally good: the fewest cards, then the smallest list of card ids, then the larger
 * charge on the first of these cards, on the second, and so on.
 *
 * @param problem its parts, in the order of their ids, have only deviations that occur in plans within the limit
 * @returns the deviation of each part
 */
export function* chooseByTieRule(problem: Problem, plans: Plans, work: Work): Pausable<number[] | undefined> {
  const { parts } = problem
  const choice = choiceOf(problem, plans)
  const used = yield* chooseCards(choice, work)
  const charges = used && (yield* chooseCharges(used, choice, work))
  if (charges === undefined) return undefined
  return parts.map((part) => charges.get(part) ?? (choice.free.includes(part) ? -part.base : part.either.x[0]!))
}

function choiceOf({ parts, target, optionalCards, perCard }: Problem, { limit, counted }: Plans): Choice {
  const free = parts.filter(({ either }) => either.x.length > 1)
  let left = limit
  let missing = target
  let spare = optionalCards
  for (const { either, base, required } of parts.filter((part) => !free.includes(part))) {
    left -= either.y[0]!
    missing -= either.x[0]!
    if (!required && base + either.x[0]! > 0) spare--
  }
  const limitFor = (used: number) =>
    used > spare ? -Infinity : optionalCards === Infinity ? left : left - perCard * (spare - used)
  return { free, target: missing, counted, limitFor }
}

/** The cards used by the first plan in the order of the tie rule. */
function* chooseCards({ free, target, counted, limitFor }: Choice, work: Work): Pausable<Part[] | undefined> {
  const counts = Array.from({ length: free.length + 1 }, (_, used) => used)
  const most = counts.findLast((used) => limitFor(used) >= 0) ?? 0
  const limit = limitFor(counted ? most : 0)

  // after[k]: what the parts from k on can do together, where it matters by how many optional cards they use.
  const after: Layers[] = [[pointCurve(0, 0)]]
  for (let k = free.length - 1; k >= 0; k--) {
    const sums = yield* addPart(after[0]!, free[k]!, { limit, counted, most, work })
    const others = reachOf(free.slice(0, k), limit)
    after.unshift(sums.map((curve) => withinReach(curve, others, { target, limit })))
  }
  let left = after[0]!.findIndex((curve, used) => valueAt(curve, target) <= limitFor(used))
  if (left < 0) return undefined

  const within = limitFor(left)
  const used: Part[] = []
  let before: Curve = pointCurve(0, 0)
  for (const [k, part] of free.entries()) {
    const counts = counted && !part.required
    const using = yield* sumOfCurves(before, part.used, { limit: within }, work)
    const rest = after[k + 1]![counts ? left - 1 : left]
    if (part.required || (rest !== undefined && leastSum(using, rest, target, within) !== undefined)) {
      used.push(part)
      before = using
      if (counts) left--
    } else {
      before = shifted(before, -part.base, part.unused, within)
    }
  }
  return used
}

/** The charges on the chosen cards, as large as can be on each in turn. */
function* chooseCharges(
  used: readonly Part[],
  { free, target, limitFor }: Choice,
  work: Work,
): Pausable<Map<Part, number> | undefined> {
  let limit = limitFor(used.filter(({ required }) => !required).length)
  let missing = target
  for (const { unused, base } of free.filter((part) => !used.includes(part))) {
    limit -= unused
    missing += base
  }
  const after: Curve[] = [pointCurve(0, 0)]
  for (const part of used.toReversed()) after.unshift(yield* sumOfCurves(after[0]!, part.used, { limit }, work))

  const deviations = new Map<Part, number>()
  for (const [k, part] of used.entries()) {
    const most = largestWithin(part.used, after[k + 1]!, missing, limit)
    if (most === undefined) return undefined
    deviations.set(part, most)
    limit -= valueAt(part.used, most)
    missing -= most
  }
  return deviations
}
