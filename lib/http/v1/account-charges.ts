import { z } from 'zod'
import { publicId } from '../../ids'
import { money } from '../../money/money'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountText, currency, idParameter, limitOf, page, text, uuidOf } from '../fields'
import { type Reply, route } from '../route'
import { accountRefundView, chargeView, movementView, viewMoved, viewMovement } from './account-view'
import { ownAccount } from './accounts'
import { pathId } from './payments'

/** Whose references idempotency keys are. */
export const API = 'api'

export const chargeInput = z
  .strictObject({
    amount: amountText,
    currency,
    description: text(200).meta({ description: 'What the holder reads of it.', example: 'Ringtone' }),
  })
  .meta({ id: 'AccountChargeInput' })

/** A repeat is told from the first answer by a header, as everywhere; its body is the same. */
export const repeatedHeaders = (repeated: boolean) => (repeated ? { headers: { 'idempotency-replayed': 'true' } } : {})

export const chargeAccount = route(
  'POST /api/v1/accounts/:accountId/charges',
  {
    caller: 'merchant',
    may: 'account.charge',
    summary: 'Charge an account',
    description:
      'Checks every limit and takes the amount in one step. A decline is a result, found in `status` and `reason`; its Idempotency-Key stays answered with it, so try again later with a new one.',
    input: chargeInput,
    idempotent: true,
    answers: { 201: { description: 'The charge, or why it was declined', schema: chargeView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params, input, claim }): Promise<Reply> => {
    const accountId = pathId('acc', params.accountId)
    const result = await gateway.accounts.charge({
      ...{ merchantId: merchant.id, requester: API, reference: claim.key, fingerprint: claim.fingerprint, accountId },
      amount: money(BigInt(input.amount), input.currency),
      description: input.description,
      shop: merchant.name,
      ownOnly: true,
    })
    switch (result.kind) {
      case 'charged': {
        const body = { status: 'charged', ...viewMoved(result.charge, result.currency, result.at) }
        return { status: 201, body, ...repeatedHeaders(result.repeated) }
      }
      case 'refused': {
        if (result.reason === 'unregistered') throw new ApiError('not-found')
        const { amount, currency: asked } = input
        const body = { status: 'declined', accountId: params.accountId, amount, currency: asked, reason: result.reason }
        return { status: 201, body, ...repeatedHeaders(result.repeated) }
      }
      case 'reference-reused':
        throw new ApiError('idempotency-key-reused')
    }
  },
)

const refundInput = z
  .strictObject({
    chargeId: idParameter('mov'),
    amount: amountText.optional().meta({ description: 'All that is left of the charge when absent.' }),
    currency: currency.optional(),
    description: text(200).optional().meta({ description: 'That of the charge when absent.' }),
  })
  .refine(({ amount, currency: given }) => (amount === undefined) === (given === undefined), 'not-together')
  .meta({ id: 'AccountRefundInput' })

export const refundAccountCharge = route(
  'POST /api/v1/accounts/:accountId/refunds',
  {
    caller: 'merchant',
    may: 'account.refund',
    summary: 'Give a charge back, whole or in part',
    description:
      'Send `amount` and `currency` together, or neither. Never more than was charged, however many ask at once; what goes back no longer counts in its month.',
    input: refundInput,
    idempotent: true,
    answers: { 201: { description: 'The refund', schema: accountRefundView } },
    errors: ['not-found', 'charge-refund-exceeds'],
  },
  async ({ gateway, caller: { merchant }, params, input, claim }): Promise<Reply> => {
    const accountId = pathId('acc', params.accountId)
    const { chargeId, amount, currency: given, description } = input
    const result = await gateway.accounts.refund({
      ...{ merchantId: merchant.id, requester: API, reference: claim.key, fingerprint: claim.fingerprint },
      charge: { id: uuidOf('mov', chargeId), accountId },
      ...(amount !== undefined && given !== undefined && { amount: money(BigInt(amount), given) }),
      ...(description !== undefined && { description }),
    })
    if (result.kind === 'reference-reused') throw new ApiError('idempotency-key-reused')
    if (result.kind === 'refunded') {
      const body = { ...viewMoved(result.refund, result.currency, result.at), chargeId }
      return { status: 201, body, ...repeatedHeaders(result.repeated) }
    }
    switch (result.reason) {
      case 'no-such-charge':
        throw new ApiError('not-found')
      case 'exceeds':
        throw new ApiError('charge-refund-exceeds')
      case 'wrong-currency':
        throw new ApiError('invalid-input', { errors: [wrongMember(['currency'], 'currency-differs')] })
    }
  },
)

export const listMovements = route(
  'GET /api/v1/accounts/:accountId/movements',
  {
    caller: 'merchant',
    may: 'account.see',
    summary: 'List what moved on an account, newest first',
    description: 'Of what other shops charged, only that it moved and how much.',
    query: z.strictObject(page('mov')),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({
            movements: z.array(movementView),
            next: z.string().nullable().meta({ description: 'Send it as `after`.' }),
          })
          .meta({ id: 'AccountMovementPage' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, query }): Promise<Reply> => {
    const account = await ownAccount(gateway, caller, params.accountId)
    const limit = limitOf(query.limit)
    const found = await gateway.accounts.history(account.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('mov', query.after) }),
    })
    const movements = found.slice(0, limit).map((movement) => ({
      ...viewMovement(movement),
      // What was bought elsewhere is its holder's business.
      ...(movement.merchantId !== caller.merchant.id && { description: '' }),
    }))
    const last = found.at(limit - 1)
    return { status: 200, body: { movements, next: found.length > limit && last ? publicId('mov', last.id) : null } }
  },
)
