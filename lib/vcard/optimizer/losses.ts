import type { Curve } from './curve'
import { pointCurve, valueAt } from './curve'
import { Pen } from './pen'
import type { Candidate, Hull, Relaxation } from './relaxation'
import { between, restrictedTo } from './reshape'

const pen = new Pen()

/**
 * One card in the terms of the search: how far its charge is from its base, and what that loses at the relaxation's
 * prices. Losses are small numbers even where utilities are large, which keeps sums of them precise.
 */
export interface Part {
  /** Position of the card among the candidates, which are in the order of their ids. */
  readonly card: number
  readonly required: boolean
  readonly base: number
  /** Beyond each multiple of this charge one more card is used. */
  readonly each: number
  /** Losses by deviation from the base, the card being used. */
  readonly used: Curve
  /** The loss of not using it; Infinity for a required card. */
  readonly unused: number
  /** Both of these in one. */
  readonly either: Curve
  /** The hull's lines above and below the base, nearest first: no deviation costs less than along these. */
  readonly up: readonly Line[]
  readonly down: readonly Line[]
  /** The least loss of doing anything but the base. */
  readonly leastLoss: number
}

export interface Line {
  readonly length: number
  /** Loss per unit. */
  readonly slope: number
}

export function partsOf(candidates: readonly Candidate[], relaxation: Relaxation): Part[] {
  return candidates.map((candidate, card) => partOf(candidate, card, relaxation))
}

function partOf(
  { required, curve, each = Infinity }: Candidate,
  card: number,
  { perUnit, perCard, base, hulls }: Relaxation,
): Part {
  const at = base[card]!
  const price = required ? 0 : perCard
  // What the card gains at its base at these prices: no charge gains more.
  const best = at === 0 ? 0 : curve.utilities[curve.charges.indexOf(at)]! - perUnit * at - price
  const loss = (utility: number, charge: number) => Math.max(0, best - (utility - perUnit * charge - price))

  const last = curve.charges.length - 1
  curve.charges.forEach((charge, k) => pen.push(charge - at, loss(curve.utilities[k]!, charge), k < last))
  const used = pen.done()
  const unused = required ? Infinity : Math.max(0, best)
  const either = required ? used : withUnused(used, -at, unused)
  return {
    card,
    required,
    base: at,
    each,
    used,
    unused,
    either,
    ...linesAround(hulls[card]!, at, perUnit),
    leastLoss: leastLoss(either),
  }
}

function withUnused(used: Curve, x: number, y: number): Curve {
  pen.push(x, y, false)
  for (let k = 0; k < used.x.length; k++) pen.extend(used.x[k]!, used.y[k]!, k > 0)
  return pen.done()
}

function linesAround({ charges, slopes }: Hull, base: number, perUnit: number): { up: Line[]; down: Line[] } {
  const corner = charges.indexOf(base)
  const line = (k: number, slope: number) => ({ length: charges[k + 1]! - charges[k]!, slope: Math.max(0, slope) })
  const up: Line[] = []
  const down: Line[] = []
  for (let k = corner; k < slopes.length; k++) up.push(line(k, perUnit - slopes[k]!))
  for (let k = corner - 1; k >= 0; k--) down.push(line(k, slopes[k]! - perUnit))
  return { up, down }
}

/** Least at a vertex other than the base, or next to the base. */
function leastLoss(curve: Curve): number {
  let least = Math.min(valueAt(curve, -1), valueAt(curve, 1))
  for (let k = 0; k < curve.x.length; k++) {
    if (curve.x[k] !== 0 && curve.y[k]! < least) least = curve.y[k]!
  }
  return least
}

/** How many optional cards a charge uses. */
export function cardsFor({ required, each }: Part, charge: number): number {
  return required || charge === 0 ? 0 : Math.max(1, Math.ceil(charge / each))
}

export interface Move {
  /** Losses by deviation. */
  readonly curve: Curve
  /** How many optional cards are used. */
  readonly uses: number
}

/** What a part can do, by how many optional cards it uses where that is counted. */
export function movesOf(part: Part, counted: boolean): Move[] {
  const { required, either, used, unused, base, each } = part
  if (!counted || required) return [{ curve: either, uses: 0 }]
  const moves = unused === Infinity ? [] : [{ curve: pointCurve(-base, unused), uses: 0 }]
  if (each === Infinity) return [...moves, { curve: used, uses: 1 }]
  const most = cardsFor(part, base + (used.x[used.x.length - 1] ?? -base))
  for (let uses = 1; uses <= most; uses++) {
    moves.push({ curve: between(used, (uses - 1) * each + 1 - base, uses * each - base), uses })
  }
  return moves
}

/** A part with nothing but these deviations. */
export function only(part: Part, either: Curve): Part {
  const canRest = !part.required && either.x[0] === -part.base
  return {
    ...part,
    either,
    used: restrictedTo(part.used, either, Infinity),
    unused: canRest ? part.unused : Infinity,
    leastLoss: valueAt(either, 0) === Infinity ? 0 : part.leastLoss,
  }
}

/** The same part, where every card used loses this much more. */
export function withPrice(part: Part, price: number): Part {
  if (part.required) return part
  const { x, y } = part.used
  const used = { ...part.used, y: y.map((loss, k) => loss + price * cardsFor(part, part.base + x[k]!)) }
  return { ...part, used, either: withUnused(used, -part.base, part.unused) }
}

/** The same parts with no losses at all, for finding any plan that adds up. */
export function withoutLosses(parts: readonly Part[]): Part[] {
  const level = ({ x, joined }: Curve): Curve => {
    x.forEach((at, k) => pen.extend(at, 0, k > 0 && joined[k - 1] === 1))
    return pen.done()
  }
  const free = ({ length }: Line): Line => ({ length, slope: 0 })
  return parts.map((part) => ({
    ...part,
    used: level(part.used),
    either: level(part.either),
    unused: part.required ? Infinity : 0,
    up: part.up.map(free),
    down: part.down.map(free),
    leastLoss: part.leastLoss === Infinity ? Infinity : 0,
  }))
}
