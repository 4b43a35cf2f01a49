import type { CallReference } from '../../call-reference'
import type { Currency } from '../../money/currency'
import type { Money } from '../../money/money'
import type { LinkState } from '../tcp/link'

/** What an issuer has to be told of a card. The security code lives in memory for one authorization and nowhere else. */
export interface IssuerCard {
  readonly number: string
  /** YYMM */
  readonly expiry: string
  readonly securityCode?: string
}

/** The shop as the issuer sees it (ISO 8583 DE 18, 42, 43). */
export interface CardAcceptor {
  /** At most fifteen printable ASCII characters; a longer one is a mistake of ours and throws. */
  readonly id: string
  /** As the shop writes it; the issuer gets the first forty characters of it in Latin letters. */
  readonly name: string
  /** Four digits (ISO 18245) */
  readonly categoryCode: string
}

/** Why an issuer said no, in our words; the table from its response codes is in translate.ts. */
export type IssuerRefusal =
  | 'declined'
  | 'no-such-card'
  | 'lost-or-stolen'
  | 'insufficient-funds'
  | 'expired-card'
  | 'not-permitted'
  | 'limit-exceeded'
  | 'pin-tries-exceeded'
  | 'try-later'
  | 'format-error'
  | 'original-not-found'
  | 'duplicate'

export type IssuerAnswer<Yes> =
  ({ kind: 'approved' } & Yes) | { kind: 'refused'; reason: IssuerRefusal } | { kind: 'no-answer' }

/** Every request: its reference (kept on a repeat), the card, the amount and the shop. */
export interface IssuerRequest {
  readonly reference: CallReference
  readonly card: IssuerCard
  readonly amount: Money
  readonly acceptor: CardAcceptor
  /** True when this request may have been sent before: the issuer answers as it did the first time. */
  readonly repeat?: boolean
}

export interface AuthorizationRequest extends IssuerRequest {
  /** Set on a V-Card's legs: the V-Card, and which of its legs this is (DE48). */
  readonly vcardLeg?: { readonly vcardId: string; readonly leg: number; readonly of: number }
}

export interface CaptureRequest extends IssuerRequest {
  /** The reference of the authorization that is completed. */
  readonly authorization: CallReference
  readonly authorizationId: string
}

export interface ReversalRequest extends IssuerRequest {
  /** The reference of the authorization that is taken back, answered or not. */
  readonly authorization: CallReference
  readonly authorizationId?: string
  readonly reason: 'customer-cancelled' | 'answer-too-late' | 'other-leg-declined'
}

export interface RefundRequest extends IssuerRequest {
  /** The reference of the completion whose money goes back. */
  readonly capture: CallReference
}

export interface InquiryRequest {
  readonly reference: CallReference
  readonly card: IssuerCard
  readonly currency: Currency
  readonly acceptor: CardAcceptor
}

/** What was done at an issuer since the last cut-over in balance: numbers, and minor units. */
export interface CutOverTotals {
  readonly completions: { readonly count: number; readonly amount: bigint }
  readonly refunds: { readonly count: number; readonly amount: bigint }
  readonly reversals: { readonly count: number; readonly amount: bigint }
}

export interface CutOverRequest {
  readonly issuer: string
  readonly reference: CallReference
  readonly currency: Currency
  readonly totals: CutOverTotals
}

/** How the link to one issuer stands, for operators. */
export interface IssuerState extends LinkState {
  readonly code: string
}

/**
 * The link to the issuers of cards (specs: issuer link, ISO 8583:1987). "No answer" covers time-outs, cut connections,
 * unknown response codes and answers that do not fit the request: never a yes, never a no.
 */
export interface Issuers {
  /** The issuer a card number belongs to, by BIN; undefined when no connected issuer has it. */
  issuerOf(cardNumber: string): string | undefined
  authorize(request: AuthorizationRequest): Promise<IssuerAnswer<{ authorizationId: string }>>
  capture(request: CaptureRequest): Promise<IssuerAnswer<object>>
  /** An issuer that knows no such authorization has nothing to give back: that counts as approved (response code 25). */
  reverse(request: ReversalRequest): Promise<IssuerAnswer<object>>
  refund(request: RefundRequest): Promise<IssuerAnswer<object>>
  /** Balance inquiry: what is owed on the card and what can still be spent, in minor units of the currency. */
  inquire(request: InquiryRequest): Promise<IssuerAnswer<{ owed: bigint; available: bigint }>>
  /** End-of-day reconciliation (0500): whether the issuer has the same totals, and which it has. */
  cutOver(
    request: CutOverRequest,
  ): Promise<{ kind: 'heard'; inBalance: boolean; theirs: CutOverTotals } | { kind: 'no-answer' }>
  /** The issuers in the order of the settings. */
  states(): IssuerState[]
  /** Takes no more requests, lets those under way finish, signs off, closes every connection. */
  close(): Promise<void>
}
