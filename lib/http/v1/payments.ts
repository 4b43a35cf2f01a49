import { z } from 'zod'
import { later } from '../../clock'
import { type IdKind, publicId, readPublicId, type Uuid } from '../../ids'
import { money } from '../../money/money'
import { amountOfItems, type Item } from '../../payments/items'
import type { Payment } from '../../payments/payment'
import { TIMES } from '../../payments/parts'
import type { MeansInput } from '../../payments/plan-means'
import { ApiError } from '../errors'
import { type FieldError, wrongMember } from '../field-errors'
import { limitOf, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { keptReply, onceOnly, replayed, retrySoon } from '../idempotency'
import type { ApiCaller } from '../../merchants/merchant'
import { type Reply, route } from '../route'
import { type itemInput, paymentInput, paymentQuery } from './payment-input'
import { historyView, paymentView, viewHistory, viewPayment } from './payment-view'

const paymentPage = z
  .strictObject({
    payments: z.array(paymentView),
    next: z.string().nullable().meta({ description: 'Send it as `after`.' }),
  })
  .meta({ id: 'PaymentPage' })

/** The identifier in the path, read; whatever is not one names nothing. */
export function pathId(kind: IdKind, id: string): Uuid {
  const uuid = readPublicId(kind, id)
  if (!uuid) throw new ApiError('not-found')
  return uuid
}

/** The caller's own payment; another's answers exactly as a missing one (P6.2). */
export async function ownPayment({ payments }: HttpGateway, { merchant }: ApiCaller, id: string): Promise<Payment> {
  const payment = await payments.find(merchant.id, pathId('pay', id))
  if (!payment) throw new ApiError('not-found')
  return payment
}

export const createPayment = route(
  'POST /api/v1/payments',
  {
    caller: 'merchant',
    may: 'payment.create',
    summary: 'Create a payment',
    description:
      'Without `means` it is paid at the hosted checkout: send the shopper to `checkoutUrl`. With `means` it is paid at once; a decline is a result, found in `status` and `reason`.',
    input: paymentInput,
    idempotent: true,
    answers: {
      201: { description: 'The payment, open, authorized, paid or declined', schema: paymentView },
      202: { description: 'The payment is being checked and settles by itself', schema: paymentView },
    },
    errors: ['order-taken'],
  },
  async ({ gateway, caller: { merchant }, input, claim }): Promise<Reply> => {
    const wrong: FieldError[] = []
    const earliest = later(gateway.clock.now(), TIMES.shortestCheckout)
    const latest = later(gateway.clock.now(), TIMES.longestCheckout)
    const expiresAt = input.expiresAt === undefined ? undefined : new Date(input.expiresAt)
    if (!merchant.currencies.includes(input.currency)) wrong.push(wrongMember(['currency'], 'currency-not-accepted'))
    if (input.returnUrl !== undefined && !merchant.returnUrls.includes(input.returnUrl)) {
      wrong.push(wrongMember(['returnUrl'], 'address-not-registered'))
    }
    if (expiresAt && (expiresAt < earliest || expiresAt > latest))
      wrong.push(wrongMember(['expiresAt'], 'not-in-the-future'))
    const items = input.items?.map(readItemInput)
    if (items && amountOfItems(items) !== BigInt(input.amount)) wrong.push(wrongMember(['items'], 'items-differ'))
    if (input.deliveryAddress && input.means) wrong.push(wrongMember(['deliveryAddress'], 'not-together'))
    if (wrong.length > 0) {
      // What was in order when it was asked first, as a time that is over by now, is answered as it was then.
      const kept = await keptReply(gateway, merchant.id, claim)
      if (kept) return kept
      throw new ApiError('invalid-input', { errors: wrong })
    }

    const view = (payment: Payment) => JSON.stringify(viewPayment(payment, gateway.settings.WEB_URL))
    const opened = await gateway.payments.open(
      {
        merchantId: merchant.id,
        orderRef: input.orderRef,
        orderName: input.orderName,
        amount: money(BigInt(input.amount), input.currency),
        ...(input.capture && { captureMode: input.capture }),
        ...(input.deliveryAddress && { address: input.deliveryAddress }),
        channel: input.means ? 'direct' : 'hosted',
        locale: input.locale,
        metadata: input.metadata,
        ...(input.email && { email: input.email }),
        ...(input.returnUrl && { returnUrl: input.returnUrl }),
        ...(expiresAt && { expiresAt }),
        ...(items && { items }),
        ...(input.means && { means: [directMeans(input.means, gateway)] }),
      },
      { ...claim, answer: (payment) => ({ status: 201, body: view(payment) }) },
    )
    switch (opened.kind) {
      case 'opened': {
        const shown = viewPayment(opened.payment, gateway.settings.WEB_URL)
        return {
          status: shown.status === 'being-checked' ? 202 : 201,
          body: shown,
          headers: { location: `/api/v1/payments/${shown.id}` },
        }
      }
      case 'replay':
        return replayed(opened.status, opened.body)
      case 'in-progress':
        throw new ApiError('request-in-progress', retrySoon('in-progress'))
      case 'key-reused':
        throw new ApiError('idempotency-key-reused')
      case 'order-taken':
        throw new ApiError('order-taken', opened.paymentId ? { paymentId: publicId('pay', opened.paymentId) } : {})
      case 'refused':
        if (opened.reason === 'shop-suspended') throw new ApiError('shop-suspended')
        throw new ApiError('invalid-input', { errors: [wrongMember(['means'], 'means-not-accepted')] })
    }
  },
)

function readItemInput({ name, quantity, unitAmount, group }: z.output<typeof itemInput>): Item {
  return { name, quantity, unitAmount: BigInt(unitAmount), ...(group !== undefined && { group }) }
}

/** A means as the shop's server sent it: its module reads it more closely. */
function directMeans(
  { card, account, module }: NonNullable<z.output<typeof paymentInput>['means']>,
  { merchantModules }: HttpGateway,
): MeansInput {
  if (module) {
    // Our own modules are paid with at the checkout, where they know who pays. What a shop's server sends is taken by packages,
    // and by Stripe's module, whose payment method was made in the shop's own page.
    const takesSent = merchantModules.installed.some(
      ({ code, packaged }) => code === module.code && (packaged !== undefined || code === 'stripe'),
    )
    if (takesSent) return { module: module.code, input: module.input }
    throw new ApiError('invalid-input', { errors: [wrongMember(['means', 'module', 'code'], 'not-one-of')] })
  }
  return account ? { module: 'micro-account', input: account } : { module: 'card', input: card }
}

export const listPayments = route(
  'GET /api/v1/payments',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'List payments, newest first',
    query: paymentQuery,
    answers: { 200: { description: 'One page', schema: paymentPage } },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const { tab, standing, orderRef, after } = query
    if (tab && standing)
      throw new ApiError('invalid-input', { errors: [{ in: 'query', path: ['tab'], code: 'not-together' }] })
    const limit = limitOf(query.limit)
    const page = { limit: limit + 1, ...(after && { before: uuidOf('pay', after) }), ...(orderRef && { orderRef }) }
    const found = await (tab
      ? gateway.purchases.page(merchant.id, { ...page, tab })
      : gateway.payments.list(merchant.id, { ...page, ...(standing && { standing }) }))
    const payments = found.slice(0, limit).map((payment) => viewPayment(payment, gateway.settings.WEB_URL))
    return { status: 200, body: { payments, next: found.length > limit ? payments.at(-1)!.id : null } }
  },
)

export const getPayment = route(
  'GET /api/v1/payments/:paymentId',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'See a payment',
    answers: { 200: { description: 'The payment', schema: paymentView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewPayment(await ownPayment(gateway, caller, params.paymentId), gateway.settings.WEB_URL),
  }),
)

export const getHistory = route(
  'GET /api/v1/payments/:paymentId/history',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'See every move of a payment',
    answers: {
      200: {
        description: 'The moves, oldest first',
        schema: z.strictObject({ history: z.array(historyView) }).meta({ id: 'History' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const history = await gateway.payments.history(caller.merchant.id, payment.id)
    return { status: 200, body: { history: history.map(viewHistory) } }
  },
)

export const capturePayment = route(
  'POST /api/v1/payments/:paymentId/capture',
  {
    caller: 'merchant',
    may: 'payment.capture',
    summary: 'Capture an authorized payment',
    description: 'Takes the whole amount that was set aside.',
    idempotent: true,
    answers: {
      200: { description: 'The payment, paid', schema: paymentView },
      202: { description: 'The payment is being checked and settles by itself', schema: paymentView },
    },
    errors: ['not-found', 'not-capturable', 'not-approved-yet', 'capture-denied'],
  },
  async ({ gateway, caller: { merchant }, params, claim }): Promise<Reply> => {
    const paymentId = pathId('pay', params.paymentId)
    return onceOnly(gateway, merchant.id, claim, paymentId, async (resumed) => {
      const changed = await gateway.payments.capture(merchant.id, paymentId)
      if (changed.kind === 'missing') throw new ApiError('not-found')
      if (changed.kind === 'held-back') {
        throw new ApiError(changed.by === 'approval' ? 'not-approved-yet' : 'capture-denied')
      }
      const body = viewPayment(changed.payment, gateway.settings.WEB_URL)
      const moving = body.status === 'being-checked'
      if (changed.kind === 'wrong-state' && !(resumed && (moving || body.status === 'paid')))
        throw new ApiError('not-capturable')
      return { status: moving ? 202 : 200, body }
    })
  },
)
