import type { Money } from '../../money/money'

/** What a shopper gives to pay from an account. The password lives in memory for one request only (P8.1). */
export interface AccountToVerify {
  /** Code of the bank. */
  readonly bank: string
  /** Digits only. */
  readonly account: string
  readonly password: string
  /** Whose account the shopper says it is. */
  readonly name: string
  /** What is to be paid; told to banks that check the balance already now. */
  readonly amount: Money
  /** The payment's id, for the transaction log. */
  readonly paymentId: string
}

export interface TransferToMake {
  readonly bank: string
  /** The same on every repeat; never used for another transfer. */
  readonly transferId: string
  /** What the bank called the account when it was verified. */
  readonly accountRef: string
  readonly amount: Money
  /** What the account's holder reads on the statement. */
  readonly reference: string
  readonly paymentId: string
  /** True when the bank may have heard this request before: then it is asked first. */
  readonly repeat: boolean
}

export interface ReversalToMake {
  readonly bank: string
  /** The same on every repeat. */
  readonly reversalId: string
  /** The transfer of which it gives back the amount, whole or in part. */
  readonly transferId: string
  readonly amount: Money
  readonly paymentId: string
  readonly repeat: boolean
}

/** Why a bank said no, in our words; the tables from its words are in translate.ts. */
export type BankRefusal =
  'wrong-account' | 'locked' | 'suspended' | 'insufficient' | 'over-limit' | 'not-usable' | 'exceeds' | 'refused'

export type VerifyAnswer =
  | { readonly kind: 'verified'; readonly accountRef: string }
  | { readonly kind: 'refused'; readonly reason: BankRefusal }
  | { readonly kind: 'no-answer' }

export type BookingAnswer =
  | { readonly kind: 'booked'; readonly bankRef: string }
  | { readonly kind: 'refused'; readonly reason: BankRefusal }
  | { readonly kind: 'no-answer' }

/**
 * The link to banks for online transfers (docs/links/bank.md). Both sides sign everything; "no answer" covers time-outs,
 * cut connections, signatures that do not verify, and answers that are not about exactly what was asked: never a yes and
 * never a no.
 */
export interface Banks {
  /** True when the bank is one of ours and takes this currency. */
  takes(bank: string, currency: string): boolean
  /** Is this the holder's account and password, and may it pay? Nothing is set aside. */
  verify(account: AccountToVerify): Promise<VerifyAnswer>
  /** Moves the amount from the account to ours. Booked once, however often it is asked for. */
  transfer(transfer: TransferToMake): Promise<BookingAnswer>
  /** Moves the amount, or a part of it, back. Booked once, however often it is asked for. */
  reverse(reversal: ReversalToMake): Promise<BookingAnswer>
}
