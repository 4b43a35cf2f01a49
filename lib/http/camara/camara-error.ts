/**
 * Every error of the CAMARA interface: its code, its HTTP status and what the document says of it. Codes with a point are
 * those of one API; the others are common to all (Commonalities 0.6).
 */
const table = {
  INVALID_ARGUMENT: [400, 'Client specified an invalid argument, request body or query param.'],
  OUT_OF_RANGE: [400, 'Client specified an invalid range.'],
  INVALID_CREDENTIAL: [400, 'Only Access token is supported'],
  INVALID_TOKEN: [400, 'Only bearer token is supported'],
  INVALID_SINK: [400, 'sink not valid for the specified protocol'],
  'CARRIER_BILLING.INVALID_DATE_RANGE': [400, 'Client specified an invalid date range.'],
  'CARRIER_BILLING.TOO_MANY_MATCHING_RECORDS': [
    400,
    'Too many matching records found. Specify additional/suitable criteria to limit the number of records.',
  ],
  'CARRIER_BILLING.INVALID_AUTHORIZATION_ID': [400, 'Invalid authorizationId.'],
  'CARRIER_BILLING.INVALID_CODE': [400, 'Invalid code.'],
  'CARRIER_BILLING.VALIDATION_FAILED': [400, 'the maximum number of attempts have been consumed for this validation.'],
  'CARRIER_BILLING_REFUND.INVALID_DATE_RANGE': [400, 'Client specified an invalid date range.'],
  'CARRIER_BILLING_REFUND.TOO_MANY_MATCHING_RECORDS': [
    400,
    'Too many matching records found. Specify additional/suitable criteria to limit the number of records.',
  ],
  UNAUTHENTICATED: [
    401,
    'Request not authenticated due to missing, invalid, or expired credentials. A new authentication is required.',
  ],
  PERMISSION_DENIED: [403, 'Client does not have sufficient permissions to perform this action.'],
  'CARRIER_BILLING.PAYMENT_DENIED': [403, 'Payment denied by business.'],
  'CARRIER_BILLING_REFUND.REFUND_DENIED': [403, 'Refund denied by business.'],
  'CARRIER_BILLING_REFUND.PAYMENT_NOT_ELIGIBLE_FOR_REFUND': [403, 'Payment not eligible for refund.'],
  NOT_FOUND: [404, 'The specified resource is not found.'],
  IDENTIFIER_NOT_FOUND: [404, 'phoneNumber not found.'],
  METHOD_NOT_ALLOWED: [405, 'The requested method is not allowed or supported on the target resource.'],
  REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  ALREADY_EXISTS: [409, 'The resource that a client tried to create already exists.'],
  'CARRIER_BILLING.PAYMENT_CONFIRMED': [409, 'Payment has been confirmed.'],
  'CARRIER_BILLING.PAYMENT_CANCELLED': [409, 'Payment has been cancelled.'],
  CONTENT_TOO_LARGE: [413, 'The request is larger than 64 KiB.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The server refuses to accept the request because its format is not supported.'],
  SERVICE_NOT_APPLICABLE: [422, 'The service is not available for the provided identifier.'],
  MISSING_IDENTIFIER: [422, 'The phone number cannot be identified.'],
  UNNECESSARY_IDENTIFIER: [422, 'The phone number is already identified by the access token.'],
  'CARRIER_BILLING.UNAUTHORIZED_AMOUNT': [422, 'Unauthorized amount requested.'],
  'CARRIER_BILLING.USER_AMOUNT_THRESHOLD_OVERPASSED': [
    422,
    'Unauthorized payment request. Accumulated user mobile payments overpass account amount threshold.',
  ],
  'CARRIER_BILLING_REFUND.UNAUTHORIZED_AMOUNT': [422, 'Unauthorized amount requested.'],
  'CARRIER_BILLING_REFUND.USER_AMOUNT_THRESHOLD_OVERPASSED': [
    422,
    'Unauthorized refund request. Accumulated user mobile refunds overpass account amount threshold.',
  ],
  'CARRIER_BILLING_REFUND.INVALID_PAYMENT_STATUS': [422, 'Payment is not yet completed.'],
  'CARRIER_BILLING_REFUND.TAXES_MANAGEMENT_MISMATCH': [
    422,
    'Inconsistent isTaxIncluded value with regards to related payment.',
  ],
  'CARRIER_BILLING_REFUND.REFUND_DETAILS_MISMATCH': [
    422,
    'Inconsistent refundDetails information with regards to related payment.',
  ],
  TOO_MANY_REQUESTS: [429, 'Rate limit reached.'],
  REQUEST_HEADER_FIELDS_TOO_LARGE: [431, 'The headers are larger than 16 KiB.'],
  INTERNAL: [500, 'Something went wrong on our side.'],
  UNAVAILABLE: [503, 'Service unavailable. Come back after Retry-After; nothing was charged.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type CamaraCode = keyof typeof table

interface Facts {
  /** Said in place of the usual words, where they can say more. */
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal in the form of the CAMARA interface, thrown by its handlers. */
export class CamaraError extends Error {
  override name = 'CamaraError'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    readonly code: CamaraCode,
    { message, headers = {} }: Facts = {},
  ) {
    super(message ?? table[code][1])
    this.status = table[code][0]
    this.headers = headers
  }
}
