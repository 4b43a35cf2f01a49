import type { Candidate } from './relaxation'
import type { UtilityCurve } from './utility-curve'

/** What rounding may leave of a line. */
const ROUNDING = 1e-9

/** Candidates some of which stand for several equal cards. */
export interface Grouping {
  readonly candidates: readonly Candidate[]
  /** For each candidate the positions of its cards, ascending. */
  readonly cards: readonly (readonly number[])[]
}

/**
 * Puts equal cards together whose every further unit is worth no less than the one before, as with fees, lumps at the
 * limit and interest below the discount rate.
 *
 * Whatever such cards are charged together is best charged to the first until it is full, then to the second and so on;
 * no other way has fewer cards, or comes earlier by the tie rule. So together they are one card with as many copies of
 * the curve, one behind the other.
 */
export function groupEqual(candidates: readonly Candidate[], amount: number): Grouping {
  const groups: { readonly first: Candidate; readonly cards: number[] }[] = []
  candidates.forEach((candidate, card) => {
    const equal = groups.find(
      ({ first }) => first.required === candidate.required && same(first.curve, candidate.curve),
    )
    if (equal !== undefined && !candidate.required && neverFalls(candidate.curve)) equal.cards.push(card)
    else groups.push({ first: candidate, cards: [card] })
  })
  if (groups.length === candidates.length) return singly(candidates)
  return {
    candidates: groups.map(({ first, cards }) => (cards.length === 1 ? first : together(first, cards.length, amount))),
    cards: groups.map(({ cards }) => cards),
  }
}

/** Every card for itself. */
export function singly(candidates: readonly Candidate[]): Grouping {
  return { candidates, cards: candidates.map((_, card) => [card]) }
}

/** The charge of every card, given one for every candidate of the grouping. */
export function ungroup({ candidates, cards }: Grouping, charges: readonly number[]): number[] {
  const each: number[] = []
  cards.forEach((positions, k) => {
    positions.forEach((card, copy) => (each[card] = shareOf(candidates[k]!, copy, charges[k]!)))
  })
  return each
}

/** What one of a candidate's cards, counted from 0, is charged of what all are. */
function shareOf({ each = Infinity }: Candidate, copy: number, charge: number): number {
  return copy === 0 ? Math.min(charge, each) : Math.min(Math.max(0, charge - copy * each), each)
}

function same(a: UtilityCurve, b: UtilityCurve): boolean {
  return (
    a.charges.length === b.charges.length &&
    a.charges.every((charge, k) => charge === b.charges[k] && a.utilities[k] === b.utilities[k])
  )
}

/** Whether a unit's worth never falls from one to the next, from the very first on. */
function neverFalls({ charges, utilities }: UtilityCurve): boolean {
  if (charges[0] !== 1) return false
  let slope = utilities[0]!
  for (let k = 1; k < charges.length; k++) {
    const width = charges[k]! - charges[k - 1]!
    const next = (utilities[k]! - utilities[k - 1]!) / width
    if ((slope - next) * width > ROUNDING) return false
    slope = Math.max(slope, next)
  }
  return true
}

function together({ required, curve }: Candidate, cards: number, amount: number): Candidate {
  const each = curve.charges[curve.charges.length - 1]!
  const full = curve.utilities[curve.utilities.length - 1]!
  const charges: number[] = []
  const utilities: number[] = []
  for (let copy = 0; copy < cards && copy * each < amount; copy++) {
    for (const [k, charge] of curve.charges.entries()) {
      charges.push(copy * each + charge)
      utilities.push(copy * full + curve.utilities[k]!)
    }
  }
  return { required, curve: { charges, utilities }, each }
}
