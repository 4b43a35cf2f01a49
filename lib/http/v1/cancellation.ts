import { z } from 'zod'
import type { ApiCaller } from '../../merchants/merchant'
import type { Payment, Refund, Requester } from '../../payments/payment'
import { publicId } from '../../ids'
import { ApiError } from '../errors'
import { idOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly, replayed, replyOfFirst, retrySoon } from '../idempotency'
import type { Claim } from '../idempotency-key'
import { type Reply, route } from '../route'
import { cancelInput } from './payment-input'
import { ownPayment } from './payments'
import { refundView, viewRefund } from './refund-view'

const cancellationView = z
  .strictObject({
    paymentId: idOf('pay'),
    outcome: z.enum(['cancelled', 'refunded', 'partly-refunded', 'refused', 'being-checked']).meta({
      description: 'cancelled: nothing was taken. refunded: it was paid, and everything left went back.',
    }),
    refund: refundView.optional(),
  })
  .meta({ id: 'Cancellation' })

/** Who asks, for the refund's record. */
export function requesterOf({ apiKeyId, mode }: ApiCaller): Requester {
  return { kind: 'api-key', id: publicId('key', apiKeyId), name: `API (${mode})` }
}

export const cancelPayment = route(
  'POST /api/v1/payments/:paymentId/cancel',
  {
    caller: 'merchant',
    may: 'payment.cancel',
    summary: 'Cancel a payment',
    description:
      'Ends a payment that is not paid yet and gives back what it holds; of a paid one, gives back all that is left.',
    input: cancelInput,
    idempotent: true,
    answers: {
      200: { description: 'What came of it', schema: cancellationView },
      202: { description: 'It is under way and settles by itself', schema: cancellationView },
    },
    errors: ['not-found', 'not-cancellable'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    return payment.state === 'paid'
      ? giveBack(gateway, payment, requesterOf(caller), input.reason, claim)
      : endUnpaid(gateway, payment, claim)
  },
)

function endUnpaid(gateway: HttpGateway, { merchantId, id }: Payment, claim: Claim): Promise<Reply> {
  return onceOnly(gateway, merchantId, claim, id, async (resumed) => {
    const changed = await gateway.payments.cancel(merchantId, id)
    if (changed.kind === 'missing') throw new ApiError('not-found')
    const { state } = changed.payment
    if (changed.kind === 'being-checked' || (resumed && state === 'voiding')) {
      return { status: 202, body: { paymentId: publicId('pay', id), outcome: 'being-checked' } }
    }
    if (changed.kind === 'wrong-state' && !(resumed && state === 'cancelled')) throw new ApiError('not-cancellable')
    return { status: 200, body: { paymentId: publicId('pay', id), outcome: 'cancelled' } }
  })
}

async function giveBack(
  gateway: HttpGateway,
  { merchantId, id }: Payment,
  requestedBy: Requester,
  reason: string,
  claim: Claim,
): Promise<Reply> {
  const view = (refund: Refund) => ({
    paymentId: publicId('pay', id),
    outcome: refund.state === 'refunding' ? 'being-checked' : refund.state,
    refund: viewRefund(refund),
  })
  const opened = await gateway.refunds.open(
    { merchantId, paymentId: id, strategy: 'ratio', kind: 'cancellation', reason, requestedBy },
    { ...claim, answer: (refund) => ({ status: 200, body: JSON.stringify(view(refund)) }) },
  )
  switch (opened.kind) {
    case 'opened':
      return { status: opened.refund.state === 'refunding' ? 202 : 200, body: view(opened.refund) }
    case 'replay':
      return replayed(opened.status, opened.body)
    case 'in-progress':
      throw new ApiError('request-in-progress', retrySoon('in-progress'))
    case 'key-reused':
      throw new ApiError('idempotency-key-reused')
    case 'refused': {
      const first = await replyOfFirst(gateway, merchantId, claim)
      if (first) return first
      throw new ApiError('not-cancellable')
    }
  }
}
