import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { Tone } from '@/components/ui/badge'
import type { Plan } from '@/lib/subscriptions/plan'
import type { SubscriptionState } from '@/lib/subscriptions/subscription-moves'

export const subscriptionTones = {
  offered: 'info',
  incomplete: 'neutral',
  trialing: 'accent',
  active: 'good',
  'past-due': 'bad',
  paused: 'warn',
  cancelled: 'neutral',
} as const satisfies Record<SubscriptionState, Tone>

/** "₩12,000 every month". */
export async function planPrice(
  { amount, currency, unit, every }: Pick<Plan, 'amount' | 'currency' | 'unit' | 'every'>,
  locale: string,
): Promise<string> {
  const t = await getTranslations('selling.rhythm')
  return t('price', { rhythm: t(unit, { every }), amount: formatMoney(amount, currency, locale) })
}

/** A day of a calendar, which has no zone. */
export function showDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
