import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { PendingRegistration } from '../db/generated/client'
import type { Settings } from '../env'
import { type Uuid, uuidAt } from '../ids'
import { inTurn } from './hash-turns'
import type { Invitations } from './invitations'
import {
  insertNewPerson,
  type NewPerson,
  readRegistration,
  type Registration,
  type RegistrationRefused,
} from './new-person'
import { LONGEST_PASSWORD } from './password'
import { passwordMatches } from './password-hash'
import { localeOf, type Person } from './person'
import {
  deleteExpiredPending,
  deletePendingOf,
  findPending,
  insertPending,
  mailKnown,
  mailLink,
  takeMail,
  takePending,
} from './registration-store'
import { createRegistrationTokens } from './registration-token'
import { findPerson, personFrom, takeProofTry } from './store'

export interface WantedRegistration extends Registration {
  /** The page they wanted: a path of our own, shown again once the address is proved. */
  readonly next: string
  /** The token of an invitation's link, where they came by one. */
  readonly invitation?: string | undefined
}

export type Begun =
  /** A mail is on its way, whether or not the address is somebody's already: its holder alone learns which (P6.7). */
  | { kind: 'mailed' }
  /** They came by the mail of an invitation to this very address, which is proved by that. */
  | { kind: 'registered'; person: Person }
  | RegistrationRefused

export type Proved =
  | { kind: 'proved'; person: Person }
  /** `gone`: used, run out or never issued. */
  | { kind: 'refused'; reason: 'gone' | 'wrong-password' | 'locked' }

/** What a link may show to whoever follows it. */
export type OpenRegistration = Pick<PendingRegistration, 'email' | 'next'>

/**
 * How somebody becomes a person: by a mail with a link that works for a day, once, and the password that was typed with it.
 * Somebody else's registration with my address is worth nothing to them, not even when I follow its link: I do not know
 * their password, and mine is not theirs.
 */
export interface Registrations {
  begin(wanted: WantedRegistration): Promise<Begun>
  /** The registration that a link names, as long as it waits. */
  read(token: string): Promise<OpenRegistration | undefined>
  prove(token: string, password: string): Promise<Proved>
  /** Removes what nobody has proved in time. A job's work. */
  removeExpired(limit: number): Promise<number>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly invitations: Pick<Invitations, 'read'>
  readonly settings: Pick<Settings, 'SESSION_SECRET'>
}

export function createRegistrations({ database, clock, invitations, settings }: Parts): Registrations {
  const { prisma } = database
  const tokens = createRegistrationTokens(settings.SESSION_SECRET)

  async function find(token: string): Promise<PendingRegistration | undefined> {
    const [id] = tokens.read(token) ?? []
    return id === undefined ? undefined : findPending(prisma, id, clock.now())
  }

  const sendMail = (person: NewPerson, next: string) =>
    database.transaction(async (tx) => {
      const now = clock.now()
      if (!(await takeMail(tx, person.email, now))) return
      const known = await findPerson(tx, { email: person.email })
      if (known) return mailKnown(tx, personFrom(known), now)
      const id: Uuid = uuidAt(now)
      const expiresAt = later(now, DAY_MS)
      await insertPending(tx, { id, ...person, next, createdAt: now, expiresAt })
      await mailLink(tx, { id, expiresAt, ...person }, now)
    })

  /** The person, and nothing else that waits with the address. */
  const admit = (person: NewPerson, pendingId?: Uuid) =>
    database.transaction(async (tx) => {
      if (pendingId && !(await takePending(tx, pendingId))) return undefined
      await deletePendingOf(tx, person.email)
      return insertNewPerson(tx, person, clock.now())
    })

  const prove: Registrations['prove'] = async (token, password) => {
    const pending = await find(token)
    if (!pending) return { kind: 'refused', reason: 'gone' }
    if (!(await takeProofTry(database, pending.id, clock.now()))) return { kind: 'refused', reason: 'locked' }
    if (!(await passwordMatches(password.slice(0, 4 * LONGEST_PASSWORD), pending.passwordHash)))
      return { kind: 'refused', reason: 'wrong-password' }
    const person = await admit({ ...pending, locale: localeOf(pending.locale) }, pending.id)
    return person ? { kind: 'proved', person } : { kind: 'refused', reason: 'gone' }
  }

  return {
    async begin({ next, invitation, ...typed }) {
      const read = await readRegistration(typed)
      if (read.kind === 'refused') return read
      const invited = invitation === undefined ? undefined : await invitations.read(invitation)
      const person = invited?.email === read.person.email ? await admit(read.person) : undefined
      if (person) return { kind: 'registered', person }
      await sendMail(read.person, next)
      return { kind: 'mailed' }
    },

    async read(token) {
      const pending = await find(token)
      return pending && { email: pending.email, next: pending.next }
    },

    prove: (token, password) => inTurn(() => prove(token, password)),
    removeExpired: (limit) => deleteExpiredPending(prisma, clock.now(), limit),
  }
}
