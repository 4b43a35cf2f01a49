/**
 * Why a leg, an attempt or a payment did not succeed: stable words of ours, published in the API and translated for
 * people. Published words never change meaning.
 */
export const declineReasons = [
  'declined',
  'insufficient-funds',
  'limit-exceeded',
  'expired-card',
  'card-not-usable',
  'not-permitted',
  'try-later',
  'no-answer',
  'no-cards-left',
  'shop-refused',
  'shop-mismatch',
  'shop-no-answer',
  'hold-lost',
  'interrupted',
  'cancelled',
  'timed-out',
  'module-unavailable',
  'wrong-code',
  'code-expired',
  'too-many-tries',
  'line-not-usable',
  'line-suspended',
  'line-arrears',
  'line-blocked',
  'line-locked',
  'line-of-minor',
  'line-purchase-limit',
  'line-day-limit',
  'line-month-limit',
  'line-count-limit',
  'subscriber-mismatch',
  'wrong-pin',
  'pin-locked',
] as const

export type DeclineReason = (typeof declineReasons)[number]
