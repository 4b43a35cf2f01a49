import type { Tone } from '@/components/ui/badge'
import type { VCardState } from '@/lib/vcard/vcard-view'

export const vcardTones: Record<VCardState, Tone> = {
  live: 'accent',
  spent: 'neutral',
  cancelled: 'neutral',
  expired: 'neutral',
}

/** The expiry to type into a shop's card form: the month in which the V-Card ends, as MM/YY. */
export function vcardExpiry(expiresAt: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { month: '2-digit', year: '2-digit', timeZone }).formatToParts(expiresAt)
  const part = (type: 'month' | 'year') => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('month')}/${part('year')}`
}
