import type { Chain } from './chain'
import type { Part } from './losses'
import { cardsFor, withPrice } from './losses'
import { TIE } from './search'
import type { Pausable } from './work'

/**
 * A price for every optional card used, above a tie, so that of equally good plans the one with the fewest cards is the
 * best, and far below what would make up for a worse plan in all but a freak case.
 */
export const CARD_PRICE = 4 * TIE
/** What rounding may add to the loss of a plan; far below a tie. */
export const ROUNDING = 1e-7

/**
 * Of equally good plans those with the fewest cards: with a price for every card they are the best.
 *
 * @param loss the least of a plan
 * @returns undefined when plans that are almost as good come between, because they save a card
 */
export function* fewestByPrice(tied: Chain, loss: number): Pausable<Chain | undefined> {
  const cards = tied.parts.reduce((sum, part) => sum + mostCards(part), 0)
  const priced = yield* tied.retold((part) => withPrice(part, CARD_PRICE), loss + TIE + CARD_PRICE * cards)
  const least = Math.min(...(yield* priced.leastLosses()))
  // Equally good plans with as many cards lose their prices and at most a tie more than the best plan does.
  const prices = CARD_PRICE * Math.round((least - loss - TIE / 2) / CARD_PRICE)
  if (least < loss + prices - ROUNDING || least > loss + prices + TIE) return undefined
  priced.leave(loss + TIE + prices)
  return priced
}

/** The same by counting the cards, which is always right and takes longer. */
export function* fewestByCount(tied: Chain, loss: number): Pausable<Chain> {
  const counted = yield* tied.retold((part) => part, loss + TIE, true)
  const losses = yield* counted.leastLosses()
  counted.leave(
    loss + TIE,
    losses.findIndex((each) => each <= loss + TIE),
  )
  return counted
}

function mostCards(part: Part): number {
  return cardsFor(part, part.base + part.used.x[part.used.x.length - 1]!)
}
