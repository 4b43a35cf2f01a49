import type { Tone } from '@/components/ui/badge'
import type { VCardUse } from '@/lib/vcard/vcard-use'
import type { VCardState, VCardView } from '@/lib/vcard/vcard-view'

const tones: Record<VCardState | VCardUse, Tone> = {
  live: 'accent',
  spent: 'neutral',
  cancelled: 'neutral',
  expired: 'neutral',
  'being-checked': 'warn',
  held: 'accent',
  approved: 'good',
  voiding: 'warn',
  'not-charged': 'neutral',
}

/** How a V-Card stands: of one that was spent, what became of it (M-277). */
export function vcardLook({ state, use }: Pick<VCardView, 'state' | 'use'>): {
  key: VCardState | VCardUse
  tone: Tone
} {
  const key = use ?? state
  return { key, tone: tones[key] }
}

/** Whether it still changes by itself. */
export const isMoving = ({ use }: Pick<VCardView, 'use'>) => use === 'being-checked' || use === 'voiding'

/** The expiry to type into a shop's card form: the month in which the V-Card ends, as MM/YY. */
export function vcardExpiry(expiresAt: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { month: '2-digit', year: '2-digit', timeZone }).formatToParts(expiresAt)
  const part = (type: 'month' | 'year') => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('month')}/${part('year')}`
}
