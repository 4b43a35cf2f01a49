import { z } from 'zod'
import { publicId } from '../../ids'
import { currencyCodes } from '../../money/currency'
import { returnSources, returnStates, type ReturnTransfer } from '../../returns/return-transfer'
import { ApiError } from '../errors'
import { amountOut, idOf, limitOf, moment, page, uuidOf } from '../fields'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const transferView = z
  .strictObject({
    id: idOf('ret'),
    source: z.enum(returnSources).meta({
      description: 'debit: collected for an order that had been given up. giro: too much, twice, or too late.',
    }),
    paymentId: idOf('pay').optional(),
    amount: amountOut,
    currency: z.enum(currencyCodes),
    lastFour: z.string().meta({ description: 'Of the account it goes to: the one it came from.' }),
    state: z.enum(returnStates).meta({
      description:
        'rejected: the bank refused it or sent it back; somebody has to order it again or transfer it by hand.',
    }),
    reason: z.string().optional().meta({ description: 'The bank’s code.', example: 'AC04' }),
    createdAt: moment,
    changedAt: moment,
  })
  .meta({ id: 'ReturnTransfer', description: 'Money that goes back to its payer by transfer.' })

function viewTransfer({ amount: { amount, currency }, ...each }: ReturnTransfer): z.input<typeof transferView> {
  return {
    ...{ id: publicId('ret', each.id), source: each.source, amount: String(amount), currency },
    ...(each.paymentId && { paymentId: publicId('pay', each.paymentId) }),
    ...{ lastFour: each.lastFour, state: each.state },
    ...(each.reason === undefined ? {} : { reason: each.reason }),
    ...{ createdAt: each.createdAt.toISOString(), changedAt: each.changedAt.toISOString() },
  }
}

export const listReturnTransfers = route(
  'GET /api/v1/return-transfers',
  {
    caller: 'merchant',
    may: 'unpaid.see',
    summary: 'List transfers back to payers, newest first',
    query: z.strictObject({
      ...page('ret'),
      state: z.enum(returnStates).optional(),
      paymentId: idOf('pay').optional().meta({ description: 'Only transfers of this payment.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ transfers: z.array(transferView), next: z.string().nullable() })
          .meta({ id: 'ReturnTransferPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.returns.list(merchant.id, {
      ...{ state: query.state, limit: limit + 1 },
      paymentId: query.paymentId ? uuidOf('pay', query.paymentId) : undefined,
      before: query.after ? uuidOf('ret', query.after) : undefined,
    })
    const transfers = found.slice(0, limit).map(viewTransfer)
    return { status: 200, body: { transfers, next: found.length > limit ? transfers.at(-1)!.id : null } }
  },
)

export const getReturnTransfer = route(
  'GET /api/v1/return-transfers/:transferId',
  {
    caller: 'merchant',
    may: 'unpaid.see',
    summary: 'See a transfer back to a payer',
    answers: { 200: { description: 'The transfer', schema: transferView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params }): Promise<Reply> => {
    const found = await gateway.returns.find(merchant.id, pathId('ret', params.transferId))
    if (!found) throw new ApiError('not-found')
    return { status: 200, body: viewTransfer(found) }
  },
)
