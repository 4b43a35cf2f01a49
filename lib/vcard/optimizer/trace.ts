import { emptyCurve, valueAt } from './curve'
import type { Layers } from './layers'
import { sizeOf } from './layers'
import { leastSum } from './least-sum'
import type { Part } from './losses'
import type { Pausable, Work } from './work'

/** A part, and what the parts before it can do together. */
export interface Stage {
  readonly part: Part
  readonly before: Layers
}

export interface Traced {
  readonly deviations: ReadonlyMap<Part, number>
  /** At no stage does another deviation come within a tie. */
  readonly unique: boolean
}

export interface End {
  readonly layer: number
  /** What the deviations add up to. */
  readonly total: number
  readonly counted: boolean
  readonly tie: number
}

/** Walks back from the end through the stages: at each the deviation that leads there at the least loss. */
export function* trace(stages: readonly Stage[], { layer, total, counted, tie }: End, work: Work): Pausable<Traced> {
  const deviations = new Map<Part, number>()
  let unique = true
  for (const { part, before } of stages.toReversed()) {
    if (work.add(sizeOf(before))) yield
    const layerBefore = counted && !part.required ? layer - 1 : layer
    const curve = counted ? part.used : part.either
    const moving = leastSum(curve, before[layerBefore] ?? emptyCurve(), total, Infinity)
    const unused = counted ? part.unused + valueAt(before[layer] ?? emptyCurve(), total + part.base) : Infinity
    if (moving !== undefined && moving.sum <= unused) {
      if (Math.min(moving.next, unused) <= moving.sum + tie) unique = false
      deviations.set(part, moving.at)
      total -= moving.at
      layer = layerBefore
    } else {
      if (moving !== undefined && moving.sum <= unused + tie) unique = false
      deviations.set(part, -part.base)
      total += part.base
    }
  }
  return { deviations, unique }
}
