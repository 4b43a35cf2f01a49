import { z } from 'zod'
import type { RefundRefusal } from '../../payments/refunds'
import type { Refund, RefundStrategy } from '../../payments/payment'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { replayed, retrySoon } from '../idempotency'
import { type Reply, route } from '../route'
import { requesterOf } from './cancellation'
import { refuseUnsignedCancel } from './contract'
import { otherWayOf } from './other-way-input'
import { refundInput } from './payment-input'
import { ownPayment, pathId } from './payments'
import { refundView, viewRefund } from './refund-view'

export const createRefund = route(
  'POST /api/v1/payments/:paymentId/refunds',
  {
    caller: 'merchant',
    may: 'payment.refund',
    summary: 'Refund a payment, whole or in part',
    description:
      'Never more than was paid, however many ask at once. What an issuer refuses to take back stands in `state`.',
    input: refundInput,
    idempotent: true,
    answers: {
      201: { description: 'The refund, finished', schema: refundView },
      202: { description: 'The refund is under way and settles by itself', schema: refundView },
    },
    errors: [
      ...(['not-found', 'not-refundable', 'refund-exceeds', 'signature-required'] as const),
      ...(['refund-not-allowed', 'refund-needs-approval'] as const),
    ],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const paymentId = pathId('pay', params.paymentId)
    await refuseUnsignedCancel(gateway, caller.merchant.id)
    if (input.currency !== undefined) {
      const { currency } = await ownPayment(gateway, caller, params.paymentId)
      if (currency !== input.currency) {
        throw new ApiError('invalid-input', { errors: [wrongMember(['currency'], 'currency-differs')] })
      }
    }
    const way = input.way && (await otherWayOf(gateway, await ownPayment(gateway, caller, params.paymentId), input.way))
    const strategy: RefundStrategy = input.strategy === 'chosen-leg' ? { leg: input.leg! } : input.strategy
    const opened = await gateway.refunds.open(
      {
        merchantId: caller.merchant.id,
        paymentId,
        strategy,
        kind: 'refund',
        reason: input.reason,
        requestedBy: requesterOf(caller),
        word: 'asked',
        ...(input.items && { items: input.items }),
        ...(way && { way }),
        ...(input.amount !== undefined && { amount: BigInt(input.amount) }),
      },
      { ...claim, answer: (refund: Refund) => ({ status: 201, body: JSON.stringify(viewRefund(refund)) }) },
    )
    switch (opened.kind) {
      case 'opened': {
        const body = viewRefund(opened.refund)
        const status = ['queued', 'refunding'].includes(opened.refund.state) ? 202 : 201
        return { status, body, headers: { location: `/api/v1/refunds/${body.id}` } }
      }
      case 'replay':
        return replayed(opened.status, opened.body)
      case 'in-progress':
        throw new ApiError('request-in-progress', retrySoon('in-progress'))
      case 'key-reused':
        throw new ApiError('idempotency-key-reused')
      case 'refused':
        throw refundRefusal(opened.reason)
    }
  },
)

/** Why a refund was not opened, as the API says it. */
export function refundRefusal(reason: RefundRefusal): ApiError {
  switch (reason) {
    case 'missing':
      return new ApiError('not-found')
    case 'not-paid':
    case 'by-hand-only':
    case 'not-otherwise':
      return new ApiError('not-refundable')
    case 'exceeds':
    case 'item-refunded':
      return new ApiError('refund-exceeds')
    case 'no-such-leg':
      return new ApiError('invalid-input', { errors: [wrongMember(['leg'], 'no-such-leg')] })
    case 'no-such-item':
      return new ApiError('invalid-input', { errors: [wrongMember(['items'], 'no-such-item')] })
    case 'request-closed':
      return new ApiError('request-closed')
    case 'forbidden-by-policy':
    case 'window-over':
    // Limits are people's.
    case 'over-limit':
      return new ApiError('refund-not-allowed')
    case 'needs-approval':
      return new ApiError('refund-needs-approval')
  }
}

export const listRefunds = route(
  'GET /api/v1/payments/:paymentId/refunds',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'List the refunds of a payment',
    answers: {
      200: {
        description: 'All of them, oldest first',
        schema: z.strictObject({ refunds: z.array(refundView) }).meta({ id: 'RefundList' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const refunds = await gateway.refunds.listOfPayment(caller.merchant.id, payment.id)
    return { status: 200, body: { refunds: refunds.map(viewRefund) } }
  },
)

export const getRefund = route(
  'GET /api/v1/refunds/:refundId',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'See a refund',
    answers: { 200: { description: 'The refund', schema: refundView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const refund = await gateway.refunds.find(caller.merchant.id, pathId('ref', params.refundId))
    if (!refund) throw new ApiError('not-found')
    return { status: 200, body: viewRefund(refund) }
  },
)
