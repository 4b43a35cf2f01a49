import type { Curve } from './curve'
import type { Line, Part } from './losses'
import { Pen } from './pen'

const pen = new Pen()

/** The least the parts still to come can lose in making up a deviation: a convex bound, from their hulls. */
export interface Reach {
  readonly up: Corners
  readonly down: Corners
}

interface Corners {
  readonly distance: number[]
  readonly loss: number[]
}

/** Collects the lines of the parts, flattest first, as far as their loss stays within the limit. */
export function reachOf(parts: readonly Part[], limit: number): Reach {
  return {
    up: cornersOf(
      parts.map(({ up }) => up),
      limit,
    ),
    down: cornersOf(
      parts.map(({ down }) => down),
      limit,
    ),
  }
}

function cornersOf(sides: readonly (readonly Line[])[], limit: number): Corners {
  const lines: Line[] = []
  for (const side of sides) {
    let loss = 0
    for (const line of side) {
      lines.push(line)
      loss += line.slope * line.length
      if (loss > limit) break
    }
  }
  lines.sort((a, b) => a.slope - b.slope)
  const distance = [0]
  const loss = [0]
  for (const line of lines) {
    const last = distance.length - 1
    if (loss[last]! > limit) break
    distance.push(distance[last]! + line.length)
    loss.push(loss[last]! + line.slope * line.length)
  }
  return { distance, loss }
}

/** The least loss of making up the deviation; Infinity when it is out of reach or certainly above the limit. */
export function lossOfReaching({ up, down }: Reach, deviation: number): number {
  const { distance, loss } = deviation >= 0 ? up : down
  const way = Math.abs(deviation)
  let low = 0
  let high = distance.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (distance[middle]! < way) low = middle + 1
    else high = middle
  }
  if (low === distance.length) return Infinity
  if (low === 0) return 0
  const share = (way - distance[low - 1]!) / (distance[low]! - distance[low - 1]!)
  return loss[low - 1]! + (loss[low]! - loss[low - 1]!) * share
}

export interface Aim {
  readonly target: number
  readonly limit: number
  /** Nothing left of this can reach the target. */
  readonly from?: number
}

/** Leaves out the lines and points of a curve from which the target cannot be reached within the limit. */
export function withinReach({ x, y, joined }: Curve, reach: Reach, { target, limit, from = -Infinity }: Aim): Curve {
  const losses = x.map((at) => lossOfReaching(reach, target - at))
  let lineBefore = false
  for (let k = 0; k < x.length; k++) {
    let lineAfter = false
    if (joined[k] && x[k + 1]! >= from) {
      const passesTarget = x[k]! <= target && target <= x[k + 1]!
      const rest = passesTarget ? 0 : Math.min(losses[k]!, losses[k + 1]!)
      lineAfter = Math.min(y[k]!, y[k + 1]!) + rest <= limit
    }
    if (lineBefore || lineAfter || (x[k]! >= from && y[k]! + losses[k]! <= limit)) {
      pen.push(x[k]!, y[k]!, lineAfter)
    }
    lineBefore = lineAfter
  }
  return pen.done()
}
