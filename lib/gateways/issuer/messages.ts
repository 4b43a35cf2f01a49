import { timeOf, traceOf } from '../../call-reference'
import type { CallReference } from '../../call-reference'
import { numericCode } from '../../money/currency'
import type { Fields } from './fields'
import type { Message } from './iso8583'
import type {
  AuthorizationRequest,
  CaptureRequest,
  InquiryRequest,
  IssuerRequest,
  RefundRequest,
  ReversalRequest,
} from './issuer'
import { localTimeIn } from './local-time'
import { transliterate } from './transliterate'

/** Who we are to the issuer. */
export interface Acquirer {
  /** DE32, at most eleven digits */
  readonly acquirerId: string
  /** DE41, at most eight characters */
  readonly terminalId: string
  /** Zone of the local times in DE12 and DE13 */
  readonly timeZone: string
}

const PURCHASE = '000000'
const INQUIRY = '310000'
const REFUND = '200000'
const FORWARDER_NONE = '00000000000'
const LONGEST_NAME = 40

const reversalReasons = {
  'customer-cancelled': '17',
  'answer-too-late': '68',
  'other-leg-declined': '21',
} as const satisfies Record<ReversalRequest['reason'], string>

const networkCodes = { 'sign-on': '001', 'sign-off': '002', echo: '301' } as const

/** 0100: the issuer sets the amount aside. */
export function authorizationRequest(acquirer: Acquirer, request: AuthorizationRequest): Message {
  const { card, vcardLeg, reference } = request
  const details = [
    ...(vcardLeg ? [`VC=${vcardLeg.vcardId}`, `LEG=${vcardLeg.leg}/${vcardLeg.of}`] : []),
    ...(card.securityCode ? [`CVV=${card.securityCode}`] : []),
  ]
  return {
    mti: typeOf('0100', request),
    fields: {
      ...presentment(acquirer, PURCHASE, request, reference),
      ...(details.length > 0 && { 48: details.join(';') }),
    },
  }
}

/** 0100 with the inquiry's processing code: what is owed on a card and what may be spent. It moves nothing, so no repeat. */
export function inquiryRequest(acquirer: Acquirer, { currency, ...request }: InquiryRequest): Message {
  const { card, reference } = request
  return {
    mti: '0100',
    fields: {
      ...presentment(acquirer, INQUIRY, { ...request, amount: { amount: 0n, currency } }, reference),
      ...(card.securityCode && { 48: `CVV=${card.securityCode}` }),
    },
  }
}

/** 0220: turns a hold, or part of it, into a charge. */
export function captureRequest(acquirer: Acquirer, request: CaptureRequest): Message {
  return {
    mti: typeOf('0220', request),
    fields: {
      ...presentment(acquirer, PURCHASE, request, request.authorization),
      38: request.authorizationId,
      90: originalData(acquirer, '0100', request.authorization),
    },
  }
}

/** 0400: takes an authorization back, whole. */
export function reversalRequest(acquirer: Acquirer, request: ReversalRequest): Message {
  return {
    mti: typeOf('0400', request),
    fields: {
      ...basics(acquirer, PURCHASE, request, request.authorization),
      39: reversalReasons[request.reason],
      90: originalData(acquirer, '0100', request.authorization),
    },
  }
}

/** 0200: gives back a captured amount, or part of it. */
export function refundRequest(acquirer: Acquirer, request: RefundRequest): Message {
  return {
    mti: typeOf('0200', request),
    fields: {
      ...presentment(acquirer, REFUND, request, request.reference),
      90: originalData(acquirer, '0220', request.capture),
    },
  }
}

/** 0800: sign-on, echo, sign-off. Names nothing of ours that is kept, so any trace number will do. */
export function networkRequest(purpose: keyof typeof networkCodes, at: Date): Message {
  const trace = String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0')
  return { mti: '0800', fields: { 7: monthToSecond(at), 11: trace, 70: networkCodes[purpose] } }
}

/**
 * DE37, shared by an authorization, its completion and its reversal: the whole seconds from 2020 to when the reference
 * was drawn, as six digits of base 36 (enough until 2088, then it starts over), and the trace number.
 */
export function retrievalReference(reference: CallReference): string {
  const seconds = (timeOf(reference).getTime() - RRN_EPOCH) / 1000
  const digits = ((seconds % RRN_SPAN) + RRN_SPAN) % RRN_SPAN
  return digits.toString(36).toUpperCase().padStart(6, '0') + traceOf(reference)
}

const RRN_EPOCH = Date.UTC(2020, 0, 1)
const RRN_SPAN = 36 ** 6

/** What every financial request carries. `presented` is the reference that names the presentment (DE37). */
function basics(acquirer: Acquirer, processing: string, request: IssuerRequest, presented: CallReference): Fields {
  const { reference, card, amount, acceptor } = request
  return {
    2: card.number,
    3: processing,
    4: amount.amount.toString().padStart(12, '0'),
    7: monthToSecond(timeOf(reference)),
    11: traceOf(reference),
    32: acquirer.acquirerId,
    37: retrievalReference(presented),
    41: acquirer.terminalId,
    42: acceptor.id,
    49: numericCode(amount.currency),
  }
}

function presentment(acquirer: Acquirer, processing: string, request: IssuerRequest, presented: CallReference): Fields {
  const local = localTimeIn(acquirer.timeZone, timeOf(request.reference))
  return {
    ...basics(acquirer, processing, request, presented),
    12: local.hhmmss,
    13: local.mmdd,
    14: request.card.expiry,
    18: request.acceptor.categoryCode,
    22: '010',
    25: '59',
    43: asciiName(request) || request.acceptor.id,
  }
}

function asciiName({ acceptor }: IssuerRequest): string {
  return transliterate(acceptor.name).trim().slice(0, LONGEST_NAME).trimEnd()
}

/** DE90: how the issuer finds the message that this one completes, takes back or refunds. */
function originalData({ acquirerId }: Acquirer, mti: string, reference: CallReference): string {
  return mti + traceOf(reference) + monthToSecond(timeOf(reference)) + acquirerId.padStart(11, '0') + FORWARDER_NONE
}

/** A repeat differs from the first in the last digit of its type, and in nothing else. */
function typeOf(mti: '0100' | '0220' | '0400' | '0200', { repeat }: IssuerRequest): string {
  return repeat ? `${mti.slice(0, 3)}1` : mti
}

/** MMDDhhmmss, UTC */
function monthToSecond(at: Date): string {
  const text = at.toISOString()
  return text.slice(5, 7) + text.slice(8, 10) + text.slice(11, 13) + text.slice(14, 16) + text.slice(17, 19)
}
