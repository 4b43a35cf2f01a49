import type { Prisma, Session as SessionRow } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { Membership, Person, SystemRole } from './person'
import { membershipsFrom, personFrom, systemRoleFrom } from './store'

type Tx = Prisma.TransactionClient
/** SHA-256 of a session's token. */
export type TokenHash = Uint8Array<ArrayBuffer>

export async function insertSession(tx: Tx, session: Omit<SessionRow, 'secondFactorAt' | 'challenge'>): Promise<void> {
  await tx.session.create({ data: { ...session, tokenHash: new Uint8Array(session.tokenHash) } })
}

export interface StoredSession {
  readonly person: Person
  readonly memberships: readonly Membership[]
  readonly systemRole: SystemRole | undefined
  readonly createdAt: Date
  readonly lastSeenAt: Date
  /** Since when logging in takes the person more than the password. */
  readonly secondFactorSince: Date | undefined
  /** When it was shown in this session. */
  readonly secondFactorAt: Date | undefined
  /** Whether the operator lets nobody in as this person. */
  readonly isSuspended: boolean
}

export async function findSession(tx: Tx, tokenHash: TokenHash): Promise<StoredSession | undefined> {
  const row = await tx.session.findUnique({
    where: { tokenHash },
    include: { person: { include: { memberships: true, systemMember: true } } },
  })
  if (!row) return undefined
  const { person, createdAt, lastSeenAt, secondFactorAt } = row
  return {
    person: personFrom(person),
    memberships: membershipsFrom(person.memberships),
    systemRole: systemRoleFrom(person.systemMember),
    createdAt,
    lastSeenAt,
    secondFactorSince: person.secondFactorSince ?? undefined,
    secondFactorAt: secondFactorAt ?? undefined,
    isSuspended: person.suspendedAt !== null,
  }
}

/**
 * The session goes on under a new token: whoever copied the one before its rights rose holds nothing (P6.5).
 * @returns false when it has ended
 */
export async function raiseSession(
  tx: Tx,
  { from, to }: { readonly from: TokenHash; readonly to: TokenHash },
  now: Date,
): Promise<boolean> {
  const data = { tokenHash: to, secondFactorAt: now, provedAt: now, challenge: null }
  return (await tx.session.updateMany({ where: { tokenHash: from }, data })).count === 1
}

export async function noteProved(tx: Tx, tokenHash: TokenHash, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { tokenHash }, data: { provedAt: now } })
}

/** Whether somebody proved in this session who they are, since then. */
export async function wasProvedSince(tx: Tx, tokenHash: TokenHash, since: Date): Promise<boolean> {
  return (await tx.session.count({ where: { tokenHash, provedAt: { gt: since } } })) === 1
}

export async function touchSession(tx: Tx, tokenHash: TokenHash, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: now } })
}

export async function deleteSession(tx: Tx, tokenHash: TokenHash): Promise<void> {
  await tx.session.deleteMany({ where: { tokenHash } })
}

export async function deleteSessions(tx: Tx, personId: Uuid): Promise<void> {
  await tx.session.deleteMany({ where: { personId } })
}

export async function deleteExpiredSessions(tx: Tx, now: Date, limit: number): Promise<number> {
  const expired = await tx.session.findMany({
    where: { expiresAt: { lte: now } },
    select: { tokenHash: true },
    take: limit,
  })
  const { count } = await tx.session.deleteMany({ where: { tokenHash: { in: expired.map((row) => row.tokenHash) } } })
  return count
}
