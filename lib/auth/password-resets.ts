import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import type { Person as PersonRow } from '../db/generated/client'
import type { Settings } from '../env'
import { momentOf } from '../ids'
import type { Locale } from '../payments/payment'
import { normalizeEmail } from './email-address'
import { type PasswordFault, passwordFault } from './password'
import { hashPassword } from './password-hash'
import { mailReset, mailUnknown, replacePasswordHash, RESET_MS } from './password-reset-store'
import { createPasswordResetTokens, passwordMarkOf } from './password-reset-token'
import { findNewestPending, mailLink, takeMail } from './registration-store'
import { tellOfChange } from './security-mail'
import { deleteSessions } from './session-store'
import { findPerson, personFrom } from './store'

export type AskedForReset =
  /** A mail is on its way, whoever's the address is: only who reads it learns whether there is an account (P6.7). */
  { kind: 'mailed' } | { kind: 'refused'; reason: 'bad-email' }

export type Reset =
  | { kind: 'changed' }
  /** `gone`: used, run out, never issued, or for a password that was changed since. */
  | { kind: 'refused'; reason: 'gone' | PasswordFault }

/**
 * The way back for whoever has forgotten their password: a mail with a link that works for an hour, once, and not any more
 * once the password is another. Nothing of it is kept: the link names the password it was asked for. Whoever has it reads the
 * mail of the address and may choose a new password; a second factor is asked for at the log-in as ever.
 */
export interface PasswordResets {
  /** @param wanted in which language somebody is told whom we do not know; everybody else in their own */
  ask(wanted: { readonly email: string; readonly locale: Locale }): Promise<AskedForReset>
  /** Whose password a link may change now. */
  read(token: string): Promise<{ readonly email: string } | undefined>
  /** Ends every session of the person, and the lock of failed tries, besides. */
  reset(token: string, password: string): Promise<Reset>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'SESSION_SECRET'>
}

export function createPasswordResets({ database, clock, settings }: Parts): PasswordResets {
  const { prisma } = database
  const tokens = createPasswordResetTokens(settings.SESSION_SECRET)

  async function find(token: string): Promise<PersonRow | undefined> {
    const named = tokens.read(token)
    if (!named || clock.now() >= later(momentOf(named.id), RESET_MS)) return undefined
    const row = await findPerson(prisma, { id: named.personId })
    return row && passwordMarkOf(row.passwordHash) === named.passwordMark ? row : undefined
  }

  return {
    async ask({ email: typed, locale }) {
      const email = normalizeEmail(typed)
      if (!email) return { kind: 'refused', reason: 'bad-email' }
      // Everybody is looked for everywhere and gets one mail, so that no answer takes longer than another.
      await database.transaction(async (tx) => {
        const now = clock.now()
        if (!(await takeMail(tx, email, now))) return
        const row = await findPerson(tx, { email })
        const pending = await findNewestPending(tx, email, now)
        if (row) await mailReset(tx, row, now)
        else if (pending) await mailLink(tx, pending, now)
        else await mailUnknown(tx, { to: email, locale }, now)
      })
      return { kind: 'mailed' }
    },

    async read(token) {
      const row = await find(token)
      return row && { email: row.email }
    },

    async reset(token, password) {
      const row = await find(token)
      if (!row) return { kind: 'refused', reason: 'gone' }
      const fault = passwordFault(password, [row.email, row.name])
      if (fault) return { kind: 'refused', reason: fault }
      const to = await hashPassword(password)
      return database.transaction(async (tx): Promise<Reset> => {
        if (!(await replacePasswordHash(tx, { personId: row.id, from: row.passwordHash, to })))
          return { kind: 'refused', reason: 'gone' }
        await deleteSessions(tx, row.id)
        await tellOfChange(tx, personFrom(row), 'password-changed', clock.now())
        return { kind: 'changed' }
      })
    },
  }
}
