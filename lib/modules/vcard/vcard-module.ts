import { z } from 'zod'
import type { Issuers } from '../../gateways/issuer/issuer'
import type { Uuid } from '../../ids'
import { sum } from '../../money/money'
import { type CardVault, issuerVerbs } from '../card/issuer-leg'
import type { MeansPlan, PaymentModule, PlannedLeg, PlanRequest } from '../payment-module'

export interface VCardShare {
  readonly cardId: Uuid
  readonly amount: bigint
}

/** A share with what its card is called by. */
interface NamedShare extends VCardShare {
  readonly issuer: string
  readonly lastFour: string
}

/** Where a number was typed, for what amount, and by whom. */
type TypedNumber = Pick<PlanRequest, 'merchantId' | 'amount' | 'typedBy'>

/** What the V-Card manager asks of the V-Card agent. */
export interface VCardAgent {
  /** A live V-Card by its number, if it is good for exactly this; undefined whatever is wrong. */
  resolve(
    number: string,
    use: TypedNumber,
  ): Promise<{ shopperId: Uuid; vcardId: Uuid; shares: readonly NamedShare[] } | undefined>
  /** The cards behind a V-Card; whether it is good for a payment is decided where it is spent. */
  sharesOf(shopperId: Uuid, vcardId: Uuid): Promise<readonly VCardShare[] | undefined>
  /** How the remaining cards of the V-Card carry the amount; undefined without the shopper's consent or enough room. */
  planAgain(
    shopperId: Uuid,
    vcardId: Uuid,
    without: readonly Uuid[],
    amount: bigint,
  ): Promise<readonly VCardShare[] | undefined>
}

const vcardInput = z.strictObject({ vcardId: z.uuid() })

export interface VCardModule extends PaymentModule {
  /** For a number typed into an ordinary card field (M-266, M-280). */
  planNumber(number: string, at: TypedNumber): Promise<Extract<MeansPlan, { kind: 'planned' }> | undefined>
}

/**
 * The V-Card manager: one V-Card is carried by several issuers, all or none (document 004, section III). What makes it
 * all-or-nothing is the payment itself; this module says which card carries what, and what is left without a card that
 * declined.
 */
export function createVCardModule(issuers: Issuers, vault: CardVault, agent: VCardAgent): VCardModule {
  async function planShares(
    shopperId: Uuid,
    vcardId: Uuid,
    shares: readonly VCardShare[],
  ): Promise<PlannedLeg[] | undefined> {
    const cards = await Promise.all(shares.map(({ cardId }) => vault.get(shopperId, cardId)))
    if (cards.some((card) => !card)) return undefined
    const named = shares.map((share, index) => ({
      ...share,
      issuer: cards[index]?.issuer ?? '',
      lastFour: cards[index]?.lastFour ?? '',
    }))
    return legsOf(shopperId, vcardId, named)
  }

  return {
    code: 'vcard',
    timing: 'immediate',
    ...issuerVerbs(issuers, vault, ({ means, leg, of }) => ({
      vcardLeg: { vcardId: String(means['vcardId']), leg, of },
    })),

    async plan({ shopperId, amount, input }) {
      const read = vcardInput.safeParse(input)
      if (!read.success || !shopperId) return { kind: 'wrong-input' }
      const { vcardId } = read.data
      const shares = await agent.sharesOf(shopperId, vcardId)
      // A V-Card is good for exactly its amount (P8.3); it carries no part of a larger payment.
      const fits = shares && sum(shares.map((share) => share.amount)) === amount.amount
      const legs = fits ? await planShares(shopperId, vcardId, shares) : undefined
      return legs ? { kind: 'planned', legs, spend: { shopperId, vcardId } } : { kind: 'refused', reason: 'declined' }
    },

    async planNumber(number, at) {
      const found = await agent.resolve(number, at)
      if (!found) return undefined
      const { shopperId, vcardId } = found
      return { kind: 'planned', legs: legsOf(shopperId, vcardId, found.shares), spend: { shopperId, vcardId } }
    },

    async planAgain(legs, declined) {
      const [first] = legs
      if (!first) return undefined
      const shopperId = String(first.means['ownerId'])
      const vcardId = String(first.means['vcardId'])
      const total = sum(legs.map(({ amount }) => amount.amount))
      const without = declined.map(({ means }) => String(means['cardId']))
      const shares = await agent.planAgain(shopperId, vcardId, without, total)
      return shares && planShares(shopperId, vcardId, shares)
    },
  }
}

/** Each card's share becomes a leg. */
function legsOf(shopperId: Uuid, vcardId: Uuid, shares: readonly NamedShare[]): PlannedLeg[] {
  return shares.map(({ cardId, amount, issuer, lastFour }) => ({
    module: 'vcard',
    amount,
    means: { ownerId: shopperId, cardId, vcardId, issuer, lastFour },
  }))
}
