import { emptyCurve, pointCurve } from './curve'
import { restrictedTo } from './reshape'
import type { Layers } from './layers'
import { addPart, leastJoin } from './layers'
import type { Part } from './losses'
import { cardsFor, withPrice } from './losses'
import { restsOf } from './narrow'
import type { Problem } from './problem'
import type { Found, Half } from './search'
import { TIE } from './search'
import type { Stage } from './trace'
import type { Pausable, Work } from './work'

/**
 * A price for every optional card used, above a tie, so that of equally good plans the one with the fewest cards is
 * the best, and far below what would make up for a worse plan in all but a freak case.
 */
export const CARD_PRICE = 4 * TIE

/** Equally good plans, as a search that is complete leaves them. */
export interface Equals {
  readonly problem: Problem
  readonly halves: readonly [Half, Half]
  /** The most one of them loses. */
  readonly limit: number
  /** How many optional cards each of them uses. */
  readonly cards: number
}

/**
 * Of all equally good plans those with the fewest cards: a second pass over a complete search, through nothing but what
 * lies on a plan as good as the best, with a price for every card.
 *
 * @returns undefined when plans that are almost as good come between, because they save a card
 */
export function* fewestCards(
  problem: Problem,
  { loss }: Found,
  halves: readonly [Half, Half],
  work: Work,
): Pausable<Equals | undefined> {
  const { target, perCard, optionalCards } = problem
  const dearer = new Map(problem.parts.map((part) => [part, withPrice(part, CARD_PRICE)]))
  const members = new Set([...halves[0].members, ...halves[1].members])
  const greatest = [...members].map((part) => cardsFor(part, part.base + part.used.x[part.used.x.length - 1]!))
  const most = loss + TIE + CARD_PRICE * greatest.reduce((sum, cards) => sum + cards, 0)
  const first = yield* priced(problem, dearer, halves[0], halves[1], loss + TIE, most, work)
  const second = yield* priced(problem, dearer, halves[1], halves[0], loss + TIE, most, work)

  const resting = problem.parts.filter((part) => !members.has(part))
  const atBase = resting.reduce((used, part) => used + cardsFor(part, part.base), 0)
  const spare = optionalCards - atBase
  const join = leastJoin(first.layers, second.layers, { target, spare, perCard, most, tie: TIE })
  if (join === undefined) return undefined
  // Equally good plans with as many cards lose their prices and at most a tie more than the best plan does.
  const prices = (join.loss - loss - TIE / 2) / CARD_PRICE
  const cards = Math.round(prices)
  if (Math.abs(prices - cards) > 0.2) return undefined
  return {
    problem: { ...problem, parts: problem.parts.map((part) => dearer.get(part)!) },
    halves: [first, second],
    limit: loss + TIE + CARD_PRICE * cards,
    cards: atBase + cards,
  }
}

function* priced(
  problem: Problem,
  dearer: ReadonlyMap<Part, Part>,
  half: Half,
  other: Half,
  limit: number,
  most: number,
  work: Work,
): Pausable<Half> {
  const counted = problem.optionalCards !== Infinity
  const rests = yield* restsOf(problem, half, other, limit, work)
  const stages: Stage[] = []
  let layers: Layers = [pointCurve(0, 0)]
  for (const [k, stage] of half.stages.entries()) {
    const part = dearer.get(stage.part)!
    stages.push({ part, before: layers })
    const sums = yield* addPart(layers, part, { limit: most, counted, most: problem.optionalCards, work })
    layers = sums.map((curve, layer) => restrictedTo(curve, rests[k + 1]![layer] ?? emptyCurve(), most))
  }
  return { layers, stages, members: new Set(stages.map(({ part }) => part)) }
}
