import type { Uuid } from '../ids'
import type { Locale } from '../payments/payment'

/** A human being with a log-in, shopper or staff. Never carries the password's hash. */
export interface Person {
  readonly id: Uuid
  /** Lower case, NFC. */
  readonly email: string
  readonly name: string
  readonly locale: Locale
  /** By which the V-Card agent knows a member (M-271). */
  readonly registrationNumber: string
  readonly createdAt: Date
}

/** Whatever language is stored. */
export const localeOf = (stored: string): Locale => (stored === 'en' ? 'en' : 'ko')

export const staffRoles = ['owner', 'staff', 'counselor', 'courier'] as const
export type StaffRole = (typeof staffRoles)[number]

export const systemRoles = ['operator', 'auditor'] as const
/** What somebody may do with the whole installation: run it, or only look. Neither can move a merchant's money. */
export type SystemRole = (typeof systemRoles)[number]

/** A person's rights at one merchant. */
export interface Membership {
  readonly merchantId: Uuid
  readonly personId: Uuid
  readonly role: StaffRole
  /** The largest amount this person may refund or cancel alone, in minor units; undefined: no limit. */
  readonly refundLimit?: bigint
}

/** Somebody who works for a merchant. */
export interface Member extends Membership {
  readonly person: Person
  /** Whether logging in takes them more than the password. */
  readonly hasSecondFactor: boolean
}
