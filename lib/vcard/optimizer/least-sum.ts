import type { Curve } from './curve'
import { valueAt, vertexBefore } from './curve'

export interface LeastSum {
  /** Where on the first curve the least sum is reached. */
  readonly at: number
  readonly sum: number
  /** The least sum with any other place on the first curve. */
  readonly next: number
}

/**
 * The least of f(a) + g(total - a) over all integers a, both functions being nowhere negative.
 *
 * @param limit sums above it are not looked for
 * @returns undefined when no sum is within the limit
 */
export function leastSum(f: Curve, g: Curve, total: number, limit: number): LeastSum | undefined {
  let at = 0
  let sum = Infinity
  let next = Infinity
  const consider = (a: number, value: number) => {
    if (value < sum) {
      if (a !== at) next = sum
      at = a
      sum = value
    } else if (a !== at && value < next) {
      next = value
    }
  }
  // Between vertices of either function the sum is linear or absent, so the least is at one of them.
  facing(f, g, total, limit, consider)
  facing(g, f, total, limit, (a, value) => consider(total - a, value))
  if (sum === Infinity || sum > limit) return undefined
  // The second best place, when it is no vertex, is next to the best one.
  for (const a of [at - 1, at + 1]) next = Math.min(next, valueAt(f, a) + valueAt(g, total - a))
  return { at, sum, next }
}

/** Visits f's vertices with the sum of both functions there, g being walked from the other end. */
function facing(f: Curve, g: Curve, total: number, limit: number, visit: (a: number, sum: number) => void): void {
  const { x, y, joined } = g
  if (x.length === 0) return
  // Left of the first vertex taken here, g has ended.
  const first = Math.max(0, vertexBefore(f, total - x[x.length - 1]!))
  let j = first < f.x.length ? vertexBefore(g, total - f.x[first]!) : -1
  for (let k = first; k < f.x.length; k++) {
    const rest = total - f.x[k]!
    while (j >= 0 && x[j]! > rest) j--
    if (j < 0) return
    if (f.y[k]! > limit) continue
    if (x[j] === rest) visit(f.x[k]!, f.y[k]! + y[j]!)
    else if (joined[j]) {
      const slope = (y[j + 1]! - y[j]!) / (x[j + 1]! - x[j]!)
      visit(f.x[k]!, f.y[k]! + y[j]! + slope * (rest - x[j]!))
    }
  }
}

/** The largest integer a with f(a) + g(total - a) not above the limit; undefined when there is none. */
export function largestWithin(f: Curve, g: Curve, total: number, limit: number): number | undefined {
  const all = [...new Set(places(f, g, total))].sort((a, b) => b - a)
  let above: number | undefined // the place to the right of the current one, where the sum exceeds the limit
  for (const a of all) {
    const value = valueAt(f, a) + valueAt(g, total - a)
    if (value <= limit) return above === undefined ? a : lastWithin(f, g, total, limit, a, above)
    above = a
  }
  return undefined
}

/** From a place within the limit towards one above it, with a line between them or nothing. */
function lastWithin(f: Curve, g: Curve, total: number, limit: number, from: number, to: number): number {
  const sumAt = (a: number) => valueAt(f, a) + valueAt(g, total - a)
  let inside = from
  let outside = to
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (sumAt(middle) <= limit) inside = middle
    else outside = middle
  }
  return inside
}

/** Where f or g has a vertex: the sum is linear, or absent, between them. */
function places(f: Curve, g: Curve, total: number): number[] {
  const found: number[] = []
  const lastF = f.x.length - 1
  const lastG = g.x.length - 1
  if (lastF < 0 || lastG < 0) return found
  const first = Math.max(f.x[0]!, total - g.x[lastG]!)
  const last = Math.min(f.x[lastF]!, total - g.x[0]!)
  for (let k = Math.max(0, vertexBefore(f, first)); k <= lastF && f.x[k]! <= last; k++) found.push(f.x[k]!)
  for (let k = Math.max(0, vertexBefore(g, total - last)); k <= lastG && g.x[k]! <= total - first; k++) {
    found.push(total - g.x[k]!)
  }
  return found
}
