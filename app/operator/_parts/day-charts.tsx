import { getMessages, getTranslations } from 'next-intl/server'
import { Chart } from '@/components/charts/chart'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { DayPoint } from '@/lib/operations/board'

interface Props {
  readonly day: readonly DayPoint[]
  readonly locale: 'ko' | 'en'
  readonly timeZone: string
}

/** How much was paid over the day, and how quickly. */
export async function DayCharts({ day, locale, timeZone }: Props) {
  const [t, { shared }] = await Promise.all([getTranslations('operator.board.day'), getMessages()])
  const words = { asTable: shared.asTable, asChart: shared.asChart }
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const tried = day.some(({ payments }) => payments > 0)
  const rowsOf = (value: (point: DayPoint) => number) =>
    day.map((point) => ({ name: clock.format(point.at), values: [BigInt(Math.round(value(point)))] }))
  return (
    <Panel>
      <PanelHeader title={t('title')} description={tried ? t('text') : t('none')} />
      {tried ? (
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
          <Chart
            rows={rowsOf(({ payments }) => payments)}
            series={[{ name: t('payments'), colour: 1 }]}
            label={t('payments')}
            nameHead={t('at')}
            {...{ locale, words }}
          />
          <Chart
            rows={rowsOf(({ p95 = 0 }) => p95)}
            series={[{ name: t('p95'), colour: 3 }]}
            unit="ms"
            label={t('p95')}
            nameHead={t('at')}
            {...{ locale, words }}
          />
        </div>
      ) : null}
    </Panel>
  )
}
