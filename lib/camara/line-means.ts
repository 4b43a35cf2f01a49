import type { Uuid } from '../ids'
import type { Money } from '../money/money'

/** A code for one payment, asked for by its client. */
export interface CodeRequest {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly clientId: Uuid
  readonly amount: Money
  /** E.164 */
  readonly number: string
  /** Network address of the client. */
  readonly address: string
}

export type CodeSent =
  /** Said of numbers that nobody has, too: only the holder of a line learns that it exists (P6.7). */
  | { kind: 'sent'; codeId: Uuid }
  | { kind: 'too-many'; retryAt: Date }
  | { kind: 'not-payable' }
  /** The telephone company does not answer. */
  | { kind: 'try-later' }

export type Trusted =
  /** Means of payment that only our own code can make. */
  { kind: 'trusted'; input: unknown } | { kind: 'unknown-number' } | { kind: 'try-later' }

/** How lines are charged: what the phone-bill module does for this interface. */
export interface LineMeans {
  readonly module: string
  /** Whether a number belongs to a telephone company that we are connected to. Tells nothing of the line itself. */
  isServed(number: string): boolean
  /** Means of payment for a line that somebody answers for. */
  trust(number: string): Promise<Trusted>
  requestCode(request: CodeRequest): Promise<CodeSent>
  /** Means of payment for a line whose holder was sent a code. */
  withCode(number: string, given: { codeId: Uuid; code: string }): unknown
}
