import type { UtilityCurve } from './utility-curve'

/** A card that may or must take part. */
export interface Candidate {
  readonly required: boolean
  readonly curve: UtilityCurve
  /** Where it stands for several equal cards: the most that each of them takes. */
  readonly each?: number
}

/** The least concave function above a card's utility, as the lines between its corners. */
export interface Hull {
  readonly charges: readonly number[]
  /** Utility per unit along the line after each corner, descending. */
  readonly slopes: readonly number[]
}

/**
 * The purchase with every card's utility replaced by its hull: a bound on every plan that is easy to find exactly.
 *
 * At the prices it finds, `perUnit` for a unit of the purchase and `perCard` for each optional card used, every card
 * on its own does best at its `base`; whatever else it does costs a computable loss. The plans' losses add up, so a
 * plan is as good as its total loss is small.
 */
export interface Relaxation {
  readonly perUnit: number
  readonly perCard: number
  /** A best charge of each card at these prices; the bases sum to about the amount. */
  readonly base: readonly number[]
  readonly hulls: readonly Hull[]
}

/** Halvings of the interval of prices per card: any price gives a valid bound, these make it a good one. */
const PRICE_HALVINGS = 30
/** Above every utility there is: amounts and lumps are at most 1e9 each, on 50 cards. */
const HIGHEST_PRICE = 1e13

/**
 * Solves the relaxation. When more optional cards would be used than may be, a price per card holds them back.
 *
 * @param optionalCards how many optional cards may be used
 * @param cardPrice a price for each of them that is there from the first
 * @returns undefined when the least charges or the capacities rule out every plan
 */
export function relax(
  candidates: readonly Candidate[],
  amount: number,
  optionalCards: number,
  cardPrice = 0,
): Relaxation | undefined {
  const own = candidates.map(({ curve }) => upperHull(curve))
  const free = fill(candidates, own, amount, cardPrice)
  if (free === undefined || free.optionalUsed <= optionalCards) return free

  let low = 0
  let high = 1
  let best = fill(candidates, own, amount, high)!
  while (best.optionalUsed > optionalCards && high < HIGHEST_PRICE) {
    low = high
    high *= 2
    best = fill(candidates, own, amount, high)!
  }
  for (let step = 0; step < PRICE_HALVINGS; step++) {
    const price = (low + high) / 2
    const priced = fill(candidates, own, amount, price)!
    if (priced.optionalUsed > optionalCards) {
      low = price
    } else {
      high = price
      best = priced
    }
  }
  return best
}

interface Filled extends Relaxation {
  /** How many optional cards the relaxation uses, counting a card filled by half as half a card. */
  readonly optionalUsed: number
}

/** Fills the amount with the best lines of all hulls; the last line taken sets the price of a unit. */
function fill(
  candidates: readonly Candidate[],
  own: readonly Corners[],
  amount: number,
  perCard: number,
): Filled | undefined {
  const hulls = candidates.map(({ required }, card) =>
    required ? hullFrom(own[card]!) : hullWithZero(own[card]!, perCard),
  )
  const slopes: number[] = []
  const lengths: number[] = []
  let missing = amount
  for (const hull of hulls) {
    missing -= hull.charges[0]!
    for (let k = 0; k < hull.slopes.length; k++) {
      slopes.push(hull.slopes[k]!)
      lengths.push(hull.charges[k + 1]! - hull.charges[k]!)
    }
  }
  const perUnit = marginalSlope(slopes, lengths, missing)
  if (perUnit === undefined) return undefined

  // Lines as good as the last one are taken card by card until the amount is reached; the card at which it is passed
  // stays at the corner before.
  const base = hulls.map(({ charges, slopes: own }) => {
    let corner = 0
    while (corner < own.length && own[corner]! > perUnit) corner++
    return charges[corner]!
  })
  let left = amount - base.reduce((sum, charge) => sum + charge, 0)
  let optionalUsed = 0
  hulls.forEach(({ charges, slopes: own }, card) => {
    let corner = charges.indexOf(base[card]!)
    let filled = base[card]!
    while (corner < own.length && own[corner] === perUnit) {
      const length = charges[corner + 1]! - charges[corner]!
      const taken = Math.min(length, left)
      filled += taken
      left -= taken
      if (taken < length) break
      base[card] = charges[++corner]!
    }
    if (!candidates[card]!.required) optionalUsed += Math.min(1, filled / (charges[1] ?? 1))
  })
  return { perUnit, perCard, base, hulls, optionalUsed }
}

/** The slope of the line with which the lengths, steepest first, reach the amount; undefined when they cannot. */
function marginalSlope(slopes: number[], lengths: number[], amount: number): number | undefined {
  if (amount < 0 || slopes.length === 0) return amount === 0 ? 0 : undefined
  let low = 0
  let high = slopes.length
  let left = amount
  for (;;) {
    // Everything before low is taken, everything from high on is not needed.
    if (low === high) return left > 0 ? undefined : slopes[low - 1]
    const pivot = middleOf(slopes[low]!, slopes[(low + high) >> 1]!, slopes[high - 1]!)
    let steeper = low
    let equal = low
    let lengthSteeper = 0
    let lengthEqual = 0
    for (let k = low; k < high; k++) {
      if (slopes[k]! < pivot) continue
      swap(slopes, lengths, k, equal)
      if (slopes[equal]! > pivot) {
        lengthSteeper += lengths[equal]!
        swap(slopes, lengths, equal, steeper)
        steeper++
      } else {
        lengthEqual += lengths[equal]!
      }
      equal++
    }
    if (left <= lengthSteeper && steeper > low) high = steeper
    else if (left <= lengthSteeper + lengthEqual) return pivot
    else {
      left -= lengthSteeper + lengthEqual
      low = equal
    }
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

function swap(slopes: number[], lengths: number[], a: number, b: number): void {
  const slope = slopes[a]!
  const length = lengths[a]!
  slopes[a] = slopes[b]!
  lengths[a] = lengths[b]!
  slopes[b] = slope
  lengths[b] = length
}

interface Corners {
  readonly charges: number[]
  readonly utilities: number[]
}

function upperHull({ charges, utilities }: UtilityCurve): Corners {
  const x: number[] = []
  const u: number[] = []
  for (let k = 0; k < charges.length; k++) {
    const nextX = charges[k]!
    const nextU = utilities[k]!
    for (let last = x.length - 1; last > 0; last--) {
      const before = (u[last]! - u[last - 1]!) * (nextX - x[last]!)
      if (before > (nextU - u[last]!) * (x[last]! - x[last - 1]!)) break
      x.pop()
      u.pop()
    }
    x.push(nextX)
    u.push(nextU)
  }
  return { charges: x, utilities: u }
}

function hullFrom({ charges, utilities }: Corners, from = 0): Hull {
  const slopes: number[] = []
  for (let k = from; k + 1 < charges.length; k++) {
    slopes.push((utilities[k + 1]! - utilities[k]!) / (charges[k + 1]! - charges[k]!))
  }
  return { charges: from === 0 ? charges : charges.slice(from), slopes }
}

/** Not using the card is worth 0: its hull starts there, with the line that touches the rest, and goes on along it. */
function hullWithZero(corners: Corners, perCard: number): Hull {
  const { charges, utilities } = corners
  let touch = 0
  let slope = (utilities[0]! - perCard) / charges[0]!
  while (touch + 1 < charges.length) {
    const next = (utilities[touch + 1]! - perCard) / charges[touch + 1]!
    if (next < slope) break
    slope = next
    touch++
  }
  const rest = hullFrom(corners, touch)
  return { charges: [0, ...rest.charges], slopes: [slope, ...rest.slopes] }
}
