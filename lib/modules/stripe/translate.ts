import type { DeclineReason } from '../../payments/decline-reason'
import type { Outcome } from '../payment-module'

/** What Stripe's decline codes mean to shopper and merchant; any other is a plain decline. */
const DECLINES: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: 'insufficient-funds',
  withdrawal_count_limit_exceeded: 'limit-exceeded',
  card_velocity_exceeded: 'limit-exceeded',
  expired_card: 'expired-card',
  incorrect_number: 'card-not-usable',
  invalid_account: 'card-not-usable',
  lost_card: 'card-not-usable',
  stolen_card: 'card-not-usable',
  currency_not_supported: 'not-permitted',
  transaction_not_allowed: 'not-permitted',
  card_not_supported: 'not-permitted',
  authentication_required: 'not-permitted',
  try_again_later: 'try-later',
  processing_error: 'try-later',
}

/** As much of an error of the SDK as tells a no from no answer. */
interface Thrown {
  readonly type?: string
  readonly code?: string
  readonly decline_code?: string
}

interface Refusal {
  readonly reason: DeclineReason
  readonly code: string | undefined
}

/**
 * What an error of the SDK says: an explicit no to this request, or nothing. A key that is refused says nothing: what was asked
 * before, under the key of that day, may have been done. Nor do a request that is being worked on under its key, a limit, a
 * broken line and a server's fault.
 */
export function refusalIn(error: unknown): Refusal | undefined {
  const { type, code, decline_code: declineCode } = (error ?? {}) as Thrown
  switch (type) {
    case 'StripeCardError':
      return { reason: DECLINES[declineCode ?? ''] ?? DECLINES[code ?? ''] ?? 'declined', code }
    case 'StripeInvalidRequestError':
      return { reason: 'not-permitted', code }
    default:
      return undefined
  }
}

/** Whether Stripe refused our key, or what the key may do, and so did nothing of what was asked. */
export function isKeyRefused(error: unknown): boolean {
  const { type } = (error ?? {}) as Thrown
  return type === 'StripeAuthenticationError' || type === 'StripePermissionError'
}

/** An intent that Stripe named to us is there: a key that does not see it belongs to another account, or to tests. */
const NOT_SEEN: readonly (string | undefined)[] = ['resource_missing', 'livemode_mismatch']

/** An explicit no to what was asked of an intent that there is. */
export function refusalOfIntent(error: unknown): Refusal | undefined {
  const refusal = refusalIn(error)
  return NOT_SEEN.includes(refusal?.code) ? undefined : refusal
}

/** What a refund's status says. Until Stripe has made up its mind, and of a status never seen, that is nothing. */
export function refundOutcome(status: string | null): Outcome {
  switch (status) {
    case 'succeeded':
      return { kind: 'done' }
    case 'failed':
    case 'canceled':
      return { kind: 'refused', reason: 'declined' }
    default:
      return { kind: 'no-answer' }
  }
}
