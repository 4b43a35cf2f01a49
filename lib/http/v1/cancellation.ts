import { z } from 'zod'
import { publicId, type Uuid } from '../../ids'
import type { ApiCaller } from '../../merchants/merchant'
import type { Cancelled } from '../../payments/cancellations'
import { verdictOf, type Refund, type Requester } from '../../payments/payment'
import { ApiError } from '../errors'
import { idOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { refuseUnsignedCancel } from './contract'
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
    errors: ['not-found', 'not-cancellable', 'signature-required'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const { id: paymentId } = await ownPayment(gateway, caller, params.paymentId)
    await refuseUnsignedCancel(gateway, caller.merchant.id)
    const merchantId = caller.merchant.id
    return onceOnly(gateway, merchantId, claim, paymentId, async (resumed) => {
      const cancelled = await gateway.cancellations.cancel({
        merchantId,
        paymentId,
        reason: input.reason,
        requestedBy: requesterOf(caller),
        word: 'asked',
        // Names the refund inside this request. No caller's key has a space in it, so none can be this one.
        claim: { ...claim, key: `cancel ${claim.key}` },
      })
      return replyTo(cancelled, gateway, { merchantId, paymentId, resumed })
    })
  },
)

interface Asked {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Whether an earlier try of the same request may have gone through. */
  readonly resumed: boolean
}

async function replyTo(cancelled: Cancelled, gateway: HttpGateway, asked: Asked): Promise<Reply> {
  const { merchantId, paymentId } = asked
  switch (cancelled.kind) {
    case 'voided':
      return voided(asked, verdictOf(cancelled.payment) === 'being-checked')
    case 'refunded':
      return refunded(asked, cancelled.refund)
    case 'repeated': {
      const refunds = await gateway.refunds.listOfPayment(merchantId, paymentId)
      const refund = refunds.findLast(({ kind }) => kind === 'cancellation')
      if (refund) return refunded(asked, refund)
      throw new ApiError('not-cancellable')
    }
    case 'refused': {
      const payment = asked.resumed ? await gateway.payments.find(merchantId, paymentId) : undefined
      if (payment?.state === 'cancelled' || payment?.state === 'voiding')
        return voided(asked, payment.state === 'voiding')
      throw new ApiError('not-cancellable')
    }
  }
}

function voided({ paymentId }: Asked, moving: boolean): Reply {
  const outcome = moving ? 'being-checked' : 'cancelled'
  return { status: moving ? 202 : 200, body: { paymentId: publicId('pay', paymentId), outcome } }
}

function refunded({ paymentId }: Asked, refund: Refund): Reply {
  const outcome = refund.state === 'refunding' || refund.state === 'queued' ? 'being-checked' : refund.state
  const moving = outcome === 'being-checked'
  return {
    status: moving ? 202 : 200,
    body: { paymentId: publicId('pay', paymentId), outcome, refund: viewRefund(refund) },
  }
}
