/** A member of a request that was not acceptable. */
export interface FieldError {
  /** JSON pointer into the body. */
  readonly pointer?: string
  /** Name of a query parameter. */
  readonly parameter?: string
  readonly code: string
  readonly detail: string
  readonly allowed?: readonly string[]
}

export interface MoaErrorFacts {
  /**
   * refused: it did not happen. unknown: it may or may not have happened; repeat it with `idempotencyKey`, or look at
   * the payment. An unknown outcome is never to be shown to a shopper as paid, nor as not paid.
   */
  readonly outcome: 'refused' | 'unknown'
  readonly status?: number
  readonly errors?: readonly FieldError[]
  /** What to tell the gateway's people when you ask about the request. */
  readonly correlationId?: string
  /** The payment that is in the way, with the code order-taken. */
  readonly paymentId?: string
  /** The key under which the request was sent: with it the same request can be repeated without doing it twice. */
  readonly idempotencyKey?: string
  readonly cause?: unknown
}

/** The codes of errors that come from the SDK itself; all others are the API's own. */
export type OwnErrorCode = 'no-answer' | 'unreadable-answer' | 'answer-not-verified'

/** A request that did not succeed, after all its repeats. */
export class MoaError extends Error {
  override name = 'MoaError'
  readonly outcome: 'refused' | 'unknown'
  readonly status?: number
  readonly errors: readonly FieldError[]
  readonly correlationId?: string
  readonly paymentId?: string
  readonly idempotencyKey?: string

  constructor(
    readonly code: string,
    message: string,
    { outcome, status, errors = [], correlationId, paymentId, idempotencyKey, cause }: MoaErrorFacts,
  ) {
    super(message, { cause })
    this.outcome = outcome
    this.errors = errors
    if (status !== undefined) this.status = status
    if (correlationId !== undefined) this.correlationId = correlationId
    if (paymentId !== undefined) this.paymentId = paymentId
    if (idempotencyKey !== undefined) this.idempotencyKey = idempotencyKey
  }
}
