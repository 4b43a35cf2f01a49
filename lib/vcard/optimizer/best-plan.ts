import { invariant } from '../../invariant'
import { addsUp } from './adds-up'
import { valueAt } from './curve'
import type { Grouping } from './equal-cards'
import { groupEqual, singly, ungroup } from './equal-cards'
import { firstByAsking } from './by-asking'
import { firstAmongEqual } from './first-among-equal'
import { withoutLosses } from './losses'
import type { Problem } from './problem'
import { chargesOf, lossOf, optionalUsed, problemOf } from './problem'
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
  const isThereAny = () => addsUp(candidates, amount, work)
  const best = yield* leastLoss(problemOf(grouping.candidates, amount, Infinity), isThereAny, work)
  if (best === undefined) return undefined
  if (optionalUsed(best.problem, best.found.deviations) <= optionalCards) {
    return yield* firstByTieRule(best, candidates, grouping, amount, work)
  }
  const counted = yield* leastLoss(problemOf(candidates, amount, optionalCards), isThereAny, work)
  return counted && (yield* firstByTieRule(counted, candidates, singly(candidates), amount, work))
}

function* firstByTieRule(
  { problem, found }: Best,
  candidates: readonly Candidate[],
  grouping: Grouping,
  amount: number,
  work: Work,
): Pausable<readonly number[]> {
  const { loss, halves, unique } = found
  const charges = ungroup(grouping, chargesOf(problem, found.deviations))
  if (unique) return charges
  if (halves !== undefined) return yield* firstAmongEqual(problem, { loss, halves }, grouping, work)
  const first = yield* firstByAsking(candidates, amount, charges, work)
  if (first !== undefined) return first
  const every = yield* search(problem, { atMost: loss, seek: 'every' }, work)
  invariant(every?.halves !== undefined, 'a search for every plan finds the one that is known')
  return yield* firstAmongEqual(problem, { loss: every.loss, halves: every.halves }, grouping, work)
}

interface Best {
  readonly problem: Problem
  readonly found: Found
}

function* leastLoss(
  problem: Problem | undefined,
  isThereAny: () => Pausable<boolean>,
  work: Work,
): Pausable<Best | undefined> {
  if (problem === undefined) return undefined
  const known = simplePlan(problem) ?? (yield* anyPlan(problem, isThereAny, work))
  if (known === undefined) return undefined
  const found = yield* search(problem, { atMost: lossOf(problem, known), seek: 'best' }, work)
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
function* anyPlan(
  problem: Problem,
  isThereAny: () => Pausable<boolean>,
  work: Work,
): Pausable<readonly number[] | undefined> {
  const free = { ...problem, parts: withoutLosses(problem.parts), perCard: 0 }
  const found = yield* search(free, { atMost: Infinity, seek: 'any', isThereAny }, work)
  return found?.deviations
}
