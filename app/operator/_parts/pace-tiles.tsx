import { getTranslations } from 'next-intl/server'
import { FigureTile } from '@/components/merchant/figure-tile'
import type { Pace } from '@/lib/operations/board'
import { formatDuration, formatRate } from './figures'

/** How much is done at this moment, and how quickly. */
export async function PaceTiles({ pace, locale }: { pace: Pace; locale: 'ko' | 'en' }) {
  const t = await getTranslations('operator.board.pace')
  const duration = (value: number | undefined) => (value === undefined ? t('noFigure') : formatDuration(value, locale))
  return (
    <section aria-label={t('title')} className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <FigureTile name={t('payments')} value={formatRate(pace.paymentsPerSecond, locale)} />
      <FigureTile
        name={t('requests')}
        value={formatRate(pace.requestsPerSecond, locale)}
        beside={t('failed', { count: pace.failedRequests })}
      />
      <FigureTile name={t('p50')} value={duration(pace.p50)} beside={t('lastMinute')} />
      <FigureTile name={t('p95')} value={duration(pace.p95)} beside={t('lastMinute')} />
    </section>
  )
}
