import { z } from 'zod'
import { publicId } from '../../ids'
import type { NamedCardShare } from '../../vcard/shop-agent'
import { vcardUses } from '../../vcard/vcard-use'
import type { VCardView } from '../../vcard/vcard-view'
import { amountOut, currency, idOf, moment } from '../fields'

const shareView = z
  .strictObject({
    issuer: z.string().meta({ description: 'The code of the card’s issuer.', example: 'hanbit' }),
    lastFour: z.string().regex(/^[0-9]{4}$/),
    amount: amountOut,
  })
  .meta({ id: 'VCardShare', description: 'What one of the shopper’s cards carries. No more is told of the card.' })

export const proposalView = z
  .strictObject({
    amount: amountOut,
    currency,
    isPossible: z.boolean().meta({ description: 'Whether the shopper’s cards can carry the amount now.' }),
    recommendation: z.enum(['split', 'single']).optional().meta({
      description: 'split only where it is worth more to the shopper than the best single card.',
    }),
    shares: z.array(shareView),
  })
  .meta({ id: 'VCardProposal', description: 'How a V-Card would be divided at this moment. It sets nothing aside.' })

export const vcardView = z
  .strictObject({
    id: idOf('vcard'),
    masked: z.string().meta({ example: '9410 00** **** 1234' }),
    amount: amountOut,
    currency,
    state: z.enum(['live', 'spent', 'cancelled', 'expired']).meta({
      description: 'spent: accepted for a payment, whatever became of that.',
    }),
    use: z.enum(vcardUses).optional().meta({
      description:
        'What became of it, where it was spent. held: approved, and charged later. voiding: on its way back, until every issuer has confirmed.',
    }),
    shares: z.array(shareView),
    createdAt: moment,
    expiresAt: moment,
    closedAt: moment.optional(),
    paymentId: idOf('pay').optional().meta({ description: 'The payment for which it was spent.' }),
  })
  .meta({ id: 'VCard', description: 'A one-time number for one purchase at this merchant, of exactly its amount.' })

export const newVCardView = vcardView
  .extend({
    number: z
      .string()
      .regex(/^[0-9]{16}$/)
      .meta({ description: 'Told here and never again.' }),
    expiry: z
      .string()
      .regex(/^[0-9]{4}$/)
      .meta({ description: 'YYMM: what to send with the number as `means.card.expiry`.' }),
  })
  .meta({ id: 'NewVCard' })

/** Shares as a shop sees them: issuer, last four digits, amount. */
export function viewShares(shares: readonly NamedCardShare[]): z.input<typeof shareView>[] {
  return shares.map(({ issuer, lastFour, amount }) => ({ issuer, lastFour, amount: amount.toString() }))
}

/** A V-Card as the shop for which it is good sees it. */
export function viewVCard(vcard: VCardView): z.input<typeof vcardView> {
  return {
    id: publicId('vcard', vcard.id),
    masked: vcard.masked,
    amount: vcard.amount.amount.toString(),
    currency: vcard.amount.currency,
    state: vcard.state,
    ...(vcard.use && { use: vcard.use }),
    shares: viewShares(vcard.shares),
    createdAt: vcard.createdAt.toISOString(),
    expiresAt: vcard.expiresAt.toISOString(),
    ...(vcard.closedAt && { closedAt: vcard.closedAt.toISOString() }),
    ...(vcard.paymentId !== undefined && { paymentId: publicId('pay', vcard.paymentId) }),
  }
}
