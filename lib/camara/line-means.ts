import type { Uuid } from '../ids'
import type { Money } from '../money/money'

/** A code for one payment, asked for by its client. */
export interface CodeRequest {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly amount: Money
  /** E.164 */
  readonly number: string
}

export type CodeSent =
  /** Said of numbers that nobody has, too: only the holder of a line learns that it exists (P6.7). */
  { kind: 'sent'; codeId: Uuid } | { kind: 'too-many'; retryAt: Date } | { kind: 'not-payable' }

/** How lines are charged: what the phone-bill module does for this interface. */
export interface LineMeans {
  readonly module: string
  /** Whether a number belongs to a telephone company that we are connected to. Tells nothing of the line itself. */
  isServed(number: string): boolean
  /** Means of payment for a line that somebody answers for. Only our own code can make one. */
  trusted(number: string): unknown
  requestCode(request: CodeRequest): Promise<CodeSent>
  /** Means of payment for a line whose holder was sent a code. */
  withCode(number: string, given: { codeId: Uuid; code: string }): unknown
}
