import { getTranslations } from 'next-intl/server'
import { formatMoney, formatPercent } from '@/components/i18n/format'
import { FigureTile } from '@/components/merchant/figure-tile'
import { Badge } from '@/components/ui/badge'
import type { Currency } from '@/lib/money/currency'
import { approvalRate, type DayFigures } from '@/lib/statistics/day-figures'

interface Props {
  readonly today: readonly DayFigures[]
  readonly weekAgo: readonly DayFigures[]
  /** Shown even before anything was paid in it. */
  readonly main: Currency
  readonly locale: 'ko' | 'en'
}

const nothing = (currency: Currency): DayFigures => ({
  currency,
  paid: { count: 0, amount: 0n },
  refunded: { count: 0, amount: 0n },
  tried: 0,
  approved: 0,
  reasons: [],
})

/** Paid, refunded, approved: today beside the same weekday a week ago until the same time, for each currency used. */
export async function DayTiles({ today, weekAgo, main, locale }: Props) {
  const [t, reasons] = await Promise.all([getTranslations('merchant.overview'), getTranslations('merchant.reason')])
  const days = today.length === 0 ? [nothing(main)] : today
  return days.map((day) => {
    const before = weekAgo.find(({ currency }) => currency === day.currency) ?? nothing(day.currency)
    const money = (amount: bigint) => formatMoney(amount, day.currency, locale)
    const rate = approvalRate(day)
    const rateBefore = approvalRate(before)
    return (
      <section key={day.currency} aria-label={t('day', { currency: day.currency })} className="mb-4">
        <div className="grid gap-3 sm:grid-cols-3 sm:gap-4">
          <FigureTile
            name={t('paid', { count: day.paid.count })}
            value={money(day.paid.amount)}
            beside={t('weekAgo', { value: money(before.paid.amount) })}
          />
          <FigureTile
            name={t('refunded', { count: day.refunded.count })}
            value={money(day.refunded.amount)}
            beside={t('weekAgo', { value: money(before.refunded.amount) })}
          />
          <FigureTile
            name={t('rate')}
            value={rate === undefined ? t('noRate') : formatPercent(rate, locale)}
            beside={
              rate === undefined
                ? t('nothingTried')
                : rateBefore === undefined
                  ? t('ofTried', { approved: day.approved, tried: day.tried })
                  : t('weekAgo', { value: formatPercent(rateBefore, locale) })
            }
          />
        </div>
        {day.reasons.length > 0 ? (
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 px-1 text-sm text-ink-soft">
            <span className="text-ink-faint">{t('reasons')}</span>
            {day.reasons.slice(0, 3).map(({ reason, count }) => (
              <span key={reason} className="inline-flex items-center gap-2">
                {reasons(reason)} <Badge tone="neutral">{t('times', { count })}</Badge>
              </span>
            ))}
          </div>
        ) : null}
      </section>
    )
  })
}
