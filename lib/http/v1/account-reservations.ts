import { z } from 'zod'
import type { ReservationRefusal } from '../../accounts/account'
import { later } from '../../clock'
import { publicId } from '../../ids'
import type { ApiCaller } from '../../merchants/merchant'
import { money } from '../../money/money'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountText, currency, text } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { API, chargeInput, repeatedHeaders } from './account-charges'
import { chargeView, reservationView, viewMoved, viewReservation } from './account-view'
import { pathId } from './payments'

const LONGEST_S = 7 * 86_400
const USUAL_S = 3_600

const reservationInput = chargeInput
  .extend({
    expiresInSeconds: z.int().min(60).max(LONGEST_S).optional().meta({ description: 'An hour when absent.' }),
  })
  .meta({ id: 'AccountReservationInput' })

function placeOf({ merchant }: ApiCaller, reservationId: string) {
  return { merchantId: merchant.id, requester: API, reservationId: pathId('ars', reservationId) }
}

/** The caller's own reservation, on the account that its address names. */
async function ownReservation(
  { accounts }: HttpGateway,
  caller: ApiCaller,
  params: { readonly accountId: string; readonly reservationId: string },
) {
  const reservation = await accounts.reservation(placeOf(caller, params.reservationId))
  if (reservation?.accountId !== pathId('acc', params.accountId)) throw new ApiError('not-found')
  return reservation
}

function refusal(reason: ReservationRefusal): ApiError {
  if (reason === 'reservation-closed') return new ApiError('reservation-closed')
  if (reason === 'exceeds') return new ApiError('reservation-exceeded')
  if (reason === 'wrong-currency')
    return new ApiError('invalid-input', { errors: [wrongMember(['currency'], 'currency-differs')] })
  return new ApiError('not-found')
}

export const reserveOnAccount = route(
  'POST /api/v1/accounts/:accountId/reservations',
  {
    caller: 'merchant',
    may: 'account.charge',
    summary: 'Set an amount aside',
    description: 'Charge it in parts, or release it; what is left of it when it expires is given back by itself.',
    input: reservationInput,
    idempotent: true,
    answers: { 201: { description: 'The reservation, or why it was declined', schema: reservationView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    const { accounts, clock } = gateway
    const { merchant } = caller
    const accountId = pathId('acc', params.accountId)
    const { amount, currency: asked, expiresInSeconds = USUAL_S } = input
    const result = await accounts.reserve({
      ...{ merchantId: merchant.id, requester: API, reference: claim.key, fingerprint: claim.fingerprint, accountId },
      amount: money(BigInt(amount), asked),
      description: input.description,
      shop: merchant.name,
      ownOnly: true,
      expiresAt: later(clock.now(), expiresInSeconds * 1_000),
    })
    if (result.kind === 'reference-reused') throw new ApiError('idempotency-key-reused')
    if (result.kind === 'refused') {
      if (result.reason === 'unregistered') throw new ApiError('not-found')
      const nothing = { reserved: '0', charged: '0', held: '0' }
      const body = {
        status: 'declined',
        accountId: params.accountId,
        currency: asked,
        ...nothing,
        reason: result.reason,
      }
      return { status: 201, body, ...repeatedHeaders(result.repeated) }
    }
    const id = publicId('ars', result.reservationId)
    const reservation = await ownReservation(gateway, caller, { ...params, reservationId: id })
    return { status: 201, body: viewReservation(reservation), ...repeatedHeaders(result.repeated) }
  },
)

export const getReservation = route(
  'GET /api/v1/accounts/:accountId/reservations/:reservationId',
  {
    caller: 'merchant',
    may: 'account.see',
    summary: 'See a reservation',
    answers: { 200: { description: 'The reservation', schema: reservationView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewReservation(await ownReservation(gateway, caller, params)),
  }),
)

const reservationChargeInput = z
  .strictObject({
    amount: amountText,
    currency,
    description: text(200),
    last: z.boolean().optional().meta({ description: 'Gives back what is left of the reservation.' }),
  })
  .meta({ id: 'AccountReservationChargeInput' })

export const chargeReservation = route(
  'POST /api/v1/accounts/:accountId/reservations/:reservationId/charges',
  {
    caller: 'merchant',
    may: 'account.charge',
    summary: 'Charge a part of a reservation, or all of it',
    input: reservationChargeInput,
    idempotent: true,
    answers: { 201: { description: 'The charge', schema: chargeView } },
    errors: ['not-found', 'reservation-closed', 'reservation-exceeded'],
  },
  async ({ gateway, caller, params, input, claim }): Promise<Reply> => {
    await ownReservation(gateway, caller, params)
    const { amount, currency: asked, description, last = false } = input
    const result = await gateway.accounts.chargeReservation({
      ...placeOf(caller, params.reservationId),
      ...{ reference: claim.key, fingerprint: claim.fingerprint, description, last },
      amount: money(BigInt(amount), asked),
    })
    if (result.kind === 'reference-reused') throw new ApiError('idempotency-key-reused')
    if (result.kind === 'refused') throw refusal(result.reason)
    const body = { status: 'charged', ...viewMoved(result.charge, result.currency, result.at) }
    return { status: 201, body, ...repeatedHeaders(result.repeated) }
  },
)

export const releaseReservation = route(
  'POST /api/v1/accounts/:accountId/reservations/:reservationId/release',
  {
    caller: 'merchant',
    may: 'account.charge',
    summary: 'Give back what a reservation still holds',
    idempotent: true,
    answers: { 200: { description: 'The reservation, released', schema: reservationView } },
    errors: ['not-found', 'reservation-closed'],
  },
  async ({ gateway, caller, params, claim }): Promise<Reply> => {
    const { id } = await ownReservation(gateway, caller, params)
    return onceOnly(gateway, caller.merchant.id, claim, id, async () => {
      const result = await gateway.accounts.release(placeOf(caller, params.reservationId))
      if (result.kind === 'refused') throw refusal(result.reason)
      return { status: 200, body: viewReservation(result.reservation) }
    })
  },
)
