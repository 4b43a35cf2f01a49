import { z } from 'zod'
import { isVCardNumber, readCardNumber } from '../../cards/card-number'
import type { Issuers } from '../../gateways/issuer/issuer'
import type { Uuid } from '../../ids'
import type { Money } from '../../money/money'
import type { MeansPlan, PaymentModule, PlannedLeg, PlanRequest } from '../payment-module'
import { type CardVault, issuerVerbs } from './issuer-leg'

const saved = z.strictObject({
  cardId: z.uuid(),
  securityCode: z
    .string()
    .regex(/^[0-9]{3,4}$/)
    .optional(),
})
const typed = z.strictObject({
  number: z.string().transform((text, context) => {
    const number = readCardNumber(text)
    if (!number) context.addIssue({ code: 'custom', message: 'is not a card number' })
    return number ?? z.NEVER
  }),
  /** YYMM */
  expiry: z.string().regex(/^[0-9]{2}(0[1-9]|1[0-2])$/),
  securityCode: z
    .string()
    .regex(/^[0-9]{3,4}$/)
    .optional(),
})
const cardInput = z.union([saved, typed])

export interface CardModuleParts {
  readonly issuers: Issuers
  readonly vault: CardVault
  /** The V-Card manager: how a V-Card typed into an ordinary card field is carried; undefined whatever is wrong with it. */
  planVCard(
    number: string,
    at: Pick<PlanRequest, 'merchantId' | 'amount' | 'typedBy'>,
  ): Promise<Extract<MeansPlan, { kind: 'planned' }> | undefined>
}

/** One card carries the whole amount: authorized at its issuer, captured at once or later (document 002, 2.1.2). */
export function createCardModule({ issuers, vault, planVCard }: CardModuleParts): PaymentModule {
  async function savedLeg(shopperId: Uuid, cardId: Uuid, amount: Money): Promise<PlannedLeg | undefined> {
    const card = await vault.get(shopperId, cardId)
    if (!card) return undefined
    const means = { ownerId: shopperId, cardId, issuer: card.issuer ?? '', lastFour: card.lastFour }
    return { module: 'card', means, amount: amount.amount }
  }

  return {
    code: 'card',
    timing: 'immediate',
    ...issuerVerbs(issuers, vault, () => ({})),

    async plan({ merchantId, shopperId, amount, input, typedBy }) {
      const read = cardInput.safeParse(input)
      if (!read.success) return { kind: 'wrong-input' }
      const given = read.data
      const secret = given.securityCode ? { secret: given.securityCode } : {}
      if ('cardId' in given) {
        const leg = shopperId && (await savedLeg(shopperId, given.cardId, amount))
        return leg ? { kind: 'planned', legs: [{ ...leg, ...secret }] } : { kind: 'wrong-input' }
      }
      if (isVCardNumber(given.number)) {
        return (
          (await planVCard(given.number, { merchantId, amount, typedBy })) ?? { kind: 'refused', reason: 'declined' }
        )
      }
      const issuer = issuers.issuerOf(given.number)
      if (!issuer) return { kind: 'refused', reason: 'card-not-usable' }
      const card = vault.seal(merchantId, { number: given.number, expiry: given.expiry })
      const means = { ownerId: merchantId, cardId: card.id, issuer, lastFour: card.lastFour }
      return { kind: 'planned', card, legs: [{ module: 'card', means, amount: amount.amount, ...secret }] }
    },

    async planStanding({ shopperId, means, amount }) {
      const leg = await savedLeg(shopperId, String(means['cardId']), amount)
      return leg ? { kind: 'planned', legs: [leg] } : { kind: 'refused', reason: 'card-not-usable' }
    },
  }
}
