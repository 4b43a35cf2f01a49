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
