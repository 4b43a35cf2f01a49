import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { PendingRegistration, Prisma } from '../db/generated/client'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import { createDeviceTokens } from './device-token'
import { normalizeEmail } from './email-address'
import { insertNewPerson, readRegistration, type Registration, type RegistrationRefused } from './new-person'
import { LONGEST_PASSWORD, type PasswordFault, passwordFault } from './password'
import { inTurn } from './hash-turns'
import { hashPassword, passwordMatches } from './password-hash'
import type { Member, Membership, Person, StaffRole, SystemRole } from './person'
import { findNewestPending, mailLink, takeMail } from './registration-store'
import { tellOfChange } from './security-mail'
import { deleteSessions } from './session-store'
import {
  findMembers,
  findMemberships,
  findPerson,
  findSystemMembers,
  forgetDeviceTries,
  forgetTries,
  lockOwners,
  personFrom,
  removeMembership,
  removeSystemRole,
  saveMembership,
  savePasswordHash,
  saveSystemRole,
  takeDeviceTry,
  takeTry,
} from './store'

export type Registered = { kind: 'registered'; person: Person } | RegistrationRefused | { kind: 'taken' }

export interface Credentials {
  readonly email: string
  readonly password: string
  /** The device token of an earlier log-in, from its cookie: keeps the owner in while strangers are locked out. */
  readonly device?: string
}

/** `refused` is one answer for an unknown address, one that is not proved, a wrong password and a locked account. */
export type Authenticated = { kind: 'authenticated'; person: Person; device: string } | { kind: 'refused' }

export interface People {
  /** Makes somebody known whose address needs no proof: people of a demo or a test. Everybody else: see Registrations. */
  register(registration: Registration): Promise<Registered>
  authenticate(credentials: Credentials): Promise<Authenticated>
  /** Ends every session of the person besides. */
  changePassword(
    personId: Uuid,
    change: { current: string; next: string },
  ): Promise<{ kind: 'changed' } | { kind: 'refused'; reason: 'wrong-password' | PasswordFault }>
  get(personId: Uuid): Promise<Person | undefined>
  findByEmail(email: string): Promise<Person | undefined>
  memberships(personId: Uuid): Promise<Membership[]>
  /** The rights of a person at one merchant, fresh from the database; undefined: none. */
  membership(personId: Uuid, merchantId: Uuid): Promise<Membership | undefined>
  members(merchantId: Uuid): Promise<Member[]>
  /** Gives or changes rights at a merchant. The person's sessions end: rights never rise within a session (P6.5). */
  appoint(member: { merchantId: Uuid; personId: Uuid; role: StaffRole; refundLimit?: bigint }): Promise<void>
  /** Gives somebody a role for the whole installation, or takes it away; their sessions end. */
  appointToSystem(personId: Uuid, role: SystemRole | undefined): Promise<void>
  /** As `appoint`, for somebody who works there already. A shop is never left without an owner. */
  changeMember(member: {
    merchantId: Uuid
    personId: Uuid
    role: StaffRole
    refundLimit?: bigint
  }): Promise<'changed' | 'last-owner' | 'unknown'>
  /** Takes all rights at a merchant away, from the next request on, and ends the person's sessions. Not those of the last owner. */
  dismiss(merchantId: Uuid, personId: Uuid): Promise<'dismissed' | 'last-owner' | 'unknown'>
  systemMembers(): Promise<{ person: Person; role: SystemRole }[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'SESSION_SECRET'>
}

export function createPeople({ database, clock, settings }: Parts): People {
  const { prisma } = database
  const devices = createDeviceTokens(settings.SESSION_SECRET)

  /** A try from a known device counts for that device; any other counts for the account. */
  async function takeAnyTry(personId: Uuid, deviceId: string | undefined): Promise<boolean> {
    if (deviceId && (await takeDeviceTry(database, deviceId, clock.now()))) return true
    return takeTry(database, personId, clock.now())
  }

  /** Whoever logs in before they have followed the link finds it in their mail once more; the page says nothing of it. */
  const mailLinkAgain = (pending: PendingRegistration) =>
    database.transaction(async (tx) => {
      const now = clock.now()
      if (await takeMail(tx, pending.email, now)) await mailLink(tx, pending, now)
    })

  const authenticate: People['authenticate'] = async ({ email: typed, password, device }) => {
    const email = normalizeEmail(typed)
    const row = email ? await findPerson(prisma, { email }) : undefined
    const deviceId = row && device ? devices.read(device, row.id) : undefined
    const allowed = row ? await takeAnyTry(row.id, deviceId) : false
    const pending = email && !row ? await findNewestPending(prisma, email, clock.now()) : undefined
    // The password is worked on whether or not it can still help, so that a locked account takes as long as any.
    const hash = row?.passwordHash ?? pending?.passwordHash
    const matches = await passwordMatches(password.slice(0, 4 * LONGEST_PASSWORD), hash)
    if (pending && matches) await mailLinkAgain(pending)
    // Somebody suspended is told what a stranger is told: only the operator says why.
    if (!row || !allowed || !matches || row.suspendedAt) return { kind: 'refused' }
    if (deviceId) await forgetDeviceTries(database, deviceId)
    else await forgetTries(database, row.id)
    return {
      kind: 'authenticated',
      person: personFrom(row),
      device: deviceId && device ? device : devices.issue(row.id),
    }
  }

  const changePassword: People['changePassword'] = async (personId, { current, next }) => {
    const row = await findPerson(prisma, { id: personId })
    const allowed = row ? await takeTry(database, personId, clock.now()) : false
    const matches = await passwordMatches(current, row?.passwordHash)
    if (!row || !allowed || !matches) return { kind: 'refused', reason: 'wrong-password' }
    await forgetTries(database, personId)
    const fault = passwordFault(next, [row.email, row.name])
    if (fault) return { kind: 'refused', reason: fault }
    const passwordHash = await hashPassword(next)
    await database.transaction(async (tx) => {
      await savePasswordHash(tx, personId, passwordHash)
      await deleteSessions(tx, personId)
      await tellOfChange(tx, personFrom(row), 'password-changed', clock.now())
    })
    return { kind: 'changed' }
  }

  return {
    async register(registration) {
      const read = await readRegistration(registration)
      if (read.kind === 'refused') return read
      const person = await insertNewPerson(prisma, read.person, clock.now())
      return person ? { kind: 'registered', person } : { kind: 'taken' }
    },

    authenticate: (typed) => inTurn(() => authenticate(typed)),
    changePassword: (personId, change) => inTurn(() => changePassword(personId, change)),

    async get(personId) {
      const row = await findPerson(prisma, { id: personId })
      return row && personFrom(row)
    },

    async findByEmail(typed) {
      const email = normalizeEmail(typed)
      const row = email ? await findPerson(prisma, { email }) : undefined
      return row && personFrom(row)
    },

    memberships: (personId) => findMemberships(prisma, { personId }),
    membership: async (personId, merchantId) => (await findMemberships(prisma, { personId, merchantId }))[0],
    members: (merchantId) => findMembers(prisma, merchantId),

    async appoint(member) {
      await database.transaction(async (tx) => {
        await saveMembership(tx, member, clock.now())
        await deleteSessions(tx, member.personId)
      })
    },

    async appointToSystem(personId, role) {
      await database.transaction(async (tx) => {
        if (role) await saveSystemRole(tx, personId, role, clock.now())
        else await removeSystemRole(tx, personId)
        await deleteSessions(tx, personId)
      })
    },

    changeMember: (member) =>
      database.transaction(async (tx) => {
        const blocked = await whyNot(tx, member, member.role)
        if (blocked) return blocked
        await saveMembership(tx, member, clock.now())
        await deleteSessions(tx, member.personId)
        return 'changed' as const
      }),

    dismiss: (merchantId, personId) =>
      database.transaction(async (tx) => {
        const blocked = await whyNot(tx, { merchantId, personId })
        if (blocked) return blocked
        await removeMembership(tx, merchantId, personId)
        await deleteSessions(tx, personId)
        return 'dismissed' as const
      }),

    systemMembers: () => findSystemMembers(prisma),
  }
}

/** Why somebody's rights at a shop cannot become these. Two owners who dismiss each other at once are asked one after the other. */
async function whyNot(
  tx: Prisma.TransactionClient,
  { merchantId, personId }: { merchantId: Uuid; personId: Uuid },
  role?: StaffRole,
): Promise<'last-owner' | 'unknown' | undefined> {
  const owners = await lockOwners(tx, merchantId)
  if (role !== 'owner' && owners.length === 1 && owners[0] === personId) return 'last-owner'
  return (await findMemberships(tx, { merchantId, personId })).length === 0 ? 'unknown' : undefined
}
