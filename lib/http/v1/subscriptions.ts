import { z } from 'zod'
import { publicId, type Uuid, uuidAt } from '../../ids'
import type { ApiCaller } from '../../merchants/merchant'
import type { Deed } from '../../subscriptions/deeds'
import { type Actor, endReasons, type Subscription } from '../../subscriptions/subscription'
import { type SubscriptionState, subscriptionStates } from '../../subscriptions/subscription-moves'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, currency, idOf, idParameter, limitOf, moment, page, text, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import type { Claim } from '../idempotency-key'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const day = z.iso.date().meta({ example: '2026-12-01' })
const state = z.enum(subscriptionStates as [SubscriptionState, ...SubscriptionState[]])

const subscriptionView = z
  .strictObject({
    id: idOf('sub'),
    plan: idOf('pln'),
    url: z.string().optional().meta({ description: 'Where the customer agrees; only while it is offered.' }),
    reference: z.string().optional().meta({ description: 'Your own name for it.' }),
    shopper: idOf('per').optional(),
    state: state.meta({
      description:
        'offered: not agreed to yet. incomplete: agreed to, and the first charge is not paid. past-due: a charge was declined and is tried again. cancelled: it has ended.',
    }),
    means: z.string().optional().meta({ description: 'The module that is charged.', example: 'card' }),
    period: z.int().meta({ description: 'Number of the running period; 0: a trial, or none yet.' }),
    periodStart: day.optional(),
    periodEnd: day.optional().meta({ description: 'The day of the next charge.' }),
    endsOn: day.optional().meta({ description: 'The day on which it ends, where that is decided.' }),
    endReason: z.enum(endReasons).optional(),
    adjustment: z
      .string()
      .regex(/^-?(?:0|[1-9][0-9]{0,14})$/)
      .meta({ description: 'Added to the next charge; below zero a credit. Minor units.', example: '0' }),
    createdAt: moment,
  })
  .meta({ id: 'Subscription' })

function viewSubscription(subscription: Subscription, url?: string): z.output<typeof subscriptionView> {
  const { id, planId, reference, shopperId, means, period, periodStart, periodEnd, endsOn, endReason } = subscription
  return {
    ...{ id: publicId('sub', id), plan: publicId('pln', planId), state: subscription.state, period },
    ...{ adjustment: subscription.adjustment.toString(), createdAt: subscription.createdAt.toISOString() },
    ...(url !== undefined && subscription.state === 'offered' && { url }),
    ...(reference !== undefined && { reference }),
    ...(shopperId !== undefined && { shopper: publicId('per', shopperId) }),
    ...(means && { means: means.module }),
    ...(periodStart !== undefined && { periodStart }),
    ...(periodEnd !== undefined && { periodEnd }),
    ...(endsOn !== undefined && { endsOn }),
    ...(endReason !== undefined && { endReason }),
  }
}

const viewed = ({ subscriptions }: HttpGateway, subscription: Subscription) =>
  viewSubscription(subscription, subscriptions.plans.offerUrl(subscription))

async function ownSubscription(
  { subscriptions }: HttpGateway,
  { merchant }: ApiCaller,
  id: string,
): Promise<Subscription> {
  const subscription = await subscriptions.find({ merchantId: merchant.id }, pathId('sub', id))
  if (!subscription) throw new ApiError('not-found')
  return subscription
}

const offerInput = z
  .strictObject({
    plan: idParameter('pln'),
    reference: text(64).optional().meta({ description: 'Your own name for it.', example: 'C-1042' }),
    email: z.email('bad-format').max(254).optional().meta({ description: 'Where mails about it go.' }),
    returnUrl: z.string().max(2000).optional().meta({ description: 'Exactly one of the registered addresses.' }),
    locale: z.enum(['ko', 'en']).default('ko'),
  })
  .meta({ id: 'SubscriptionRequest' })

export const offerSubscription = route(
  'POST /api/v1/subscriptions',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Offer a plan to one customer',
    description:
      'Send the customer to `url`, where they read what is charged and agree. The address is good for a week.',
    input: offerInput,
    idempotent: true,
    answers: { 201: { description: 'The offer', schema: subscriptionView } },
  },
  async ({ gateway, caller: { merchant }, input, claim }): Promise<Reply> => {
    const { plan, reference, email, returnUrl, locale } = input
    if (returnUrl !== undefined && !merchant.returnUrls.includes(returnUrl)) {
      throw new ApiError('invalid-input', { errors: [wrongMember(['returnUrl'], 'address-not-registered')] })
    }
    return onceOnly(gateway, merchant.id, claim, uuidAt(gateway.clock.now()), async (_resumed, id) => {
      const offered = await gateway.subscriptions.offer({
        ...{ id, merchantId: merchant.id, planId: uuidOf('pln', plan), locale },
        ...(reference !== undefined && { reference }),
        ...(email !== undefined && { email }),
        ...(returnUrl !== undefined && { returnUrl }),
      })
      if (!offered) throw new ApiError('invalid-input', { errors: [wrongMember(['plan'], 'not-one-of')] })
      return { status: 201, body: viewSubscription(offered.subscription, offered.url) }
    })
  },
)

export const listSubscriptions = route(
  'GET /api/v1/subscriptions',
  {
    caller: 'merchant',
    may: 'subscription.see',
    summary: 'List subscriptions, newest first',
    query: z.strictObject({
      ...page('sub'),
      state: state.optional(),
      plan: idParameter('pln').optional().meta({ description: 'Only subscriptions of this plan.' }),
      reference: z.string().min(1).max(64).optional().meta({ description: 'Only the one of your own name.' }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ subscriptions: z.array(subscriptionView), next: z.string().nullable() })
          .meta({ id: 'SubscriptionPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.subscriptions.list(
      { merchantId: merchant.id },
      {
        limit: limit + 1,
        ...(query.after && { before: uuidOf('sub', query.after) }),
        ...(query.state && { states: [query.state] }),
        ...(query.plan && { planId: uuidOf('pln', query.plan) }),
        ...(query.reference && { reference: query.reference }),
      },
    )
    const subscriptions = found.slice(0, limit).map((one) => viewed(gateway, one))
    return { status: 200, body: { subscriptions, next: found.length > limit ? subscriptions.at(-1)!.id : null } }
  },
)

export const getSubscription = route(
  'GET /api/v1/subscriptions/:subscriptionId',
  {
    caller: 'merchant',
    may: 'subscription.see',
    summary: 'See a subscription',
    answers: { 200: { description: 'The subscription', schema: subscriptionView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewed(gateway, await ownSubscription(gateway, caller, params.subscriptionId)),
  }),
)

const chargeView = z
  .strictObject({
    period: z.int(),
    startsOn: day,
    endsOn: day,
    amount: amountOut,
    currency,
    state: z.enum(['open', 'paid', 'covered', 'failed']).meta({
      description: 'open: to be charged, or tried again. covered: a credit has paid it.',
    }),
    tries: z.int(),
    paymentId: idOf('pay').optional(),
  })
  .meta({ id: 'SubscriptionCharge' })

// More than eight years of months; what is older is found among the payments.
const MOST_CHARGES = 100

export const listSubscriptionCharges = route(
  'GET /api/v1/subscriptions/:subscriptionId/charges',
  {
    caller: 'merchant',
    may: 'subscription.see',
    summary: 'See what a subscription has charged, the latest period first',
    answers: {
      200: {
        description: 'The latest hundred',
        schema: z.strictObject({ charges: z.array(chargeView) }).meta({ id: 'SubscriptionCharges' }),
      },
    },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const subscription = await ownSubscription(gateway, caller, params.subscriptionId)
    const found = await gateway.subscriptions.charges(subscription, MOST_CHARGES)
    const charges = found.map(({ period, startsOn, endsOn, amount, currency: money, state: stands, ...rest }) => ({
      ...{ period, startsOn, endsOn, amount: amount.toString(), currency: money, state: stands, tries: rest.tries },
      ...(rest.paymentId && { paymentId: publicId('pay', rest.paymentId) }),
    }))
    return { status: 200, body: { charges } }
  },
)

const ERRORS = {
  missing: 'not-found',
  'wrong-state': 'subscription-state',
  busy: 'charge-under-way',
  means: 'subscription-state',
  plan: 'subscription-state',
  'needs-consent': 'needs-consent',
} as const satisfies Record<Extract<Deed, { kind: 'refused' }>['reason'], string>

/** Does a deed of the shop's once for its key. */
async function once(
  gateway: HttpGateway,
  { caller, claim, id }: { caller: ApiCaller; claim: Claim; id: string },
  deed: (owner: { merchantId: Uuid }, subscriptionId: Uuid, by: Actor) => Promise<Deed>,
): Promise<Reply> {
  const merchantId = caller.merchant.id
  const subscriptionId = pathId('sub', id)
  const by = { kind: 'api-key', id: publicId('key', caller.apiKeyId), name: '' } as const
  return onceOnly(gateway, merchantId, claim, subscriptionId, async () => {
    const did = await deed({ merchantId }, subscriptionId, by)
    if (did.kind === 'refused') throw new ApiError(ERRORS[did.reason])
    return { status: 200, body: viewed(gateway, did.subscription) }
  })
}

const answers = { 200: { description: 'The subscription', schema: subscriptionView } }
const errors = ['not-found', 'subscription-state', 'charge-under-way'] as const

export const cancelSubscription = route(
  'POST /api/v1/subscriptions/:subscriptionId/cancel',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'End a subscription',
    description: 'With the period that is paid, or now. Nothing is charged afterwards; nothing is given back.',
    input: z
      .strictObject({ when: z.enum(['now', 'period-end']).default('period-end') })
      .meta({ id: 'CancelSubscription' }),
    idempotent: true,
    ...{ answers, errors },
  },
  ({ gateway, caller, params, claim, input }) =>
    once(gateway, { caller, claim, id: params.subscriptionId }, (owner, id, by) =>
      gateway.subscriptions.cancel(owner, id, input.when, by),
    ),
)

export const pauseSubscription = route(
  'POST /api/v1/subscriptions/:subscriptionId/pause',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Pause a subscription',
    idempotent: true,
    ...{ answers, errors },
  },
  ({ gateway, caller, params, claim }) =>
    once(gateway, { caller, claim, id: params.subscriptionId }, (owner, id, by) =>
      gateway.subscriptions.pause(owner, id, by),
    ),
)

export const resumeSubscription = route(
  'POST /api/v1/subscriptions/:subscriptionId/resume',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Resume a subscription that you have paused',
    description: 'Where the paid period is over, a new one begins and is charged now.',
    idempotent: true,
    answers,
    errors: [...errors, 'needs-consent'],
  },
  ({ gateway, caller, params, claim }) =>
    once(gateway, { caller, claim, id: params.subscriptionId }, (owner, id, by) =>
      gateway.subscriptions.resume(owner, id, by),
    ),
)

export const changeSubscriptionPlan = route(
  'POST /api/v1/subscriptions/:subscriptionId/plan',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Move a subscription to another plan',
    description:
      'A shop may only lessen what was agreed to, in the same rhythm; the rest the subscriber does in My Moa.',
    input: z.strictObject({ plan: idParameter('pln') }).meta({ id: 'ChangeSubscriptionPlan' }),
    idempotent: true,
    answers,
    errors: [...errors, 'needs-consent'],
  },
  ({ gateway, caller, params, claim, input }) =>
    once(gateway, { caller, claim, id: params.subscriptionId }, (owner, id, by) =>
      gateway.subscriptions.changePlan(owner, id, uuidOf('pln', input.plan), by),
    ),
)
