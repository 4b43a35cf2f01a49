import { z } from 'zod'
import { publicId, uuidAt } from '../../ids'
import { invariant } from '../../invariant'
import type { ApiCaller } from '../../merchants/merchant'
import { linkStates, type PaymentLink } from '../../payment-links/payment-link'
import type { LinkFault } from '../../payment-links/payment-links'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, amountText, currency, idOf, limitOf, moment, page, text, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const linkView = z
  .strictObject({
    id: idOf('plk'),
    url: z.string().meta({ description: 'The signed address for buyers; put it into a QR code as it is.' }),
    name: z.string(),
    description: z.string().optional(),
    currency,
    amount: amountOut.optional().meta({ description: 'Absent where the buyer chooses.' }),
    least: amountOut.optional().meta({ description: 'The least that the buyer may choose.' }),
    most: amountOut.optional().meta({ description: 'The most that the buyer may choose.' }),
    stock: z.int().optional().meta({ description: 'How many may be sold in all; absent: any number.' }),
    taken: z.int().meta({ description: 'Sold, or set aside for checkouts that are open.' }),
    state: z.enum(linkStates).meta({ description: 'off: switched off. expired: its last day is over.' }),
    expiresAt: moment.optional(),
    createdAt: moment,
  })
  .meta({ id: 'PaymentLink' })

function viewLink(link: PaymentLink): z.output<typeof linkView> {
  const { id, url, name, description, currency: money, price, stock, taken, state, expiresAt, createdAt } = link
  return {
    ...{ id: publicId('plk', id), url, name, currency: money, taken, state, createdAt: createdAt.toISOString() },
    ...(price.kind === 'fixed'
      ? { amount: price.amount.toString() }
      : { least: price.least.toString(), most: price.most.toString() }),
    ...(description !== undefined && { description }),
    ...(stock !== undefined && { stock }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }
}

async function ownLink({ paymentLinks }: HttpGateway, { merchant }: ApiCaller, id: string): Promise<PaymentLink> {
  const link = await paymentLinks.find(merchant.id, pathId('plk', id))
  if (!link) throw new ApiError('not-found')
  return link
}

const linkInput = z
  .strictObject({
    name: text(100).meta({ description: 'What buyers and receipts read.', example: 'Moon jar' }),
    description: z.string().normalize('NFC').max(1000).optional(),
    currency,
    amount: amountText.optional().meta({ description: 'The price; absent where the buyer chooses.' }),
    least: amountText.optional().meta({ description: 'With `most`: the buyer chooses between them.' }),
    most: amountText.optional(),
    stock: z.int().min(1).max(1_000_000).optional().meta({ description: '1: good once. Absent: any number.' }),
    expiresAt: moment.optional(),
  })
  .refine(({ amount, least, most }) => (amount === undefined) === (least !== undefined && most !== undefined), {
    path: ['amount'],
    message: 'not-together',
  })
  .refine(({ least, most }) => (least === undefined) === (most === undefined), {
    path: ['most'],
    message: 'not-together',
  })
  .meta({ id: 'PaymentLinkRequest' })

const FAULTS = {
  currency: ['currency', 'currency-not-accepted'],
  amount: ['amount', 'amount-form'],
  bounds: ['most', 'too-small'],
  stock: ['stock', 'too-large'],
  past: ['expiresAt', 'too-small'],
} as const satisfies Record<LinkFault, readonly [string, string]>

export const createPaymentLink = route(
  'POST /api/v1/payment-links',
  {
    caller: 'merchant',
    may: 'link.change',
    summary: 'Make a payment link',
    description: 'A product or an amount sold by one signed address. Its terms never change; stock is never oversold.',
    input: linkInput,
    idempotent: true,
    answers: { 201: { description: 'The link', schema: linkView } },
  },
  async ({ gateway, caller: { merchant, apiKeyId }, input, claim }): Promise<Reply> => {
    const { paymentLinks, clock } = gateway
    const { amount, least, most, expiresAt, name, description, currency: money, stock } = input
    return onceOnly(gateway, merchant.id, claim, uuidAt(clock.now()), async (resumed, id) => {
      const before = resumed ? await paymentLinks.find(merchant.id, id) : undefined
      if (before) return { status: 201, body: viewLink(before) }
      const made = await paymentLinks.create({
        ...{ id, merchantId: merchant.id, name, currency: money },
        price:
          amount === undefined
            ? { kind: 'open', least: BigInt(least ?? 0), most: BigInt(most ?? 0) }
            : { kind: 'fixed', amount: BigInt(amount) },
        ...(description !== undefined && { description }),
        ...(stock !== undefined && { stock }),
        ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
        createdBy: { kind: 'api-key', id: publicId('key', apiKeyId), name: '' },
      })
      if (made.kind === 'created') return { status: 201, body: viewLink(made.link) }
      const [member, code] = FAULTS[made.reason]
      throw new ApiError('invalid-input', { errors: [wrongMember([member], code)] })
    })
  },
)

export const listPaymentLinks = route(
  'GET /api/v1/payment-links',
  {
    caller: 'merchant',
    may: 'link.see',
    summary: 'List payment links, newest first',
    query: z.strictObject({ ...page('plk'), state: z.enum(linkStates).optional() }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ links: z.array(linkView), next: z.string().nullable() })
          .meta({ id: 'PaymentLinkPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.paymentLinks.list(merchant.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('plk', query.after) }),
      ...(query.state && { state: query.state }),
    })
    const links = found.slice(0, limit).map(viewLink)
    return { status: 200, body: { links, next: found.length > limit ? links.at(-1)!.id : null } }
  },
)

export const getPaymentLink = route(
  'GET /api/v1/payment-links/:linkId',
  {
    caller: 'merchant',
    may: 'link.see',
    summary: 'See a payment link',
    answers: { 200: { description: 'The link', schema: linkView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewLink(await ownLink(gateway, caller, params.linkId)),
  }),
)

const saleView = z
  .strictObject({
    paymentId: idOf('pay'),
    number: z.int(),
    amount: amountOut,
    state: z.enum(['open', 'sold', 'given-back']),
    openedAt: moment,
  })
  .meta({ id: 'PaymentLinkSale' })

export const listLinkPayments = route(
  'GET /api/v1/payment-links/:linkId/payments',
  {
    caller: 'merchant',
    may: 'link.see',
    summary: 'List the payments that a link has opened, newest first',
    query: z.strictObject(page('pay')),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ payments: z.array(saleView), next: z.string().nullable() })
          .meta({ id: 'PaymentLinkSalePage' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, query }): Promise<Reply> => {
    const link = await ownLink(gateway, caller, params.linkId)
    const limit = limitOf(query.limit)
    const found = await gateway.paymentLinks.sales(caller.merchant.id, link.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('pay', query.after) }),
    })
    const payments = found.slice(0, limit).map(({ paymentId, number, amount, state, openedAt }) => ({
      ...{ paymentId: publicId('pay', paymentId), number, amount: amount.toString(), state },
      openedAt: openedAt.toISOString(),
    }))
    return { status: 200, body: { payments, next: found.length > limit ? payments.at(-1)!.paymentId : null } }
  },
)

export const closePaymentLink = route(
  'POST /api/v1/payment-links/:linkId/close',
  {
    caller: 'merchant',
    may: 'link.change',
    summary: 'Switch a payment link off',
    description: 'Nobody new can buy; checkouts that are open may end. Done again it answers the same.',
    idempotent: true,
    answers: { 200: { description: 'The link, off', schema: linkView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, claim }): Promise<Reply> => {
    const { id } = await ownLink(gateway, caller, params.linkId)
    const merchantId = caller.merchant.id
    return onceOnly(gateway, merchantId, claim, id, async () => {
      await gateway.paymentLinks.close(merchantId, id)
      const link = await gateway.paymentLinks.find(merchantId, id)
      invariant(link, 'a link is never deleted')
      return { status: 200, body: viewLink(link) }
    })
  },
)
