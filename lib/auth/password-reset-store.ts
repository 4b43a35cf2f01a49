import { HOUR_MS, later } from '../clock'
import type { Person as PersonRow, Prisma } from '../db/generated/client'
import { type Uuid, uuidAt } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import { insertMail } from '../messages/store'
import type { Locale } from '../payments/payment'
import { passwordMarkOf } from './password-reset-token'
import { localeOf } from './person'

type Tx = Prisma.TransactionClient

/** Long enough to look into one's mail; a link that is found later opens nothing. */
export const RESET_MS = HOUR_MS

/** The mail whose link lets a new password be chosen. */
export async function mailReset(
  tx: Tx,
  { id: personId, email: to, locale, passwordHash }: Pick<PersonRow, 'id' | 'email' | 'locale' | 'passwordHash'>,
  at: Date,
): Promise<void> {
  const reset = { personId, resetId: uuidAt(at), passwordMark: passwordMarkOf(passwordHash) }
  const payload = { to, locale: localeOf(locale), ...reset, until: later(at, RESET_MS).toISOString() }
  await insertMail(tx, NO_MERCHANT, { id: uuidAt(at), at, kind: 'email', topic: 'password-reset', payload })
}

/** Tells whoever reads mail there that no account has the address: nobody else hears it (P6.7). */
export async function mailUnknown(tx: Tx, payload: { to: string; locale: Locale }, at: Date): Promise<void> {
  await insertMail(tx, NO_MERCHANT, { id: uuidAt(at), at, kind: 'email', topic: 'address-unknown', payload })
}

/**
 * Puts a new password in the place of one that is still the person's, and ends the lock of failed tries.
 * @returns false when it was changed meanwhile: of two who follow one link at once one does it
 */
export async function replacePasswordHash(
  tx: Tx,
  { personId, from, to }: { readonly personId: Uuid; readonly from: string; readonly to: string },
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id: personId, passwordHash: from },
    data: { passwordHash: to, failedLogins: 0, lockedUntil: null },
  })
  return count === 1
}
