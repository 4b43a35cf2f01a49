import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'

/** prepaid: what is left of what was loaded. postpaid: what is owed, under a monthly limit. */
export type AccountKind = 'prepaid' | 'postpaid'

/** Limits in minor units; what is absent is not limited. Zero lets nothing through. */
export interface AccountLimits {
  readonly perPurchase?: bigint
  readonly perDay?: bigint
  readonly perMonth?: bigint
}

/** Who did something to an account, kept beside it. */
export interface AccountActor {
  readonly kind: 'shopper' | 'operator' | 'merchant' | 'application'
  readonly id: string
  readonly name: string
}

/** An account as its holder and its issuer may see it (M-95). Its number is shown only when it is opened. */
export interface Account {
  readonly id: Uuid
  readonly kind: AccountKind
  readonly currency: Currency
  /** `9420 **** **** 1234` */
  readonly masked: string
  readonly lastFour: string
  /** The merchant that opened it and may charge it without its PIN. */
  readonly issuerId: Uuid
  readonly shopperId?: Uuid
  readonly nickname: string
  readonly locale: Locale
  /** What we owe the holder, in minor units; below zero on a postpaid account: what the holder owes us. */
  readonly balance: bigint
  /** Set aside by open reservations. */
  readonly held: bigint
  /** What could be charged at once as far as money goes: a balance less what is held, or what is left of the credit. */
  readonly available: bigint
  readonly creditLimit?: bigint
  /** Set by whoever issued the account. */
  readonly limits: AccountLimits
  /** The holder's own, which can only tighten them. */
  readonly ownLimits: AccountLimits
  /** Used in this month and on this day of the zone, held amounts included. */
  readonly used: { readonly month: bigint; readonly day: bigint }
  /** What is left of the tightest limit of a month; absent where there is none. */
  readonly leftThisMonth?: bigint
  /** At or under it, the holder is told the balance after a charge. */
  readonly threshold?: bigint
  readonly validUntil?: Date
  readonly expired: boolean
  readonly suspendedAt?: Date
  readonly suspendedBy?: AccountActor
  readonly suspendedReason?: string
  /** The holder reported its card lost: nothing is charged until the operator lifts it (M-101). */
  readonly lostAt?: Date
  readonly mobileMasked?: string
  readonly hasPin: boolean
  /** Five wrong PINs: the operator, or its logged-in holder, sets a new one. */
  readonly pinLocked: boolean
  readonly version: number
  readonly createdAt: Date
}

/**
 * Why an account was not charged. What would let a charge through is told only to whoever has proved control of the account;
 * strangers hear one and the same (P6.7).
 */
export const accountRefusals = [
  'unregistered',
  'locked',
  'suspended',
  'expired',
  'wrong-currency',
  'purchase-limit',
  'day-limit',
  'month-limit',
  'credit-limit',
  'insufficient',
  /** A hold that was given up before it was made. */
  'interrupted',
] as const
export type AccountRefusal = (typeof accountRefusals)[number]

/** What tells one request from another, for good: a repeat is answered as the first was, whatever came between. */
export interface AccountRequest {
  /** The merchant whose posting it is. */
  readonly merchantId: Uuid
  /** Whose references these are: `api`, `leg`, `payment`, or an application's id. */
  readonly requester: string
  /** Parlay X's referenceCode, an Idempotency-Key, or a leg's place. At most 255 characters. */
  readonly reference: string
}

export interface ChargeRequest extends AccountRequest {
  readonly accountId: Uuid
  readonly amount: Money
  /** What the holder reads of it; at most 200 characters. */
  readonly description: string
  /** The payee's name, as the holder reads it. */
  readonly shop: string
  /** True: an account that the merchant did not issue is one that is not registered. */
  readonly ownOnly?: boolean
  /** SHA-256 of the request where its requester has one; absent: what is asked for is compared. */
  readonly fingerprint?: Uint8Array
}

/** One amount over several accounts, all or nothing. */
export interface SplitChargeRequest extends Omit<ChargeRequest, 'accountId' | 'amount'> {
  readonly currency: Currency
  readonly parts: readonly { readonly accountId: Uuid; readonly amount: bigint }[]
}

/** What was taken from one account. */
export interface AccountCharge {
  readonly id: Uuid
  readonly accountId: Uuid
  readonly amount: bigint
  /** Right after it. */
  readonly balance: bigint
}

export type ChargeResult =
  | { kind: 'charged'; charge: AccountCharge; currency: Currency; at: Date; repeated: boolean }
  | { kind: 'refused'; reason: AccountRefusal; repeated: boolean }
  /** The reference belongs to another request. */
  | { kind: 'reference-reused' }

export type SplitChargeResult =
  | { kind: 'charged'; charges: readonly AccountCharge[]; currency: Currency; at: Date; repeated: boolean }
  /** `part` counts from zero: the first that could not be charged. */
  | { kind: 'refused'; reason: AccountRefusal; part: number; repeated: boolean }
  | { kind: 'reference-reused' }

export interface RefundRequest extends AccountRequest {
  /** The charge by its id, or by the reference under which the same requester made it. */
  readonly charge:
    { readonly id: Uuid; readonly accountId: Uuid } | { readonly reference: string; readonly part?: number }
  /** Absent: all that is left of it. */
  readonly amount?: Money
  /** Absent: those of the charge. */
  readonly description?: string
  readonly shop?: string
  readonly fingerprint?: Uint8Array
}

export type RefundResult =
  | { kind: 'refunded'; refund: AccountCharge; currency: Currency; at: Date; repeated: boolean }
  | { kind: 'refused'; reason: 'no-such-charge' | 'exceeds' | 'wrong-currency'; repeated: boolean }
  | { kind: 'reference-reused' }

export interface ReserveRequest extends ChargeRequest {
  /** When what is left of it is given back. Absent only for legs, which end with their payment. */
  readonly expiresAt?: Date
  readonly paymentId?: Uuid
}

export interface AccountReservation {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly accountId: Uuid
  readonly requester: string
  readonly reference: string
  readonly state: 'open' | 'charged' | 'released' | 'expired'
  readonly currency: Currency
  /** All that was ever set aside, what was taken of it, and what still is set aside. */
  readonly reserved: bigint
  readonly charged: bigint
  readonly held: bigint
  readonly expiresAt?: Date
  readonly createdAt: Date
}

export type ReserveResult =
  | { kind: 'reserved'; reservationId: Uuid; repeated: boolean }
  | { kind: 'refused'; reason: AccountRefusal; repeated: boolean }
  | { kind: 'reference-reused' }

/** Which reservation; another merchant's, or another requester's, is a missing one. */
export interface ReservationPlace {
  readonly merchantId: Uuid
  readonly requester: string
  readonly reservationId: Uuid
}

export type ReservationRefusal = AccountRefusal | 'no-such-reservation' | 'reservation-closed' | 'exceeds'

export type ReservationResult =
  { kind: 'done'; reservation: AccountReservation } | { kind: 'refused'; reason: ReservationRefusal }

export interface ChargeReservationRequest extends ReservationPlace {
  readonly reference: string
  readonly amount: Money
  readonly description: string
  readonly fingerprint?: Uint8Array
  /** Gives back what is left of the reservation with it. */
  readonly last?: boolean
}

export type ChargeReservationResult =
  | { kind: 'charged'; charge: AccountCharge; currency: Currency; at: Date; repeated: boolean }
  | { kind: 'refused'; reason: ReservationRefusal; repeated: boolean }
  | { kind: 'reference-reused' }

export interface TopUpRequest extends AccountRequest {
  readonly accountId: Uuid
  readonly amount: Money
  readonly description: string
  readonly shop: string
  /**
   * Where the money is: in a payment at the house, with the merchant whose application asks (less is owed to it), or
   * with the operator.
   */
  readonly paidTo: 'house-payment' | 'merchant' | 'operator'
  readonly paymentId?: Uuid
  /** Asks for this many days of validity from now on; the later one counts. */
  readonly validForDays?: number
  readonly fingerprint?: Uint8Array
}

export type TopUpResult =
  | { kind: 'topped-up'; movement: AccountCharge; currency: Currency; at: Date; repeated: boolean }
  | { kind: 'refused'; reason: 'unregistered' | 'wrong-currency' | 'too-much'; repeated: boolean }
  | { kind: 'reference-reused' }

export type VoucherResult =
  | { kind: 'redeemed'; movement: AccountCharge; currency: Currency }
  | {
      kind: 'refused'
      /** A code that nobody has, one that is used up or over, and too many wrong ones within an hour. */
      reason:
        'unknown-voucher' | 'voucher-used' | 'voucher-expired' | 'wrong-currency' | 'unregistered' | 'too-many-tries'
    }

/** proposed: a second person has to agree before there are any codes. */
export type VoucherBatchState = 'proposed' | 'refused' | 'made' | 'withdrawn'

export interface VoucherBatch {
  readonly id: Uuid
  readonly state: VoucherBatchState
  readonly value: Money
  readonly count: number
  readonly redeemed: number
  readonly note: string
  readonly expiresAt: Date
  readonly proposedBy: AccountActor
  readonly createdAt: Date
}

/** gone: nothing is proposed any more, its time is over, or whoever decides has proposed it. */
export type VouchersDecided = { kind: 'made'; codes: readonly string[] } | { kind: 'refused' } | { kind: 'gone' }

export type MovementKind = 'charge' | 'refund' | 'top-up' | 'voucher'

/** A line of an account's history. */
export interface AccountMovement {
  readonly id: Uuid
  readonly accountId: Uuid
  readonly kind: MovementKind
  /** Always positive; charges take it, everything else gives it. */
  readonly amount: bigint
  readonly balanceAfter: bigint
  readonly merchantId: Uuid
  readonly requester: string
  readonly reference: string
  /** The charge that a refund gives back. */
  readonly chargeId?: Uuid
  readonly paymentId?: Uuid
  readonly description: string
  readonly shop: string
  readonly at: Date
}

/** What is wrong with a PIN: it is not 4 to 8 digits, or one that people try first. */
export type PinFault = 'pin-form' | 'pin-too-simple'

/** A month of the zone's calendar. */
export interface Statement {
  /** YYYY-MM */
  readonly month: string
  readonly currency: Currency
  readonly opening: bigint
  readonly closing: bigint
  readonly totals: Readonly<Record<MovementKind, bigint>>
  /** The oldest first; at most a thousand, and `more` when there were more. */
  readonly movements: readonly AccountMovement[]
  readonly more: boolean
}

export type AccountChange = 'charged' | 'low-balance' | 'refunded' | 'topped-up'
