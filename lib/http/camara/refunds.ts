import { z } from 'zod'
import { type CamaraPayment, refundStatuses } from '../../camara/camara-payment'
import type { RefundNotMade } from '../../camara/camara-refunds'
import { readPublicId } from '../../ids'
import { minorUnitsOf } from '../../money/decimal'
import type { Money } from '../../money/money'
import type { TokenCaller } from '../../oauth/oauth-client'
import { amountNumber } from './amounts'
import { CamaraError } from './camara-error'
import { camaraRoute } from './camara-route'
import { dateParameter, pageHeaders, pageQuery, readPage } from './pages'
import { ownPayment } from './payments'
import { amountOf, sinkOf } from './requests'
import { newRefund, type PartialAmount, type PaymentAmount } from './schemas'
import { refundPath, viewRefund } from './views'

const BASE = '/camara/carrier-billing-refund/v0.3/payments/:paymentId/refunds'

export const createRefund = camaraRoute(
  `POST ${BASE}`,
  {
    operation: 'createRefund',
    scope: 'carrier-billing-refund:refunds:create',
    may: 'camara.refund.create',
    input: newRefund,
  },
  async (request) => {
    const { gateway, caller, input, correlationId, body } = request
    const payment = await ownPayment(request)
    const { clientCorrelator, referenceCode, refundAmount } = input.amountTransaction
    const amount = input.type === 'partial' ? partOf(input.amountTransaction.refundAmount, payment, caller) : undefined
    const sink = sinkOf(input, gateway.outgoing.faultOf, gateway.clock.now())
    const merchantIdentifier = refundAmount.chargingMetaData?.merchantIdentifier
    const made = await gateway.camara.refunds.create(caller, payment, {
      type: input.type,
      referenceCode,
      refundAmount,
      request: Buffer.from(body).toString('base64'),
      correlationId,
      ...(amount && { amount }),
      ...(clientCorrelator !== undefined && { clientCorrelator }),
      ...(merchantIdentifier !== undefined && { merchantIdentifier }),
      ...(input.reason !== undefined && { reason: input.reason }),
      ...(sink && { sink }),
    })
    if (made.kind !== 'made') throw notMade(made)
    return { status: 201, body: viewRefund(made.refund), headers: { location: refundPath(made.refund) } }
  },
)

/** How much of the payment goes back; what is said of taxes and items must fit what was said when it was made. */
function partOf(
  { chargingInformation, refundDetails = [] }: PartialAmount,
  payment: CamaraPayment,
  caller: TokenCaller,
): Money {
  const amount = amountOf(chargingInformation, caller, 'CARRIER_BILLING_REFUND.UNAUTHORIZED_AMOUNT')
  if (amount.currency !== payment.currency) {
    throw new CamaraError('INVALID_ARGUMENT', { message: 'Currency is unknown or not authorized.' })
  }
  const paid = payment.paymentAmount as PaymentAmount
  if ((chargingInformation.isTaxIncluded ?? false) !== (paid.chargingInformation.isTaxIncluded ?? false)) {
    throw new CamaraError('CARRIER_BILLING_REFUND.TAXES_MANAGEMENT_MISMATCH')
  }
  const items = new Map((paid.paymentDetails ?? []).map((item) => [item.id, item]))
  for (const { paymentItemId, amount: part, currency } of refundDetails) {
    const item = items.get(paymentItemId)
    // Each item once, in its currency, and no more than it cost.
    items.delete(paymentItemId)
    const fits =
      item?.currency === currency &&
      minorOf(part, payment) > 0n &&
      minorOf(part, payment) <= minorOf(item.amount, payment)
    if (!fits) throw new CamaraError('CARRIER_BILLING_REFUND.REFUND_DETAILS_MISMATCH')
  }
  return amount
}

function minorOf(text: string, { currency }: CamaraPayment): bigint {
  const minor = minorUnitsOf(text, currency)
  return typeof minor === 'bigint' ? minor : 0n
}

function notMade({ kind }: RefundNotMade): CamaraError {
  switch (kind) {
    case 'not-paid-yet':
      return new CamaraError('CARRIER_BILLING_REFUND.INVALID_PAYMENT_STATUS')
    case 'not-eligible':
      return new CamaraError('CARRIER_BILLING_REFUND.PAYMENT_NOT_ELIGIBLE_FOR_REFUND')
    case 'above-payment':
      return new CamaraError('CARRIER_BILLING_REFUND.UNAUTHORIZED_AMOUNT')
    case 'above-rest':
      return new CamaraError('CARRIER_BILLING_REFUND.USER_AMOUNT_THRESHOLD_OVERPASSED')
    case 'correlator-taken':
      return new CamaraError('INVALID_ARGUMENT', { message: 'clientCorrelator already exist on server.' })
    case 'in-progress':
      return new CamaraError('ALREADY_EXISTS')
    case 'denied':
      return new CamaraError('CARRIER_BILLING_REFUND.REFUND_DENIED')
  }
}

export const retrieveRefunds = camaraRoute(
  `GET ${BASE}`,
  {
    operation: 'retrieveRefunds',
    scope: 'carrier-billing-refund:refunds:read',
    may: 'camara.refund.see',
    lists: ['refundStatus'],
    query: z.strictObject({
      ...pageQuery,
      'refundCreationDate.gte': dateParameter,
      'refundCreationDate.lte': dateParameter,
      refundStatus: z.array(z.enum(refundStatuses)).optional(),
    }),
  },
  async (request) => {
    const { gateway, caller, query } = request
    const from = query['refundCreationDate.gte']
    const until = query['refundCreationDate.lte']
    const now = gateway.clock.now()
    const page = readPage({ ...query, from, until }, now, 'CARRIER_BILLING_REFUND.INVALID_DATE_RANGE')
    const { paymentId } = await ownPayment(request)
    const statuses = query.refundStatus
    const found = await gateway.camara.refunds.list(caller, paymentId, { ...page, ...(statuses && { statuses }) })
    if (found === 'too-many') throw new CamaraError('CARRIER_BILLING_REFUND.TOO_MANY_MATCHING_RECORDS')
    const { refunds, total } = found
    return { status: 200, body: refunds.map(viewRefund), headers: pageHeaders(page, refunds.length, total) }
  },
)

export const retrieveRefund = camaraRoute(
  `GET ${BASE}/:refundId`,
  { operation: 'retrieveRefund', scope: 'carrier-billing-refund:refunds:read', may: 'camara.refund.see' },
  async (request) => {
    const { gateway, caller, params } = request
    const { paymentId } = await ownPayment(request)
    const refundId = readPublicId('ref', params['refundId'] ?? '')
    const refund = refundId && (await gateway.camara.refunds.find(caller, paymentId, refundId))
    if (!refund) throw new CamaraError('NOT_FOUND')
    return { status: 200, body: viewRefund(refund) }
  },
)

export const retrieveRemainingAmount = camaraRoute(
  `GET ${BASE}/remaining-amount`,
  {
    operation: 'retrievePaymentRemainingAmount',
    scope: 'carrier-billing-refund:refunds:read',
    may: 'camara.refund.see',
  },
  async (request) => {
    const { capturedAmount, refundedAmount, currency, paymentAmount } = await ownPayment(request)
    const { isTaxIncluded } = (paymentAmount as PaymentAmount).chargingInformation
    return {
      status: 200,
      body: {
        // What is on its way back counts as gone until it is denied.
        amount: amountNumber(capturedAmount - refundedAmount, currency),
        currency,
        ...(isTaxIncluded !== undefined && { isTaxIncluded }),
      },
    }
  },
)
