import type { Invitation as InvitationRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Tx = Prisma.TransactionClient

const OPEN = { acceptedAt: null, revokedAt: null } as const

/** Ends whatever open invitation the address has, so that one takes its place. */
export async function revokeOpenTo(tx: Tx, to: { merchantId: Uuid; email: string }, now: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { ...to, ...OPEN }, data: { revokedAt: now } })
}

export async function insertInvitation(
  tx: Tx,
  invitation: Omit<InvitationRow, 'acceptedAt' | 'acceptedBy' | 'revokedAt'>,
): Promise<void> {
  await tx.invitation.create({ data: invitation })
}

export function findOpenInvitations(tx: Tx, merchantId: Uuid, now: Date): Promise<InvitationRow[]> {
  return tx.invitation.findMany({
    where: { merchantId, ...OPEN, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
  })
}

export async function findOpenInvitation(
  tx: Tx,
  key: { merchantId: Uuid; id: Uuid },
  now: Date,
): Promise<InvitationRow | undefined> {
  return (await tx.invitation.findFirst({ where: { ...key, ...OPEN, expiresAt: { gt: now } } })) ?? undefined
}

export async function revokeInvitation(tx: Tx, key: { merchantId: Uuid; id: Uuid }, now: Date): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { ...key, ...OPEN }, data: { revokedAt: now } })
  return count === 1
}

/** Uses it up: of two who open the link at once one is let in. */
export async function acceptInvitation(
  tx: Tx,
  key: { merchantId: Uuid; id: Uuid },
  personId: Uuid,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { ...key, ...OPEN, expiresAt: { gt: now } },
    data: { acceptedAt: now, acceptedBy: personId },
  })
  return count === 1
}
