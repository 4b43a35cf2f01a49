import { getMessages, getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { Chart } from '@/components/charts/chart'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Currency } from '@/lib/money/currency'
import { daysBefore, pastDays } from '@/lib/statistics/past-days'

const DAYS = 14

/** What was approved and given back on the days before today: from the figures counted each night, not from the payments. */
export async function PastDaysPanel({ desk, currency }: { desk: Desk; currency: Currency }) {
  const { gateway, merchant, locale } = desk
  const { daily } = gateway
  const days = daysBefore(await daily.today(), DAYS)
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const [t, { shared }, counted, lines] = await Promise.all([
    getTranslations('merchant.overview.past'),
    getMessages(),
    daily.counted(first, last),
    daily.lines({ first, last, merchantId: merchant.id }),
  ])
  const shown = pastDays(days, counted, lines, currency)
  const isEmpty = shown.every(({ approved, refunded }) => approved === 0n && refunded === 0n)
  const name = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  return (
    <Panel className="mt-5">
      <PanelHeader
        title={t('title', { days: DAYS })}
        description={t(isEmpty ? 'none' : 'text', { at: gateway.settings.STATISTICS_AT })}
      />
      {isEmpty ? null : (
        <Chart
          rows={shown.map(({ day, approved, refunded }) => ({
            name: name.format(new Date(day)),
            values: [approved, refunded],
          }))}
          series={[
            { name: t('approved'), colour: 1 },
            { name: t('refunded'), colour: 3 },
          ]}
          label={t('label', { currency })}
          nameHead={t('day')}
          words={{ asTable: shared.asTable, asChart: shared.asChart }}
          {...{ currency, locale }}
        />
      )}
    </Panel>
  )
}
