import { Check, Clock, LoaderCircle, Undo2, X } from 'lucide-react'
import type { LegState } from '@/lib/payments/leg-moves'
import { classNames } from '../ui/class-names'
import type { CheckoutWords, LegProgress } from './checkout-view'

const LOOKS = {
  working: { Icon: LoaderCircle, look: 'bg-accent-soft text-accent', isTurning: true },
  good: { Icon: Check, look: 'bg-good-soft text-good', isTurning: false },
  later: { Icon: Clock, look: 'bg-accent-soft text-accent', isTurning: false },
  bad: { Icon: X, look: 'bg-bad-soft text-bad', isTurning: false },
  back: { Icon: Undo2, look: 'bg-hover text-ink-soft', isTurning: false },
} as const

const MOODS: Record<LegState, keyof typeof LOOKS> = {
  authorizing: 'working',
  authorized: 'good',
  capturing: 'working',
  captured: 'good',
  awaiting: 'later',
  declined: 'bad',
  voiding: 'working',
  voided: 'back',
  returning: 'working',
  returned: 'back',
}

/** Every means of the payment with what its other side has said so far. */
export function LegList({ legs, words }: { legs: readonly LegProgress[]; words: CheckoutWords['leg'] }) {
  return (
    <ul className="divide-y divide-line" aria-live="polite">
      {legs.map(({ leg, name, amount, state, said }) => {
        const { Icon, look, isTurning } = LOOKS[MOODS[state]]
        return (
          <li key={leg} className="flex items-center gap-3 py-3.5">
            <span className={classNames('flex size-9 shrink-0 items-center justify-center rounded-full', look)}>
              <Icon className={classNames('size-4.5', isTurning && 'animate-spin')} aria-hidden />
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-ink">{name}</span>
              <span className="block text-sm text-ink-faint">{said ?? words[state]}</span>
            </span>
            <span className="figures font-semibold text-ink">{amount}</span>
          </li>
        )
      })}
    </ul>
  )
}
