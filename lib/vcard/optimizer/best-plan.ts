import { valueAt } from './curve'
import type { Part } from './losses'
import { partsOf, withoutLosses } from './losses'
import type { Candidate } from './relaxation'
import { relax } from './relaxation'
import type { Found, SearchProblem } from './search'
import { search, TIE } from './search'
import { chooseByTieRule } from './tie-rule'
import { narrowed } from './narrow'
import type { Pausable } from './work'
import { Work, WorkSpent } from './work'

/** A loss as good as none: what rounding leaves. */
const NOTHING = 1e-9
/** Vertices looked at to choose among equally good plans: some tenths of a second. */
const MOST_WORK_FOR_TIES = 3_000_000

/**
 * The best charges on the candidates that add up to the amount.
 *
 * @param optionalCards how many of the optional candidates may be used
 * @returns a charge for each candidate, 0 for an unused one; undefined when no combination of charges adds up
 */
export function* bestPlan(
  candidates: readonly Candidate[],
  amount: number,
  optionalCards: number,
  work: Work,
): Pausable<number[] | undefined> {
  // Without counting cards the search is much smaller, and its plan often keeps to the number anyway.
  const free = yield* planFor(candidates, amount, Infinity, work)
  if (free === undefined) return undefined
  const used = free.filter((charge, card) => charge > 0 && !candidates[card]!.required).length
  return used <= optionalCards ? free : yield* planFor(candidates, amount, optionalCards, work)
}

function* planFor(
  candidates: readonly Candidate[],
  amount: number,
  optionalCards: number,
  work: Work,
): Pausable<number[] | undefined> {
  const relaxation = relax(candidates, amount, optionalCards)
  if (relaxation === undefined) return undefined
  const parts = partsOf(candidates, relaxation)
  const target = parts.reduce((rest, { base }) => rest - base, amount)
  const problem: SearchProblem = { parts, target, optionalCards, perCard: relaxation.perCard }
  const known = simplePlan(problem) ?? (yield* anyPlan(problem, work))
  if (known === undefined) return undefined

  const atMost = lossOf(problem, known)
  const found = yield* search(problem, { atMost, enough: NOTHING, gain: -TIE }, work)
  const charges = (deviations: readonly number[]) => parts.map(({ base }, k) => base + deviations[k]!)
  if (found === undefined) return charges(known)
  return charges((yield* firstAmongEqual(problem, found)) ?? found.deviations)
}

/** The plan of the tie rule among those as good as the one found; undefined when that is more than can be looked at. */
function* firstAmongEqual(problem: SearchProblem, found: Found): Pausable<readonly number[] | undefined> {
  if (found.unique || found.halves === undefined) return found.deviations
  const limit = found.loss + TIE
  const work = new Work(MOST_WORK_FOR_TIES)
  try {
    const parts = yield* narrowed(problem, found.halves, limit, work)
    return yield* chooseByTieRule({ ...problem, parts }, limit, work)
  } catch (error) {
    if (error instanceof WorkSpent) return undefined
    throw error
  }
}

/** The best plan with at most one card off its base, where there is one. */
function simplePlan(problem: SearchProblem): number[] | undefined {
  const { parts, target } = problem
  let best: number[] | undefined
  let least = Infinity
  parts.forEach((part, k) => {
    if (valueAt(part.either, target) >= least) return
    const deviations = parts.map((_, other) => (other === k ? target : 0))
    const loss = lossOf(problem, deviations)
    if (loss >= least) return
    least = loss
    best = deviations
  })
  return best
}

/** Any plan that adds up, however bad. */
function* anyPlan(problem: SearchProblem, work: Work): Pausable<readonly number[] | undefined> {
  const free = { ...problem, parts: withoutLosses(problem.parts), perCard: 0 }
  const found = yield* search(free, { atMost: Infinity, enough: NOTHING, gain: NOTHING }, work)
  return found?.deviations
}

/** What a plan loses against the relaxation; Infinity when it is none. */
function lossOf({ parts, optionalCards, perCard }: SearchProblem, deviations: readonly number[]): number {
  let loss = 0
  let spare = optionalCards
  parts.forEach((part: Part, k) => {
    loss += valueAt(part.either, deviations[k]!)
    if (!part.required && part.base + deviations[k]! > 0) spare--
  })
  if (optionalCards === Infinity) return loss
  return spare < 0 ? Infinity : loss + perCard * spare
}
