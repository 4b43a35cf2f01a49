import type { AuthorizationRequest, IssuerCard, Issuers } from '../../gateways/issuer/issuer'
import type { Uuid } from '../../ids'
import { invariant } from '../../invariant'
import type { LegToSettle, PaymentModule, SealedCard } from '../payment-module'
import { authorizationFrom, outcomeFrom } from './translate'

/** What the card modules need of the vault. */
export interface CardVault {
  /** The number and expiry of a card, for calls to its issuer only. */
  reveal(ownerId: Uuid, cardId: Uuid): Promise<IssuerCard | undefined>
  seal(ownerId: Uuid, typed: { number: string; expiry: string }): SealedCard
  get(shopperId: Uuid, cardId: Uuid): Promise<{ issuer: string | null; lastFour: string } | undefined>
}

const VOID_REASONS = {
  'no-answer': 'answer-too-late',
  cancelled: 'customer-cancelled',
  'other-leg-declined': 'other-leg-declined',
} as const

/** The verbs of a leg that an issuer carries; a card's legs and a V-Card's legs differ only in what the issuer is told. */
export function issuerVerbs(
  issuers: Issuers,
  vault: CardVault,
  describe: (leg: LegToSettle) => Pick<AuthorizationRequest, 'vcardLeg'>,
): Required<Pick<PaymentModule, 'authorize' | 'capture' | 'void' | 'refund'>> {
  async function cardOf({ means }: LegToSettle): Promise<IssuerCard> {
    const card = await vault.reveal(String(means['ownerId']), String(means['cardId']))
    invariant(card, 'the card of a leg stays in the vault as long as the leg can move')
    return card
  }

  async function requestFor(leg: LegToSettle, repeat: boolean) {
    return {
      card: await cardOf(leg),
      amount: leg.amount,
      acceptor: {
        id: leg.payee.merchantId.replaceAll('-', '').slice(-15),
        name: leg.payee.name,
        categoryCode: leg.payee.categoryCode,
      },
      repeat,
    }
  }

  function settling({ settleReference }: LegToSettle) {
    invariant(settleReference, 'completion and reversal have a reference of their own')
    return settleReference
  }

  return {
    async authorize(leg, secret) {
      const { card, ...request } = await requestFor(leg, false)
      const answer = await issuers.authorize({
        ...request,
        ...describe(leg),
        card: secret ? { ...card, securityCode: secret } : card,
        reference: leg.authorizeReference,
      })
      return authorizationFrom(answer, issuers.issuerOf(card.number) ?? 'unknown')
    },

    async capture(leg) {
      const authorizationId = leg.hold?.['authorizationId']
      invariant(authorizationId, 'only an authorized leg is captured')
      const request = await requestFor(leg, leg.repeat)
      return outcomeFrom(
        await issuers.capture({
          ...request,
          reference: settling(leg),
          authorization: leg.authorizeReference,
          authorizationId,
        }),
      )
    },

    async void(leg) {
      const request = await requestFor(leg, leg.repeat)
      return outcomeFrom(
        await issuers.reverse({
          ...request,
          reference: settling(leg),
          authorization: leg.authorizeReference,
          reason: VOID_REASONS[leg.voidReason ?? 'other-leg-declined'],
        }),
      )
    },

    async refund(leg, { reference, amount, repeat }) {
      const request = await requestFor(leg, repeat)
      return outcomeFrom(await issuers.refund({ ...request, amount, reference, capture: settling(leg) }))
    },
  }
}
