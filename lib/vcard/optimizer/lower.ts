import type { Curve } from './curve'
import { SAME } from './curve'
import { Pen } from './pen'

const pen = new Pen()

/**
 * The lower of two functions at every integer at which either is present.
 *
 * This is where a search spends its time: both curves are walked once, side by side, and only vertices of the lower
 * one and places where they change over are written.
 */
export function lower(a: Curve, b: Curve): Curve {
  if (a.x.length === 0) return b
  if (b.x.length === 0) return a
  if (a.x[a.x.length - 1]! < b.x[0]!) return sideBySide(a, b)
  if (b.x[b.x.length - 1]! < a.x[0]!) return sideBySide(b, a)

  const { x: xsA, y: ysA, joined: joinedA } = a
  const { x: xsB, y: ysB, joined: joinedB } = b
  const lengthA = xsA.length
  const lengthB = xsB.length
  let i = -1 // last vertices at or left of x
  let j = -1
  let upcomingA = xsA[0]! // the next vertices
  let upcomingB = xsB[0]!
  let slopeA = 0 // of the lines that go on from here
  let slopeB = 0
  let goesA = false
  let goesB = false
  let atA = Infinity // the values here
  let atB = Infinity
  let x = Math.min(upcomingA, upcomingB)
  let joined = false
  let wasA = false
  let lastX = 0
  let lastY = 0
  for (;;) {
    const vertexA = upcomingA === x
    const vertexB = upcomingB === x
    if (vertexA) {
      i++
      atA = ysA[i]!
      goesA = joinedA[i] === 1
      upcomingA = i + 1 < lengthA ? xsA[i + 1]! : Infinity
      if (goesA) slopeA = (ysA[i + 1]! - atA) / (upcomingA - x)
    } else {
      atA = goesA ? ysA[i]! + slopeA * (x - xsA[i]!) : Infinity
    }
    if (vertexB) {
      j++
      atB = ysB[j]!
      goesB = joinedB[j] === 1
      upcomingB = j + 1 < lengthB ? xsB[j + 1]! : Infinity
      if (goesB) slopeB = (ysB[j + 1]! - atB) / (upcomingB - x)
    } else {
      atB = goesB ? ysB[j]! + slopeB * (x - xsB[j]!) : Infinity
    }
    const isA = atA <= atB + SAME
    // A line that simply goes on needs no vertex, until another takes over.
    if (isA !== wasA && joined && lastX > pen.lastX) pen.lineTo(lastX, lastY, true)
    if ((isA ? vertexA : vertexB) || !joined || isA !== wasA) {
      if (isA ? atA !== Infinity : true) pen.lineTo(x, isA ? atA : atB, joined)
    }
    wasA = isA
    lastX = x
    lastY = isA ? atA : atB

    const nextX = Math.min(upcomingA, upcomingB)
    if (nextX === Infinity) return pen.done()
    joined = goesA || goesB
    const width = nextX - x
    if (joined && width > 1) {
      const nextA = upcomingA === nextX ? ysA[i + 1]! : goesA ? atA + slopeA * width : Infinity
      const nextB = upcomingB === nextX ? ysB[j + 1]! : goesB ? atB + slopeB * width : Infinity
      if (goesA && goesB) {
        const nextIsA = nextA <= nextB + SAME
        if (isA !== nextIsA && (isA ? nextA > nextB + SAME : atA > atB + SAME || nextB > nextA + SAME)) {
          // They cross: the one takes over from the other between two integers.
          const before = Math.abs(atB - atA)
          const steps = Math.min(width - 1, Math.floor((width * before) / (before + Math.abs(nextB - nextA))))
          pen.lineTo(x + steps, isA ? atA + slopeA * steps : atB + slopeB * steps, true)
          pen.lineTo(x + steps + 1, isA ? atB + slopeB * (steps + 1) : atA + slopeA * (steps + 1), true)
          wasA = nextIsA
        }
      } else {
        // Only one goes on; where the other is lower at an end, it starts or stops a unit further in.
        if (goesA ? atB + SAME < atA : isA) {
          pen.lineTo(x + 1, goesA ? atA + slopeA : atB + slopeB, true)
          wasA = goesA
        }
        if (goesA ? nextB + SAME < nextA : nextA <= nextB + SAME) {
          pen.lineTo(nextX - 1, goesA ? nextA - slopeA : nextB - slopeB, true)
        }
      }
    }
    x = nextX
  }
}

function sideBySide(left: Curve, right: Curve): Curve {
  pen.append(left)
  pen.append(right)
  return pen.done()
}
