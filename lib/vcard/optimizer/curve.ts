/**
 * A function on some of the integers: linear between two vertices that are `joined`, absent between two that are not.
 * Two vertices one unit apart count as joined, so that a jump is a steep line with nothing inside it.
 */
export interface Curve {
  /** Ascending integers. */
  readonly x: number[]
  readonly y: number[]
  /** Whether the function goes on from this vertex to the next. */
  readonly joined: boolean[]
}

/**
 * Below this, two values are one value. It is far below the tolerance of ties (1e-6), so that what a search of fifty
 * cards adds up stays below it too.
 */
export const SAME = 1e-10

export function emptyCurve(): Curve {
  return { x: [], y: [], joined: [] }
}

export function pointCurve(x: number, y: number): Curve {
  return { x: [x], y: [y], joined: [false] }
}

/** Index of the last vertex at or left of x, -1 when there is none. */
export function vertexBefore({ x: xs }: Curve, x: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle]! <= x) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value at an integer, Infinity where the function is absent. */
export function valueAt(curve: Curve, x: number): number {
  const vertex = vertexBefore(curve, x)
  return vertex < 0 ? Infinity : valueFrom(curve, vertex, x)
}

/** The value at x, given the index of the last vertex at or left of it. */
export function valueFrom({ x: xs, y: ys, joined }: Curve, vertex: number, x: number): number {
  const startX = xs[vertex]!
  const startY = ys[vertex]!
  if (x === startX) return startY
  if (!joined[vertex]) return Infinity
  return startY + ((ys[vertex + 1]! - startY) * (x - startX)) / (xs[vertex + 1]! - startX)
}
