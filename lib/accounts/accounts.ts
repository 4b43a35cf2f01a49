import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'
import type {
  Account,
  AccountActor,
  AccountChange,
  AccountKind,
  AccountLimits,
  AccountMovement,
  AccountReservation,
  ChargeRequest,
  ChargeReservationRequest,
  ChargeReservationResult,
  ChargeResult,
  RefundRequest,
  RefundResult,
  ReservationPlace,
  ReservationResult,
  ReserveRequest,
  ReserveResult,
  SplitChargeRequest,
  SplitChargeResult,
  Statement,
  TopUpRequest,
  TopUpResult,
  VoucherResult,
} from './account'

export interface NewAccount {
  readonly kind: AccountKind
  readonly currency: Currency
  /** The merchant that opens it; absent: the house. */
  readonly issuerId?: Uuid
  /** Absent: nobody's until it is claimed with its number and PIN. */
  readonly shopperId?: Uuid
  readonly nickname?: string
  readonly locale?: Locale
  /** A postpaid account must have a limit per month. */
  readonly limits?: AccountLimits
  readonly creditLimit?: bigint
  readonly threshold?: bigint
  readonly validUntil?: Date
  /** E.164, with the plus. */
  readonly mobile?: string
  readonly pin?: string
}

export type PinFault = 'pin-form' | 'pin-too-simple'

/** An account that was opened, with its number: this once, to be printed on its card. */
export interface OpenedAccount {
  readonly account: Account
  readonly number: string
}

/** Whether a PIN was right. What does not exist, or has no PIN, takes as long and answers alike (P6.7). */
export type PinResult = { kind: 'right'; account: Account } | { kind: 'wrong' } | { kind: 'locked' }

export interface AccountSearch {
  /** A whole number, four last digits, a mobile number, or a part of its holder's name or e-mail address. */
  readonly text?: string
  readonly state?: 'usable' | 'suspended' | 'lost' | 'expired'
  readonly issuerId?: Uuid
  /** Accounts older than this one. */
  readonly before?: Uuid
  /** At most 100. */
  readonly limit: number
}

export interface HistoryQuery {
  /** Movements older than this one. */
  readonly before?: Uuid
  readonly since?: Date
  readonly until?: Date
  readonly kind?: AccountMovement['kind']
  readonly merchantId?: Uuid
  /** At most 100. */
  readonly limit: number
}

export interface VoucherBatch {
  readonly id: Uuid
  readonly value: Money
  readonly count: number
  readonly redeemed: number
  readonly note: string
  readonly expiresAt: Date
  readonly withdrawnAt?: Date
  readonly createdAt: Date
}

/** Who wants to be told of an account's changes: with each a row of the outbox is written, in the same transaction. */
export interface Watch {
  readonly accountId: Uuid
  /** Whose outbox. */
  readonly merchantId: Uuid
  readonly changes: readonly AccountChange[]
  /** For low-balance: tells when what is available falls to or under it; absent: the account's own threshold. */
  readonly threshold?: bigint
  /** Kind and topic of the outbox row. Its payload is `payload` and, beside it, `change` (see WatchedChange). */
  readonly kind: string
  readonly topic: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly until?: Date
}

/** What stands in the outbox row of a watch, under `change`. Amounts are minor units in decimal text. */
export interface WatchedChange {
  readonly kind: AccountChange
  readonly accountId: Uuid
  readonly movementId: Uuid
  readonly amount: string
  readonly balance: string
  readonly available: string
  readonly currency: Currency
  readonly description: string
  readonly reference: string
  readonly at: string
}

/** The leg of a payment that an account carries. */
export interface AccountLeg {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

/**
 * What payment modules ask: hold, settle, void and refund by the leg's place. A deed repeated does nothing new and answers
 * the same; a hold that was given up before it was made is not made afterwards.
 */
export interface AccountLegs {
  hold(
    leg: AccountLeg,
    from: { readonly accountId: Uuid; readonly amount: Money; readonly description: string; readonly shop: string },
  ): Promise<{ kind: 'held' } | { kind: 'refused'; reason: ReserveResultReason }>
  settle(leg: AccountLeg): Promise<{ kind: 'done' | 'refused' }>
  void(leg: AccountLeg): Promise<{ kind: 'done' | 'refused' }>
  refund(
    leg: AccountLeg,
    back: { readonly reference: string; readonly amount: Money },
  ): Promise<{ kind: 'done' | 'refused' }>
}
type ReserveResultReason = Extract<ReserveResult, { kind: 'refused' }>['reason']

/**
 * Micro accounts (document 001). Checking and charging are one step under the lock of the account's row, so that charges at
 * once never exceed a limit or a balance (N9); the posting, the holder's SMS and what watchers are told are written with it.
 * A refusal is a result. Amounts are minor units.
 */
export interface Accounts {
  // ---- opening and finding
  open(wanted: NewAccount): Promise<OpenedAccount | { kind: 'refused'; reason: PinFault }>
  find(accountId: Uuid): Promise<Account | undefined>
  /** By the number printed on its card, in groups or not. For whoever has proved control, or may charge it. */
  findByNumber(number: string): Promise<Account | undefined>
  /** By the telephone number (E.164) that its messages go to; the oldest first. */
  ofMobile(mobile: string): Promise<Account[]>
  ofShopper(shopperId: Uuid): Promise<Account[]>
  /** For operators, and merchants with their issuerId; the newest first. */
  list(search: AccountSearch): Promise<Account[]>
  /** Whether so much could be charged now (M-82). A charge that follows may still be refused: it decides anew. */
  check(accountId: Uuid, amount: Money): Promise<{ kind: 'usable' } | { kind: 'refused'; reason: ReserveResultReason }>

  // ---- money
  charge(request: ChargeRequest): Promise<ChargeResult>
  chargeSplit(request: SplitChargeRequest): Promise<SplitChargeResult>
  refund(request: RefundRequest): Promise<RefundResult>
  reserve(request: ReserveRequest): Promise<ReserveResult>
  reserveMore(place: ReservationPlace, amount: Money): Promise<ReservationResult>
  chargeReservation(request: ChargeReservationRequest): Promise<ChargeReservationResult>
  release(place: ReservationPlace): Promise<ReservationResult>
  reservation(place: ReservationPlace): Promise<AccountReservation | undefined>
  /** Gives back what is left of reservations that are over; how many. For the job. */
  expireReservations(batch: number): Promise<number>
  readonly legs: AccountLegs
  /** Loads money (balanceUpdate). A postpaid account owes so much less. */
  topUp(request: TopUpRequest): Promise<TopUpResult>

  // ---- vouchers
  /** @returns the codes too, this once: only their hashes are stored. At most 10,000. */
  createVouchers(wanted: {
    readonly value: Money
    readonly count: number
    readonly expiresAt: Date
    readonly note?: string
    readonly by: AccountActor
  }): Promise<{ readonly batch: VoucherBatch; readonly codes: readonly string[] }>
  voucherBatches(page: { readonly before?: Uuid; readonly limit: number }): Promise<VoucherBatch[]>
  /** What is left of a batch is worth nothing any more. */
  withdrawVouchers(batchId: Uuid): Promise<boolean>
  /** `triedBy` names who is guessing: wrong codes are counted for it and for the account, ten an hour. */
  redeemVoucher(request: {
    readonly accountId: Uuid
    readonly code: string
    readonly triedBy: string
  }): Promise<VoucherResult>

  // ---- what was
  /** The newest first. */
  history(accountId: Uuid, query: HistoryQuery): Promise<AccountMovement[]>
  /** What was charged on each day of a month (YYYY-MM) of the zone, less what was given back of it. */
  daily(accountId: Uuid, month: string): Promise<{ readonly day: string; readonly amount: bigint }[]>
  statement(accountId: Uuid, month: string): Promise<Statement | undefined>
  /** Months in which something moved, YYYY-MM, the latest first. */
  months(accountId: Uuid): Promise<string[]>

  // ---- the account itself; each false, or undefined, where there is no such account
  rename(accountId: Uuid, nickname: string): Promise<boolean>
  /** The issuer's limits; a lowered one counts from the next charge on. */
  setLimits(accountId: Uuid, limits: AccountLimits, creditLimit?: bigint): Promise<boolean>
  /** The holder's own. */
  setOwnLimits(accountId: Uuid, limits: AccountLimits): Promise<boolean>
  setThreshold(accountId: Uuid, threshold: bigint | undefined): Promise<boolean>
  setValidity(accountId: Uuid, validUntil: Date | undefined): Promise<boolean>
  setMobile(accountId: Uuid, mobile: string | undefined): Promise<boolean>
  suspend(accountId: Uuid, by: AccountActor, reason?: string): Promise<boolean>
  /** What the operator or a merchant suspended, its holder cannot resume: then `false`. */
  resume(accountId: Uuid, by: AccountActor): Promise<boolean>
  /** Nothing is charged from this moment on (M-101). */
  reportLost(accountId: Uuid, by: AccountActor): Promise<boolean>
  /** The card was found, or a new one is in its holder's hands: for the operator. */
  liftLoss(accountId: Uuid): Promise<boolean>
  /** Sets a PIN of 4 to 8 digits and forgets wrong tries. */
  setPin(
    accountId: Uuid,
    pin: string,
  ): Promise<{ kind: 'set' } | { kind: 'refused'; reason: PinFault | 'unregistered' }>
  /** Counts the try before it looks, so that guesses at once are not more than five. */
  verifyPin(account: { readonly id: Uuid } | { readonly number: string }, pin: string): Promise<PinResult>
  /** Makes an account that is nobody's the shopper's own, by number and PIN. */
  claim(shopperId: Uuid, number: string, pin: string): Promise<PinResult | { kind: 'taken' }>

  // ---- watching
  watch(watch: Watch): Promise<Uuid>
  unwatch(accountId: Uuid, watchId: Uuid): Promise<boolean>

  /** Seals a batch of accounts again with the key in use; zero when none is left under an older one. */
  rotateKeys(batch: number): Promise<number>
}
