import { invariant } from '../../invariant'
import { Chain } from './chain'
import type { Curve } from './curve'
import type { Grouping } from './equal-cards'
import { ungroup } from './equal-cards'
import { fewestByCount, fewestByPrice, ROUNDING } from './fewest-cards'
import type { Problem } from './problem'
import { chargesOf, lossOf } from './problem'
import { between } from './reshape'
import type { Half } from './search'
import { TIE } from './search'
import type { Pausable, Work } from './work'

/**
 * The charges of the plan that comes first by the tie rule among those as good as the one found: the fewest cards, then
 * the smallest list of card ids, then the larger charge on the first of these cards, on the second, and so on.
 *
 * @param problem with a part for each candidate of the grouping
 * @param halves with every plan of that loss
 * @returns a charge for each card
 */
export function* firstAmongEqual(
  problem: Problem,
  { loss, halves }: { loss: number; halves: readonly [Half, Half] },
  grouping: Grouping,
  work: Work,
): Pausable<readonly number[]> {
  const tied = yield* Chain.ofHalves(problem, halves, loss + TIE, work)
  const byPrice = yield* fewestByPrice(tied, loss)
  const first = byPrice && (yield* firstOf(byPrice, problem, grouping))
  if (first !== undefined && adds(problem, first) && lossOf(problem, first) <= loss + TIE + ROUNDING) {
    return ungroup(grouping, chargesOf(problem, first))
  }
  // A plan that is almost as good, and has fewer cards, came between.
  const byCount = yield* fewestByCount(tied, loss)
  const counted = yield* firstOf(byCount, problem, grouping)
  invariant(adds(problem, counted), 'of plans that are known one is the first')
  return ungroup(grouping, chargesOf(problem, counted))
}

function adds({ target }: Problem, deviations: readonly number[]): boolean {
  return deviations.reduce((sum, deviation) => sum + deviation, 0) === target
}

/** Where a card stands: what all cards of its candidate are charged comes to it beyond `from`, and up to `to`. */
interface Place {
  readonly position: number
  readonly from: number
  readonly to: number
}

/** The first plan by the lists of cards and charges, as deviations of the problem's parts. */
function* firstOf(chain: Chain, problem: Problem, grouping: Grouping): Pausable<number[]> {
  const places = placesOf(chain, grouping)
  yield* chain.narrow()
  for (const { position, from } of places) {
    const { base, either } = chain.parts[position]!
    const isOpen = base + either.x[0]! <= from && base + lastOf(either) > from
    if (!isOpen) continue
    const done = yield* chain.doneBy(position)
    const using = between(done, from + 1 - base, Infinity)
    chain.restrict(position, using.x.length > 0 ? using : done)
  }
  for (const { position, from, to } of places) {
    const { base, either } = chain.parts[position]!
    if (either.x.length === 1 || base + lastOf(either) <= from) continue
    const done = yield* chain.doneBy(position)
    chain.restrict(position, between(done, Math.min(to - base, lastOf(done)), Infinity))
  }
  const chosen = new Map(chain.parts.map(({ card, either }) => [card, lastOf(either)]))
  return problem.parts.map(({ card }) => chosen.get(card) ?? 0)
}

/** The cards that have a choice, in the order of their ids. */
function placesOf(chain: Chain, { candidates, cards }: Grouping): Place[] {
  const places: Place[] = []
  chain.parts.forEach(({ card: candidate }, position) => {
    const { each = Infinity } = candidates[candidate]!
    cards[candidate]!.forEach((card, copy) => {
      const from = copy === 0 ? 0 : copy * each
      places[card] = { position, from, to: from + each }
    })
  })
  return places.filter((place) => place !== undefined)
}

/** NaN of nothing, which compares with nothing and adds up to nothing. */
function lastOf({ x }: Curve): number {
  return x[x.length - 1] ?? NaN
}
