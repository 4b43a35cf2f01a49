import { invariant } from '../../invariant'
import { valueAt } from './curve'
import { groupEqual, singly } from './equal-cards'
import { firstAmongEqual } from './first-among-equal'
import { withoutLosses } from './losses'
import type { Problem } from './problem'
import { lossOf, optionalUsed, problemOf } from './problem'
import type { Candidate } from './relaxation'
import type { Found } from './search'
import { search } from './search'
import type { Pausable, Work } from './work'

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
): Pausable<readonly number[] | undefined> {
  // Without counting cards the search is much smaller, and its plan often keeps to the number anyway.
  const grouping = groupEqual(candidates, amount)
  const best = yield* leastLoss(problemOf(grouping.candidates, amount, Infinity), work)
  if (best === undefined) return undefined
  if (optionalUsed(best.problem, best.found.deviations) <= optionalCards) {
    return yield* firstAmongEqual(best.problem, best.found, grouping, work)
  }
  const counted = yield* leastLoss(problemOf(candidates, amount, optionalCards), work)
  return counted && (yield* firstAmongEqual(counted.problem, counted.found, singly(candidates), work))
}

interface Best {
  readonly problem: Problem
  readonly found: Found
}

function* leastLoss(problem: Problem | undefined, work: Work): Pausable<Best | undefined> {
  if (problem === undefined) return undefined
  const known = simplePlan(problem) ?? (yield* anyPlan(problem, work))
  if (known === undefined) return undefined
  const found = yield* search(problem, { atMost: lossOf(problem, known) }, work)
  invariant(found !== undefined, 'a search finds what is known already, or better')
  return { problem, found }
}

/** The best plan with at most one card off its base, where there is one. */
function simplePlan(problem: Problem): readonly number[] | undefined {
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
function* anyPlan(problem: Problem, work: Work): Pausable<readonly number[] | undefined> {
  const free = { ...problem, parts: withoutLosses(problem.parts), perCard: 0 }
  const found = yield* search(free, { atMost: Infinity, any: true }, work)
  return found?.deviations
}
