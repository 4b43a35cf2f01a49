/**
 * A function on some of the integers: linear between two vertices that are `joined`, absent between two that are not.
 * Two vertices one unit apart count as joined, so that a jump is a steep line with nothing inside it.
 */
export interface Curve {
  /** Ascending integers. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Whether, 1 or 0, the function goes on from this vertex to the next. */
  readonly joined: Uint8Array
}

/**
 * Below this, two values are one value. It is far below the tolerance of ties (1e-6), so that what a search of fifty
 * cards adds up stays below it too.
 */
export const SAME = 1e-10

export function emptyCurve(): Curve {
  return { x: new Float64Array(0), y: new Float64Array(0), joined: new Uint8Array(0) }
}

export function pointCurve(x: number, y: number): Curve {
  return { x: Float64Array.of(x), y: Float64Array.of(y), joined: Uint8Array.of(0) }
}

/** Zero from one place to another. */
export function levelCurve(from: number, to: number): Curve {
  return from === to
    ? pointCurve(from, 0)
    : { x: Float64Array.of(from, to), y: Float64Array.of(0, 0), joined: Uint8Array.of(1, 0) }
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
