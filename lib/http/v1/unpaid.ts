import { z } from 'zod'
import type { GiroBill } from '../../giro/giro-bill'
import { publicId, uuidAt } from '../../ids'
import type { Unpaid } from '../../unpaid/unpaid'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, currency, idOf, limitOf, moment, page, text, uuidOf } from '../fields'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { ownPayment } from './payments'

const partView = z
  .strictObject({
    module: z.string(),
    amount: amountOut,
    received: amountOut.meta({ description: 'What of it has come.' }),
    reference: z.string().optional().meta({ description: 'Only of giro: ISO 11649, without spaces.' }),
    payer: z.string().optional(),
    demands: z.int().meta({ description: 'Reminders that were sent.' }),
    dueAt: moment.optional(),
    isOverdue: z.boolean(),
  })
  .meta({ id: 'AwaitedPart' })

const unpaidView = z
  .strictObject({
    paymentId: idOf('pay'),
    orderRef: z.string(),
    orderName: z.string(),
    amount: amountOut,
    taken: amountOut.meta({ description: 'What other means have paid.' }),
    currency,
    createdAt: moment,
    parts: z.array(partView),
  })
  .meta({ id: 'UnpaidPayment' })

function viewUnpaid({ paymentId, amount, taken, createdAt, parts, ...rest }: Unpaid): z.input<typeof unpaidView> {
  return {
    ...rest,
    paymentId: publicId('pay', paymentId),
    amount: String(amount),
    taken: String(taken),
    createdAt: createdAt.toISOString(),
    parts: parts.map(({ module, received, reference, payer, demands, dueAt, isOverdue, ...part }) => ({
      ...{ module, demands, isOverdue, amount: String(part.amount), received: String(received) },
      ...(reference === undefined ? {} : { reference }),
      ...(payer === undefined ? {} : { payer }),
      ...(dueAt ? { dueAt: dueAt.toISOString() } : {}),
    })),
  }
}

export const listUnpaid = route(
  'GET /api/v1/unpaid',
  {
    caller: 'merchant',
    may: 'unpaid.see',
    summary: 'List payments that wait for a part of them, newest first',
    query: z.strictObject({
      ...page('pay'),
      module: text(40).optional().meta({ description: 'Only what is awaited by this module.', example: 'giro' }),
      overdue: z.enum(['true', 'false']).optional().meta({ description: 'true: only what is overdue.' }),
      search: text(100).optional().meta({ description: 'In the order, the reference or the payer’s name.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ payments: z.array(unpaidView), next: z.string().nullable() })
          .meta({ id: 'UnpaidPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.unpaid.page(merchant.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('pay', query.after) }),
      ...(query.module && { module: query.module }),
      ...(query.search && { search: query.search }),
      overdue: query.overdue === 'true',
    })
    const payments = found.slice(0, limit).map(viewUnpaid)
    return { status: 200, body: { payments, next: found.length > limit ? payments.at(-1)!.paymentId : null } }
  },
)

const billView = z
  .strictObject({
    paymentId: idOf('pay'),
    reference: z.string().meta({ description: 'ISO 11649, without spaces.' }),
    dueAt: moment,
    demands: z.int().meta({ description: 'Reminders that were sent.' }),
  })
  .meta({ id: 'GiroBill' })

function viewBill({ paymentId, reference, dueAt, demands }: GiroBill): z.input<typeof billView> {
  return { paymentId: publicId('pay', paymentId), reference, dueAt: dueAt.toISOString(), demands }
}

export const sendDemand = route(
  'POST /api/v1/payments/:paymentId/demands',
  {
    caller: 'merchant',
    may: 'unpaid.change',
    summary: 'Send a demand for what is still owed by giro',
    input: z.strictObject({}),
    idempotent: true,
    answers: { 201: { description: 'The demand is on its way', schema: billView } },
    errors: ['not-found', 'not-awaited'],
  },
  async ({ gateway, caller, params, claim }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const { merchantId, id: paymentId } = payment
    return onceOnly(gateway, merchantId, claim, uuidAt(gateway.clock.now()), async () => {
      const [bill] = await gateway.giro.billsOf(merchantId, paymentId)
      const sent = bill && (await gateway.giro.send(merchantId, bill.id, 'API'))
      if (!bill || (sent !== 'sent' && sent !== 'just-sent')) throw new ApiError('not-awaited')
      const [now] = await gateway.giro.billsOf(merchantId, paymentId)
      return { status: 201, body: viewBill(now ?? bill) }
    })
  },
)

export const extendDueDate = route(
  'POST /api/v1/payments/:paymentId/due-date',
  {
    caller: 'merchant',
    may: 'unpaid.change',
    summary: 'Give the payer of a giro bill more time',
    input: z.strictObject({ dueAt: moment }),
    idempotent: true,
    answers: { 201: { description: 'It is due then', schema: billView } },
    errors: ['not-found', 'not-awaited'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const { merchantId, id: paymentId } = await ownPayment(gateway, caller, params.paymentId)
    return onceOnly(gateway, merchantId, claim, uuidAt(gateway.clock.now()), async () => {
      const [bill] = await gateway.giro.billsOf(merchantId, paymentId)
      const dueAt = new Date(input.dueAt)
      const done = bill && (await gateway.giro.extend(merchantId, bill.id, dueAt))
      if (done === 'too-early' || done === 'too-late') {
        throw new ApiError('invalid-input', {
          errors: [wrongMember(['dueAt'], done === 'too-early' ? 'too-small' : 'too-large')],
        })
      }
      // The same again has been done already.
      if (!bill || (done !== 'extended' && bill.dueAt.getTime() !== dueAt.getTime())) throw new ApiError('not-awaited')
      return { status: 201, body: viewBill({ ...bill, dueAt }) }
    })
  },
)
