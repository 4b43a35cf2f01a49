import type { Curve } from './curve'
import { SAME } from './curve'
import { shifted } from './reshape'
import { Pen } from './pen'

const pen = new Pen()

/** A line between two integers, both included. */
export interface Line {
  readonly from: number
  readonly length: number
  /** Its value at `from`. */
  readonly y: number
  readonly slope: number
}

/**
 * The sum of a curve and one line: curves the least of which is, at every s, the least f(a) + line(s - a).
 *
 * Either f stands at a vertex, and the line leads on from there; or f is inside a line of its own, and the flatter of
 * the two has been used up or the steeper one not begun.
 */
export function sumWithLine(f: Curve, line: Line, limit: number): Curve[] {
  const { from, length, y, slope } = line
  const flatter = linesOf(f, (own, width) => (slope - own) * width > (width > length ? -SAME : SAME))
  const steeper = linesOf(f, (own, width) => (own - slope) * width > SAME)
  return [
    fromVertices(f, line, limit),
    shifted(flatter, from, y, limit),
    shifted(steeper, from + length, y + slope * length, limit),
  ]
}

/** Those of a curve's lines that are wanted. */
function linesOf({ x, y, joined }: Curve, wanted: (slope: number, width: number) => boolean): Curve {
  let follows = false
  for (let k = 0; k < x.length; k++) {
    const width = joined[k] ? x[k + 1]! - x[k]! : 0
    const goesOn = width > 0 && wanted((y[k + 1]! - y[k]!) / width, width)
    if (goesOn || follows) pen.push(x[k]!, y[k]!, goesOn)
    follows = goesOn
  }
  return pen.done()
}

/**
 * The line begun at every vertex: at each place the lowest of those that reach it. Begun at a later vertex a line also
 * ends later, so the ones that may still become the lowest form a queue with ascending values.
 */
function fromVertices({ x, y }: Curve, { from, length, y: start, slope }: Line, limit: number): Curve {
  const queue: number[] = []
  let head = 0
  let begin = 0 // where the lowest line, the first of the queue, took over
  const write = (k: number, end: number) => {
    // Above the limit at one of its ends, the line is cut at the last integer within.
    const room = limit - start - y[k]!
    let first = begin
    let last = end
    if (slope > 0) last = Math.min(last, x[k]! + Math.floor(room / slope))
    else if (slope < 0) first = Math.max(first, x[k]! + Math.ceil(room / slope))
    else if (room < 0) return
    if (first > last) return
    const base = y[k]! + start
    if (pen.lastX + 1 === first + from) pen.join()
    pen.push(first + from, base + slope * (first - x[k]!), last > first)
    if (last > first) pen.push(last + from, base + slope * (last - x[k]!), false)
  }
  for (let k = 0; k < x.length; k++) {
    const at = x[k]!
    while (head < queue.length && x[queue[head]!]! + length < at) {
      const end = x[queue[head]!]! + length
      write(queue[head++]!, end)
      begin = end + 1
    }
    if (head === queue.length) begin = at
    else if (y[k]! < y[queue[head]!]! + slope * (at - x[queue[head]!]!) - SAME) {
      write(queue[head]!, at - 1)
      begin = at
      head = queue.length
    } else {
      while (queue.length > head + 1) {
        const back = queue[queue.length - 1]!
        if (y[back]! + slope * (at - x[back]!) < y[k]!) break
        queue.pop()
      }
    }
    queue.push(k)
  }
  for (; head < queue.length; head++) {
    const end = x[queue[head]!]! + length
    write(queue[head]!, end)
    begin = end + 1
  }
  return pen.done()
}
