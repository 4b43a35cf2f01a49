import { narrowed } from './narrow'
import type { Problem } from './problem'
import { chargesOf, deviationsOf, lossOf, problemOf } from './problem'
import type { Candidate } from './relaxation'
import type { Found } from './search'
import { search, TIE } from './search'
import type { Plans } from './tie-rule'
import { chooseByTieRule } from './tie-rule'
import type { Pausable } from './work'
import { Work, WorkSpent } from './work'

/**
 * A price for every optional card used, so small that it changes no plan's worth as far as that matters, and above a
 * tie, so that of equally good plans the one with the fewest cards is the best.
 */
const CARD_PRICE = 4e-6
/** Vertices looked at to choose among equally good plans: some tenths of a second. */
const MOST_WORK = 3_000_000

/**
 * The charges of the plan that comes first by the tie rule among those as good as the one found.
 *
 * The plan of least loss at a small price per card has the fewest cards, if it is still as good without the price.
 * What is then left to choose from are the plans as good as that one at the price: all have as many cards.
 */
export function* firstAmongEqual(
  candidates: readonly Candidate[],
  amount: number,
  problem: Problem,
  found: Found,
): Pausable<readonly number[]> {
  let charges: readonly number[] = chargesOf(problem, found.deviations)
  if (found.unique || !found.exact) return charges
  const work = new Work(MOST_WORK)
  try {
    const priced = problemOf(candidates.map(withPrice), amount, problem.optionalCards)!
    const atMost = lossOf(priced, deviationsOf(priced, charges))
    const fewest = yield* search(priced, { atMost, enough: -Infinity, gain: -TIE }, work)
    if (fewest === undefined) return charges
    const truly = lossOf(problem, deviationsOf(problem, chargesOf(priced, fewest.deviations)))
    if (truly <= found.loss + TIE) {
      charges = chargesOf(priced, fewest.deviations)
      if (fewest.unique) return charges
      const limit = fewest.loss + TIE - (truly - found.loss)
      return (yield* chosen(priced, fewest, { limit, counted: problem.optionalCards !== Infinity }, work)) ?? charges
    }
    // Plans with fewer cards are almost as good: then cards have to be counted.
    return (yield* chosen(problem, found, { limit: found.loss + TIE, counted: true }, work)) ?? charges
  } catch (error) {
    if (error instanceof WorkSpent) return charges
    throw error
  }
}

function* chosen(problem: Problem, found: Found, plans: Plans, work: Work): Pausable<readonly number[] | undefined> {
  if (found.halves === undefined) return undefined
  const parts = yield* narrowed(problem, found.halves, plans.limit, work)
  const deviations = yield* chooseByTieRule({ ...problem, parts }, plans, work)
  return deviations && chargesOf(problem, deviations)
}

function withPrice(candidate: Candidate): Candidate {
  if (candidate.required) return candidate
  const { charges, utilities } = candidate.curve
  return { required: false, curve: { charges, utilities: utilities.map((utility) => utility - CARD_PRICE) } }
}
