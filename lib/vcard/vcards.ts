import type { Prisma } from '../db/generated/client'
import { isExpired } from '../cards/card-number'
import type { Vault } from '../cards/vault'
import { DAY_MS, later } from '../clock'
import type { Uuid } from '../ids'
import { uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { Money } from '../money/money'
import { MOST_SHARES } from './divide'
import type { ProposalParts, Proposals } from './proposals'
import { createProposals, sharesSumTo } from './proposals'
import { lockGrant } from './grant-store'
import { createNumberGuesses, MOST_OF_A_MERCHANT, type TypedBy } from './number-guesses'
import type { NamedShare, Share, VCardRow } from './store'
import {
  cancelVCard,
  expireVCards,
  findByNumber,
  findShop,
  findVCard,
  findVCards,
  insertVCard,
  lockRooms,
  takeNumber,
} from './store'
import { drawVCardNumber } from './vcard-number'
import type { VCardView } from './vcard-view'
import { createViews } from './vcard-view'

export interface NewVCard {
  readonly merchantId: Uuid
  readonly amount: Money
  readonly shares: readonly Share[]
  /** The shopper agrees that what a declining card leaves may be divided over the others (P3.7). */
  readonly mayRetry: boolean
  /** At most, and unless said, 24 hours (M-262). */
  readonly expiresInMs?: number
}

/** A V-Card that a shop's agent makes with its shopper's grant. */
export interface NewGrantedVCard extends NewVCard {
  /** Chosen before, so that a request which was interrupted makes none twice. */
  readonly id: Uuid
}

export type CreateOutcome =
  | { kind: 'created'; vcard: VCardView; number: string }
  | {
      kind: 'refused'
      /**
       * card-missing: not in the wallet, expired, or refused by its issuer. issuer-silent: what is open on a card could
       * not be learnt. unknown-merchant: also one that does not take the currency.
       */
      reason:
        'shares-do-not-sum' | 'card-missing' | 'over-limit' | 'too-many-cards' | 'unknown-merchant' | 'issuer-silent'
    }

export type GrantedOutcome =
  | CreateOutcome
  /** grant-ended: expired or revoked meanwhile. over-grant: with it, the grant's V-Cards would sum to more than it. */
  | { kind: 'refused'; reason: 'grant-ended' | 'over-grant' }

export interface ResolvedNumber {
  readonly shopperId: Uuid
  readonly vcardId: Uuid
  readonly mayRetry: boolean
  readonly shares: readonly NamedShare[]
}

/** The V-Card agent and what the V-Card manager asks of it (document 004). Another shopper's V-Card is a missing one. */
export interface VCards extends Proposals {
  /** Makes a V-Card and sets its shares aside on their cards (M-275, P8.4). */
  create(shopperId: Uuid, wanted: NewVCard): Promise<CreateOutcome>
  /** The same with a grant, whose amount and end are checked and used up in the same transaction (P2.5). */
  createGranted(grant: { shopperId: Uuid; id: Uuid }, wanted: NewGrantedVCard): Promise<GrantedOutcome>
  /** Newest first; `before` is the last identifier of the page before, `grantId` leaves out those made otherwise. */
  list(shopperId: Uuid, page?: { before?: Uuid; grantId?: Uuid; limit?: number }): Promise<VCardView[]>
  get(shopperId: Uuid, vcardId: Uuid): Promise<VCardView | undefined>
  /** The whole number, while it is of use; else undefined. */
  revealNumber(shopperId: Uuid, vcardId: Uuid): Promise<string | undefined>
  /** The whole number whatever has become of it, for an answer that is given a second time; undefined for none. */
  numberOf(shopperId: Uuid, vcardId: Uuid): Promise<string | undefined>
  /** Gives back what an unused V-Card has set aside. */
  cancel(
    shopperId: Uuid,
    vcardId: Uuid,
  ): Promise<{ kind: 'cancelled' } | { kind: 'refused'; reason: 'missing' | 'not-live' }>
  /**
   * The V-Card behind a number typed at a shop: live, of this merchant, of exactly this amount and currency (P8.3).
   * Undefined whatever is wrong, also when too many wrong numbers were typed for this payment, from this address, or at this
   * merchant lately.
   */
  resolve(
    number: string,
    at: { merchantId: Uuid; amount: Money; typedBy?: TypedBy | undefined },
  ): Promise<ResolvedNumber | undefined>
  /** The cards behind a V-Card; undefined when the shopper has no such V-Card. */
  sharesOf(shopperId: Uuid, vcardId: Uuid): Promise<readonly Share[] | undefined>
  /** Closes V-Cards whose time is over, at most so many; how many it closed. */
  expireDue(limit: number): Promise<number>
}

export interface VCardsParts extends ProposalParts {
  readonly vault: Vault
  /** Draws a number nobody can foresee; set by tests only. */
  readonly drawNumber?: () => string
  /** Our issuers and their names. */
  readonly catalogue: readonly { readonly code: string; readonly name: { readonly ko: string; readonly en: string } }[]
}

const SHORTEST_LIFE_MS = 60_000
const PAGE = 50

/** What an issuer said of a card counts so long when room on it is set aside; older, it is asked again. */
const STANDING_LIVES_MS = 15 * 60_000

export function createVCards(parts: VCardsParts): VCards {
  const { database, clock, cards, vault, drawNumber = drawVCardNumber } = parts
  const { prisma, pool } = database
  const view = createViews(parts)
  const guesses = createNumberGuesses({ database, clock })

  const refused = <Reason extends Extract<GrantedOutcome, { kind: 'refused' }>['reason']>(reason: Reason) =>
    ({ kind: 'refused', reason }) as const

  /** What stands in the way of making a V-Card, asked under the locks of the transaction that makes it. */
  type Obstacle<Reason> = (
    tx: Prisma.TransactionClient,
    now: Date,
  ) => Promise<{ kind: 'refused'; reason: Reason } | undefined>

  async function make<Reason = never>(
    shopperId: Uuid,
    wanted: NewVCard & { id?: Uuid },
    granted?: { grantId: Uuid; obstacle: Obstacle<Reason> },
  ): Promise<CreateOutcome | { kind: 'refused'; reason: Reason }> {
    const { merchantId, amount, shares, mayRetry, expiresInMs = DAY_MS } = wanted
    if (!sharesSumTo(shares, amount.amount)) return refused('shares-do-not-sum')
    if (shares.length > MOST_SHARES) return refused('too-many-cards')
    const shop = await findShop(prisma, merchantId)
    if (!shop?.currencies.includes(amount.currency)) return refused('unknown-merchant')
    const cardIds = shares.map(({ cardId }) => cardId)
    const obstacle = await bringUpToDate(shopperId, cardIds)
    if (obstacle) return obstacle

    const made = await database.transaction(async (tx) => {
      const now = clock.now()
      const notAllowed = await granted?.obstacle(tx, now)
      if (notAllowed) return notAllowed
      const rooms = await lockRooms(tx, shopperId, cardIds, now)
      for (const share of shares) {
        const open = rooms.get(share.cardId)
        if (!open) return refused('card-missing')
        if (open.currency !== amount.currency || share.amount > open.room) return refused('over-limit')
      }
      const id = wanted.id ?? uuidAt(now)
      let number = drawNumber()
      while (!(await takeNumber(tx, { fingerprint: vault.fingerprint(number), shopperId, vcardId: id }))) {
        number = drawNumber()
      }
      const lifeMs = Math.min(Math.max(expiresInMs, SHORTEST_LIFE_MS), DAY_MS)
      const row = {
        ...{ shopperId, id, merchantId, mayRetry, grantId: granted?.grantId ?? null },
        ...vault.seal({ kind: 'vcard', ownerId: shopperId, id }, number),
        ...{ lastFour: number.slice(-4), amount: amount.amount, currency: amount.currency, state: 'live' },
        ...{ expiresAt: later(now, lifeMs), createdAt: now },
      }
      await insertVCard(tx, row, shares)
      return { kind: 'made', id, number } as const
    })
    if (made.kind === 'refused') return made
    const vcard = await get(shopperId, made.id)
    invariant(vcard, 'a V-Card just made is there')
    return { kind: 'created', vcard, number: made.number }
  }

  /** Asks the issuers of cards whose standing is too old to set room aside on; what stands in the way, if anything does. */
  async function bringUpToDate(shopperId: Uuid, cardIds: readonly Uuid[]) {
    const now = clock.now()
    const wallet = (await cards.list(shopperId)).filter(({ id }) => cardIds.includes(id))
    if (wallet.length < cardIds.length || wallet.some(({ expiry }) => isExpired(expiry, now))) {
      return refused('card-missing')
    }
    const old = wallet.filter(({ standing }) => !standing || later(standing.at, STANDING_LIVES_MS) < now)
    if (old.length === 0) return undefined
    const asked = await cards.refresh(
      shopperId,
      old.map(({ id }) => id),
    )
    if (asked.some(({ inquiry }) => inquiry.kind === 'refused')) return refused('card-missing')
    return asked.some(({ inquiry }) => inquiry.kind === 'no-answer') ? refused('issuer-silent') : undefined
  }

  async function get(shopperId: Uuid, vcardId: Uuid): Promise<VCardView | undefined> {
    const row = await findVCard(prisma, shopperId, vcardId)
    return row && (await view(shopperId, [row]))[0]
  }

  const isLive = (row: VCardRow) => row.state === 'live' && row.expiresAt > clock.now()

  return {
    ...createProposals(parts),
    create: (shopperId, wanted) => make(shopperId, wanted),
    createGranted: ({ shopperId, id }, wanted) =>
      make(shopperId, wanted, {
        grantId: id,
        async obstacle(tx, now) {
          const { amount, currency } = wanted.amount
          const left = await lockGrant(tx, { shopperId, id, currency }, now)
          if (left === undefined) return refused('grant-ended')
          return amount > left ? refused('over-grant') : undefined
        },
      }),
    get,
    list: async (shopperId, { before, grantId, limit = PAGE } = {}) =>
      view(shopperId, await findVCards(prisma, shopperId, { before, grantId, limit })),
    async revealNumber(shopperId, vcardId) {
      const row = await findVCard(prisma, shopperId, vcardId)
      return row && isLive(row) ? vault.open({ kind: 'vcard', ownerId: shopperId, id: vcardId }, row) : undefined
    },
    async numberOf(shopperId, vcardId) {
      const row = await findVCard(prisma, shopperId, vcardId)
      return row && vault.open({ kind: 'vcard', ownerId: shopperId, id: vcardId }, row)
    },
    async cancel(shopperId, vcardId) {
      if (await cancelVCard(prisma, { shopperId, id: vcardId }, clock.now())) return { kind: 'cancelled' }
      const row = await findVCard(prisma, shopperId, vcardId)
      return { kind: 'refused', reason: row ? 'not-live' : 'missing' }
    },
    async resolve(number, { merchantId, amount, typedBy }) {
      const guess = await guesses.begin(typedBy)
      if (!guess) return undefined
      const { misses, isKnown, vcard } = await findByNumber(pool, {
        ...{ merchantId, amount, at: clock.now() },
        ...guesses.ofMerchant(merchantId),
        fingerprint: vault.fingerprint(number),
      })
      // Whoever repeats a purchase after the V-Card is spent has guessed nothing.
      if (isKnown) await guess.takeBack()
      if (misses >= MOST_OF_A_MERCHANT.most) return undefined
      if (!isKnown) await guesses.note(merchantId)
      return vcard
    },
    async sharesOf(shopperId, vcardId) {
      const row = await findVCard(prisma, shopperId, vcardId)
      return row?.shares.map(({ cardId, amount }) => ({ cardId, amount }))
    },
    expireDue: (limit) => expireVCards(prisma, clock.now(), limit),
  }
}
