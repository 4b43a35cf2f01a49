import { z } from 'zod'
import { publicId, uuidAt } from '../../ids'
import { type OrderFact, orderFactKinds } from '../../pipeline/order-fact-store'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { idOf, moment, text } from '../fields'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { ownPayment } from './payments'

const factInput = z
  .strictObject({
    kind: z.enum(orderFactKinds),
    carrier: text(60).optional().meta({ example: 'CJ Logistics' }),
    trackingNumber: text(60).optional(),
    trackingUrl: z
      .url({ protocol: /^https$/, error: 'bad-format' })
      .max(500)
      .optional()
      .meta({ description: 'Where the shopper follows it; https.' }),
    note: text(200).optional().meta({ description: 'What the shopper reads beside it.' }),
    at: moment.optional().meta({ description: 'When it happened; now when absent. Never later than now.' }),
  })
  .meta({ id: 'FulfilmentRequest' })

const factView = z
  .strictObject({
    id: idOf('fact'),
    kind: z.enum(orderFactKinds),
    carrier: z.string().optional(),
    trackingNumber: z.string().optional(),
    trackingUrl: z.string().optional(),
    note: z.string().optional(),
    at: moment,
  })
  .meta({ id: 'OrderFact', description: 'What you have said of an order; its shopper sees it.' })

function viewFact({ id, at, notedAt: _noted, ...fact }: OrderFact): z.input<typeof factView> {
  return { id: publicId('fact', id), ...fact, at: at.toISOString() }
}

export const noteFulfilment = route(
  'POST /api/v1/payments/:paymentId/fulfilment',
  {
    caller: 'merchant',
    may: 'order.note',
    summary: 'Say that an order was shipped or delivered',
    description: 'Where the flow takes the money once the order is shipped, it is taken now.',
    input: factInput,
    idempotent: true,
    answers: { 201: { description: 'Written down', schema: factView } },
    errors: ['not-found', 'not-shippable'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const now = gateway.clock.now()
    const at = input.at === undefined ? now : new Date(input.at)
    if (at.getTime() > now.getTime() + CLOCK_DRIFT_MS) {
      throw new ApiError('invalid-input', { errors: [wrongMember(['at'], 'in-the-future')] })
    }
    return onceOnly(gateway, caller.merchant.id, claim, uuidAt(now), async (_resumed, id) => {
      const noted = await gateway.orderFacts.note(payment, { ...input, id, at })
      if (noted.kind === 'wrong-state') throw new ApiError('not-shippable')
      return { status: 201, body: viewFact(noted.fact) }
    })
  },
)

/** Clocks drift by minutes (PROMISES 1.4). */
const CLOCK_DRIFT_MS = 5 * 60_000

export const listFulfilment = route(
  'GET /api/v1/payments/:paymentId/fulfilment',
  {
    caller: 'merchant',
    may: 'payment.see',
    summary: 'See what was said of an order',
    answers: {
      200: {
        description: 'Oldest first',
        schema: z.strictObject({ facts: z.array(factView) }).meta({ id: 'OrderFacts' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const facts = await gateway.orderFacts.list(caller.merchant.id, payment.id)
    return { status: 200, body: { facts: facts.map(viewFact) } }
  },
)
