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

/** The least loss of reaching the target from each place, ascending; Infinity where that is certainly above the limit. */
function lossesOfReaching({ up, down }: Reach, places: Float64Array, target: number): Float64Array {
  const losses = new Float64Array(places.length)
  let corner = up.distance.length - 1
  let k = 0
  for (; k < places.length && places[k]! <= target; k++) {
    const way = target - places[k]!
    while (corner > 0 && up.distance[corner - 1]! >= way) corner--
    losses[k] = lossAt(up, corner, way)
  }
  corner = 0
  for (; k < places.length; k++) {
    const way = places[k]! - target
    while (corner + 1 < down.distance.length && down.distance[corner]! < way) corner++
    losses[k] = lossAt(down, corner, way)
  }
  return losses
}

/** The loss of a way, given the first corner that is not nearer. */
function lossAt({ distance, loss }: Corners, corner: number, way: number): number {
  if (distance[corner]! < way) return Infinity
  if (corner === 0) return 0
  const share = (way - distance[corner - 1]!) / (distance[corner]! - distance[corner - 1]!)
  return loss[corner - 1]! + (loss[corner]! - loss[corner - 1]!) * share
}

export interface Aim {
  readonly target: number
  readonly limit: number
  /** Nothing left of this can reach the target. */
  readonly from?: number
}

/** Leaves out the lines and points of a curve from which the target cannot be reached within the limit. */
export function withinReach({ x, y, joined }: Curve, reach: Reach, { target, limit, from = -Infinity }: Aim): Curve {
  const losses = lossesOfReaching(reach, x, target)
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
