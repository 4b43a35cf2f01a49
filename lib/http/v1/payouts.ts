import { z } from 'zod'
import { publicId } from '../../ids'
import { currencyCodes } from '../../money/currency'
import { type Payout, payoutStates, sumsOf } from '../../settlement/payout'
import { profitOf, vatOf } from '../../settlement/months'
import { ApiError } from '../errors'
import { amountOut, idOf, limitOf, moment, page, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const signed = z.string().regex(/^-?(?:0|[1-9][0-9]{0,17})$/)
const date = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)

const payoutView = z
  .strictObject({
    id: idOf('po'),
    currency: z.enum(currencyCodes),
    day: date.meta({ description: 'The day of your schedule.' }),
    until: moment.meta({ description: 'What was booked until then is in it.' }),
    state: z.enum(payoutStates).meta({
      description:
        'blocked: a payment in it is being looked into. waiting: no account is agreed on. carried: too little; part of the next one. due: goes to the bank with the next file. filed: ordered. accepted: the bank has taken the order. rejected: the bank sent it back, and it is owed to you again.',
    }),
    reason: z.string().optional(),
    lines: z.int().meta({ description: 'How many postings are in it.' }),
    sold: signed,
    refunded: signed,
    fees: signed.meta({ description: 'With their tax.' }),
    other: signed,
    carriedIn: signed.meta({ description: 'Left over from earlier payouts; negative where you owed.' }),
    reserved: amountOut.meta({ description: 'Kept back for a while, as your terms say.' }),
    released: amountOut.meta({ description: 'Kept back earlier, and paid now.' }),
    net: signed.meta({ description: 'What it comes to.' }),
    amount: amountOut.meta({ description: 'What is paid; 0 until it is due.' }),
    createdAt: moment,
    bookedOn: date.optional().meta({
      description: 'The day on which the bank booked it, by its own statement; only where one payout is seen.',
    }),
  })
  .meta({ id: 'Payout', description: 'Amounts are smallest units of the currency.' })

export const listPayouts = route(
  'GET /api/v1/payouts',
  {
    caller: 'merchant',
    may: 'payout.see',
    summary: 'List payouts, newest first',
    query: z.strictObject({ ...page('po'), state: z.enum(payoutStates).optional() }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ payouts: z.array(payoutView), next: z.string().nullable() })
          .meta({ id: 'PayoutPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.settlement.list(merchant.id, {
      ...{ state: query.state, limit: limit + 1 },
      before: query.after ? uuidOf('po', query.after) : undefined,
    })
    const payouts = found.slice(0, limit).map(viewPayout)
    return { status: 200, body: { payouts, next: found.length > limit ? payouts.at(-1)!.id : null } }
  },
)

export const getPayout = route(
  'GET /api/v1/payouts/:payoutId',
  {
    caller: 'merchant',
    may: 'payout.see',
    summary: 'See a payout',
    answers: { 200: { description: 'The payout', schema: payoutView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payout = await ownPayout(gateway, caller.merchant.id, params.payoutId)
    const bookedOn = await gateway.statements.payoutBookedOn(payout.id)
    return { status: 200, body: { ...viewPayout(payout), ...(bookedOn !== undefined && { bookedOn }) } }
  },
)

const lineView = z
  .strictObject({
    id: z.uuid(),
    kind: z.string().meta({ example: 'capture' }),
    paymentId: idOf('pay').optional(),
    orderRef: z.string().optional(),
    amount: signed,
    at: moment,
  })
  .meta({ id: 'PayoutLine', description: 'Each posting is a line of one payout and no other.' })

export const listPayoutLines = route(
  'GET /api/v1/payouts/:payoutId/lines',
  {
    caller: 'merchant',
    may: 'payout.see',
    summary: 'List what a payout is made of, as it was booked',
    query: z.strictObject({
      limit: page('po').limit,
      after: z.uuid().optional().meta({ description: '`next` of the page before.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ lines: z.array(lineView), next: z.string().nullable() })
          .meta({ id: 'PayoutLinePage' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, query }): Promise<Reply> => {
    const payout = await ownPayout(gateway, caller.merchant.id, params.payoutId)
    const limit = limitOf(query.limit)
    const found = await gateway.settlement.lines(payout, { after: query.after, limit: limit + 1 })
    const lines = found.slice(0, limit).map((line) => ({
      ...{ id: line.postingId, kind: line.kind, amount: line.amount.toString(), at: line.at.toISOString() },
      ...(line.paymentId && { paymentId: publicId('pay', line.paymentId) }),
      ...(line.orderRef !== undefined && { orderRef: line.orderRef }),
    }))
    return { status: 200, body: { lines, next: found.length > limit ? lines.at(-1)!.id : null } }
  },
)

const month = z.string().regex(/^20[0-9]{2}-(?:0[1-9]|1[0-2])$/)

const monthView = z
  .strictObject({
    month,
    sales: z.int(),
    ...{ sold: signed, refunded: signed, chargedBack: signed, fees: signed, feeVat: signed, other: signed },
    left: signed.meta({ description: 'What remains of the sales.' }),
    vat: z.strictObject({ supply: signed, output: signed, input: signed, due: signed }).optional().meta({
      description:
        'Value added tax, of won alone: taking every sale for taxed, with the tax in its price. input: on our fees.',
    }),
  })
  .meta({ id: 'ProfitMonth' })

export const listProfit = route(
  'GET /api/v1/profit-and-loss',
  {
    caller: 'merchant',
    may: 'payout.see',
    summary: 'Profit and loss by month, from the books',
    query: z.strictObject({
      currency: z.enum(currencyCodes),
      first: month.meta({ description: 'The first month, YYYY-MM.' }),
      last: month.meta({ description: 'The last month; in it too.' }),
    }),
    answers: {
      200: {
        description: 'The months in which something was booked, the latest first',
        schema: z.strictObject({ months: z.array(monthView) }).meta({ id: 'ProfitMonths' }),
      },
    },
  },
  async ({ gateway, caller, query }): Promise<Reply> => {
    const months = await gateway.settlement.months(caller.merchant.id, query)
    return {
      status: 200,
      body: {
        months: months.map(({ month: name, sales, ...sums }) => ({
          ...(query.currency === 'KRW' && {
            vat: Object.fromEntries(Object.entries(vatOf(sums)).map(([part, amount]) => [part, String(amount)])),
          }),
          ...{ month: name, sales, left: profitOf(sums).toString() },
          ...{ sold: sums.sold.toString(), refunded: sums.refunded.toString() },
          ...{ chargedBack: sums.chargedBack.toString(), fees: sums.fees.toString() },
          ...{ feeVat: sums.feeVat.toString(), other: sums.other.toString() },
        })),
      },
    }
  },
)

async function ownPayout({ settlement }: HttpGateway, merchantId: string, id: string): Promise<Payout> {
  const payout = await settlement.find(merchantId, pathId('po', id))
  if (!payout) throw new ApiError('not-found')
  return payout
}

function viewPayout(payout: Payout) {
  const sums = sumsOf(payout)
  return {
    ...{ id: publicId('po', payout.id), currency: payout.currency, day: payout.day, state: payout.state },
    ...{ until: payout.until.toISOString(), createdAt: payout.createdAt.toISOString(), lines: payout.lines },
    ...(payout.reason !== undefined && { reason: payout.reason }),
    ...{ sold: sums.sold.toString(), refunded: sums.refunded.toString(), fees: sums.fees.toString() },
    ...{ other: sums.other.toString(), carriedIn: payout.carriedIn.toString(), net: payout.net.toString() },
    ...{ reserved: payout.reserved.toString(), released: payout.released.toString(), amount: payout.amount.toString() },
  }
}
