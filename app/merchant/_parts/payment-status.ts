import type { Tone } from '@/components/ui/badge'
import type { Payment } from '@/lib/payments/payment'

/** How a payment is named to a merchant's people: finer than its standing where money hangs on it. */
export type PaymentStatus =
  | 'open'
  | 'authorized'
  | 'awaiting'
  | 'paid'
  | 'partly-refunded'
  | 'refund-requested'
  | 'refunded'
  | 'being-checked'
  | 'declined'
  | 'cancelled'
  | 'expired'

export function statusOf(payment: Payment): PaymentStatus {
  switch (payment.state) {
    case 'created':
      return 'open'
    case 'authorized':
    case 'awaiting':
    case 'declined':
    case 'cancelled':
    case 'expired':
      return payment.state
    case 'authorizing':
    case 'confirming':
    case 'capturing':
    case 'voiding':
    case 'reversing':
      return 'being-checked'
    case 'paid':
      if (payment.standing === 'refunded' || payment.standing === 'refund-requested') return payment.standing
      return payment.refundedAmount > 0n ? 'partly-refunded' : 'paid'
  }
}

export const statusTones: Readonly<Record<PaymentStatus, Tone>> = {
  open: 'neutral',
  authorized: 'accent',
  awaiting: 'accent',
  paid: 'good',
  'partly-refunded': 'info',
  'refund-requested': 'warn',
  refunded: 'info',
  'being-checked': 'warn',
  declined: 'bad',
  cancelled: 'neutral',
  expired: 'neutral',
}
