import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Settings } from '../env'
import { createAuthenticators } from './authenticators'
import { createFactorChanges } from './factor-changes'
import { createPasskeys } from './passkeys'
import type { Person } from './person'
import { hashOfCode, isRecoveryCode, newRecoveryCodes } from './recovery-code'
import { relyingParty } from './relying-party'
import type { Proof, SecondFactors } from './second-factor'
import {
  countRecoveryCodes,
  findAuthenticator,
  findPasskeys,
  replaceRecoveryCodes,
  takeRecoveryCode,
} from './second-factor-store'
import { tellOfChange } from './security-mail'
import type { Sessions } from './sessions'

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly sessions: Sessions
  readonly settings: Pick<Settings, 'WEB_URL'>
}

export function createSecondFactors({ database, clock, vault, sessions, settings }: Parts): SecondFactors {
  const { prisma } = database
  const changes = createFactorChanges({ database, clock, sessions })
  const { stepOf, take, ...authenticators } = createAuthenticators({ database, clock, vault, sessions, changes })
  const passkeys = createPasskeys({ database, clock, sessions, changes, party: relyingParty(settings.WEB_URL) })

  const takeRecovery = (person: Person, codeHash: Uint8Array<ArrayBuffer>) => async (tx: Prisma.TransactionClient) => {
    if (!(await takeRecoveryCode(tx, person.id, codeHash))) return false
    await tellOfChange(tx, person, 'recovery-code-used', clock.now())
    return true
  }

  return {
    ...authenticators,
    ...passkeys,

    async of(personId) {
      const [authenticator, known, recoveryCodesLeft] = await Promise.all([
        findAuthenticator(prisma, personId),
        findPasskeys(prisma, personId),
        countRecoveryCodes(prisma, personId),
      ])
      return {
        authenticatorSince: authenticator?.confirmedAt ?? undefined,
        passkeys: known.map(({ credentialId, name, createdAt, lastUsedAt }) => ({
          ...{ id: credentialId, name, createdAt },
          lastUsedAt: lastUsedAt ?? undefined,
        })),
        recoveryCodesLeft,
      }
    },

    async renewRecoveryCodes(person, token) {
      const codes = newRecoveryCodes()
      const changed = await changes.changed({ person, token, change: 'recovery-codes-renewed' }, async (tx) => {
        await replaceRecoveryCodes(tx, person.id, codes.map(hashOfCode), clock.now())
        return true
      })
      return changed === 'done' ? codes : undefined
    },

    async proveByCode(token, code) {
      const session = await sessions.findPending(token)
      if (!session) return { kind: 'refused', reason: 'no-session' }
      const { person } = session
      const typed = code.replace(/[\s-]/g, '').toLowerCase()
      return changes.tried(person.id, async (): Promise<Proof> => {
        if (isRecoveryCode(typed)) return changes.shown(token, takeRecovery(person, hashOfCode(typed)))
        const step = await stepOf(person.id, typed)
        if (step === undefined) return { kind: 'refused', reason: 'wrong' }
        return changes.shown(token, (tx) => take(tx, person.id, step))
      })
    },
  }
}
