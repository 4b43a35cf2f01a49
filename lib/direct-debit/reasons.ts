import type { DeclineReason } from '../payments/decline-reason'

/** What the bank's code for a refusal (ISO 20022 external status reasons) means to shopper and merchant. */
const REASONS: Readonly<Record<string, DeclineReason>> = {
  AC01: 'wrong-account',
  AC03: 'wrong-account',
  AC04: 'account-not-usable',
  AC06: 'account-suspended',
  AG01: 'account-not-usable',
  AM04: 'account-balance',
  MD01: 'account-not-usable',
  MD06: 'account-not-usable',
  MD07: 'account-not-usable',
  MS02: 'account-not-usable',
}

/** A code that is not in the table is a refusal like any other. */
export const declineOf = (code: string | undefined): DeclineReason =>
  (code === undefined ? undefined : REASONS[code]) ?? 'account-not-usable'

/** In how many files a debit is at most. */
const MOST_TRIES = 3

/** Not enough money now, or a fault of the file and not of the debit: that may be otherwise at the next run. */
export const mayBeTriedAgain = (code: string, tries: number, wholeFile: boolean): boolean =>
  tries < MOST_TRIES && (wholeFile || code === 'AM04')
