import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { type Clock, HOUR_MS, later, MINUTE_MS } from '../clock'
import type { Membership, Person, SystemRole } from './person'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessions,
  findSession,
  insertSession,
  noteProved,
  type StoredSession,
  touchSession,
  wasProvedSince,
} from './session-store'
import { hashOfToken, isSessionToken, newSessionToken } from './session-token'

/** Who is logged in, with the rights that hold at this very request. */
export interface Session {
  readonly person: Person
  readonly memberships: readonly Membership[]
  /** Of the whole installation; undefined for almost everybody. */
  readonly systemRole: SystemRole | undefined
  readonly startedAt: Date
  /** Whether logging in took more than the password. */
  readonly hasSecondFactor: boolean
}

/** Sessions live in the database; the browser holds a random token, the table only its hash (P6.5). */
export interface Sessions {
  /** @returns the token for the cookie: 256 random bits, shown this once */
  start(personId: Uuid): Promise<string>
  /** The session of a token, unless it is unknown, ended, a suspended person's, idle too long, too old or waits for its second factor. */
  find(token: string): Promise<Session | undefined>
  /** A session that waits for its second factor, for ten minutes. */
  findPending(token: string): Promise<Pick<Session, 'person'> | undefined>
  /** Whether its person typed the password or showed a second factor within the last minutes: how they log in is changed only then. */
  isProved(token: string): Promise<boolean>
  /** They have just typed the password again. */
  prove(token: string): Promise<void>
  end(token: string): Promise<void>
  endAll(personId: Uuid): Promise<void>
  /** Removes sessions that are too old for anybody. A job's work. */
  removeExpired(limit: number): Promise<number>
}

const STAFF = { idleMs: 15 * MINUTE_MS, wholeMs: 12 * HOUR_MS }
const SHOPPER = { idleMs: 14 * 24 * HOUR_MS, wholeMs: 14 * 24 * HOUR_MS }
const PENDING_MS = 10 * MINUTE_MS
/** Long enough to do what one came for; a session that is found open later changes nothing about the log-in. */
const PROVED_MS = 5 * MINUTE_MS

// Being seen is written down at most this often, so that reading a page does not always write.
const SEEN_EVERY_MS = 30_000

export function createSessions({ database, clock }: { database: Database; clock: Clock }): Sessions {
  const { prisma } = database

  /** A session that still counts, for whatever; others are removed. */
  async function read(token: string): Promise<(StoredSession & { isPending: boolean }) | undefined> {
    if (!isSessionToken(token)) return undefined
    const tokenHash = hashOfToken(token)
    const stored = await findSession(prisma, tokenHash)
    if (!stored) return undefined
    const isPending = stored.secondFactorSince !== undefined && stored.secondFactorAt === undefined
    const limits = stored.memberships.length > 0 || stored.systemRole ? STAFF : SHOPPER
    const now = clock.now()
    const idleMs = now.getTime() - stored.lastSeenAt.getTime()
    const wholeMs = now.getTime() - stored.createdAt.getTime()
    if (stored.isSuspended || idleMs >= limits.idleMs || wholeMs >= (isPending ? PENDING_MS : limits.wholeMs)) {
      await deleteSession(prisma, tokenHash)
      return undefined
    }
    if (idleMs >= SEEN_EVERY_MS) await touchSession(prisma, tokenHash, now)
    return { ...stored, isPending }
  }

  return {
    async start(personId) {
      const token = newSessionToken()
      const now = clock.now()
      const expiresAt = later(now, SHOPPER.wholeMs)
      await insertSession(prisma, {
        tokenHash: hashOfToken(token),
        personId,
        createdAt: now,
        lastSeenAt: now,
        provedAt: now,
        expiresAt,
      })
      return token
    },

    async find(token) {
      const found = await read(token)
      if (!found || found.isPending) return undefined
      const { person, memberships, systemRole, createdAt: startedAt, secondFactorSince } = found
      return { person, memberships, systemRole, startedAt, hasSecondFactor: secondFactorSince !== undefined }
    },

    async findPending(token) {
      const found = await read(token)
      return found?.isPending ? { person: found.person } : undefined
    },

    isProved: (token) => wasProvedSince(prisma, hashOfToken(token), later(clock.now(), -PROVED_MS)),
    prove: (token) => noteProved(prisma, hashOfToken(token), clock.now()),
    end: (token) => deleteSession(prisma, hashOfToken(token)),
    endAll: (personId) => deleteSessions(prisma, personId),
    removeExpired: (limit) => deleteExpiredSessions(prisma, clock.now(), limit),
  }
}
