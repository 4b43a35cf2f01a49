import { z } from 'zod'
import { batchStates, type BatchWithCounts, debitStates, mandateReference } from '../../direct-debit/debit'
import { type Mandate, mandateKinds } from '../../direct-debit/mandate'
import { publicId } from '../../ids'
import { currencyCodes } from '../../money/currency'
import { ApiError } from '../errors'
import { amountOut, currency, idOf, limitOf, moment, page, uuidOf } from '../fields'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const mandateView = z
  .strictObject({
    id: idOf('man'),
    reference: z.string().meta({ description: 'How banks and payers know it.' }),
    shopper: idOf('per'),
    kind: z.enum(mandateKinds).meta({ description: 'recurring: later orders may be collected by it too.' }),
    bank: z.string(),
    lastFour: z.string(),
    state: z.enum(['active', 'revoked']),
    signedAt: moment,
    revokedAt: moment.optional(),
  })
  .meta({ id: 'Mandate', description: 'Only the shopper revokes it.' })

function viewMandate({
  id,
  shopperId,
  kind,
  bank,
  lastFour,
  state,
  signedAt,
  revokedAt,
}: Mandate): z.input<typeof mandateView> {
  return {
    ...{ id: publicId('man', id), reference: mandateReference(id), shopper: publicId('per', shopperId) },
    ...{ kind, bank, lastFour, state, signedAt: signedAt.toISOString() },
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  }
}

export const listMandates = route(
  'GET /api/v1/mandates',
  {
    caller: 'merchant',
    may: 'debit.see',
    summary: 'List mandates for direct debits, newest first',
    query: z.strictObject({
      ...page('man'),
      state: z.enum(['active', 'revoked']).optional(),
      shopper: idOf('per').optional().meta({ description: 'Only mandates of this shopper.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ mandates: z.array(mandateView), next: z.string().nullable() })
          .meta({ id: 'MandatePage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.mandates.ofMerchant(merchant.id, {
      ...{ state: query.state, limit: limit + 1 },
      ...(query.shopper && { shopperId: uuidOf('per', query.shopper) }),
      ...(query.after && { before: uuidOf('man', query.after) }),
    })
    const mandates = found.slice(0, limit).map(viewMandate)
    return { status: 200, body: { mandates, next: found.length > limit ? mandates.at(-1)!.id : null } }
  },
)

export const getMandate = route(
  'GET /api/v1/mandates/:mandateId',
  {
    caller: 'merchant',
    may: 'debit.see',
    summary: 'See a mandate',
    answers: { 200: { description: 'The mandate', schema: mandateView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params }): Promise<Reply> => {
    const found = await gateway.mandates.find(merchant.id, pathId('man', params.mandateId))
    if (!found) throw new ApiError('not-found')
    return { status: 200, body: viewMandate(found) }
  },
)

const batchView = z
  .strictObject({
    id: idOf('dbb'),
    bank: z.string().meta({ description: 'The bank that collects it.' }),
    collectOn: z.iso.date().meta({ description: 'The day on which payers’ banks are asked.' }),
    debits: z.int().meta({ description: 'How many are in the file.' }),
    total: amountOut,
    currency: z.enum(currencyCodes),
    state: z.enum(batchStates).meta({
      description:
        'claimed, written: being made. sent: at the bank. answered: the bank has reported. rejected: the bank refused the file; its debits are tried again.',
    }),
    reason: z.string().optional(),
    counts: z.partialRecord(z.enum(debitStates), z.int()).meta({ description: 'Debits by what became of them since.' }),
    createdAt: moment,
  })
  .meta({ id: 'DebitBatch', description: 'Direct debits that go to the bank in one file.' })

function viewBatch({ id, houseBank, collectOn, debits, total, ...batch }: BatchWithCounts): z.input<typeof batchView> {
  return {
    ...{ id: publicId('dbb', id), bank: houseBank, collectOn, debits },
    ...{ total: String(total.amount), currency: total.currency, state: batch.state },
    ...(batch.reason === undefined ? {} : { reason: batch.reason }),
    ...{ counts: batch.counts, createdAt: batch.createdAt.toISOString() },
  }
}

export const listDebitBatches = route(
  'GET /api/v1/debit-batches',
  {
    caller: 'merchant',
    may: 'debit.see',
    summary: 'List files of direct debits, newest first',
    query: z.strictObject(page('dbb')),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ batches: z.array(batchView), next: z.string().nullable() })
          .meta({ id: 'DebitBatchPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const before = query.after ? uuidOf('dbb', query.after) : undefined
    const found = await gateway.debitBatches.list(merchant.id, { before, limit: limit + 1 })
    const batches = found.slice(0, limit).map(viewBatch)
    return { status: 200, body: { batches, next: found.length > limit ? batches.at(-1)!.id : null } }
  },
)

export const getDebitBatch = route(
  'GET /api/v1/debit-batches/:batchId',
  {
    caller: 'merchant',
    may: 'debit.see',
    summary: 'See a file of direct debits',
    answers: { 200: { description: 'The file', schema: batchView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params }): Promise<Reply> => {
    const found = await gateway.debitBatches.find(merchant.id, pathId('dbb', params.batchId))
    if (!found) throw new ApiError('not-found')
    return { status: 200, body: viewBatch(found) }
  },
)

const debitView = z
  .strictObject({
    line: z.int(),
    paymentId: idOf('pay'),
    mandate: idOf('man'),
    orderName: z.string(),
    amount: amountOut,
    currency,
    tries: z.int().meta({ description: 'Which try of this debit the line is.' }),
    state: z.enum(debitStates).meta({
      description:
        'Where the debit stands now. asked: not decided. open: waits for a file. batched: in a file. recalled: in a file, and nobody wants it any more. collected: the bank has the money. settled: the payment has it. returned: the bank took it back after the payment was paid. to-return, returning, given-back: it came for an order that had been given up.',
    }),
    reason: z.string().optional().meta({ description: 'The bank’s code.', example: 'AM04' }),
  })
  .meta({ id: 'DebitLine' })

export const listDebits = route(
  'GET /api/v1/debit-batches/:batchId/debits',
  {
    caller: 'merchant',
    may: 'debit.see',
    summary: 'List the direct debits of a file, in its order',
    query: z.strictObject({
      limit: page('dbb').limit,
      after: z
        .string()
        .regex(/^[1-9][0-9]{0,5}$/)
        .optional()
        .meta({ description: '`next` of the page before.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ debits: z.array(debitView), next: z.string().nullable() })
          .meta({ id: 'DebitLinePage' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params, query }): Promise<Reply> => {
    const batchId = pathId('dbb', params.batchId)
    if (!(await gateway.debitBatches.find(merchant.id, batchId))) throw new ApiError('not-found')
    const limit = limitOf(query.limit)
    const after = Number(query.after ?? 0)
    const found = await gateway.debitBatches.lines(merchant.id, batchId, { after, limit: limit + 1 })
    const debits = found.slice(0, limit).map(({ line, tries, amount, debit }) => ({
      ...{ line, tries, amount: String(amount), currency: debit.amount.currency, orderName: debit.orderName },
      ...{ paymentId: publicId('pay', debit.paymentId), mandate: publicId('man', debit.mandateId) },
      ...{ state: debit.state, ...(debit.reason === undefined ? {} : { reason: debit.reason }) },
    }))
    return { status: 200, body: { debits, next: found.length > limit ? String(debits.at(-1)!.line) : null } }
  },
)
