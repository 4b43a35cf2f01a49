import type { Curve } from './curve'
import { emptyCurve } from './curve'
import { shifted } from './reshape'
import { leastSum } from './least-sum'
import type { Part } from './losses'
import { movesOf } from './losses'
import { lowest, sumOfCurves } from './sum-of-curves'
import type { Pausable, Work } from './work'

/**
 * The least losses of every deviation that some parts can have together, by how many optional cards they use. Where
 * the number is no matter, one layer holds all.
 */
export type Layers = readonly Curve[]

/** How many vertices the layers have. */
export function sizeOf(layers: Layers): number {
  return layers.reduce((size, { x }) => size + x.length, 0)
}

export interface Addition {
  readonly limit: number
  /** Whether layers count the optional cards used. */
  readonly counted: boolean
  /** Layers beyond this one are not needed. */
  readonly most: number
  readonly work: Work
}

/** All sums of what is in the layers with what one more part can do. */
export function* addPart(layers: Layers, part: Part, { limit, counted, most, work }: Addition): Pausable<Curve[]> {
  const sums: Curve[] = []
  const moves = movesOf(part, counted).map(({ curve, uses }) => ({ curve: shifted(curve, 0, 0, limit), uses }))
  for (const [layer, before] of layers.entries()) {
    for (const { curve, uses } of moves) {
      if (layer + uses > most) break
      const more = yield* sumOfCurves(before, curve, { limit }, work)
      const known = sums[layer + uses]
      sums[layer + uses] = known === undefined ? more : yield* lowest([known, more], work)
    }
  }
  return Array.from(sums, (curve = emptyCurve()) => curve)
}

export interface Joint {
  readonly target: number
  /** How many optional cards the two together may use; Infinity when that is no matter. */
  readonly spare: number
  /** Loss for every one of these that is not used. */
  readonly perCard: number
  /** A greater loss is of no interest. */
  readonly most: number
  /** Sums that differ by no more are not told apart. */
  readonly tie: number
}

export interface Join {
  readonly loss: number
  readonly firstLayer: number
  readonly secondLayer: number
  /** The deviation of the first; the second makes up the rest of the target. */
  readonly at: number
  /** No other way of joining is within a tie. */
  readonly unique: boolean
}

/** The least loss with which two sets of parts reach the target together; undefined when they cannot. */
export function leastJoin(
  first: Layers,
  second: Layers,
  { target, spare, perCard, most, tie }: Joint,
): Join | undefined {
  let best: Join | undefined
  let next = Infinity
  const price = (unused: number) => (spare === Infinity ? 0 : perCard * unused)
  for (const [firstLayer, curve] of first.entries()) {
    for (const [secondLayer, other] of second.entries()) {
      const unused = spare - firstLayer - secondLayer
      if (unused < 0) break
      const limit = (best?.loss ?? most) + tie - price(unused)
      const sum = limit < 0 ? undefined : leastSum(curve, other, target, limit)
      if (sum === undefined) continue
      const loss = sum.sum + price(unused)
      if (best === undefined || loss < best.loss) {
        next = Math.min(best?.loss ?? Infinity, sum.next + price(unused))
        best = { loss, firstLayer, secondLayer, at: sum.at, unique: true }
      } else {
        next = Math.min(next, loss)
      }
    }
  }
  return best && { ...best, unique: next > best.loss + tie }
}
