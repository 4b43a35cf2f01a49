import type { Curve } from './curve'
import type { Slice } from './reshape'
import { emptyCurve, vertexBefore } from './curve'
import { slice, writeSlice } from './reshape'
import { sumWithLine } from './line-sum'
import { lower } from './lower'
import { Pen } from './pen'
import type { Pausable, Work } from './work'

const pen = new Pen()

/** A stretch of a curve that is a single point, one line, or bends one way only. */
interface Run {
  readonly from: number
  readonly to: number
  readonly bend: 'point' | 'line' | 'up' | 'down'
}

/** Which sums are wanted: none above the limit, none left of `from` or right of `to`, though some of these may come too. */
export interface Wanted {
  readonly limit: number
  readonly from?: number
  readonly to?: number
}

/**
 * The cheapest way to reach every sum: at s the least f(a) + g(b) over all integers a + b = s (infimal convolution).
 *
 * Each pair of runs is summed in the way its bends allow. Two that bend up (convex): the cheaper slope first, which is
 * a merge of their lines. Two that bend down (concave): one of the two stands at an end of its run, so four shifted
 * copies do. One of each: the convex one stands at a vertex, or the concave one at an end. The least of all these is
 * exact, because every line of a curve begins and ends at integers.
 */
export function* sumOfCurves(f: Curve, g: Curve, wanted: Wanted, work: Work): Pausable<Curve> {
  const { limit, from = -Infinity, to = Infinity } = wanted
  const parts = new Chains()
  const runsOfF = runsOf(f)
  let stops: readonly number[] | undefined
  if (work.add(f.x.length + g.x.length)) yield
  for (const run of runsOf(g)) {
    const first = g.x[run.from]!
    const last = g.x[run.to]!
    // As much of f as matters.
    const near = {
      from: Math.max(0, vertexBefore(f, from - last)),
      to: Math.min(f.x.length - 1, vertexBefore(f, to - first) + 1),
    }
    if (run.bend === 'point' || run.bend === 'down') {
      // All of it, with g at the ends of its run.
      for (const k of run.bend === 'point' ? [run.from] : [run.from, run.to]) {
        parts.add(f, { ...near, dx: g.x[k]!, dy: g.y[k]!, limit })
      }
    }
    if (run.bend === 'down') {
      const lowest = Math.min(g.y[run.from]!, g.y[run.to]!)
      stops ??= outerVertices(f, runsOfF)
      for (const k of stops) {
        if (f.x[k]! + last < from || f.x[k]! + first > to || f.y[k]! + lowest > limit) continue
        parts.add(g, { ...run, dx: f.x[k]!, dy: f.y[k]!, limit })
      }
    } else if (run.bend === 'line' && runsOfF.length > 1) {
      const line = { from: first, length: last - first, y: g.y[run.from]!, slope: slopeAt(g, run.from) }
      sumWithLine(slice(f, { ...near, dx: 0, dy: 0, limit }), line, limit).forEach((part) =>
        parts.add(part, wholeOf(part)),
      )
    } else if (run.bend !== 'point') {
      for (const other of runsOfF) {
        if (f.x[other.to]! + last < from || f.x[other.from]! + first > to) continue
        sumOfRuns(f, other, g, run, limit, parts)
      }
    }
    if (work.add(parts.takeSize())) yield
  }
  return yield* lowest(parts.curves(), work)
}

/** The lowest of many curves, merged two by two. */
export function* lowest(curves: readonly Curve[], work: Work): Pausable<Curve> {
  let left = curves
  while (left.length > 1) {
    const merged: Curve[] = []
    for (let k = 0; k + 1 < left.length; k += 2) {
      const a = left[k]!
      const b = left[k + 1]!
      merged.push(lower(a, b))
      if (work.add(a.x.length + b.x.length)) yield
    }
    if (left.length % 2 === 1) merged.push(left[left.length - 1]!)
    left = merged
  }
  return left[0] ?? emptyCurve()
}

/** f is any run, g is a line or bends up. */
function sumOfRuns(f: Curve, a: Run, g: Curve, b: Run, limit: number, parts: Chains): void {
  if (a.bend === 'down') {
    const stops = b.bend === 'line' ? [b.from, b.to] : range(b.from, b.to)
    for (const k of stops) parts.add(f, { ...a, dx: g.x[k]!, dy: g.y[k]!, limit })
    for (const k of [a.from, a.to]) parts.add(g, { ...b, dx: f.x[k]!, dy: f.y[k]!, limit })
  } else if (a.bend === 'point') {
    parts.add(g, { ...b, dx: f.x[a.from]!, dy: f.y[a.from]!, limit })
  } else {
    const sum = cheaperFirst(f, a, g, b)
    parts.add(sum, { ...wholeOf(sum), limit })
  }
}

/** Two stretches with ascending slopes: whichever line is less steep comes next. */
function cheaperFirst(f: Curve, a: Run, g: Curve, b: Run): Curve {
  let i = a.from
  let j = b.from
  pen.extend(f.x[i]! + g.x[j]!, f.y[i]! + g.y[j]!, false)
  while (i < a.to || j < b.to) {
    if (j === b.to || (i < a.to && slopeAt(f, i) <= slopeAt(g, j))) i++
    else j++
    pen.extend(f.x[i]! + g.x[j]!, f.y[i]! + g.y[j]!, true)
  }
  return pen.done()
}

function slopeAt({ x, y }: Curve, vertex: number): number {
  return (y[vertex + 1]! - y[vertex]!) / (x[vertex + 1]! - x[vertex]!)
}

/** Cuts a curve into runs, left to right; runs that touch share a vertex. */
function runsOf(curve: Curve): Run[] {
  const { x, joined } = curve
  const runs: Run[] = []
  const last = x.length - 1
  let from = 0
  while (from <= last) {
    if (from === last || !joined[from]) {
      runs.push({ from, to: from, bend: 'point' })
      from++
      continue
    }
    let to = from + 1
    let bend: Run['bend'] = 'line'
    let slope = slopeAt(curve, from)
    while (to < last && joined[to]) {
      const next = slopeAt(curve, to)
      const turn: Run['bend'] = next > slope ? 'up' : next < slope ? 'down' : bend
      if (bend !== 'line' && turn !== bend) break
      bend = turn
      slope = next
      to++
    }
    // A jump has nothing inside: when all else is one line, that line is the run.
    const start = x[from + 1] === x[from]! + 1 ? from + 1 : from
    const end = x[to - 1] === x[to]! - 1 ? to - 1 : to
    if (bend === 'down' && end === start + 1) {
      if (start > from) runs.push({ from, to: from, bend: 'point' })
      runs.push({ from: start, to: end, bend: 'line' })
      from = to
      if (end < to) continue
    } else {
      runs.push({ from, to, bend })
      from = to
    }
    if (from === last || !joined[from]) from++
  }
  return runs
}

/** The vertices at which something that bends down may stand still: all but those inside a run that bends down too. */
function outerVertices(curve: Curve, runs: readonly Run[]): number[] {
  const outer: number[] = []
  for (const { from, to, bend } of runs) {
    const vertices = bend === 'down' ? [from, to] : range(from, to)
    for (const k of vertices) if (outer[outer.length - 1] !== k) outer.push(k)
  }
  return outer
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k)
}

function wholeOf({ x }: Curve): Slice {
  return { from: 0, to: x.length - 1, dx: 0, dy: 0, limit: Infinity }
}

/** How many chains are tried before a part begins a new one. */
const TRIED_CHAINS = 4

/** Pens that have written their chain. */
const idle: Pen[] = []

/** Parts that follow each other from left to right are put into one curve: that spares merging them later. */
class Chains {
  private readonly chains: Pen[] = []
  private turn = 0
  private size = 0

  /** Adds a part of a curve. */
  add(curve: Curve, part: Slice): void {
    const first = curve.x[part.from]! + part.dx
    this.size += part.to - part.from + 1
    const tries = Math.min(TRIED_CHAINS, this.chains.length)
    for (let k = 0; k < tries; k++) {
      this.turn = (this.turn + 1) % this.chains.length
      const chain = this.chains[this.turn]!
      if (chain.lastX < first) {
        writeSlice(chain, curve, part)
        return
      }
    }
    const chain = idle.pop() ?? new Pen()
    writeSlice(chain, curve, part)
    this.chains.push(chain)
  }

  /** The finished chains. */
  curves(): Curve[] {
    const curves = this.chains.map((chain) => chain.done())
    idle.push(...this.chains.splice(0))
    return curves
  }

  /** Vertices added since the last time. */
  takeSize(): number {
    const { size } = this
    this.size = 0
    return size
  }
}
