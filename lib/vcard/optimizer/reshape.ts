import type { Curve } from './curve'
import { emptyCurve, levelCurve, valueFrom } from './curve'
import { Pen } from './pen'

const pen = new Pen()

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
export function slice(curve: Curve, wanted: Slice): Curve {
  writeSlice(pen, curve, wanted)
  return pen.done()
}

/** Writes a slice behind what the pen has written, which must end left of it. */
export function writeSlice(pen: Pen, { x, y, joined }: Curve, { from, to, dx, dy, limit }: Slice): void {
  const highest = limit - dy
  for (let k = from; k <= to; k++) {
    const startX = x[k]!
    const startY = y[k]!
    const goesOn = k < to && joined[k] === 1
    const inside = startY <= highest
    if (inside) {
      if (pen.lastX === startX + dx - 1) pen.join()
      pen.push(startX + dx, startY + dy, goesOn)
    }
    if (!goesOn) continue
    const nextY = y[k + 1]!
    if (inside === nextY <= highest) continue
    // The line crosses the limit: keep the part below it, down to the last whole unit.
    const nextX = x[k + 1]!
    const slope = (nextY - startY) / (nextX - startX)
    const steps = (highest - startY) / slope
    const at = startX + (inside ? Math.floor(steps) : Math.ceil(steps))
    const isVertex = at <= startX || at >= nextX
    if (inside) {
      if (isVertex) pen.leave()
      else pen.push(at + dx, startY + slope * (at - startX) + dy, false)
    } else if (!isVertex) {
      pen.push(at + dx, startY + slope * (at - startX) + dy, true)
    }
  }
}

/** The curve seen from the other side: at x what the given one has at about - x. */
export function reflected({ x, y, joined }: Curve, about: number): Curve {
  for (let k = x.length - 1; k >= 0; k--) pen.push(about - x[k]!, y[k]!, k > 0 && joined[k - 1] === 1)
  return pen.done()
}

/** The first function on those integers at which both are present and their sum is not above the limit. */
export function restrictedTo(f: Curve, g: Curve, limit: number): Curve {
  // Where one is absent the sum is Infinity, which no limit allows.
  const within = Math.min(limit, Number.MAX_VALUE)
  const sum = shifted(plusWithin(f, g, within), 0, 0, within)
  return { ...sum, y: valuesAt(f, sum.x) }
}

/** The function from one place to another, both included. */
export function between(f: Curve, from: number, to: number): Curve {
  if (f.x.length === 0 || from > to) return emptyCurve()
  const first = Math.max(from, f.x[0]!)
  const last = Math.min(to, f.x[f.x.length - 1]!)
  return first > last ? emptyCurve() : restrictedTo(f, levelCurve(first, last), Infinity)
}

/** The values at ascending integers. */
function valuesAt(curve: Curve, places: Float64Array): Float64Array {
  let vertex = -1
  return places.map((x) => {
    while (vertex + 1 < curve.x.length && curve.x[vertex + 1]! <= x) vertex++
    return valueFrom(curve, vertex, x)
  })
}

/** The sum of two functions where both are present, without lines and points that are above the limit as a whole. */
function plusWithin(f: Curve, g: Curve, limit: number): Curve {
  let i = -1
  let j = -1
  let goesOn = false // from the last place to this one
  let lastX = 0
  let last = Infinity
  for (;;) {
    const nextF = i + 1 < f.x.length ? f.x[i + 1]! : Infinity
    const nextG = j + 1 < g.x.length ? g.x[j + 1]! : Infinity
    const x = Math.min(nextF, nextG)
    if (x === Infinity) return pen.done()
    if (nextF === x) i++
    if (nextG === x) j++
    const value = i < 0 || j < 0 ? Infinity : valueFrom(f, i, x) + valueFrom(g, j, x)
    if (goesOn && value <= limit && last > limit) pen.push(lastX, last, false)
    const follows = goesOn && (value <= limit || last <= limit)
    if (follows) pen.join()
    if (value <= limit || follows) pen.push(x, value, false)
    goesOn = i >= 0 && j >= 0 && f.joined[i] === 1 && g.joined[j] === 1
    lastX = x
    last = value
  }
}
