import { createHash } from 'node:crypto'
import { HOUR_MS } from '../clock'
import { countOne } from '../db/rate-count'
import type { PendingRegistration, Prisma } from '../db/generated/client'
import { type Uuid, uuidAt } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import { insertMail } from '../messages/store'
import { localeOf, type Person } from './person'

type Tx = Prisma.TransactionClient

/** Enough for whoever asks again; little for whoever wants to fill somebody's box. */
const MAILS_AN_HOUR = 5

/** Counts one more mail that anybody may have sent to an address, whatever it says. False once there were too many within an hour. */
export async function takeMail(tx: Tx, email: string, now: Date): Promise<boolean> {
  const windowStart = new Date(now.getTime() - (now.getTime() % HOUR_MS))
  const subject = `registration-mail:${createHash('sha256').update(email).digest('base64url')}`
  return (await countOne(tx, subject, windowStart)) <= MAILS_AN_HOUR
}

export async function insertPending(tx: Tx, pending: PendingRegistration): Promise<void> {
  await tx.pendingRegistration.create({ data: pending })
}

export async function findPending(tx: Tx, id: Uuid, now: Date): Promise<PendingRegistration | undefined> {
  return (await tx.pendingRegistration.findFirst({ where: { id, expiresAt: { gt: now } } })) ?? undefined
}

export async function findNewestPending(tx: Tx, email: string, now: Date): Promise<PendingRegistration | undefined> {
  const found = await tx.pendingRegistration.findFirst({
    where: { email, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
  })
  return found ?? undefined
}

/** Uses a registration up: of two who follow its link at once one does. */
export async function takePending(tx: Tx, id: Uuid): Promise<boolean> {
  const { count } = await tx.pendingRegistration.deleteMany({ where: { id } })
  return count === 1
}

/** Whatever else waits with the address, and whoever's password it carries. */
export async function deletePendingOf(tx: Tx, email: string): Promise<void> {
  await tx.pendingRegistration.deleteMany({ where: { email } })
}

export async function deleteExpiredPending(tx: Tx, now: Date, limit: number): Promise<number> {
  const expired = await tx.pendingRegistration.findMany({
    where: { expiresAt: { lte: now } },
    select: { id: true },
    take: limit,
  })
  const { count } = await tx.pendingRegistration.deleteMany({ where: { id: { in: expired.map(({ id }) => id) } } })
  return count
}

/** The mail whose link proves the address. */
export async function mailLink(
  tx: Tx,
  { id, email: to, locale, expiresAt }: Pick<PendingRegistration, 'id' | 'email' | 'locale' | 'expiresAt'>,
  at: Date,
): Promise<void> {
  const payload = { to, locale: localeOf(locale), registrationId: id, until: expiresAt.toISOString() }
  await insertMail(tx, NO_MERCHANT, { id: uuidAt(at), at, kind: 'email', topic: 'address-proof', payload })
}

/** Tells whoever has an account that somebody registers with their address: nobody else hears that they have one (P6.7). */
export async function mailKnown(tx: Tx, { email: to, locale }: Pick<Person, 'email' | 'locale'>, at: Date) {
  const payload = { to, locale }
  await insertMail(tx, NO_MERCHANT, { id: uuidAt(at), at, kind: 'email', topic: 'address-known', payload })
}
