import type { Curve } from './curve'
import { pointCurve, shifted, valueAt } from './curve'
import { largestWithin, leastSum } from './least-sum'
import type { Part } from './losses'
import { reachOf, withinReach } from './reach'
import type { Layers } from './layers'
import { addPart } from './layers'
import type { SearchProblem } from './search'
import { TIE } from './search'
import { sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/**
 * Chooses among the plans that are as good as the best: the fewest cards, then the smallest list of card ids, then the
 * larger charge on the first of these cards, on the second, and so on. The parts are in the order of their ids.
 *
 * @param loss the least loss of any plan
 * @returns the deviation of each part from its base
 */
export function* chooseAmongEqual(problem: SearchProblem, loss: number, work: Work): Pausable<number[] | undefined> {
  const limit = loss + TIE
  const free = problem.parts.filter(({ leastLoss }) => leastLoss <= limit)
  const used = yield* chooseCards(problem, free, limit, work)
  if (used === undefined) return undefined
  const deviations = problem.parts.map(({ base }, k) => (free.includes(problem.parts[k]!) ? -base : 0))
  const chosen = yield* chooseCharges(used, problem, free, limit, work)
  if (chosen === undefined) return undefined
  chosen.forEach((deviation, part) => {
    deviations[problem.parts.indexOf(part)] = deviation
  })
  return deviations
}

/** The cards used by the first plan in the order of the tie rule. */
function* chooseCards(
  { parts, target, optionalCards, perCard }: SearchProblem,
  free: readonly Part[],
  limit: number,
  work: Work,
): Pausable<Part[] | undefined> {
  const fixedUsed = parts.filter((part) => !free.includes(part) && !part.required && part.base > 0).length
  const most = Math.min(optionalCards - fixedUsed, free.length)

  // after[k]: what the parts from k on can do together, by how many optional cards they use.
  const after: Layers[] = [[pointCurve(0, 0)]]
  for (let k = free.length - 1; k >= 0; k--) {
    const sums = yield* addPart(after[0]!, free[k]!, { limit, counted: true, most, work })
    const rest = reachOf(free.slice(0, k), limit)
    after.unshift(sums.map((curve) => withinReach(curve, rest, target, limit)))
  }
  const slack = (count: number) => (optionalCards === Infinity ? 0 : perCard * (optionalCards - fixedUsed - count))
  let left = after[0]!.findIndex((curve, count) => count <= most && valueAt(curve, target) + slack(count) <= limit)
  if (left < 0) return undefined
  const within = limit - slack(left)

  const used: Part[] = []
  let before: Curve = pointCurve(0, 0)
  for (const [k, part] of free.entries()) {
    const with_ = yield* sumOfCurves(before, shifted(part.used, 0, 0, within), within, work)
    const rest = after[k + 1]![part.required ? left : left - 1]
    const reached = rest === undefined ? undefined : leastSum(with_, rest, target, within)
    if (part.required || reached !== undefined) {
      used.push(part)
      before = with_
      if (!part.required) left--
    } else {
      before = shifted(before, -part.base, part.unused, within)
    }
  }
  return used
}

/** The charges on the chosen cards, as large as can be on each in turn. */
function* chooseCharges(
  used: readonly Part[],
  { parts, target, optionalCards, perCard }: SearchProblem,
  free: readonly Part[],
  limit: number,
  work: Work,
): Pausable<Map<Part, number> | undefined> {
  const after: Curve[] = [pointCurve(0, 0)]
  for (const part of used.toReversed()) {
    after.unshift(yield* sumOfCurves(after[0]!, shifted(part.used, 0, 0, limit), limit, work))
  }
  const isUsed = (part: Part) => used.includes(part) || (!free.includes(part) && part.base > 0)
  let left = limit
  let missing = target
  for (const part of free) {
    if (used.includes(part)) continue
    left -= part.unused
    missing += part.base
  }
  if (optionalCards !== Infinity) {
    left -= perCard * (optionalCards - parts.filter((part) => !part.required && isUsed(part)).length)
  }
  const deviations = new Map<Part, number>()
  for (const [k, part] of used.entries()) {
    const most = largestWithin(part.used, after[k + 1]!, missing, left)
    if (most === undefined) return undefined
    deviations.set(part, most)
    left -= valueAt(part.used, most)
    missing -= most
  }
  return deviations
}
