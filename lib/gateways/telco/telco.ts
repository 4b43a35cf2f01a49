import type { Money } from '../../money/money'

/** What a shopper gives to have a purchase put on a phone bill (M-17). The PIN lives in memory for one request only. */
export type Calling =
  | { readonly kind: 'line'; /** E.164, with the plus */ readonly number: string }
  | { readonly kind: 'calling-card'; readonly number: string; readonly pin: string }

/** A line or calling card without its secret: enough to route, and to ask how it stands. */
export type CallingNumber = Pick<Calling, 'kind' | 'number'>

/** What the purchase is, as the operator of the line may show it on its bill. */
export interface TelcoPurchase {
  /** The payment's id: the same in the link and in the billing file. */
  readonly tid: string
  readonly merchant: string
  readonly description: string
  readonly amount: Money
}

/** Who the shopper says the subscriber is. */
export interface Subscriber {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly nameHash: string
  /** YYYY-MM-DD */
  readonly birthDate: string
}

export type LineKind = 'PSTN' | 'ISDN' | 'IN'

/** Why a customer management system said no, in our words; the table from its results is in translate.ts. */
export type TelcoRefusal =
  | 'unknown-number'
  | 'not-billable'
  | 'subscriber-mismatch'
  | 'pin-wrong'
  | 'pin-locked'
  | 'arrears'
  | 'suspended'
  | 'terminated'
  | 'cap-exceeded'
  | 'format'

export type TelcoAnswer =
  | {
      readonly kind: 'approved'
      /** Code of the system that answered. */
      readonly system: string
      readonly subscriberRef: string
      readonly lineKind: LineKind
      /** The mobile number to which one-time codes go; absent where the line itself has to be called. */
      readonly notify?: string
      /** What the operator allows on one month's bill, in minor units. */
      readonly monthlyCap?: bigint
    }
  | {
      readonly kind: 'refused'
      readonly system: string
      readonly reason: TelcoRefusal
      /** Minor units; only with arrears. */
      readonly overdueAmount?: bigint
    }
  | { readonly kind: 'no-answer' }

export interface AuthenticateRequest {
  /** Kept on a repeat: the system answers a repeat as it answered the first. */
  readonly reference: string
  readonly calling: Calling
  readonly subscriber?: Subscriber
  readonly purchase: TelcoPurchase
}

export interface StatusRequest {
  readonly reference: string
  readonly calling: CallingNumber
}

/** How the link to one customer management system stands, for operators. */
export interface TelcoState {
  readonly code: string
  /** up: answers. degraded: connected, but its last answers were none, or not all connections stand. down: unreachable. */
  readonly state: 'up' | 'degraded' | 'down'
  readonly connectionsUp: number
  readonly inFlight: number
  readonly lastAnswerAt: Date | undefined
  /** Requests since the start that ended without an answer. */
  readonly unanswered: number
  /** Answers since the start that nobody waited for: late, twice, or to nothing we asked. */
  readonly unmatchedAnswers: number
}

/**
 * The link to the systems that know telephone lines and calling cards (docs/links/telco.md). "No answer" covers time-outs,
 * cut connections, TRY_LATER, unknown results and unreadable answers: never a yes, never a no, and nothing was charged.
 */
export interface Telcos {
  /** Code of the customer management system that a number belongs to; undefined when it is none of ours. */
  systemOf(calling: CallingNumber): string | undefined
  /** May this purchase be put on this line? The system is asked afresh unless the reference was used before. */
  authenticate(request: AuthenticateRequest): Promise<TelcoAnswer>
  /** How the line stands now, without a purchase. */
  status(request: StatusRequest): Promise<TelcoAnswer>
  /** The systems in the order of the settings. */
  states(): TelcoState[]
  /** Takes no more requests, lets those under way finish, closes every connection. */
  close(): Promise<void>
}
