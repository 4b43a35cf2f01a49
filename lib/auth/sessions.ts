import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { type Clock, later } from '../clock'
import type { Membership, Person, SystemRole } from './person'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessions,
  findSession,
  insertSession,
  type TokenHash,
  touchSession,
} from './session-store'

/** Who is logged in, with the rights that hold at this very request. */
export interface Session {
  readonly person: Person
  readonly memberships: readonly Membership[]
  /** Of the whole installation; undefined for almost everybody. */
  readonly systemRole: SystemRole | undefined
  readonly startedAt: Date
}

/** Sessions live in the database; the browser holds a random token, the table only its hash (P6.5). */
export interface Sessions {
  /** @returns the token for the cookie: 256 random bits, shown this once */
  start(personId: Uuid): Promise<string>
  /** The session of a token, unless it is unknown, ended, idle too long or too old. */
  find(token: string): Promise<Session | undefined>
  end(token: string): Promise<void>
  endAll(personId: Uuid): Promise<void>
  /** Removes sessions that are too old for anybody. A job's work. */
  removeExpired(limit: number): Promise<number>
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const STAFF = { idleMs: 15 * MINUTE_MS, wholeMs: 12 * HOUR_MS }
const SHOPPER = { idleMs: 14 * 24 * HOUR_MS, wholeMs: 14 * 24 * HOUR_MS }

// Being seen is written down at most this often, so that reading a page does not always write.
const SEEN_EVERY_MS = 30_000

const TOKEN = /^[A-Za-z0-9_-]{43}$/

export function createSessions({ database, clock }: { database: Database; clock: Clock }): Sessions {
  const { prisma } = database

  return {
    async start(personId) {
      const token = randomBytes(32).toString('base64url')
      const now = clock.now()
      const expiresAt = later(now, SHOPPER.wholeMs)
      await insertSession(prisma, { tokenHash: hashOf(token), personId, createdAt: now, lastSeenAt: now, expiresAt })
      return token
    },

    async find(token) {
      if (!TOKEN.test(token)) return undefined
      const tokenHash = hashOf(token)
      const stored = await findSession(prisma, tokenHash)
      if (!stored) return undefined
      const limits = stored.memberships.length > 0 || stored.systemRole ? STAFF : SHOPPER
      const now = clock.now()
      const idleMs = now.getTime() - stored.lastSeenAt.getTime()
      const wholeMs = now.getTime() - stored.createdAt.getTime()
      if (idleMs >= limits.idleMs || wholeMs >= limits.wholeMs) {
        await deleteSession(prisma, tokenHash)
        return undefined
      }
      if (idleMs >= SEEN_EVERY_MS) await touchSession(prisma, tokenHash, now)
      const { person, memberships, systemRole, createdAt: startedAt } = stored
      return { person, memberships, systemRole, startedAt }
    },

    end: (token) => deleteSession(prisma, hashOf(token)),
    endAll: (personId) => deleteSessions(prisma, personId),
    removeExpired: (limit) => deleteExpiredSessions(prisma, clock.now(), limit),
  }
}

function hashOf(token: string): TokenHash {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
