import type pg from 'pg'
import type { Clock } from '../clock'
import { createBatch } from '../db/batch'
import type { Uuid } from '../ids'
import { countRequests } from './store'

/** Keeps one client from taking the gateway to itself (P9.2). */
export interface RequestRate {
  /** Counts a request. @returns when the client may come again, if it may not now */
  take(clientId: Uuid): Promise<Date | undefined>
}

const WINDOW_MS = 60_000

/** Requests that wait at the same moment are counted in one call. */
const BATCH = { calls: 2, largest: 256 }

/** So many requests of each client in a minute, counted in the database over all processes. */
export function createRequestRate(
  mostPerMinute: number,
  { pool, clock }: { pool: pg.Pool; clock: Clock },
): RequestRate {
  /** Whoever is over the limit costs no more calls to the database until its minute ends. */
  const closedUntil = new Map<Uuid, Date>()

  const count = createBatch<Uuid, boolean>(
    async (clients) => {
      const asked = new Map<Uuid, number>()
      const places = clients.map((client) => {
        const place = (asked.get(client) ?? 0) + 1
        asked.set(client, place)
        return { client, place }
      })
      const before = await countRequests(pool, asked, windowOf(clock.now()))
      return places.map(({ client, place }) => (before.get(client) ?? 0) + place <= mostPerMinute)
    },
    { ...BATCH, order: (client) => client },
  )

  return {
    async take(clientId) {
      const now = clock.now()
      const closed = closedUntil.get(clientId)
      if (closed && closed > now) return closed
      closedUntil.delete(clientId)
      if (await count(clientId)) return undefined
      const again = new Date(windowOf(now).getTime() + WINDOW_MS)
      closedUntil.set(clientId, again)
      return again
    },
  }
}

function windowOf(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % WINDOW_MS))
}
