import { getMessages, getTranslations } from 'next-intl/server'
import { moduleName } from '@/app/_glue/module-name'
import { Chart } from '@/components/charts/chart'
import { formatMoney } from '@/components/i18n/format'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Currency } from '@/lib/money/currency'
import type { InstalledModule } from '@/lib/merchant-modules/installed-module'
import type { DailyLine } from '@/lib/statistics/daily-store'
import { addUp } from './add-up'
import { SumTable } from './sum-table'

// What a day is looked at for; the rest stands in the tables.
const CHARTED = [
  { result: 'approved', colour: 1 },
  { result: 'declined', colour: 2 },
  { result: 'refunded', colour: 3 },
  { result: 'given-back', colour: 6 },
] as const

interface Props {
  readonly lines: readonly DailyLine[]
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly shopNames: ReadonlyMap<string, string>
  readonly installed: readonly InstalledModule[]
}

/** A day in one currency: by hour as a chart, by means, shop and reason as tables. */
export async function DayFigures({ lines, currency, locale, shopNames, installed }: Props) {
  const [t, names, reasons, { shared }] = await Promise.all([
    getTranslations('operator'),
    getTranslations('modules'),
    getTranslations('merchant.reason'),
    getMessages(),
  ])
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const words = { count: t('statistics.column.count'), amount: t('statistics.column.amount') }
  const sumOf = (hour: number, result: DailyLine['result']) =>
    lines.filter((line) => line.hour === hour && line.result === result).reduce((sum, line) => sum + line.amount, 0n)
  const meansName = (module: string) =>
    module === ''
      ? t('statistics.nothingTried')
      : moduleName(names, installed.find(({ code }) => code === module) ?? { code: module }, locale)
  const declined = lines.filter(({ reason }) => reason !== '')
  const reasonName = (reason: string) => (reasons.has(reason as never) ? reasons(reason as never) : reason)
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel>
        <PanelHeader title={`${t('statistics.chart')} · ${currency}`} />
        <Chart
          rows={Array.from({ length: 24 }, (_, hour) => ({
            name: t('statistics.hour', { hour }),
            values: CHARTED.map(({ result }) => sumOf(hour, result)),
          }))}
          series={CHARTED.map(({ result, colour }) => ({ name: t(`statistics.result.${result}`), colour }))}
          isStacked
          currency={currency}
          locale={locale}
          label={`${t('statistics.chart')} ${currency}`}
          nameHead={t('statistics.column.hour')}
          words={{ asTable: shared.asTable, asChart: shared.asChart }}
        />
      </Panel>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <SumTable
          title={t('statistics.byMeans')}
          heads={[t('statistics.column.means'), t('statistics.column.result')]}
          words={words}
          rows={addUp(lines, ({ module, result }) => ({ module, result })).map(({ key, count, amount }) => ({
            id: `${key.module} ${key.result}`,
            cells: [meansName(key.module), t(`statistics.result.${key.result}`)],
            count,
            amount: money(amount),
          }))}
        />
        <SumTable
          title={t('statistics.byShop')}
          heads={[t('statistics.column.shop'), t('statistics.column.result')]}
          words={words}
          rows={addUp(lines, ({ merchantId, result }) => ({ merchantId, result })).map(({ key, count, amount }) => ({
            id: `${key.merchantId} ${key.result}`,
            cells: [shopNames.get(key.merchantId) ?? key.merchantId, t(`statistics.result.${key.result}`)],
            count,
            amount: money(amount),
          }))}
        />
        {declined.length === 0 ? null : (
          <SumTable
            title={t('statistics.byReason')}
            heads={[t('statistics.column.reason')]}
            words={words}
            rows={addUp(declined, ({ reason }) => ({ reason })).map(({ key, count, amount }) => ({
              id: key.reason,
              cells: [reasonName(key.reason)],
              count,
              amount: money(amount),
            }))}
          />
        )}
      </div>
    </div>
  )
}
