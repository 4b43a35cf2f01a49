import type { Actor, Audit } from '../audit/audit'
import { type Clock, HOUR_MS } from '../clock'
import type { Database } from '../db/database'
import { countOne } from '../db/rate-count'
import type { Uuid } from '../ids'
import { publicId } from '../ids'
import { invariant } from '../invariant'
import type { ApiCaller } from '../merchants/merchant'
import type { Money } from '../money/money'
import type { Grant, Grants } from './grants'
import { noteUse } from './grant-store'
import { findCardNames } from './store'
import type { VCards } from './vcards'
import type { VCardView } from './vcard-view'

/** A merchant's API key together with a live grant of a shopper for that merchant. */
export interface GrantUse {
  readonly grant: Grant
  readonly caller: ApiCaller
}

export type GrantOpened =
  | { kind: 'opened'; use: GrantUse }
  /** Unknown, of another merchant, ended: the caller is not told which. */
  | { kind: 'refused' }
  | { kind: 'too-many'; retryAt: Date }

/** What a shop may know of a shopper's card, and no more. */
export interface NamedCardShare {
  readonly issuer: string
  readonly lastFour: string
  readonly amount: bigint
}

export type ShopProposal =
  | { kind: 'proposed'; recommendation: 'split' | 'single'; shares: readonly NamedCardShare[] }
  /** The cards cannot carry it now; why would tell the shop about limits. */
  | { kind: 'cannot-carry' }
  | { kind: 'over-grant' }

export type ShopCreated =
  { kind: 'created'; vcard: VCardView } | { kind: 'refused'; reason: 'grant-ended' | 'over-grant' | 'cannot-carry' }

/**
 * The V-Card agent as a merchant's own agent may use it: with the shopper's grant, for that merchant, within the granted
 * amount. It sees the V-Cards made with that very grant and no others. Every use stands in the shopper's audit trail.
 */
export interface ShopAgent {
  /** Asks what a reference allows this caller; once for each request. */
  open(reference: string, caller: ApiCaller): Promise<GrantOpened>
  propose(use: GrantUse, amount: Money): Promise<ShopProposal>
  /** Makes the V-Card of this identifier, divided as is best now; made before, it is told again. */
  create(use: GrantUse, wanted: { id: Uuid; amount: Money; expiresInMs?: number }): Promise<ShopCreated>
  /** The whole number of a V-Card made with this grant, for the answer to who made it. */
  numberOf(use: GrantUse, vcardId: Uuid): Promise<string>
  /** Newest first; `before` is the last identifier of the page before. */
  list(use: GrantUse, page: { before?: Uuid; limit: number }): Promise<VCardView[]>
  get(use: GrantUse, vcardId: Uuid): Promise<VCardView | undefined>
  cancel(use: GrantUse, vcardId: Uuid): Promise<'cancelled' | 'missing' | 'not-live'>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly grants: Grants
  readonly vcards: VCards
}

// Each proposal asks every issuer of the wallet: a person who shops needs a few, a script that explores limits many.
const USES_WINDOW_MS = HOUR_MS
const MOST_USES = 300

export function createShopAgent({ database, clock, audit, grants, vcards }: Parts): ShopAgent {
  const { prisma } = database

  function note(
    { grant, caller }: GrantUse,
    action: string,
    outcome: string,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const actor: Actor = { kind: 'api-key', id: caller.apiKeyId, name: caller.merchant.name, role: 'api-key' }
    const object = publicId('vcg', grant.id)
    return audit.note({ tenantId: grant.shopperId, actor, action, object, outcome, detail })
  }

  const written = ({ amount, currency }: Money) => ({ amount: amount.toString(), currency })

  async function divide({ grant }: GrantUse, amount: Money) {
    if (amount.currency !== grant.most.currency || amount.amount > grant.most.amount - grant.used) return 'over-grant'
    const proposal = await vcards.propose(grant.shopperId, { merchantId: grant.merchantId, amount })
    return proposal.kind === 'proposed' ? proposal : 'cannot-carry'
  }

  async function own({ grant }: GrantUse, vcardId: Uuid): Promise<VCardView | undefined> {
    const vcard = await vcards.get(grant.shopperId, vcardId)
    return vcard?.grantId === grant.id ? vcard : undefined
  }

  async function make(use: GrantUse, wanted: Parameters<ShopAgent['create']>[1]): Promise<ShopCreated> {
    const { grant } = use
    const { id, amount, expiresInMs } = wanted
    const before = await own(use, id)
    if (before) return { kind: 'created', vcard: before }
    const division = await divide(use, amount)
    if (typeof division === 'string') return { kind: 'refused', reason: division }
    const made = await vcards.createGranted(grant, {
      ...{ id, merchantId: grant.merchantId, amount },
      shares: division.shares.map((share) => ({ cardId: share.cardId, amount: share.amount })),
      // The shopper has not seen the division, and so has not agreed to another one (P3.7).
      mayRetry: false,
      ...(expiresInMs !== undefined && { expiresInMs }),
    })
    if (made.kind === 'created') return made
    const isGrants = made.reason === 'grant-ended' || made.reason === 'over-grant'
    return { kind: 'refused', reason: isGrants ? made.reason : 'cannot-carry' }
  }

  return {
    async open(reference, caller) {
      const grant = await grants.byReference(reference)
      if (!grant) return { kind: 'refused' }
      const use = { grant, caller }
      if (grant.merchantId !== caller.merchant.id || grant.state !== 'live') {
        // Somebody who was not given it has it, or goes on after its end: its shopper should be able to see that.
        await note(use, 'vcard-grant.use', grant.merchantId === caller.merchant.id ? grant.state : 'wrong-merchant')
        return { kind: 'refused' }
      }
      const now = clock.now()
      const window = Math.floor(now.getTime() / USES_WINDOW_MS) * USES_WINDOW_MS
      const uses = await countOne(prisma, `vcard-grant:${grant.id}`, new Date(window))
      if (uses > MOST_USES) return { kind: 'too-many', retryAt: new Date(window + USES_WINDOW_MS) }
      await noteUse(prisma, { shopperId: grant.shopperId, id: grant.id }, now)
      return { kind: 'opened', use }
    },

    async propose(use, amount) {
      const division = await divide(use, amount)
      await note(use, 'vcard.propose', typeof division === 'string' ? division : 'done', written(amount))
      if (typeof division === 'string') return { kind: division }
      const { recommendation, shares } = division
      const cardIds = shares.map(({ cardId }) => cardId)
      const cards = await findCardNames(prisma, use.grant.shopperId, cardIds)
      const named = shares.map((share) => {
        const card = cards.find(({ id }) => id === share.cardId)
        return { issuer: card?.issuer ?? '', lastFour: card?.lastFour ?? '', amount: share.amount }
      })
      return { kind: 'proposed', recommendation, shares: named }
    },

    async create(use, wanted) {
      const created = await make(use, wanted)
      const outcome = created.kind === 'created' ? 'done' : created.reason
      await note(use, 'vcard.create', outcome, {
        ...written(wanted.amount),
        ...(created.kind === 'created' && { vcard: publicId('vcard', created.vcard.id) }),
      })
      return created
    },

    async numberOf(use, vcardId) {
      const number = (await own(use, vcardId)) && (await vcards.numberOf(use.grant.shopperId, vcardId))
      invariant(number, 'a V-Card made with this grant has a number')
      return number
    },

    async list(use, page) {
      await note(use, 'vcard.see', 'done')
      return vcards.list(use.grant.shopperId, { ...page, grantId: use.grant.id })
    },

    async get(use, vcardId) {
      const vcard = await own(use, vcardId)
      await note(use, 'vcard.see', vcard ? 'done' : 'missing', { vcard: publicId('vcard', vcardId) })
      return vcard
    },

    async cancel(use, vcardId) {
      const vcard = await own(use, vcardId)
      const answer = vcard && (await vcards.cancel(use.grant.shopperId, vcardId))
      const outcome = !answer ? 'missing' : answer.kind === 'cancelled' ? 'cancelled' : answer.reason
      await note(use, 'vcard.cancel', outcome, { vcard: publicId('vcard', vcardId) })
      return outcome
    },
  }
}
