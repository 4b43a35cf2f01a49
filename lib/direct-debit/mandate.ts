import type { Uuid } from '../ids'

export const mandateKinds = ['one-off', 'recurring'] as const
export type MandateKind = (typeof mandateKinds)[number]

/** What a shopper agreed to: that what is ordered at a shop is collected from an account. */
export interface Mandate {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly shopperId: Uuid
  readonly kind: MandateKind
  readonly bank: string
  readonly lastFour: string
  /** The words that were agreed to, with when and by whom, signed by us (compact JWS). */
  readonly consent: string
  readonly state: 'active' | 'revoked'
  readonly signedAt: Date
  readonly revokedAt?: Date
}

/** An account with its numbers opened: for files to the bank, and nothing else. Never log it. */
export interface OpenedAccount {
  /** An IBAN, or the bank's own number. */
  readonly number: string
  readonly holder: string
}
