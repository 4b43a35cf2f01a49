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

/** Adds a vertex at the right end; one that lies on the line through its neighbours is left out again. */
export function extend(curve: Curve, x: number, y: number, joined: boolean): void {
  const last = curve.x.length - 1
  const joins = last >= 0 && (joined || x === curve.x[last]! + 1)
  if (joins && last > 0 && curve.joined[last - 1]!) {
    const startX = curve.x[last - 1]!
    const startY = curve.y[last - 1]!
    const onLine = startY + ((y - startY) * (curve.x[last]! - startX)) / (x - startX)
    if (Math.abs(curve.y[last]! - onLine) <= SAME) {
      curve.x[last] = x
      curve.y[last] = y
      return
    }
  }
  if (last >= 0) curve.joined[last] = joins
  curve.x.push(x)
  curve.y.push(y)
  curve.joined.push(false)
}

/** Writes all of a curve behind another one that ends left of it, and returns that one. */
export function append(curve: Curve, more: Curve): Curve {
  const last = curve.x.length - 1
  if (last >= 0 && curve.x[last]! + 1 === more.x[0]) curve.joined[last] = true
  for (let k = 0; k < more.x.length; k++) pushVertex(curve, more.x[k]!, more.y[k]!, more.joined[k]!)
  return curve
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
function valueFrom({ x: xs, y: ys, joined }: Curve, vertex: number, x: number): number {
  const startX = xs[vertex]!
  const startY = ys[vertex]!
  if (x === startX) return startY
  if (!joined[vertex]) return Infinity
  return startY + ((ys[vertex + 1]! - startY) * (x - startX)) / (xs[vertex + 1]! - startX)
}

/** The curve moved by (dx, dy), without what then lies above the limit. */
export function shifted(curve: Curve, dx: number, dy: number, limit: number): Curve {
  return slice(curve, { from: 0, to: curve.x.length - 1, dx, dy, limit })
}

export interface Slice {
  /** First and last vertex taken. */
  readonly from: number
  readonly to: number
  readonly dx: number
  readonly dy: number
  readonly limit: number
}

/** Some vertices of a curve, moved by (dx, dy), cut at the last integers that are not above the limit. */
export function slice({ x, y, joined }: Curve, { from, to, dx, dy, limit }: Slice): Curve {
  const cut = emptyCurve()
  const highest = limit - dy
  for (let k = from; k <= to; k++) {
    const inside = y[k]! <= highest
    if (inside) {
      cut.x.push(x[k]! + dx)
      cut.y.push(y[k]! + dy)
      cut.joined.push(k < to && joined[k]!)
    }
    if (k === to || !joined[k]) continue
    const insideNext = y[k + 1]! <= highest
    if (inside === insideNext) continue
    // The line crosses the limit: keep the part below it, down to the last whole unit.
    const slope = (y[k + 1]! - y[k]!) / (x[k + 1]! - x[k]!)
    const steps = (highest - y[k]!) / slope
    const at = x[k]! + (inside ? Math.floor(steps) : Math.ceil(steps))
    const isVertex = at <= x[k]! || at >= x[k + 1]!
    if (inside) {
      if (isVertex) cut.joined[cut.joined.length - 1] = false
      else pushVertex(cut, at + dx, y[k]! + slope * (at - x[k]!) + dy, false)
    } else if (!isVertex) {
      pushVertex(cut, at + dx, y[k]! + slope * (at - x[k]!) + dy, true)
    }
  }
  return cut
}

/** Adds a vertex at the right end; `joined` tells whether the function goes on from it. */
export function pushVertex(curve: Curve, x: number, y: number, joined: boolean): void {
  curve.x.push(x)
  curve.y.push(y)
  curve.joined.push(joined)
}

/** The curve seen from the other side: at x what the given one has at about - x. */
export function reflected({ x, y, joined }: Curve, about: number): Curve {
  const last = x.length - 1
  return {
    x: x.map((_, k) => about - x[last - k]!),
    y: y.map((_, k) => y[last - k]!),
    joined: x.map((_, k) => k < last && joined[last - k - 1]!),
  }
}

/** The first function on those integers at which both are present and their sum is not above the limit. */
export function restrictedTo(f: Curve, g: Curve, limit: number): Curve {
  // Where one is absent the sum is Infinity, which no limit allows.
  const within = Math.min(limit, Number.MAX_VALUE)
  const sum = shifted(plusWithin(f, g, within), 0, 0, within)
  return { ...sum, y: sum.x.map((x) => valueAt(f, x)) }
}

/** The sum of two functions where both are present, without lines and points that are above the limit as a whole. */
function plusWithin(f: Curve, g: Curve, limit: number): Curve {
  const sum = emptyCurve()
  let i = -1
  let j = -1
  let goesOn = false // from the last place to this one
  let lastX = 0
  let last = Infinity
  for (;;) {
    const x = Math.min(f.x[i + 1] ?? Infinity, g.x[j + 1] ?? Infinity)
    if (x === Infinity) return sum
    if (f.x[i + 1] === x) i++
    if (g.x[j + 1] === x) j++
    const value = i < 0 || j < 0 ? Infinity : valueFrom(f, i, x) + valueFrom(g, j, x)
    if (goesOn && value <= limit && last > limit) pushVertex(sum, lastX, last, false)
    const follows = goesOn && (value <= limit || last <= limit)
    if (follows) sum.joined[sum.joined.length - 1] = true
    if (value <= limit || follows) pushVertex(sum, x, value, false)
    goesOn = i >= 0 && j >= 0 && f.joined[i]! && g.joined[j]!
    lastX = x
    last = value
  }
}
