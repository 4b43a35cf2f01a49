import type { Tone } from '@/components/ui/badge'
import { verdictOf } from '@/lib/payments/payment'
import type { Payment, Standing } from '@/lib/payments/payment'

const TONES: Record<Standing, Tone> = {
  unpaid: 'neutral',
  paid: 'good',
  'refund-requested': 'info',
  refunded: 'neutral',
  failed: 'bad',
}

/** How a purchase stands, for its badge; one that is being checked says so. */
export function standingLook(payment: Pick<Payment, 'state' | 'standing'>) {
  if (verdictOf(payment) === 'being-checked') return { tone: 'warn', key: 'checking' } as const
  return { tone: TONES[payment.standing], key: `state.${payment.standing}` } as const
}
