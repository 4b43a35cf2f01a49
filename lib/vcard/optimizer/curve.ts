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
const SAME = 1e-10

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

function pushVertex(curve: Curve, x: number, y: number, joined: boolean): void {
  curve.x.push(x)
  curve.y.push(y)
  curve.joined.push(joined)
}

/** The lower of two functions at every integer at which either is present. */
export function lower(a: Curve, b: Curve): Curve {
  if (a.x.length === 0) return b
  if (b.x.length === 0) return a
  const out = emptyCurve()
  let i = -1 // last vertices at or left of x
  let j = -1
  let x = Math.min(a.x[0]!, b.x[0]!)
  let joined = false
  for (;;) {
    while (i + 1 < a.x.length && a.x[i + 1]! <= x) i++
    while (j + 1 < b.x.length && b.x[j + 1]! <= x) j++
    const atA = i < 0 ? Infinity : valueFrom(a, i, x)
    const atB = j < 0 ? Infinity : valueFrom(b, j, x)
    const aFirst = atA <= atB + SAME
    if (atA !== Infinity || atB !== Infinity) extend(out, x, aFirst ? atA : atB, joined)

    const nextX = Math.min(i + 1 < a.x.length ? a.x[i + 1]! : Infinity, j + 1 < b.x.length ? b.x[j + 1]! : Infinity)
    if (nextX === Infinity) return out
    const goesA = i >= 0 && a.joined[i]!
    const goesB = j >= 0 && b.joined[j]!
    joined = goesA || goesB
    if (joined && nextX > x + 1) {
      const nextA = goesA || a.x[i + 1] === nextX ? valueTowards(a, i, nextX) : Infinity
      const nextB = goesB || b.x[j + 1] === nextX ? valueTowards(b, j, nextX) : Infinity
      if (goesA && goesB) cross(out, { x, nextX, atA, atB, nextA, nextB })
      else if (goesA) bridge(out, { x, nextX, here: atA, there: nextA, other: atB, otherNext: nextB })
      else bridge(out, { x, nextX, here: atB, there: nextB, other: atA, otherNext: nextA })
    }
    x = nextX
  }
}

/** The value at x, which is not beyond the vertex after the given one. */
function valueTowards(curve: Curve, vertex: number, x: number): number {
  if (curve.x[vertex + 1] === x) return curve.y[vertex + 1]!
  return valueFrom(curve, vertex, x)
}

interface Crossing {
  readonly x: number
  readonly nextX: number
  readonly atA: number
  readonly atB: number
  readonly nextA: number
  readonly nextB: number
}

/** Both lines run from x to nextX: where they change places, the one takes over from the other between two integers. */
function cross(out: Curve, { x, nextX, atA, atB, nextA, nextB }: Crossing): void {
  if (atA <= atB + SAME && nextA <= nextB + SAME) return
  if (atB <= atA + SAME && nextB <= nextA + SAME) return
  const before = Math.abs(atB - atA)
  const after = Math.abs(nextB - nextA)
  const width = nextX - x
  const last = Math.floor(x + (width * before) / (before + after))
  const aFirst = atA < atB
  const at = (share: number) => atA + (nextA - atA) * share
  const other = (share: number) => atB + (nextB - atB) * share
  const [first, second] = aFirst ? [at, other] : [other, at]
  if (last > x && last < nextX) extend(out, last, first((last - x) / width), true)
  if (last + 1 < nextX) extend(out, last + 1, second((last + 1 - x) / width), true)
}

interface Bridge {
  readonly x: number
  readonly nextX: number
  /** The line's own values at both ends. */
  readonly here: number
  readonly there: number
  /** What the other function has at the ends, between which it is absent. */
  readonly other: number
  readonly otherNext: number
}

/** One line runs from x to nextX; at an end where the other function is lower, it starts or stops a unit further in. */
function bridge(out: Curve, { x, nextX, here, there, other, otherNext }: Bridge): void {
  const slope = (there - here) / (nextX - x)
  if (other + SAME < here) extend(out, x + 1, here + slope, true)
  if (otherNext + SAME < there && out.x[out.x.length - 1]! < nextX - 1) extend(out, nextX - 1, there - slope, true)
}
