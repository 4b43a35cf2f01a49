import { CARD_PRICE } from './fewest-cards'
import type { Part } from './losses'
import { only } from './losses'
import { chargesOf, deviationsOf, lossOf, optionalUsed, problemOf } from './problem'
import type { Candidate } from './relaxation'
import { between } from './reshape'
import { search, TIE } from './search'
import type { Pausable, Work } from './work'

/**
 * The plan that comes first by the tie rule, where there are too many equally good ones to hold them all: one question
 * after the other, whether there is such a plan with this card, with at least that charge. Where plans abound the next
 * one is soon found, and where they do not the answers before have left little to look at.
 *
 * @param charges of one of these plans; a charge for each candidate, as is what is returned
 * @returns undefined when a plan that is almost as good comes between, because it saves a card
 */
export function* firstByAsking(
  candidates: readonly Candidate[],
  amount: number,
  charges: readonly number[],
  work: Work,
): Pausable<readonly number[] | undefined> {
  const problem = problemOf(candidates, amount, Infinity, CARD_PRICE)!
  let plan: readonly number[] = deviationsOf(problem, charges)
  const lossWithoutPrice = () => lossOf(problem, plan) - CARD_PRICE * optionalUsed(problem, plan)
  const known = lossWithoutPrice()
  const parts = [...problem.parts]
  const ask = (within: readonly Part[], atMost: number) =>
    search({ ...problem, parts: within }, { atMost, seek: 'any' }, work)

  for (;;) {
    const fewer = yield* ask(parts, lossOf(problem, plan) - CARD_PRICE)
    if (fewer === undefined) break
    plan = fewer.deviations
    if (lossWithoutPrice() > known + TIE) return undefined
  }
  const atMost = lossOf(problem, plan)
  /** Leaves a part what it does from one deviation to another, if there is such a plan. */
  function* leave(card: number, from: number, to: number): Pausable<boolean> {
    const part = parts[card]!
    const left = only(part, between(part.either, from, to))
    if (left.either.x.length === 0) return false
    if (plan[card]! < from || plan[card]! > to) {
      const found = yield* ask(
        parts.map((other, k) => (k === card ? left : other)),
        atMost,
      )
      if (found === undefined) return false
      plan = found.deviations
    }
    parts[card] = left
    return true
  }

  for (const [card, { base }] of problem.parts.entries()) {
    if (!(yield* leave(card, 1 - base, Infinity))) yield* leave(card, -base, -base)
  }
  for (const [card, { base }] of problem.parts.entries()) {
    const { x } = parts[card]!.either
    const most = x[x.length - 1]!
    if (most === -base || (yield* leave(card, most, most))) continue
    // The most it can be lies from here to below there.
    let high = most
    while (high - plan[card]! > 1) {
      const middle = Math.ceil((plan[card]! + high) / 2)
      if (!(yield* leave(card, middle, high - 1))) high = middle
    }
    yield* leave(card, plan[card]!, plan[card]!)
  }
  return lossWithoutPrice() > known + TIE ? undefined : chargesOf(problem, plan)
}
