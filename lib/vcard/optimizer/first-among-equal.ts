import { fewestCards } from './fewest-cards'
import { narrowed } from './narrow'
import type { Problem } from './problem'
import { chargesOf } from './problem'
import type { Found } from './search'
import { search, TIE } from './search'
import { chooseByTieRule } from './tie-rule'
import type { Pausable } from './work'
import { Work, WorkSpent } from './work'

/** Vertices looked at to choose among equally good plans: some tenths of a second. */
const MOST_WORK = 3_000_000

/** The charges of the plan that comes first by the tie rule among those as good as the one found. */
export function* firstAmongEqual(problem: Problem, found: Found): Pausable<readonly number[]> {
  const charges = chargesOf(problem, found.deviations)
  if (found.unique || !found.exact) return charges
  const work = new Work(MOST_WORK)
  try {
    const deviations = yield* chosen(problem, found, work)
    return deviations === undefined ? charges : chargesOf(problem, deviations)
  } catch (error) {
    if (error instanceof WorkSpent) return charges
    throw error
  }
}

function* chosen(problem: Problem, found: Found, work: Work): Pausable<number[] | undefined> {
  // A search that stopped early is done again, to see every plan as good as the one it found.
  const every = { atMost: found.loss, enough: -Infinity, gain: -TIE }
  const halves = found.halves ?? (yield* search(problem, every, work))?.halves
  if (halves === undefined) return undefined
  const fewest = yield* fewestCards(problem, found, halves, work)
  const equals = fewest ?? { problem, halves, limit: found.loss + TIE }
  const parts = yield* narrowed(equals.problem, equals.halves, equals.limit, work)
  // Where all have the fewest cards they need not be counted, unless only some numbers are allowed.
  const counted = fewest === undefined || problem.optionalCards !== Infinity
  return yield* chooseByTieRule({ ...equals.problem, parts }, { limit: equals.limit, counted }, work)
}
