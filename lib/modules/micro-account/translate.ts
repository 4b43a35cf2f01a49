import type { AccountRefusal } from '../../accounts/account'
import type { DeclineReason } from '../../payments/decline-reason'

/** Why an account was not charged, as whoever has proved control of it is told (P6.7). */
export const REASONS: Readonly<Record<AccountRefusal, DeclineReason>> = {
  unregistered: 'micro-account-wrong',
  locked: 'micro-account-lost',
  suspended: 'micro-account-suspended',
  expired: 'micro-account-expired',
  'wrong-currency': 'not-permitted',
  'purchase-limit': 'micro-account-purchase-limit',
  'day-limit': 'micro-account-day-limit',
  'month-limit': 'micro-account-month-limit',
  'credit-limit': 'micro-account-credit-limit',
  insufficient: 'insufficient-funds',
  interrupted: 'interrupted',
}
