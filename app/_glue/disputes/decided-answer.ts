import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { DeskDecided } from '@/lib/disputes/decisions'
import type { Dispute } from '@/lib/disputes/dispute'

/** What came of a deed at the desk, in the reader's language. */
export async function decidedAnswer(
  done: DeskDecided,
  { currency }: Pick<Dispute, 'currency'>,
  locale: 'ko' | 'en',
): Promise<DeedAnswer> {
  const t = await getTranslations('disputes.desk.refused')
  const refused = (message: string): DeedAnswer => ({ kind: 'refused', message })
  switch (done.kind) {
    case 'done':
    case 'proposed':
      return { kind: 'done' }
    case 'forbidden':
    case 'missing':
    case 'wrong-state':
      return refused(t(done.kind))
    case 'needs-second-person':
      return refused(t('needs-second-person', { limit: formatMoney(done.limit, currency, locale) }))
    case 'refused':
      return refused(t(done.reason))
    case 'not-refunded':
      return refused(done.why === 'shop-declined' ? t('shop-declined', { words: done.words ?? '' }) : t(done.why))
  }
}
