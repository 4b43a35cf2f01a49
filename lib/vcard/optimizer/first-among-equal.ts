import { restrictedTo } from './reshape'
import type { Grouping } from './equal-cards'
import { shareOf, ungroup } from './equal-cards'
import type { Equals } from './fewest-cards'
import { CARD_PRICE, fewestCards } from './fewest-cards'
import type { Part } from './losses'
import { withPrice } from './losses'
import { narrowed, only } from './narrow'
import { Pen } from './pen'
import type { Problem } from './problem'
import { chargesOf, deviationsOf, lossOf, problemOf } from './problem'
import type { Found } from './search'
import { search, TIE } from './search'
import type { Plans } from './tie-rule'
import { chooseByTieRule } from './tie-rule'
import type { Pausable } from './work'
import { Work, WorkSpent } from './work'

/** Vertices looked at to choose among equally good plans: some tenths of a second. */
const MOST_WORK = 3_000_000

const pen = new Pen()

/**
 * The charges of the plan that comes first by the tie rule among those as good as the one found.
 *
 * @param problem with a part for each candidate of the grouping
 * @returns a charge for each card
 */
export function* firstAmongEqual(
  problem: Problem,
  found: Found,
  grouping: Grouping,
  amount: number,
): Pausable<readonly number[]> {
  const charges = ungroup(grouping, chargesOf(problem, found.deviations))
  if (found.unique || !found.exact) return charges
  const work = new Work(MOST_WORK)
  try {
    // A search that stopped early is done again, to see every plan as good as the one it found.
    const every = { atMost: found.loss, enough: -Infinity, gain: -TIE }
    const halves = found.halves ?? (yield* search(problem, every, work))?.halves
    if (halves === undefined) return charges
    const fewest = yield* fewestCards(problem, found, halves, work)
    const equals = fewest ?? { problem, halves, limit: found.loss + TIE }
    const parts = yield* narrowed(equals.problem, equals.halves, equals.limit, work)
    // Where all have the fewest cards they need not be counted, unless only some numbers are allowed.
    const counted = fewest === undefined || problem.optionalCards !== Infinity
    const plans = { limit: equals.limit, counted }
    const choice =
      grouping.candidates === grouping.own
        ? { problem: { ...equals.problem, parts }, plans }
        : cardByCard(grouping, parts, { charges, amount, fewest })
    const deviations = yield* chooseByTieRule(choice.problem, choice.plans, work)
    return deviations === undefined ? charges : chargesOf(choice.problem, deviations)
  } catch (error) {
    if (error instanceof WorkSpent) return charges
    throw error
  }
}

/** The same choice with a part for every card, where parts stood for several. */
function cardByCard(
  { candidates, cards, own }: Grouping,
  parts: readonly Part[],
  { charges, amount, fewest }: { charges: readonly number[]; amount: number; fewest: Equals | undefined },
): { problem: Problem; plans: Plans } {
  const problem = problemOf(own, amount, Infinity)!
  const allowed = [...problem.parts]
  cards.forEach((positions, k) => {
    positions.forEach((card, copy) => {
      const part = fewest === undefined ? allowed[card]! : withPrice(allowed[card]!, CARD_PRICE)
      const { base, either } = parts[k]!
      either.x.forEach((x, vertex) => {
        pen.lineTo(shareOf(candidates[k]!, copy, base + x) - part.base, 0, vertex > 0 && either.joined[vertex - 1]!)
      })
      allowed[card] = only(part, restrictedTo(part.either, pen.done(), Infinity))
    })
  })
  const limit = lossOf(problem, deviationsOf(problem, charges)) + TIE + CARD_PRICE * (fewest?.cards ?? 0)
  return { problem: { ...problem, parts: allowed }, plans: { limit, counted: fewest === undefined } }
}
