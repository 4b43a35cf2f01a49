import { z } from 'zod'
import { publicId } from '../../ids'
import type { ApiCaller } from '../../merchants/merchant'
import type { RefundStrategy } from '../../payments/payment'
import { refundReasons, requestStates } from '../../refund-requests/refund-request'
import type { Decided, Decider } from '../../refund-requests/refund-requests'
import { ApiError } from '../errors'
import { amountText, limitOf, page, text, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { requesterOf } from './cancellation'
import { otherWay, otherWayOf } from './other-way-input'
import { pathId } from './payments'
import { refundRequestView, viewRefundRequest } from './refund-request-view'
import { refundRefusal } from './refunds'

const requestQuery = z.strictObject({
  ...page('rrq'),
  state: z.enum(requestStates).optional(),
  reason: z.enum(refundReasons).optional(),
})

const approveInput = z
  .strictObject({
    amount: amountText.optional().meta({ description: 'Less than was asked for; all of it when absent.' }),
    strategy: z.enum(['ratio', 'last-in-first-out', 'chosen-leg']).default('ratio'),
    leg: z.int().min(1).max(99).optional().meta({ description: 'The leg, with the strategy chosen-leg.' }),
    way: otherWay.optional(),
  })
  .refine(({ strategy, leg }) => (strategy === 'chosen-leg') === (leg !== undefined), {
    path: ['leg'],
    message: 'not-together',
  })
  .meta({ id: 'RefundApproval' })

const declineInput = z
  .strictObject({ answer: text(500).meta({ description: 'What the shopper reads.', example: 'It was worn already.' }) })
  .meta({ id: 'RefundDecline' })

export const listRefundRequests = route(
  'GET /api/v1/refund-requests',
  {
    caller: 'merchant',
    may: 'refund-request.see',
    summary: 'List what shoppers ask to have back, newest first',
    query: requestQuery,
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ requests: z.array(refundRequestView), next: z.string().nullable() })
          .meta({ id: 'RefundRequestPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const { state, reason, after } = query
    const found = await gateway.refundRequests.list(merchant.id, {
      limit: limit + 1,
      ...(after && { before: uuidOf('rrq', after) }),
      ...(state && { state }),
      ...(reason && { reason }),
    })
    const requests = found.slice(0, limit).map(viewRefundRequest)
    return { status: 200, body: { requests, next: found.length > limit ? requests.at(-1)!.id : null } }
  },
)

export const getRefundRequest = route(
  'GET /api/v1/refund-requests/:requestId',
  {
    caller: 'merchant',
    may: 'refund-request.see',
    summary: 'See a refund request',
    answers: { 200: { description: 'The request', schema: refundRequestView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: await shown(gateway, caller, params.requestId),
  }),
)

export const approveRefundRequest = route(
  'POST /api/v1/refund-requests/:requestId/approve',
  {
    caller: 'merchant',
    may: 'refund-request.decide',
    summary: 'Give back what was asked for',
    description: 'Opens the refund and answers the request in one step: of two who decide at once, one does.',
    input: approveInput,
    idempotent: true,
    answers: {
      200: { description: 'The request, approved; `refundId` is under way or done', schema: refundRequestView },
    },
    errors: [
      'not-found',
      'request-closed',
      'not-refundable',
      'refund-exceeds',
      'refund-not-allowed',
      'signature-required',
    ],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const requestId = pathId('rrq', params.requestId)
    const strategy: RefundStrategy = input.strategy === 'chosen-leg' ? { leg: input.leg! } : input.strategy
    return onceOnly(gateway, caller.merchant.id, claim, requestId, async (resumed) => {
      const request = await gateway.refundRequests.find(caller.merchant.id, requestId)
      const payment = request && (await gateway.payments.find(caller.merchant.id, request.paymentId))
      if (!payment) throw new ApiError('not-found')
      const way = input.way && (await otherWayOf(gateway, payment, input.way))
      const decided = await gateway.refundRequests.approve(deciderOf(caller), {
        ...{ requestId, strategy },
        ...(input.amount !== undefined && { amount: BigInt(input.amount) }),
        ...(way && { way }),
      })
      return answer(gateway, caller, { requestId, decided, ended: resumed ? 'approved' : undefined })
    })
  },
)

export const declineRefundRequest = route(
  'POST /api/v1/refund-requests/:requestId/decline',
  {
    caller: 'merchant',
    may: 'refund-request.decide',
    summary: 'Decline a refund request, with words that the shopper reads',
    input: declineInput,
    idempotent: true,
    answers: { 200: { description: 'The request, declined', schema: refundRequestView } },
    errors: ['not-found', 'request-closed'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const requestId = pathId('rrq', params.requestId)
    return onceOnly(gateway, caller.merchant.id, claim, requestId, async (resumed) => {
      const decided = await gateway.refundRequests.decline(deciderOf(caller), requestId, input.answer)
      return answer(gateway, caller, { requestId, decided, ended: resumed ? 'declined' : undefined })
    })
  },
)

function deciderOf(caller: ApiCaller): Decider {
  const { merchant, apiKeyId } = caller
  return { kind: 'api-key', merchantId: merchant.id, keyId: apiKeyId, requester: requesterOf(caller) }
}

async function shown(gateway: HttpGateway, { merchant }: ApiCaller, id: string) {
  const request = await gateway.refundRequests.find(merchant.id, pathId('rrq', id))
  if (!request) throw new ApiError('not-found')
  return viewRefundRequest(request)
}

interface Outcome {
  readonly requestId: string
  readonly decided: Decided
  /** What an earlier try of the same request would have made of it. */
  readonly ended: 'approved' | 'declined' | undefined
}

async function answer(gateway: HttpGateway, caller: ApiCaller, { requestId, decided, ended }: Outcome): Promise<Reply> {
  switch (decided.kind) {
    case 'approved':
    case 'declined':
    case 'withdrawn':
      break
    case 'forbidden':
    case 'needs-second-person':
    // Only people are told what the shop's server said: a key is refused before it is asked.
    case 'shop-declined':
    case 'shop-silent':
      throw new ApiError('forbidden')
    case 'refused': {
      if (decided.reason === 'signature-required') throw new ApiError('signature-required')
      const now = ended && (await gateway.refundRequests.find(caller.merchant.id, requestId))
      if (!now || now.state !== ended)
        throw refundRefusal(decided.reason === 'same-person' ? 'missing' : decided.reason)
    }
  }
  return { status: 200, body: await shown(gateway, caller, publicId('rrq', requestId)) }
}
