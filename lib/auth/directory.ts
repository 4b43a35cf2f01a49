import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import type { Merchant } from '../merchants/merchant'
import type { Merchants } from '../merchants/merchants'
import type { Currency } from '../money/currency'
import type { Locale } from '../payments/payment'
import {
  findKnownPeople,
  findKnownPerson,
  findKnownShop,
  findKnownShops,
  markPerson,
  markShop,
} from './directory-store'
import { normalizeEmail } from './email-address'
import type { Invitations, Invited } from './invitations'
import type { Membership, Person, StaffRole, SystemRole } from './person'
import { deleteSessions } from './session-store'

/** Somebody as the operator sees them. */
export interface KnownPerson {
  readonly person: Person
  readonly hasSecondFactor: boolean
  /** Where they work, and as what. */
  readonly work: readonly (Membership & { readonly merchant: Merchant })[]
  readonly systemRole?: SystemRole
  readonly suspendedAt?: Date
  /** Of their sessions that still last, when one was last used. */
  readonly lastSeenAt?: Date
}

/** A shop as the operator sees it. */
export interface KnownShop {
  readonly merchant: Merchant
  readonly owners: readonly Person[]
  /** How many work there, owners included. */
  readonly people: number
}

interface Page {
  /** Part of a name or an address, however it is written. */
  readonly text?: string
  /** Only those who are suspended. */
  readonly suspended?: boolean
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

export interface PeopleFilter extends Page {
  readonly role?: StaffRole | SystemRole
}
export type ShopFilter = Page

export interface NewShop {
  readonly name: string
  readonly nameEn: string
  /** ISO 18245: what the shop sells, in four digits. */
  readonly categoryCode: string
  readonly currencies: readonly Currency[]
  readonly ownerEmail: string
  /** Of the mail that invites the owner. */
  readonly locale: Locale
}

export type ShopOpened =
  /** `invited` is false when only the mail could not be written: the owner is invited again from the shop's page. */
  { kind: 'opened'; merchant: Merchant; invited: boolean } | { kind: 'refused'; reason: 'bad-email' }

/** Everybody who works here, and every shop: what the operator sees, opens and stops. */
export interface Directory {
  people(filter: PeopleFilter): Promise<KnownPerson[]>
  person(id: Uuid): Promise<KnownPerson | undefined>
  shops(filter: ShopFilter): Promise<KnownShop[]>
  shop(id: Uuid): Promise<KnownShop | undefined>
  /** A shop that takes nothing yet: its owner, invited with it, chooses means, keys and addresses. */
  openShop(wanted: NewShop, by: Person): Promise<ShopOpened>
  /** Also where the last owner is gone. */
  inviteOwner(merchantId: Uuid, to: { email: string; locale: Locale }, by: Person): Promise<Invited>
  /** From now on nobody is logged in as this person, and nobody can log in. Nobody does that to themselves. */
  suspendPerson(id: Uuid, by: Person): Promise<'done' | 'self' | 'unchanged'>
  reopenPerson(id: Uuid): Promise<'done' | 'unchanged'>
  /** No payment begins there from now on, a second at most later in other processes; what runs is finished, refunds go on. */
  suspendShop(id: Uuid): Promise<'done' | 'unchanged'>
  reopenShop(id: Uuid): Promise<'done' | 'unchanged'>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly merchants: Pick<Merchants, 'create'>
  readonly invitations: Pick<Invitations, 'invite'>
}

const said = (isDone: boolean) => (isDone ? 'done' : 'unchanged')

export function createDirectory({ database, clock, merchants, invitations }: Parts): Directory {
  const { prisma } = database

  const inviteOwner: Directory['inviteOwner'] = (merchantId, to, by) =>
    invitations.invite({ merchantId, role: 'owner', ...to }, by)

  return {
    people: (filter) => findKnownPeople(prisma, filter),
    person: (id) => findKnownPerson(prisma, id),
    shops: (filter) => findKnownShops(prisma, filter),
    shop: (id) => findKnownShop(prisma, id),

    async openShop({ ownerEmail, locale, ...shop }, by) {
      const email = normalizeEmail(ownerEmail)
      if (!email) return { kind: 'refused', reason: 'bad-email' }
      // The shop agrees to every payment unless its owner decides otherwise: the safe side to begin on (M-204).
      const merchant = await merchants.create({ ...shop, confirmation: 'required', returnUrls: [], modules: [] })
      const invited = await inviteOwner(merchant.id, { email, locale }, by)
      return { kind: 'opened', merchant, invited: invited.kind === 'invited' }
    },

    inviteOwner,

    async suspendPerson(id, by) {
      if (id === by.id) return 'self'
      return database.transaction(async (tx) => {
        const isDone = await markPerson(tx, id, clock.now())
        if (isDone) await deleteSessions(tx, id)
        return said(isDone)
      })
    },

    reopenPerson: async (id) => said(await markPerson(prisma, id, null)),
    suspendShop: async (id) => said(await markShop(prisma, id, clock.now())),
    reopenShop: async (id) => said(await markShop(prisma, id, null)),
  }
}
