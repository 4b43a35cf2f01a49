import { z } from 'zod'
import { addressLines, countryOf } from '../../addresses/address'
import { publicId } from '../../ids'
import { ApiError } from '../errors'
import { moment } from '../fields'
import { type Reply, route } from '../route'
import { ownPayment } from './payments'

const addressView = z
  .strictObject({
    recipient: z.string(),
    phone: z.string().meta({ description: 'E.164.' }),
    country: z.string().meta({ description: 'ISO 3166-1, two letters.', example: 'KR' }),
    postalCode: z.string(),
    line1: z.string(),
    line2: z.string().optional(),
    city: z.string().optional().meta({ description: 'Absent in Korean addresses, whose first line says it.' }),
    region: z.string().optional(),
    lines: z.array(z.string()).meta({ description: 'The address as its country writes it.' }),
    consentAt: moment.meta({ description: 'When the shopper agreed that you read it for this payment.' }),
  })
  .meta({ id: 'DeliveryAddress' })

export const getDeliveryAddress = route(
  'GET /api/v1/payments/:paymentId/delivery-address',
  {
    caller: 'merchant',
    may: 'address.read',
    summary: 'Read the address that the shopper chose for this payment',
    description:
      'Each reading is written down and shown to the shopper, who can take the consent back. Read it when you ship, and keep no more of it than you need.',
    answers: { 200: { description: 'The address', schema: addressView } },
    errors: ['not-found', 'consent-revoked'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const reader = publicId('key', caller.apiKeyId)
    const read = await gateway.addresses.read(caller.merchant.id, payment.id, reader)
    if (read.kind === 'missing') throw new ApiError('not-found')
    if (read.kind === 'revoked') throw new ApiError('consent-revoked')
    const { form: _form, label: _label, ...address } = read.address
    const body = {
      ...address,
      country: countryOf(read.address),
      lines: addressLines(read.address),
      consentAt: read.consentAt.toISOString(),
    }
    return { status: 200, body }
  },
)
