import type { Clock } from '../clock'
import type { Uuid } from '../ids'

/** Keeps one client from taking a process to itself (P9.2). */
export interface RequestRate {
  /** Counts a request. @returns when the client may come again, if it may not now */
  take(clientId: Uuid): Date | undefined
}

const WINDOW_MS = 60_000

/** So many requests of each client in a minute, counted by each process for itself: it is the process that is protected. */
export function createRequestRate(mostPerMinute: number, clock: Clock): RequestRate {
  let windowEnds = new Date(0)
  const counts = new Map<Uuid, number>()

  return {
    take(clientId) {
      const now = clock.now()
      if (now >= windowEnds) {
        counts.clear()
        windowEnds = new Date(now.getTime() + WINDOW_MS)
      }
      const count = (counts.get(clientId) ?? 0) + 1
      counts.set(clientId, count)
      return count > mostPerMinute ? windowEnds : undefined
    },
  }
}
