import { setTimeout } from 'node:timers/promises'

export interface TakenUp {
  /** How many more may be taken up, at most so many. */
  room(limit: number): number
  /** Waits until all of these are done, or a moment has passed: what an outside system keeps waiting goes on by itself. */
  start(works: readonly Promise<void>[]): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

// Each waits for a silent outside system and costs a timer and a few kilobytes; the others must go past it.
const MOST_UNDER_WAY = 1_000
const PATIENCE_MS = 250

/** What a worker has taken up and not finished yet: one stuck item never delays another (P3.5). The works never reject. */
export function createTakenUp(): TakenUp {
  const underWay = new Set<Promise<void>>()
  return {
    room: (limit) => Math.max(0, Math.min(limit, MOST_UNDER_WAY - underWay.size)),
    async start(works) {
      for (const work of works) {
        const kept: Promise<void> = work.finally(() => underWay.delete(kept))
        underWay.add(kept)
      }
      const patience = new AbortController()
      const moment = setTimeout(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined)
      await Promise.race([Promise.all(works), moment])
      patience.abort()
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
