import type { Secrets } from './authorize-legs'
import type { Payment } from './payment'
import type { KeptAnswer } from './payment-move'

/** The request that opened an attempt and still waits for it: what it holds in memory, and until when it may try again. */
export interface LiveRequest {
  /** The attempt it opened; it alone may ask for its authorization. Anybody else gives it up. */
  attempt: number
  secrets: Secrets
  readonly answerBy: Date
  /** The answer kept for the request's idempotency key, once the payment is at rest. */
  readonly answer?: (payment: Payment) => KeptAnswer
}
