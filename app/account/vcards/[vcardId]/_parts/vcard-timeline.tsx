import { getTranslations } from 'next-intl/server'
import { vcardLook } from '@/app/_glue/vcard-look'
import { formatDateTime } from '@/components/i18n/format'
import { Timeline, type TimelineEntry } from '@/components/ui/timeline'
import type { VCardView } from '@/lib/vcard/vcard-view'

/** What happened to a V-Card, the latest first: made, spent or ended, and what became of it (M-277). */
export async function VcardTimeline({
  vcard,
  paidAt,
  locale,
}: {
  vcard: VCardView
  /** When its payment was over. */
  paidAt: Date | undefined
  locale: 'ko' | 'en'
}) {
  const t = await getTranslations('account')
  const { state, use, createdAt, closedAt, expiresAt, grantId } = vcard
  const at = (time: Date | undefined) => (time ? formatDateTime(time, locale) : '')
  const tone = vcardLook(vcard).tone
  const entries: TimelineEntry[] = [
    { id: 'made', title: t('vcard.made'), at: at(createdAt), detail: grantId ? t('vcard.madeByGrant') : undefined },
  ]
  if (state !== 'live') {
    // A V-Card whose time is over is put away a little later.
    entries.push({ id: state, title: t(`vcards.state.${state}`), at: at(state === 'expired' ? expiresAt : closedAt) })
  }
  if (use) {
    entries.push({
      ...{ id: use, title: t(`vcards.state.${use}`), at: at(use === 'approved' ? paidAt : undefined) },
      tone: tone === 'good' || tone === 'warn' ? tone : 'neutral',
    })
  }
  return <Timeline label={t('vcard.timeline')} entries={entries.toReversed()} />
}
