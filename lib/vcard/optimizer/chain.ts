import type { Curve } from './curve'
import { emptyCurve, pointCurve, valueAt } from './curve'
import type { Layers } from './layers'
import { addPart } from './layers'
import type { Part } from './losses'
import { movesOf, only } from './losses'
import type { Problem } from './problem'
import { usedAtBase } from './problem'
import { reflected, restrictedTo, shifted } from './reshape'
import type { Half } from './search'
import { lowest, sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/**
 * What each question may add to the limit, so that a plan just within it is not lost to rounding between two questions.
 * All of them together stay far below the tolerance of ties.
 */
const ROUNDING = 2e-10
/** Above what all questions add. States are kept up to here. */
const MOST_ROUNDING = 5e-8

interface Line {
  readonly problem: Problem
  /** Whether states are told apart by how many optional cards led to them. */
  readonly counted: boolean
  readonly parts: Part[]
  /** By position the states before it, with the least loss of the parts that lead there. */
  readonly before: Layers[]
  /** By position the states before it, with the least loss of the parts that lead on to the target. */
  readonly after: Layers[]
  /** Up to here `before` is as the parts are now. */
  beforeUpTo: number
  /** From here on `after` is as the parts are now. */
  afterFrom: number
}

/**
 * The plans within a limit of loss, as a complete search leaves them: its parts in a line, and between two neighbours
 * every state that lies on such a plan, a state being what the parts before it add up to.
 *
 * Of each state two losses are known: the least of the parts before and the least of the parts behind. So what one part
 * does in any of the plans shows at its own place. When a part is left less to do, states on both sides of it thin out;
 * that is worked out where it is needed next.
 */
export class Chain {
  private questions = 0

  private constructor(
    private readonly line: Line,
    private limit: number,
    private readonly work: Work,
  ) {}

  /** One half forwards, then the other one backwards: where they meet both losses are known. */
  static *ofHalves(
    problem: Problem,
    [first, second]: readonly [Half, Half],
    limit: number,
    work: Work,
  ): Pausable<Chain> {
    const meeting = first.stages.length
    const parts = [...first.stages, ...second.stages.toReversed()].map(({ part }) => part)
    const after: Layers[] = []
    const others = [second.layers, ...second.stages.map(({ before }) => before).toReversed()]
    for (const [k, layers] of others.entries()) {
      after[meeting + k] = yield* restsOf(layers, problem, parts, limit + MOST_ROUNDING, work)
    }
    const line: Line = {
      problem,
      counted: problem.optionalCards !== Infinity,
      parts,
      before: [...first.stages.map(({ before }) => before), first.layers],
      after,
      beforeUpTo: meeting,
      afterFrom: meeting,
    }
    const chain = new Chain(line, limit, work)
    line.after[meeting] = chain.both(line.after[meeting]!, line.before[meeting]!)
    line.before[meeting] = chain.both(line.before[meeting]!, line.after[meeting])
    return chain
  }

  get parts(): readonly Part[] {
    return this.line.parts
  }

  /** Leaves a part only some of what it does. */
  restrict(position: number, either: Curve): void {
    const { line } = this
    line.parts[position] = only(line.parts[position]!, either)
    line.beforeUpTo = Math.min(line.beforeUpTo, position)
    line.afterFrom = Math.max(line.afterFrom, position + 1)
  }

  /** What a part does in the plans. */
  *doneBy(position: number): Pausable<Curve> {
    yield* this.goTo(position)
    const { parts, before, after, counted } = this.line
    const limit = this.limit + ROUNDING * this.questions++
    const ways: Curve[] = []
    for (const { curve, uses } of movesOf(parts[position]!, counted)) {
      const others: Curve[] = []
      const wanted = { limit, from: curve.x[0]!, to: curve.x[curve.x.length - 1]! }
      for (const [layer, start] of before[position]!.entries()) {
        const rest = after[position + 1]![layer + uses] ?? emptyCurve()
        others.push(yield* sumOfCurves(rest, reflected(start, 0), wanted, this.work))
      }
      ways.push(restrictedTo(curve, yield* lowest(others, this.work), limit))
    }
    return yield* lowest(ways, this.work)
  }

  /** Leaves every part only what it does in the plans, which takes none of them away. */
  *narrow(): Pausable<void> {
    const { parts } = this.line
    for (let position = parts.length - 1; position >= 0; position--) {
      parts[position] = only(parts[position]!, yield* this.doneBy(position))
    }
  }

  /** The least loss of a plan, by how many optional cards it uses where that is counted. */
  *leastLosses(): Pausable<number[]> {
    const { parts, before, after, problem } = this.line
    yield* this.goTo(parts.length)
    const ends = after[parts.length]!
    return before[parts.length]!.map(
      (curve, layer) => valueAt(curve, problem.target) + valueAt(ends[layer] ?? emptyCurve(), problem.target),
    )
  }

  /** Leaves only the plans within a lower limit and, where optional cards are counted, with this many of them. */
  leave(limit: number, cards?: number): void {
    const { line } = this
    const end = line.parts.length
    this.limit = limit
    line.afterFrom = end
    if (cards === undefined) return
    line.after[end] = line.after[end]!.map((curve, layer) => (layer === cards ? curve : emptyCurve()))
  }

  /**
   * The same plans, their losses reckoned otherwise.
   *
   * @param limit within which all of them are then
   * @param counted whether the states are to tell how many optional cards led to them
   */
  *retold(change: (part: Part) => Part, limit: number, counted = this.line.counted): Pausable<Chain> {
    yield* this.lookBackTo(0)
    const { problem, after } = this.line
    const parts = this.line.parts.map(change)
    const end = parts.length
    const maskOf = (position: number, layer: number) => after[position]![this.line.counted ? layer : 0] ?? emptyCurve()
    const before: Layers[] = [[pointCurve(0, 0)]]
    const how = { limit, counted, most: problem.optionalCards, work: this.work }
    for (const [k, part] of parts.entries()) {
      const sums = yield* addPart(before[k]!, part, how)
      before.push(sums.map((curve, layer) => restrictedTo(curve, maskOf(k + 1, layer), limit)))
    }
    const ends = before[end]!.map((_, layer) => maskOf(end, layer))
    const line = { problem, counted, parts, before, after: [], beforeUpTo: end, afterFrom: end }
    const chain = new Chain(line, limit, this.work)
    chain.line.after[end] = ends
    return chain
  }

  /** Works out what lies on both sides of a part. */
  private *goTo(position: number): Pausable<void> {
    const { line, work } = this
    while (line.beforeUpTo < position) {
      const k = line.beforeUpTo
      const how = { limit: this.most, counted: line.counted, most: line.problem.optionalCards, work }
      line.before[k + 1] = this.both(yield* addPart(line.before[k]!, line.parts[k]!, how), line.after[k + 1]!)
      line.beforeUpTo++
    }
    yield* this.lookBackTo(position)
  }

  private *lookBackTo(position: number): Pausable<void> {
    const { line, work } = this
    while (line.afterFrom > position) {
      const k = line.afterFrom - 1
      const moves = movesOf(line.parts[k]!, line.counted).map(({ curve, uses }) => ({
        back: reflected(curve, 0),
        uses,
      }))
      const rests: Curve[] = []
      for (const [layer, curve] of line.before[k]!.entries()) {
        const ways: Curve[] = []
        for (const { back, uses } of moves) {
          const rest = line.after[k + 1]![layer + uses] ?? emptyCurve()
          ways.push(yield* sumOfCurves(rest, back, { limit: this.most }, work))
        }
        rests.push(restrictedTo(yield* lowest(ways, work), curve, this.most))
      }
      line.after[k] = rests
      line.before[k] = this.both(line.before[k]!, rests)
      line.afterFrom--
    }
  }

  private get most(): number {
    return this.limit + MOST_ROUNDING
  }

  /** The first where both are and lose no more than a plan may. */
  private both(layers: Layers, others: Layers): Curve[] {
    const size = layers.reduce((sum, { x }) => sum + x.length, 0) + others.reduce((sum, { x }) => sum + x.length, 0)
    this.work.add(size)
    return layers.map((curve, layer) => restrictedTo(curve, others[layer] ?? emptyCurve(), this.most))
  }
}

/** The least losses with which some parts make up the rest, by the state and layer that the others have reached. */
function* restsOf(
  layers: Layers,
  { parts: all, target, optionalCards, perCard }: Problem,
  parts: readonly Part[],
  limit: number,
  work: Work,
): Pausable<Curve[]> {
  if (optionalCards === Infinity) return [shifted(reflected(layers[0]!, target), 0, 0, limit)]
  const resting = all.filter((part) => usedAtBase(part) && !parts.includes(part)).length
  const rests: Curve[] = []
  for (let spare = optionalCards - resting; spare >= 0; spare--) {
    const ways = layers
      .slice(0, spare + 1)
      .map((curve, used) => shifted(reflected(curve, target), 0, perCard * (spare - used), limit))
    rests.push(yield* lowest(ways, work))
  }
  return rests
}
