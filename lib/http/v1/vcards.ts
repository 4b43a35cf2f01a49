import { z } from 'zod'
import { uuidAt } from '../../ids'
import { money } from '../../money/money'
import type { GrantUse } from '../../vcard/shop-agent'
import { ApiError } from '../errors'
import { amountText, currency, limitOf, page, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { pathId } from './payments'
import { newVCardView, proposalView, vcardView, viewShares, viewVCard } from './vcard-view'

const wanted = { amount: amountText, currency }

const vcardInput = z
  .strictObject({
    ...wanted,
    expiresInSeconds: z.int().min(60).max(86_400).optional().meta({ description: 'A day when absent.' }),
  })
  .meta({ id: 'VCardInput' })

const vcardPage = z
  .strictObject({
    vcards: z.array(vcardView),
    next: z.string().nullable().meta({ description: 'Send it as `after`.' }),
  })
  .meta({ id: 'VCardPage' })

export const proposeVCard = route(
  'GET /api/v1/vcards/proposal',
  {
    caller: 'merchant',
    may: 'vcard.use',
    granted: true,
    summary: 'Ask how an amount is best divided over the shopper’s cards',
    description: 'Asks the issuers now, by the shopper’s own preferences. Nothing is set aside.',
    query: z.strictObject(wanted),
    answers: { 200: { description: 'The division, or that there is none', schema: proposalView } },
    errors: ['grant-exceeded'],
  },
  async ({ gateway, use, query }): Promise<Reply> => {
    const proposal = await gateway.shopAgent.propose(use, money(BigInt(query.amount), query.currency))
    switch (proposal.kind) {
      case 'over-grant':
        throw new ApiError('grant-exceeded')
      case 'cannot-carry':
        return { status: 200, body: { ...query, isPossible: false, shares: [] } }
      case 'proposed': {
        const { recommendation, shares } = proposal
        return { status: 200, body: { ...query, isPossible: true, recommendation, shares: viewShares(shares) } }
      }
    }
  },
)

export const createVCard = route(
  'POST /api/v1/vcards',
  {
    caller: 'merchant',
    may: 'vcard.use',
    granted: true,
    summary: 'Create a V-Card in the shopper’s name',
    description:
      'Divided as is best at this moment; the shares are set aside on the shopper’s cards until it is used or ends. Its number is in this answer only: pay with it as with any card.',
    input: vcardInput,
    idempotent: true,
    answers: { 201: { description: 'The V-Card, with its number', schema: newVCardView } },
    errors: ['grant-exceeded', 'cards-cannot-carry'],
  },
  async ({ gateway, use, input, claim }): Promise<Reply> => {
    const { shopAgent, clock } = gateway
    const resourceId = uuidAt(clock.now())
    const kept = await onceOnly(gateway, use.caller.merchant.id, claim, resourceId, async (_resumed, id) => {
      const created = await shopAgent.create(use, {
        id,
        amount: money(BigInt(input.amount), input.currency),
        ...(input.expiresInSeconds !== undefined && { expiresInMs: input.expiresInSeconds * 1000 }),
      })
      if (created.kind === 'created') return { status: 201, body: viewVCard(created.vcard) }
      switch (created.reason) {
        case 'grant-ended':
          throw new ApiError('grant-refused')
        case 'over-grant':
          throw new ApiError('grant-exceeded')
        case 'cannot-carry':
          throw new ApiError('cards-cannot-carry')
      }
    })
    return withNumber(gateway, use, kept)
  },
)

const keptAnswer = z.looseObject({ id: z.string(), expiresAt: z.iso.datetime() })

/** The number stands in the vault and nowhere else: the kept answer is without it, and it is put in each time. */
async function withNumber({ shopAgent, settings }: HttpGateway, use: GrantUse, kept: Reply): Promise<Reply> {
  const body = keptAnswer.parse(JSON.parse(String(kept.body)))
  const number = await shopAgent.numberOf(use, pathId('vcard', body.id))
  const expiry = expiryOf(new Date(body.expiresAt), settings.TIME_ZONE)
  return {
    ...kept,
    written: false,
    body: { ...body, number, expiry },
    headers: { ...kept.headers, location: `/api/v1/vcards/${body.id}` },
  }
}

/** The month in which a V-Card ends, as a card form asks for it: YYMM. */
function expiryOf(expiresAt: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { year: '2-digit', month: '2-digit', timeZone }).formatToParts(expiresAt)
  const part = (type: 'year' | 'month') => parts.find((each) => each.type === type)?.value ?? ''
  return part('year') + part('month')
}

export const listVCards = route(
  'GET /api/v1/vcards',
  {
    caller: 'merchant',
    may: 'vcard.use',
    granted: true,
    summary: 'List the V-Cards made with this grant, newest first',
    query: z.strictObject(page('vcard')),
    answers: { 200: { description: 'One page', schema: vcardPage } },
  },
  async ({ gateway, use, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const before = query.after && uuidOf('vcard', query.after)
    const found = await gateway.shopAgent.list(use, { limit: limit + 1, ...(before && { before }) })
    const vcards = found.slice(0, limit).map(viewVCard)
    return { status: 200, body: { vcards, next: found.length > limit ? vcards.at(-1)!.id : null } }
  },
)

export const getVCard = route(
  'GET /api/v1/vcards/:vcardId',
  {
    caller: 'merchant',
    may: 'vcard.use',
    granted: true,
    summary: 'See a V-Card made with this grant',
    answers: { 200: { description: 'The V-Card, without its number', schema: vcardView } },
    errors: ['not-found'],
  },
  async ({ gateway, use, params }): Promise<Reply> => {
    const vcard = await gateway.shopAgent.get(use, pathId('vcard', params.vcardId))
    if (!vcard) throw new ApiError('not-found')
    return { status: 200, body: viewVCard(vcard) }
  },
)

export const cancelVCard = route(
  'POST /api/v1/vcards/:vcardId/cancel',
  {
    caller: 'merchant',
    may: 'vcard.use',
    granted: true,
    summary: 'Cancel a V-Card that is not used yet',
    description: 'What it set aside on the shopper’s cards is free again.',
    idempotent: true,
    answers: { 200: { description: 'The V-Card, cancelled', schema: vcardView } },
    errors: ['not-found', 'vcard-not-live'],
  },
  async ({ gateway, use, params, claim }): Promise<Reply> => {
    const { shopAgent } = gateway
    const vcardId = pathId('vcard', params.vcardId)
    return onceOnly(gateway, use.caller.merchant.id, claim, vcardId, async (resumed) => {
      const outcome = await shopAgent.cancel(use, vcardId)
      if (outcome === 'missing') throw new ApiError('not-found')
      const vcard = await shopAgent.get(use, vcardId)
      if (!vcard) throw new ApiError('not-found')
      // What an interrupted try of this very request had cancelled already is cancelled.
      if (outcome === 'not-live' && !(resumed && vcard.state === 'cancelled')) throw new ApiError('vcard-not-live')
      return { status: 200, body: viewVCard(vcard) }
    })
  },
)
