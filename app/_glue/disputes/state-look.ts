import type { Tone } from '@/components/ui/badge'
import type { DisputeHistoryEntry } from '@/lib/disputes/dispute'
import type { DisputeState } from '@/lib/disputes/dispute-moves'

export const stateTones: Readonly<Record<DisputeState, Tone>> = {
  open: 'warn',
  answered: 'accent',
  unanswered: 'warn',
  second: 'accent',
  deciding: 'info',
  decided: 'good',
  withdrawn: 'neutral',
  expired: 'neutral',
}

const GOOD: readonly DisputeHistoryEntry['event'][] = ['refunded', 'conceded', 'offerTaken', 'confirmed']
const BAD: readonly DisputeHistoryEntry['event'][] = [
  ...(['silent', 'ranOut', 'notRefunded', 'notRefundedUnanswered'] as const),
]

export function eventTone(event: DisputeHistoryEntry['event']): 'good' | 'bad' | 'neutral' {
  return GOOD.includes(event) ? 'good' : BAD.includes(event) ? 'bad' : 'neutral'
}
