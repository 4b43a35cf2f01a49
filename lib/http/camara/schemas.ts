import { z } from 'zod'
import { text } from '../fields'
import { AMOUNT } from './amounts'
import { JsonNumber } from './json-number'

// The documents set no lengths; these keep a request within what bills, links and pages can show.
const LONGEST_NAME = 100
const LONGEST_DESCRIPTION = 255
const MOST_ITEMS = 50

/** A number of the document, kept as its decimal text. */
function decimal(form: RegExp) {
  return z
    .instanceof(JsonNumber)
    .refine(({ text }) => form.test(text))
    .transform(({ text }) => text)
}

const amount = decimal(AMOUNT)
const currency = z.string().regex(/^[A-Z]{3}$/)
const description = text(LONGEST_DESCRIPTION)
/** E.164 with the plus (PROMISES 10.3). */
const phoneNumber = z.string().regex(/^\+[1-9][0-9]{4,14}$/)
const uri = z.string().max(2048)

const taxed = { amount, currency, description, isTaxIncluded: z.boolean().optional(), taxAmount: amount.optional() }

const chargingInformation = z.strictObject(taxed)

const paymentItem = z.strictObject({ id: text(LONGEST_NAME), ...taxed })

const paymentMetaData = z.strictObject({
  merchantName: text(LONGEST_NAME).optional(),
  merchantIdentifier: text(LONGEST_NAME).optional(),
  fee: decimal(/^(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?$/).optional(),
  purchaseCategoryCode: text(LONGEST_NAME).optional(),
  channel: text(LONGEST_NAME).optional(),
  serviceId: text(LONGEST_NAME).optional(),
  productId: text(LONGEST_NAME).optional(),
})

const paymentAmount = z.strictObject({
  chargingInformation,
  chargingMetaData: paymentMetaData.optional(),
  paymentDetails: z.array(paymentItem).min(1).max(MOST_ITEMS).optional(),
})
export type PaymentAmount = z.output<typeof paymentAmount>

/** Read here in outline only: which credentials are accepted is told by its own error. */
const sinkCredential = z.looseObject({ credentialType: z.enum(['PLAIN', 'ACCESSTOKEN', 'REFRESHTOKEN']) })

export const accessTokenCredential = z.strictObject({
  credentialType: z.literal('ACCESSTOKEN'),
  // What may stand in an Authorization header (RFC 6750).
  accessToken: z
    .string()
    .max(4096)
    .regex(/^[A-Za-z0-9._~+/-]+=*$/),
  accessTokenExpiresUtc: z.iso.datetime({ offset: true }),
  accessTokenType: z.string(),
})

const correlated = { clientCorrelator: text(128).optional(), referenceCode: text(64) }
const told = { sink: uri.optional(), sinkCredential: sinkCredential.optional() }
export type Told = z.output<z.ZodObject<typeof told>>

export const newPayment = z.strictObject({
  amountTransaction: z.strictObject({ phoneNumber: phoneNumber.optional(), ...correlated, paymentAmount }),
  ...told,
})
export type NewPaymentInput = z.output<typeof newPayment>

export const validation = z.strictObject({ authorizationId: z.string().max(100), code: z.string().max(20) })

export const lineOnly = z.strictObject({ phoneNumber: phoneNumber.optional() })

const refundItem = z.strictObject({ paymentItemId: text(LONGEST_NAME), ...taxed })
const refundMetaData = z.strictObject({ merchantIdentifier: text(LONGEST_NAME).optional() })

const totalAmount = z.strictObject({ chargingMetaData: refundMetaData.optional() })
const partialAmount = z.strictObject({
  chargingInformation,
  chargingMetaData: refundMetaData.optional(),
  refundDetails: z.array(refundItem).min(1).max(MOST_ITEMS).optional(),
})
export type PartialAmount = z.output<typeof partialAmount>

const whyAndWhere = { reason: text(200).optional(), ...told }

export const newRefund = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('total'),
    amountTransaction: z.strictObject({ ...correlated, refundAmount: totalAmount }),
    ...whyAndWhere,
  }),
  z.strictObject({
    type: z.literal('partial'),
    amountTransaction: z.strictObject({ ...correlated, refundAmount: partialAmount }),
    ...whyAndWhere,
  }),
])
export type NewRefundInput = z.output<typeof newRefund>
