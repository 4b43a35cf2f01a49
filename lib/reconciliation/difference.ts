import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** open: nobody has looked at it. explained: somebody knows why, and it still blocks. closed: it blocks nothing any more. */
export type DifferenceState = 'open' | 'explained' | 'closed'

/** Where our books and those of an outside system do not agree. Amounts are minor units. */
export interface Difference {
  readonly id: Uuid
  readonly link: 'issuer' | 'centre' | 'bank'
  readonly system: string
  readonly currency: Currency
  /** What it is about: a cut-over, a file and its line. */
  readonly reference: string
  /**
   * money: what moved. reversals: only what moved nothing. unknown, differs, contradicts, double: a line of a file that our books
   * do not have, have otherwise, or have once. missing: what our books have and no statement. gap, balance, broken: a statement
   * that has not come, does not go on where the last one ended, or cannot be believed.
   */
  readonly kind: string
  readonly ours: bigint
  readonly theirs?: bigint
  readonly state: DifferenceState
  readonly words?: string
  /** Numbers beside the sums, as people read them. */
  readonly detail: Readonly<Record<string, string>>
  readonly lines: number
  /** Payouts that wait for it. */
  readonly blocked: number
  readonly createdAt: Date
  readonly changedAt: Date
}

/** Something that may be what is missing, or too much. */
export interface DifferenceLine {
  readonly number: number
  readonly merchantId?: Uuid
  readonly merchantName?: string
  readonly paymentId?: Uuid
  readonly orderName?: string
  readonly reference: string
  readonly what: string
  readonly amount: bigint
}

export interface DifferenceStep {
  readonly number: number
  readonly state: DifferenceState
  readonly words: string
  readonly by: { readonly id: string; readonly name: string; readonly role: string }
  readonly at: Date
}

/** What came of explaining or closing a difference; two people close one: the other has explained it. */
export type Moved = 'moved' | 'closed' | 'unexplained' | 'same-person'
