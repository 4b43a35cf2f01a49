import type { BankRefusal } from '../../gateways/bank/bank'
import type { DeclineReason } from '../../payments/decline-reason'

/** What a bank's no means to shopper and merchant. */
export const REASONS: Readonly<Record<BankRefusal, DeclineReason>> = {
  'wrong-account': 'wrong-account',
  locked: 'account-locked',
  suspended: 'account-suspended',
  insufficient: 'account-balance',
  'over-limit': 'account-limit',
  'not-usable': 'account-not-usable',
  exceeds: 'not-permitted',
  refused: 'declined',
}
