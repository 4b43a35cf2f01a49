import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { SecurityChange } from '../messages/message'
import type { Person } from './person'
import { findAuthenticator, findPasskeys, markSecondFactor, replaceRecoveryCodes } from './second-factor-store'
import type { Added, Changed, Proof } from './second-factor'
import { tellOfChange } from './security-mail'
import { raiseSession } from './session-store'
import { hashOfToken, newSessionToken } from './session-token'
import type { Sessions } from './sessions'
import { forgetFactorTries, takeFactorTry } from './store'

type Tx = Prisma.TransactionClient

interface Locked {
  readonly kind: 'refused'
  readonly reason: 'locked'
}

/** A change of how somebody logs in, asked for in a session of theirs. */
export interface FactorChange {
  readonly person: Person
  readonly token: string
  readonly change: SecurityChange
}

/** What every kind of factor does alike when it comes, goes or is shown: all of it in one transaction with the factor itself. */
export interface FactorChanges {
  /** Counts a try before it is looked at, as for passwords: six digits must not be found by trying. */
  tried<Given extends { readonly kind: string }>(personId: Uuid, look: () => Promise<Given>): Promise<Given | Locked>
  /** A factor is kept, counts from now on, and was shown in this session. */
  added(change: FactorChange, keep: (tx: Tx) => Promise<boolean>): Promise<Added>
  /** Something is taken away or replaced, by somebody who has just proved who they are. */
  changed(change: FactorChange, apply: (tx: Tx) => Promise<boolean>): Promise<Changed>
  /** A factor is shown in a session that waits for it. */
  shown(token: string, take: (tx: Tx) => Promise<boolean>): Promise<Proof>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly sessions: Pick<Sessions, 'isProved'>
}

export function createFactorChanges({ database, clock, sessions }: Parts): FactorChanges {
  /** The session under a new token; undefined when it has ended. */
  async function raised(tx: Tx, token: string): Promise<string | undefined> {
    const fresh = newSessionToken()
    const isRaised = await raiseSession(tx, { from: hashOfToken(token), to: hashOfToken(fresh) }, clock.now())
    return isRaised ? fresh : undefined
  }

  return {
    async tried(personId, look) {
      if (!(await takeFactorTry(database, personId, clock.now()))) return { kind: 'refused', reason: 'locked' }
      const given = await look()
      if (given.kind !== 'refused') await forgetFactorTries(database, personId)
      return given
    },

    added: ({ person, token, change }, keep) =>
      database.transaction(async (tx): Promise<Added> => {
        if (!(await keep(tx))) return { kind: 'refused', reason: 'wrong' }
        const now = clock.now()
        await tellOfChange(tx, person, change, now)
        await markSecondFactor(tx, person.id, now)
        return { kind: 'added', token: await raised(tx, token) }
      }),

    async changed({ person, token, change }, apply) {
      if (!(await sessions.isProved(token))) return 'unproved'
      return database.transaction(async (tx) => {
        if (!(await apply(tx))) return 'missing'
        const now = clock.now()
        await tellOfChange(tx, person, change, now)
        await markSecondFactor(tx, person.id, now)
        const [authenticator, passkeys] = [await findAuthenticator(tx, person.id), await findPasskeys(tx, person.id)]
        // Codes for nothing are no help: they go with the last factor.
        if (!authenticator?.confirmedAt && passkeys.length === 0) await replaceRecoveryCodes(tx, person.id, [], now)
        return 'done'
      })
    },

    shown: (token, take) =>
      database.transaction(async (tx): Promise<Proof> => {
        if (!(await take(tx))) return { kind: 'refused', reason: 'wrong' }
        const fresh = await raised(tx, token)
        return fresh === undefined ? { kind: 'refused', reason: 'no-session' } : { kind: 'proved', token: fresh }
      }),
  }
}
