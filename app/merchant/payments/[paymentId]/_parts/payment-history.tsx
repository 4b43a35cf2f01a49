import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Timeline, type TimelineEntry } from '@/components/ui/timeline'
import type { HistoryEntry } from '@/lib/payments/payment'

const GOOD: readonly HistoryEntry['event'][] = ['allCaptured', 'allHeld', 'confirmed', 'confirmedAndHeld']
const BAD: readonly HistoryEntry['event'][] = ['refused', 'notAllAuthorized', 'notConfirmed', 'voided', 'holdLost']

/** What happened to a payment, the latest first. */
export async function PaymentHistory({ history, locale }: { history: readonly HistoryEntry[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('merchant.payment')
  const events = await getTranslations('merchant.event')
  const entries = history.toReversed().map(({ version, event, at }): TimelineEntry => {
    const tone = GOOD.includes(event) ? 'good' : BAD.includes(event) ? 'bad' : 'neutral'
    return { id: String(version), title: events(event), at: formatDateTime(at, locale), tone }
  })
  return <Timeline label={t('history')} entries={entries} />
}
