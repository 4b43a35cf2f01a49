import { z } from 'zod'
import { disputeReasons } from '../../disputes/dispute'
import type { DeskDecided } from '../../disputes/decisions'
import { disputeData } from '../../disputes/dispute-messages'
import { disputeStates } from '../../disputes/dispute-moves'
import { publicId } from '../../ids'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, amountText, currency, idOf, idParameter, limitOf, moment, page, text, uuidOf } from '../fields'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { requesterOf } from './cancellation'
import { pathId } from './payments'

const disputeView = z
  .strictObject({
    id: idOf('dis'),
    payment: idOf('pay'),
    orderRef: z.string(),
    orderName: z.string(),
    reason: z.enum(disputeReasons),
    claim: z.string().meta({ description: 'The shopper’s own words.' }),
    wanted: amountOut,
    currency,
    state: z.enum(disputeStates).meta({
      description:
        'open waits for your answer; answered, unanswered and second wait for a decision; deciding settles by itself.',
    }),
    answerBy: moment,
    decideBy: moment.optional(),
    answer: z.string().optional(),
    answeredAt: moment.optional(),
    offer: amountOut.optional(),
    outcome: z.enum(['shopper', 'shop', 'part']).optional(),
    granted: amountOut.optional(),
    decision: z.string().optional(),
    refund: idOf('ref').optional(),
    createdAt: moment,
    closedAt: moment.optional(),
  })
  .meta({ id: 'Dispute', description: 'A shopper’s claim over a payment.' })

export const listDisputes = route(
  'GET /api/v1/disputes',
  {
    caller: 'merchant',
    may: 'dispute.see',
    summary: 'List disputes, newest first',
    query: z.strictObject({
      ...page('dis'),
      state: z.enum(disputeStates).optional(),
      payment: idParameter('pay').optional().meta({ description: 'Only disputes of this payment.' }),
      orderRef: z.string().max(200).optional().meta({ description: 'Only disputes of this order.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({
            disputes: z.array(disputeView),
            next: z.string().nullable().meta({ description: 'Send it as `after`.' }),
          })
          .meta({ id: 'DisputePage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.disputes.list(merchant.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('dis', query.after) }),
      ...(query.state && { states: [query.state] }),
      ...(query.payment && { paymentId: uuidOf('pay', query.payment) }),
      ...(query.orderRef && { orderRef: query.orderRef }),
    })
    const disputes = found.slice(0, limit).map(disputeData)
    return { status: 200, body: { disputes, next: found.length > limit ? disputes.at(-1)!.id : null } }
  },
)

export const getDispute = route(
  'GET /api/v1/disputes/:disputeId',
  {
    caller: 'merchant',
    may: 'dispute.see',
    summary: 'See a dispute',
    answers: { 200: { description: 'The dispute', schema: disputeView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const dispute = await gateway.disputes.find(caller.merchant.id, pathId('dis', params.disputeId))
    if (!dispute) throw new ApiError('not-found')
    return { status: 200, body: disputeData(dispute) }
  },
)

export const answerDispute = route(
  'POST /api/v1/disputes/:disputeId/answer',
  {
    caller: 'merchant',
    may: 'dispute.answer',
    summary: 'Answer a dispute',
    description:
      'With an offer of all that is claimed the dispute ends at once and it is refunded; a smaller one waits for the shopper.',
    input: z
      .strictObject({
        text: text(1000).meta({ description: 'Your answer; the shopper and whoever decides read it.' }),
        offer: amountText.optional(),
      })
      .meta({ id: 'DisputeAnswer' }),
    idempotent: true,
    answers: { 200: { description: 'The dispute as it stands now', schema: disputeView } },
    errors: ['not-found', 'dispute-not-open'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const { merchant } = caller
    const disputeId = pathId('dis', params.disputeId)
    return onceOnly(gateway, merchant.id, claim, disputeId, async (resumed) => {
      const before = resumed ? await gateway.disputes.find(merchant.id, disputeId) : undefined
      if (before?.answer === input.text) return { status: 200, body: disputeData(before) }
      const requester = requesterOf(caller)
      const actor = { kind: 'api-key', id: caller.apiKeyId, name: requester.name, role: 'api-key' } as const
      const answered = await gateway.disputes.decisions.answer(
        { kind: 'server', merchantId: merchant.id, actor, requester },
        { disputeId, text: input.text, ...(input.offer !== undefined && { offer: BigInt(input.offer) }) },
      )
      return { status: 200, body: disputeData(disputeOf(answered)), headers: locationOf(disputeId) }
    })
  },
)

function locationOf(disputeId: string) {
  return { location: `/api/v1/disputes/${publicId('dis', disputeId)}` }
}

function disputeOf(answered: DeskDecided) {
  switch (answered.kind) {
    case 'done':
    case 'proposed':
    case 'not-refunded':
      return answered.dispute
    case 'missing':
      throw new ApiError('not-found')
    case 'wrong-state':
      throw new ApiError('dispute-not-open')
    case 'refused':
      throw new ApiError('invalid-input', { errors: [wrongMember(['offer'], 'too-large')] })
    case 'forbidden':
    case 'needs-second-person':
      throw new ApiError('forbidden')
  }
}
