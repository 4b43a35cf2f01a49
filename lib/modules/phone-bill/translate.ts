import type { TelcoRefusal } from '../../gateways/telco/telco'
import type { DeclineReason } from '../../payments/decline-reason'

/** What a telco's no means to a shopper who has proved control of the line; strangers hear of none of it (P6.7). */
export const REASONS: Readonly<Record<TelcoRefusal, DeclineReason>> = {
  'unknown-number': 'line-not-usable',
  'not-billable': 'line-not-usable',
  'subscriber-mismatch': 'subscriber-mismatch',
  'pin-wrong': 'wrong-pin',
  'pin-locked': 'pin-locked',
  arrears: 'line-arrears',
  suspended: 'line-suspended',
  terminated: 'line-not-usable',
  'cap-exceeded': 'line-month-limit',
  format: 'declined',
}
