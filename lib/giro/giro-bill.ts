import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'

/**
 * asked: its payment may still come to nothing, and nobody was written to. open: to be paid. withdrawn: its payment came to
 * nothing. lapsed: nobody paid it in time. What comes for one that is not open is its payer's.
 */
export type BillState = 'asked' | 'open' | 'paid' | 'withdrawn' | 'lapsed'

/** Who is asked to pay. Written to at the address that was typed, else at that of the account. */
export interface Payer {
  readonly name: string
  readonly email?: string
  readonly shopperId?: Uuid
}

/** What somebody is asked to pay at their bank (M-117). */
export interface GiroBill {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly amount: Money
  /** What has come and is given to it, in minor units. */
  readonly received: bigint
  /** ISO 11649, without spaces. */
  readonly reference: string
  /** Code of the bank at which it is paid in. */
  readonly bank: string
  readonly orderName: string
  readonly payer: Payer
  readonly locale: Locale
  readonly state: BillState
  readonly dueAt: Date
  /** Until then it is waited for. */
  readonly lapsesAt: Date
  /** Demands that were sent. */
  readonly demands: number
  readonly nextDemandAt?: Date
  readonly createdAt: Date
}

/** How a merchant's bills are paid. */
export interface GiroTerms {
  readonly payWithinDays: number
  /** A demand goes out so many days after the due date. */
  readonly demandDays: readonly number[]
  /** So many days after the due date the payment lapses. */
  readonly lapseDays: number
}

export const USUAL_TERMS: GiroTerms = { payWithinDays: 14, demandDays: [3, 10], lapseDays: 21 }

/** What became of a credit when it came. */
export const findings = [
  'paid',
  'part',
  'over',
  'double',
  'late',
  'no-reference',
  'unknown-reference',
  'wrong-currency',
] as const
export type Finding = (typeof findings)[number]

/** Money that has come, and where it is now: its parts add up to it. */
export interface GiroCredit {
  /** Absent while nobody knows whose bill it is for. */
  readonly merchantId?: Uuid
  readonly id: Uuid
  readonly paymentId?: Uuid
  readonly bank: string
  readonly bankRef: string
  readonly amount: Money
  /** Given to its bill. */
  readonly applied: bigint
  /** The payer's, to be returned. */
  readonly owed: bigint
  /** A transfer back of it is under way. */
  readonly ordered: bigint
  readonly returned: bigint
  readonly unassigned: bigint
  readonly finding: Finding
  /** YYYY-MM-DD */
  readonly bookedOn: string
  readonly remittance: string
  readonly payerName: string
  /** The last four characters. */
  readonly payerAccount: string
  readonly returnReference?: string
  readonly at: Date
}

/** A credit advice of a bank, and how far it has been read. */
export interface GiroFile {
  readonly bank: string
  readonly name: string
  readonly stamp: string
  /** broken: refused whole. repeated: told before, under another name. */
  readonly state: 'reading' | 'broken' | 'repeated' | 'read' | 'applied'
  readonly reason?: string
  readonly messageId?: string
  readonly lines: number
  readonly total: Money
  readonly seenAt: Date
}

/** A bank at which bills are paid in, as its statements name it. */
export interface GiroBank {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly account: string
  readonly holder: string
  readonly currency: Currency
}
