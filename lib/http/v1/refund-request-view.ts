import { z } from 'zod'
import { publicId } from '../../ids'
import { refundReasons, type RefundRequest, requestStates } from '../../refund-requests/refund-request'
import { amountOut, currency, idOf, moment } from '../fields'

export const refundItemView = z
  .strictObject({ item: z.int().meta({ description: 'Its place in the order, counted from one.' }), quantity: z.int() })
  .meta({ id: 'RefundItem' })

export const refundRequestView = z
  .strictObject({
    id: idOf('rrq'),
    paymentId: idOf('pay'),
    orderRef: z.string(),
    orderName: z.string(),
    amount: amountOut,
    currency,
    items: z.array(refundItemView).optional().meta({ description: 'The lines it is about, where they were named.' }),
    reason: z.enum(refundReasons),
    words: z.string().meta({ description: 'In the words of whoever asked.' }),
    state: z.enum(requestStates).meta({
      description: 'withdrawn: the shopper took it back. closed: all of the payment went back before it was decided.',
    }),
    answer: z.string().optional().meta({ description: 'What you said when you declined it.' }),
    refundId: idOf('ref').optional(),
    createdAt: moment,
    decidedAt: moment.optional(),
  })
  .meta({ id: 'ShopperRefundRequest', description: 'What a shopper asks to have back of a payment.' })

/** A refund request as its merchant sees it. */
export function viewRefundRequest(request: RefundRequest): z.input<typeof refundRequestView> {
  const { orderRef, orderName, currency: of, reason, words, state, answer, items } = request
  return {
    id: publicId('rrq', request.id),
    paymentId: publicId('pay', request.paymentId),
    ...{ orderRef, orderName, reason, words, state },
    amount: request.amount.toString(),
    currency: of,
    ...(items && { items: items.map(({ item, quantity }) => ({ item, quantity })) }),
    ...(answer !== undefined && { answer }),
    ...(request.refundId && { refundId: publicId('ref', request.refundId) }),
    createdAt: request.createdAt.toISOString(),
    ...(request.decidedAt && { decidedAt: request.decidedAt.toISOString() }),
  }
}
