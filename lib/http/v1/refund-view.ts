import { z } from 'zod'
import { publicId } from '../../ids'
import { declineReasons } from '../../payments/decline-reason'
import { refundLegStates, refundStates } from '../../payments/leg-moves'
import type { Refund } from '../../payments/payment'
import { amountOut, idOf, moment } from '../fields'

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
