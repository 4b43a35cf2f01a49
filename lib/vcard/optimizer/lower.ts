import type { Curve } from './curve'
import { append, emptyCurve, pushVertex, SAME } from './curve'

/**
 * The lower of two functions at every integer at which either is present.
 *
 * This is where a search spends its time: both curves are walked once, side by side, and only vertices of the lower
 * one and places where they change over are written.
 */
export function lower(a: Curve, b: Curve): Curve {
  if (a.x.length === 0) return b
  if (b.x.length === 0) return a
  const out = emptyCurve()
  if (a.x[a.x.length - 1]! < b.x[0]!) return append(append(out, a), b)
  if (b.x[b.x.length - 1]! < a.x[0]!) return append(append(out, b), a)

  let i = -1 // last vertices at or left of x
  let j = -1
  let slopeA = 0 // of the lines that begin there
  let slopeB = 0
  let x = Math.min(a.x[0]!, b.x[0]!)
  let joined = false
  let wasA = false
  let lastX = 0
  let lastY = 0
  for (;;) {
    if (a.x[i + 1] === x) slopeA = slopeAfter(a, ++i)
    if (b.x[j + 1] === x) slopeB = slopeAfter(b, ++j)
    const goesA = i >= 0 && a.joined[i]!
    const goesB = j >= 0 && b.joined[j]!
    const vertexA = i >= 0 && a.x[i] === x
    const vertexB = j >= 0 && b.x[j] === x
    const atA = vertexA ? a.y[i]! : goesA ? a.y[i]! + slopeA * (x - a.x[i]!) : Infinity
    const atB = vertexB ? b.y[j]! : goesB ? b.y[j]! + slopeB * (x - b.x[j]!) : Infinity
    const isA = atA <= atB + SAME
    // A line that simply goes on needs no vertex, until another takes over.
    if (isA !== wasA && joined && lastX > out.x[out.x.length - 1]!) write(out, lastX, lastY, true)
    if ((isA ? vertexA : vertexB) || !joined || isA !== wasA) {
      if (isA ? atA !== Infinity : true) write(out, x, isA ? atA : atB, joined)
    }
    wasA = isA
    lastX = x
    lastY = isA ? atA : atB

    const nextX = Math.min(a.x[i + 1] ?? Infinity, b.x[j + 1] ?? Infinity)
    if (nextX === Infinity) return out
    joined = goesA || goesB
    const width = nextX - x
    if (joined && width > 1) {
      const nextA = a.x[i + 1] === nextX ? a.y[i + 1]! : goesA ? atA + slopeA * width : Infinity
      const nextB = b.x[j + 1] === nextX ? b.y[j + 1]! : goesB ? atB + slopeB * width : Infinity
      if (goesA && goesB) {
        const nextIsA = nextA <= nextB + SAME
        if (isA !== nextIsA && (isA ? nextA > nextB + SAME : atA > atB + SAME || nextB > nextA + SAME)) {
          // They cross: the one takes over from the other between two integers.
          const before = Math.abs(atB - atA)
          const steps = Math.min(width - 1, Math.floor((width * before) / (before + Math.abs(nextB - nextA))))
          write(out, x + steps, isA ? atA + slopeA * steps : atB + slopeB * steps, true)
          write(out, x + steps + 1, isA ? atB + slopeB * (steps + 1) : atA + slopeA * (steps + 1), true)
          wasA = nextIsA
        }
      } else {
        // Only one goes on; where the other is lower at an end, it starts or stops a unit further in.
        if (goesA ? atB + SAME < atA : isA) {
          write(out, x + 1, goesA ? atA + slopeA : atB + slopeB, true)
          wasA = goesA
        }
        if (goesA ? nextB + SAME < nextA : nextA <= nextB + SAME) {
          write(out, nextX - 1, goesA ? nextA - slopeA : nextB - slopeB, true)
        }
      }
    }
    x = nextX
  }
}

function slopeAfter({ x, y, joined }: Curve, vertex: number): number {
  return joined[vertex] ? (y[vertex + 1]! - y[vertex]!) / (x[vertex + 1]! - x[vertex]!) : 0
}

/** Adds a vertex at the right end, unless there is one at this place already. */
function write(out: Curve, x: number, y: number, joined: boolean): void {
  const last = out.x.length - 1
  if (last >= 0) {
    if (out.x[last] === x) return
    out.joined[last] = joined || out.x[last] === x - 1
  }
  pushVertex(out, x, y, false)
}
