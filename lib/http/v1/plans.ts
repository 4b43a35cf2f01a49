import { z } from 'zod'
import { publicId, uuidAt } from '../../ids'
import { invariant } from '../../invariant'
import type { ApiCaller } from '../../merchants/merchant'
import { units } from '../../calendar'
import type { Plan } from '../../subscriptions/plan'
import type { PlanFault } from '../../subscriptions/plans'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, amountText, currency, idOf, limitOf, moment, page, text, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { pathId } from './payments'

const planView = z
  .strictObject({
    id: idOf('pln'),
    url: z.string().meta({ description: 'The signed address at which shoppers subscribe.' }),
    name: z.string(),
    description: z.string().optional(),
    currency,
    amount: amountOut.meta({ description: 'For a whole period.' }),
    unit: z.enum(units),
    every: z.int(),
    trialDays: z.int(),
    anchorDay: z.int().optional(),
    isOpen: z.boolean().meta({ description: 'Whether somebody new may subscribe.' }),
    createdAt: moment,
  })
  .meta({ id: 'Plan' })

function viewPlan(plan: Plan): z.output<typeof planView> {
  const { id, url, name, description, currency: money, amount, unit, every, trialDays, anchorDay } = plan
  return {
    ...{ id: publicId('pln', id), url, name, currency: money, amount: amount.toString(), unit, every, trialDays },
    ...{ isOpen: plan.closedAt === undefined, createdAt: plan.createdAt.toISOString() },
    ...(description !== undefined && { description }),
    ...(anchorDay !== undefined && { anchorDay }),
  }
}

async function ownPlan({ subscriptions }: HttpGateway, { merchant }: ApiCaller, id: string): Promise<Plan> {
  const plan = await subscriptions.plans.find(merchant.id, pathId('pln', id))
  if (!plan) throw new ApiError('not-found')
  return plan
}

const planInput = z
  .strictObject({
    name: text(100).meta({ example: 'Magazine' }),
    description: z.string().normalize('NFC').max(1000).optional(),
    currency,
    amount: amountText,
    unit: z.enum(units),
    every: z.int().min(1).max(365).default(1).meta({ description: '3 with months: every three months.' }),
    trialDays: z.int().min(0).max(730).default(0),
    anchorDay: z.int().min(1).max(31).optional().meta({
      description: 'With months only: the day on which periods begin, the last one where a month is shorter.',
    }),
  })
  .meta({ id: 'PlanRequest' })

const FAULTS = {
  currency: ['currency', 'currency-not-accepted'],
  amount: ['amount', 'amount-form'],
  every: ['every', 'too-large'],
  trial: ['trialDays', 'too-large'],
  anchor: ['anchorDay', 'not-together'],
} as const satisfies Record<PlanFault, readonly [string, string]>

export const createPlan = route(
  'POST /api/v1/plans',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Make a plan',
    description: 'What is charged again and again. Its terms never change: a new price is a new plan.',
    input: planInput,
    idempotent: true,
    answers: { 201: { description: 'The plan', schema: planView } },
  },
  async ({ gateway, caller: { merchant, apiKeyId }, input, claim }): Promise<Reply> => {
    const { subscriptions, clock } = gateway
    const { description, anchorDay, amount, ...plan } = input
    return onceOnly(gateway, merchant.id, claim, uuidAt(clock.now()), async (resumed, id) => {
      const before = resumed ? await subscriptions.plans.find(merchant.id, id) : undefined
      if (before) return { status: 201, body: viewPlan(before) }
      const made = await subscriptions.plans.create({
        ...{ ...plan, id, merchantId: merchant.id, amount: BigInt(amount) },
        ...(description !== undefined && { description }),
        ...(anchorDay !== undefined && { anchorDay }),
        createdBy: { kind: 'api-key', id: publicId('key', apiKeyId), name: '' },
      })
      if (made.kind === 'created') return { status: 201, body: viewPlan(made.plan) }
      const [member, code] = FAULTS[made.reason]
      throw new ApiError('invalid-input', { errors: [wrongMember([member], code)] })
    })
  },
)

export const listPlans = route(
  'GET /api/v1/plans',
  {
    caller: 'merchant',
    may: 'subscription.see',
    summary: 'List plans, newest first',
    query: z.strictObject(page('pln')),
    answers: {
      200: {
        description: 'One page',
        schema: z.strictObject({ plans: z.array(planView), next: z.string().nullable() }).meta({ id: 'PlanPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.subscriptions.plans.list(merchant.id, {
      limit: limit + 1,
      ...(query.after && { before: uuidOf('pln', query.after) }),
    })
    const plans = found.slice(0, limit).map(viewPlan)
    return { status: 200, body: { plans, next: found.length > limit ? plans.at(-1)!.id : null } }
  },
)

export const getPlan = route(
  'GET /api/v1/plans/:planId',
  {
    caller: 'merchant',
    may: 'subscription.see',
    summary: 'See a plan',
    answers: { 200: { description: 'The plan', schema: planView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewPlan(await ownPlan(gateway, caller, params.planId)),
  }),
)

export const closePlan = route(
  'POST /api/v1/plans/:planId/close',
  {
    caller: 'merchant',
    may: 'subscription.change',
    summary: 'Take no new subscribers',
    description: 'Those who have subscribed go on. Done again it answers the same.',
    idempotent: true,
    answers: { 200: { description: 'The plan, closed', schema: planView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, claim }): Promise<Reply> => {
    const { id } = await ownPlan(gateway, caller, params.planId)
    const merchantId = caller.merchant.id
    return onceOnly(gateway, merchantId, claim, id, async () => {
      await gateway.subscriptions.plans.close(merchantId, id)
      const plan = await gateway.subscriptions.plans.find(merchantId, id)
      invariant(plan, 'a plan is never deleted')
      return { status: 200, body: viewPlan(plan) }
    })
  },
)
