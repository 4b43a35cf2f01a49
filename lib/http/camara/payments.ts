import { z } from 'zod'
import { type CamaraPayment, paymentStatuses } from '../../camara/camara-payment'
import type { Made, NotMade, Stepped, Validated } from '../../camara/payment-requests'
import type { DeclineReason } from '../../payments/decline-reason'
import { readPublicId, type Uuid } from '../../ids'
import type { HttpGateway } from '../http-gateway'
import type { Reply } from '../route'
import { tooMany } from './camara-dialect'
import { CamaraError } from './camara-error'
import { type CamaraRequest, camaraRoute } from './camara-route'
import { dateParameter, pageHeaders, pageQuery, readPage } from './pages'
import { amountOf, numberOf, sinkOf } from './requests'
import { lineOnly, newPayment, type NewPaymentInput, validation } from './schemas'
import { paymentPath, viewPayment } from './views'

const BASE = '/camara/carrier-billing/v0.5'

/** The payment that a path names; whatever is not an identifier of ours names nothing. */
function paymentIdOf(id: string | undefined): Uuid {
  const uuid = readPublicId('pay', id ?? '')
  if (!uuid) throw new CamaraError('NOT_FOUND')
  return uuid
}

/** The caller's own payment; another's answers exactly as a missing one (P6.2). */
export async function ownPayment({ gateway, caller, params }: CamaraRequest): Promise<CamaraPayment> {
  const payment = await gateway.camara.payments.find(caller, paymentIdOf(params['paymentId']))
  if (!payment) throw new CamaraError('NOT_FOUND')
  return payment
}

export const createPayment = camaraRoute(
  `POST ${BASE}/payments`,
  {
    operation: 'createPayment',
    scope: 'carrier-billing:payments:create',
    may: 'camara.payment.create',
    input: newPayment,
  },
  async (request) => {
    const { payment } = await make(request, 1)
    return created(payment, viewPayment(payment, request.gateway.settings.WEB_URL))
  },
)

export const preparePayment = camaraRoute(
  `POST ${BASE}/payments/prepare`,
  {
    operation: 'preparePayment',
    scope: 'carrier-billing:payments:create',
    may: 'camara.payment.create',
    input: newPayment,
  },
  async (request) => {
    const { payment, authorizationId } = await make(request, 2)
    const { paymentDate: _paymentDate, ...shown } = viewPayment(payment, request.gateway.settings.WEB_URL)
    const open = payment.status === 'pending_validation' || payment.status === 'processing'
    return created(payment, {
      ...shown,
      ...(authorizationId !== undefined && open && { validationInfo: { action: 'validate', authorizationId } }),
    })
  },
)

function created(payment: CamaraPayment, body: object): Reply {
  return { status: 201, body, headers: { location: paymentPath(payment) } }
}

async function make(request: CamaraRequest<NewPaymentInput>, steps: 1 | 2): Promise<Extract<Made, { kind: 'made' }>> {
  const { gateway, caller, input, correlationId, body, remoteAddress } = request
  const { amountTransaction } = input
  const { chargingInformation, chargingMetaData, paymentDetails = [] } = amountTransaction.paymentAmount
  const number = numberOf(caller, amountTransaction.phoneNumber)
  const amount = amountOf(chargingInformation, caller, 'CARRIER_BILLING.UNAUTHORIZED_AMOUNT')
  const ids = new Set(paymentDetails.map(({ id }) => id))
  if (ids.size < paymentDetails.length) throw new CamaraError('INVALID_ARGUMENT')
  for (const item of paymentDetails) {
    const { currency } = amountOf(item, caller, 'CARRIER_BILLING.UNAUTHORIZED_AMOUNT')
    if (currency !== amount.currency) throw new CamaraError('INVALID_ARGUMENT')
  }
  const sink = sinkOf(input, gateway.outgoing.faultOf, gateway.clock.now())
  const { clientCorrelator, referenceCode, paymentAmount } = amountTransaction
  const made = await gateway.camara.payments.create(caller, {
    steps,
    number,
    amount,
    description: chargingInformation.description,
    referenceCode,
    paymentAmount,
    request: Buffer.from(body).toString('base64'),
    correlationId,
    remoteAddress,
    ...(clientCorrelator !== undefined && { clientCorrelator }),
    ...(chargingMetaData?.merchantIdentifier !== undefined && {
      merchantIdentifier: chargingMetaData.merchantIdentifier,
    }),
    ...(sink && { sink }),
  })
  if (made.kind !== 'made') throw notMade(made, gateway)
  return made
}

function notMade(refused: NotMade, { clock }: HttpGateway): CamaraError {
  switch (refused.kind) {
    case 'not-permitted':
      return new CamaraError('PERMISSION_DENIED')
    case 'not-served':
      return new CamaraError('SERVICE_NOT_APPLICABLE')
    case 'correlator-taken':
      return new CamaraError('INVALID_ARGUMENT', { message: 'clientCorrelator already exist on server.' })
    case 'reference-taken':
    case 'in-progress':
      return new CamaraError('ALREADY_EXISTS')
    case 'unknown-number':
      return new CamaraError('IDENTIFIER_NOT_FOUND')
    case 'try-later':
      return new CamaraError('UNAVAILABLE', { headers: { 'retry-after': '5' } })
    case 'too-many':
      return tooMany(refused.retryAt, clock.now())
    case 'declined':
      return declined(refused.reason)
  }
}

/** Why a line was not charged, as far as the document has words for it. */
function declined(reason: DeclineReason): CamaraError {
  switch (reason) {
    case 'line-purchase-limit':
      return new CamaraError('CARRIER_BILLING.UNAUTHORIZED_AMOUNT')
    case 'line-day-limit':
    case 'line-month-limit':
    case 'line-count-limit':
    case 'limit-exceeded':
      return new CamaraError('CARRIER_BILLING.USER_AMOUNT_THRESHOLD_OVERPASSED')
    case 'no-answer':
    case 'interrupted':
    case 'try-later':
    case 'timed-out':
      return new CamaraError('UNAVAILABLE', { headers: { 'retry-after': '5' } })
    default:
      return new CamaraError('CARRIER_BILLING.PAYMENT_DENIED')
  }
}

export const retrievePayments = camaraRoute(
  `GET ${BASE}/payments`,
  {
    operation: 'retrievePayments',
    scope: 'carrier-billing:payments:read',
    may: 'camara.payment.see',
    lists: ['paymentStatus'],
    query: z.strictObject({
      ...pageQuery,
      'paymentCreationDate.gte': dateParameter,
      'paymentCreationDate.lte': dateParameter,
      paymentStatus: z.array(z.enum(paymentStatuses)).optional(),
    }),
  },
  async ({ gateway, caller, query }) => {
    const from = query['paymentCreationDate.gte']
    const until = query['paymentCreationDate.lte']
    const now = gateway.clock.now()
    const page = readPage({ ...query, from, until }, now, 'CARRIER_BILLING.INVALID_DATE_RANGE')
    const statuses = query.paymentStatus
    const found = await gateway.camara.payments.list(caller, { ...page, ...(statuses && { statuses }) })
    if (found === 'too-many') throw new CamaraError('CARRIER_BILLING.TOO_MANY_MATCHING_RECORDS')
    const { payments, total } = found
    return {
      status: 200,
      body: payments.map((payment) => viewPayment(payment, gateway.settings.WEB_URL)),
      headers: pageHeaders(page, payments.length, total),
    }
  },
)

export const retrievePayment = camaraRoute(
  `GET ${BASE}/payments/:paymentId`,
  { operation: 'retrievePayment', scope: 'carrier-billing:payments:read', may: 'camara.payment.see' },
  async (request) => ({
    status: 200,
    body: viewPayment(await ownPayment(request), request.gateway.settings.WEB_URL),
  }),
)

export const validatePayment = camaraRoute(
  `POST ${BASE}/payments/:paymentId/validate`,
  {
    operation: 'validatePayment',
    scope: 'carrier-billing:payments:write',
    may: 'camara.payment.change',
    input: validation,
  },
  async ({ gateway, caller, params, input }) => {
    const validated = await gateway.camara.payments.validate(caller, paymentIdOf(params['paymentId']), input)
    if (validated.kind === 'validated') return { status: 204, body: undefined }
    throw notValidated(validated)
  },
)

function notValidated({ kind }: Exclude<Validated, { kind: 'validated' }>): CamaraError {
  switch (kind) {
    case 'missing':
      return new CamaraError('NOT_FOUND')
    case 'already':
      return new CamaraError('ALREADY_EXISTS', { message: 'Payment already validated' })
    case 'wrong-authorization':
      return new CamaraError('CARRIER_BILLING.INVALID_AUTHORIZATION_ID')
    case 'wrong-code':
      return new CamaraError('CARRIER_BILLING.INVALID_CODE')
    case 'no-tries-left':
      return new CamaraError('CARRIER_BILLING.VALIDATION_FAILED')
  }
}

export const confirmPayment = camaraRoute(
  `POST ${BASE}/payments/:paymentId/confirm`,
  {
    operation: 'confirmPayment',
    scope: 'carrier-billing:payments:write',
    may: 'camara.payment.change',
    input: lineOnly,
  },
  (request) => secondStep(request, request.input.phoneNumber, 'confirm'),
)

export const cancelPayment = camaraRoute(
  `POST ${BASE}/payments/:paymentId/cancel`,
  {
    operation: 'cancelPayment',
    scope: 'carrier-billing:payments:write',
    may: 'camara.payment.change',
    input: lineOnly,
  },
  (request) => secondStep(request, request.input.phoneNumber, 'cancel'),
)

async function secondStep(
  { gateway, caller, params }: CamaraRequest,
  phoneNumber: string | undefined,
  step: 'confirm' | 'cancel',
): Promise<Reply> {
  const { payments } = gateway.camara
  const paymentId = paymentIdOf(params['paymentId'])
  const number = numberOf(caller, phoneNumber)
  if (!payments.isServed(number)) throw new CamaraError('SERVICE_NOT_APPLICABLE')
  const stepped = await payments[step](caller, paymentId, caller.number === undefined ? number : undefined)
  if (stepped.kind === 'accepted') return { status: 202, body: undefined }
  throw notStepped(stepped, step)
}

function notStepped({ kind }: Exclude<Stepped, { kind: 'accepted' }>, step: 'confirm' | 'cancel'): CamaraError {
  switch (kind) {
    case 'missing':
      return new CamaraError('NOT_FOUND')
    case 'other-line':
      return new CamaraError('IDENTIFIER_NOT_FOUND')
    case 'confirmed':
      return new CamaraError('CARRIER_BILLING.PAYMENT_CONFIRMED')
    case 'cancelled':
      return new CamaraError('CARRIER_BILLING.PAYMENT_CANCELLED')
    case 'under-way':
      return new CamaraError('ALREADY_EXISTS', { message: 'The payment is being processed.' })
    case 'denied':
      // Of a denied payment nothing is reserved: to whoever cancels it, it is as good as cancelled.
      return new CamaraError(
        step === 'confirm' ? 'CARRIER_BILLING.PAYMENT_DENIED' : 'CARRIER_BILLING.PAYMENT_CANCELLED',
      )
  }
}
