import { valueAt } from './curve'
import type { Part } from './losses'
import { cardsFor, partsOf } from './losses'
import type { Candidate } from './relaxation'
import { relax } from './relaxation'

/** A purchase in the terms of the search. */
export interface Problem {
  /** In the order of the cards' ids. */
  readonly parts: readonly Part[]
  /** What the parts' deviations from their bases must add up to. */
  readonly target: number
  /** How many optional cards may be used; Infinity when that is no matter. */
  readonly optionalCards: number
  /** Loss for every optional card that might be used and is not. */
  readonly perCard: number
}

/**
 * @param cardPrice what each optional card used loses besides; only where their number is no matter
 * @returns undefined when the least charges or the capacities rule out every plan
 */
export function problemOf(
  candidates: readonly Candidate[],
  amount: number,
  optionalCards: number,
  cardPrice = 0,
): Problem | undefined {
  const relaxation = relax(candidates, amount, optionalCards, cardPrice)
  if (relaxation === undefined) return undefined
  const parts = partsOf(candidates, relaxation)
  const target = parts.reduce((rest, { base }) => rest - base, amount)
  return { parts, target, optionalCards, perCard: relaxation.perCard }
}

/** What a plan loses against the relaxation; Infinity when it is none. */
export function lossOf({ parts, optionalCards, perCard }: Problem, deviations: readonly number[]): number {
  let loss = 0
  let spare = optionalCards
  parts.forEach((part, k) => {
    loss += valueAt(part.either, deviations[k]!)
    if (!part.required && part.base + deviations[k]! > 0) spare--
  })
  if (optionalCards === Infinity) return loss
  return spare < 0 ? Infinity : loss + perCard * spare
}

/** The charges of a plan, card by card. */
export function chargesOf({ parts }: Problem, deviations: readonly number[]): number[] {
  return parts.map(({ base }, k) => base + deviations[k]!)
}

/** How many optional cards a plan uses. */
export function optionalUsed(problem: Problem, deviations: readonly number[]): number {
  return problem.parts.reduce((used, part, k) => used + cardsFor(part, part.base + deviations[k]!), 0)
}

export function deviationsOf({ parts }: Problem, charges: readonly number[]): number[] {
  return parts.map(({ base }, k) => charges[k]! - base)
}

/** Whether a card that stays at its base counts among the optional cards used. */
export function usedAtBase({ required, base }: Part): boolean {
  return !required && base > 0
}
