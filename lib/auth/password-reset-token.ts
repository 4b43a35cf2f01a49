import { createHash } from 'node:crypto'
import type { Uuid } from '../ids'
import { createMailedTokens } from './mailed-token'

/** A way back for whoever has forgotten their password: what the link of its mail stands for. */
export interface PasswordReset {
  readonly personId: Uuid
  /** Made when it was asked for, and tells when that was. */
  readonly id: Uuid
  /** Of the password that was forgotten: with any other one the link is worth nothing. */
  readonly passwordMark: string
}

/** Names such a way back in the link of its mail. */
export interface PasswordResetTokens {
  issue(reset: PasswordReset): string
  /** What the token was issued for; undefined for anything that we did not issue. */
  read(token: string): PasswordReset | undefined
}

export function createPasswordResetTokens(secret: string): PasswordResetTokens {
  const tokens = createMailedTokens(secret, 'password-reset', 3)
  return {
    issue: ({ personId, id, passwordMark }) => tokens.issue(personId, id, passwordMark),
    read(token) {
      const [personId, id, mark] = tokens.read(token) ?? []
      return personId && id && mark ? { personId, id, passwordMark: mark.replaceAll('-', '') } : undefined
    },
  }
}

/** Tells one stored hash from another, salted as they are, and nothing of the password; as long as an identifier. */
export function passwordMarkOf(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('hex').slice(0, 32)
}
