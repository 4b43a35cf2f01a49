import type { DeclineReason } from '../../payments/decline-reason'

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
  readonly statusCode?: number
}

/**
 * What an error of the SDK says: an explicit no, or nothing. A key that is refused or a request that Stripe cannot read is a
 * no: it has done nothing. A request under a key that is being worked on, a limit, a broken line and a server's fault are no
 * answer, since something may have been done.
 */
export function refusalIn(error: unknown): { reason: DeclineReason; code: string | undefined } | undefined {
  const { type, code, decline_code: declineCode } = (error ?? {}) as Thrown
  switch (type) {
    case 'StripeCardError':
      return { reason: DECLINES[declineCode ?? ''] ?? DECLINES[code ?? ''] ?? 'declined', code }
    case 'StripeInvalidRequestError':
      return { reason: 'not-permitted', code }
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return { reason: 'module-unavailable', code }
    default:
      return undefined
  }
}
