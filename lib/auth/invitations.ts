import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Invitation as InvitationRow } from '../db/generated/client'
import type { Settings } from '../env'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { insertMail } from '../messages/store'
import type { Locale } from '../payments/payment'
import { normalizeEmail } from './email-address'
import {
  acceptInvitation,
  findOpenInvitation,
  findOpenInvitations,
  insertInvitation,
  revokeInvitation,
  revokeOpenTo,
} from './invitation-store'
import { createInvitationTokens } from './invitation-token'
import { localeOf, type Person, type StaffRole, staffRoles } from './person'
import { deleteSessions } from './session-store'
import { findMembers, findMemberships, saveMembership } from './store'

/** An open invitation to work for a shop. */
export interface Invitation {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly email: string
  readonly role: StaffRole
  /** As of Membership. */
  readonly refundLimit?: bigint
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type Invited =
  { kind: 'invited'; invitation: Invitation } | { kind: 'refused'; reason: 'bad-email' | 'member-already' | 'too-many' }

export type Accepted =
  /** The person's sessions have ended: rights never rise within one (P6.5). */
  | { kind: 'accepted'; invitation: Invitation }
  /** `gone`: used, taken back, run out or never issued. `not-yours`: it went to another address. */
  | { kind: 'refused'; reason: 'gone' | 'not-yours' | 'member-already' }

/** How people come to a shop's team: by a mail with a link that works for a week, once, for whoever has that address. */
export interface Invitations {
  /** The mail goes out with it. An earlier open invitation to the address ends. */
  invite(
    wanted: { merchantId: Uuid; email: string; role: StaffRole; refundLimit?: bigint; locale: Locale },
    by: Person,
  ): Promise<Invited>
  open(merchantId: Uuid): Promise<Invitation[]>
  revoke(merchantId: Uuid, id: Uuid): Promise<boolean>
  /** The open invitation that a link names. */
  read(token: string): Promise<Invitation | undefined>
  accept(token: string, person: Person): Promise<Accepted>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'SESSION_SECRET'>
}

const WEEK_MS = 7 * DAY_MS
const MOST_OPEN = 50

export function createInvitations({ database, clock, settings }: Parts): Invitations {
  const { prisma } = database
  const tokens = createInvitationTokens(settings.SESSION_SECRET)

  return {
    async invite({ merchantId, email: typed, role, refundLimit, locale }, by) {
      const email = normalizeEmail(typed)
      if (!email) return { kind: 'refused', reason: 'bad-email' }
      const now = clock.now()
      const members = await findMembers(prisma, merchantId)
      if (members.some(({ person }) => person.email === email)) return { kind: 'refused', reason: 'member-already' }
      const open = await findOpenInvitations(prisma, merchantId, now)
      if (open.filter((each) => each.email !== email).length >= MOST_OPEN)
        return { kind: 'refused', reason: 'too-many' }

      const row = {
        ...{ merchantId, id: uuidAt(now), email, role, refundLimit: refundLimit ?? null, locale },
        ...{ invitedBy: by.id, createdAt: now, expiresAt: later(now, WEEK_MS) },
      }
      await database.transaction(async (tx) => {
        await revokeOpenTo(tx, { merchantId, email }, now)
        await insertInvitation(tx, row)
        await insertMail(tx, merchantId, invitationMail(row, by.name))
      })
      return {
        kind: 'invited',
        invitation: invitationFrom({ ...row, acceptedAt: null, acceptedBy: null, revokedAt: null }),
      }
    },

    open: async (merchantId) => (await findOpenInvitations(prisma, merchantId, clock.now())).map(invitationFrom),
    revoke: (merchantId, id) => revokeInvitation(prisma, { merchantId, id }, clock.now()),

    async read(token) {
      const key = tokens.read(token)
      const row = key && (await findOpenInvitation(prisma, key, clock.now()))
      return row && invitationFrom(row)
    },

    async accept(token, person) {
      const invitation = await this.read(token)
      if (!invitation) return { kind: 'refused', reason: 'gone' }
      if (invitation.email !== person.email) return { kind: 'refused', reason: 'not-yours' }
      const { merchantId, id, role, refundLimit } = invitation
      return database.transaction(async (tx): Promise<Accepted> => {
        const now = clock.now()
        const known = await findMemberships(tx, { personId: person.id, merchantId })
        if (known.length > 0) return { kind: 'refused', reason: 'member-already' }
        if (!(await acceptInvitation(tx, { merchantId, id }, person.id, now)))
          return { kind: 'refused', reason: 'gone' }
        await saveMembership(tx, { merchantId, personId: person.id, role, ...limit(refundLimit) }, now)
        await deleteSessions(tx, person.id)
        return { kind: 'accepted', invitation }
      })
    },
  }
}

function invitationMail(
  row: Pick<InvitationRow, 'id' | 'email' | 'role' | 'locale' | 'expiresAt' | 'createdAt'>,
  by: string,
) {
  const payload = {
    ...{ to: row.email, locale: localeOf(row.locale), invitationId: row.id, by },
    ...{ role: roleOf(row.role), until: row.expiresAt.toISOString() },
  }
  return { id: uuidAt(row.createdAt), at: row.createdAt, kind: 'email', topic: 'invitation', payload } as const
}

function invitationFrom({ merchantId, id, email, role, refundLimit, createdAt, expiresAt }: InvitationRow): Invitation {
  return { merchantId, id, email, role: roleOf(role), ...limit(refundLimit), createdAt, expiresAt }
}

const limit = (refundLimit: bigint | null | undefined) => (typeof refundLimit === 'bigint' ? { refundLimit } : {})

function roleOf(text: string): StaffRole {
  const role = staffRoles.find((known) => known === text)
  invariant(role, 'the database knows the roles')
  return role
}
