import { z } from 'zod'
import { publicId } from '../../ids'
import { declineReasons } from '../../payments/decline-reason'
import { refundLegStates, refundStates } from '../../payments/leg-moves'
import type { Refund } from '../../payments/payment'
import { amountOut, idOf, moment } from '../fields'
import { refundItemView } from './refund-request-view'

export const refundView = z
  .strictObject({
    id: idOf('ref'),
    paymentId: idOf('pay'),
    kind: z.enum(['refund', 'cancellation']),
    amount: amountOut,
    state: z.enum(refundStates).meta({
      description: 'refunding settles by itself. queued: by contract it waits until the balance of the shop covers it.',
    }),
    strategy: z.string().meta({ description: 'How the amount was divided over the legs.', example: 'ratio' }),
    reason: z.string(),
    items: z.array(refundItemView).optional().meta({ description: 'The lines it gives back, where they were named.' }),
    way: z.enum(['back', 'hand', 'store-credit']).meta({ description: 'back: the way it came.' }),
    createdAt: moment,
    finishedAt: moment.optional(),
    legs: z.array(
      z.strictObject({
        attempt: z.int(),
        leg: z.int(),
        amount: amountOut,
        state: z.enum(refundLegStates),
        reason: z.enum(declineReasons).optional(),
      }),
    ),
  })
  .meta({ id: 'Refund', description: 'Money on its way back, or back, over the legs of a payment.' })

/** A refund as its merchant sees it. */
export function viewRefund(refund: Refund): z.input<typeof refundView> {
  return {
    id: publicId('ref', refund.id),
    paymentId: publicId('pay', refund.paymentId),
    kind: refund.kind,
    amount: refund.amount.toString(),
    state: refund.state,
    strategy: refund.strategy,
    reason: refund.reason,
    ...(refund.items && { items: [...refund.items] }),
    way: refund.way?.kind ?? 'back',
    createdAt: refund.createdAt.toISOString(),
    ...(refund.finishedAt && { finishedAt: refund.finishedAt.toISOString() }),
    legs: refund.legs.map(({ attempt, leg, amount, state, reason }) => ({
      attempt,
      leg,
      amount: amount.toString(),
      state,
      ...(reason && { reason }),
    })),
  }
}
