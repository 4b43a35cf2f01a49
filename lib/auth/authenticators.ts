import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { FactorChanges } from './factor-changes'
import {
  findAuthenticator,
  findSealedOtherwise,
  removeAuthenticator,
  saveAuthenticator,
  saveResealed,
  takeStep,
} from './second-factor-store'
import { type Added, ISSUER, type SecondFactors } from './second-factor'
import type { Sessions } from './sessions'

export interface Authenticators extends Pick<
  SecondFactors,
  'beginAuthenticator' | 'confirmAuthenticator' | 'removeAuthenticator' | 'rotateKeys'
> {
  /** The step of a code that is right now; undefined for a wrong one. */
  stepOf(personId: Uuid, code: string): Promise<number | undefined>
  /** Takes it, once. */
  take(tx: Prisma.TransactionClient, personId: Uuid, step: number): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly sessions: Pick<Sessions, 'isProved'>
  readonly changes: FactorChanges
}

const STEP_S = 30
/** A clock may be one step off, as RFC 6238, 5.2 recommends at most. */
const TOLERANCE_S = STEP_S

/** Apps that show a code of six digits every half minute (RFC 6238). */
export function createAuthenticators({ database, clock, vault, sessions, changes }: Parts): Authenticators {
  const { prisma } = database
  const binding = (personId: Uuid) => ({ kind: 'authenticator', ownerId: personId, id: personId }) as const
  const take: Authenticators['take'] = (tx, personId, step) => takeStep(tx, { personId, step, now: clock.now() })

  /** @param isPending whether the app is one whose first code this would be */
  async function stepOf(personId: Uuid, code: string, isPending = false): Promise<number | undefined> {
    if (!/^[0-9]{6}$/.test(code)) return undefined
    const stored = await findAuthenticator(prisma, personId)
    if (!stored || (stored.confirmedAt === null) !== isPending) return undefined
    const secret = vault.open(binding(personId), {
      sealedNumber: Uint8Array.from(stored.sealedSecret),
      keyId: stored.keyId,
    })
    const epoch = Math.floor(clock.now().getTime() / 1000)
    const checked = verifySync({ secret, token: code, epoch, period: STEP_S, epochTolerance: TOLERANCE_S })
    return checked.valid && 'timeStep' in checked ? checked.timeStep : undefined
  }

  return {
    stepOf,
    take,

    async beginAuthenticator({ id, email }, token) {
      if (!(await sessions.isProved(token))) return undefined
      const secret = generateSecret()
      const sealed = { personId: id, ...sealedSecret(vault.seal(binding(id), secret)) }
      if (!(await saveAuthenticator(prisma, sealed, clock.now()))) return undefined
      return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) }
    },

    confirmAuthenticator: (person, code, token) =>
      changes.tried(person.id, async (): Promise<Added> => {
        const step = await stepOf(person.id, code, true)
        if (step === undefined) return { kind: 'refused', reason: 'wrong' }
        return changes.added({ person, token, change: 'authenticator-added' }, (tx) => take(tx, person.id, step))
      }),

    removeAuthenticator: (person, token) =>
      changes.changed({ person, token, change: 'authenticator-removed' }, (tx) => removeAuthenticator(tx, person.id)),

    async rotateKeys(most) {
      const rows = await findSealedOtherwise(prisma, vault.keyId, most)
      for (const row of rows) {
        const place = binding(row.personId)
        const secret = vault.open(place, { sealedNumber: Uint8Array.from(row.sealedSecret), keyId: row.keyId })
        await saveResealed(prisma, row, sealedSecret(vault.seal(place, secret)))
      }
      return rows.length
    },
  }
}

function sealedSecret({ sealedNumber, keyId }: ReturnType<Vault['seal']>) {
  return { sealedSecret: sealedNumber, keyId }
}
