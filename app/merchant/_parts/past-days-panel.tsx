import { getMessages, getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { Chart } from '@/components/charts/chart'
import { formatPercent } from '@/components/i18n/format'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Currency } from '@/lib/money/currency'
import { approvalRate } from '@/lib/statistics/day-figures'
import { daysBefore, declinesByReason, type PastDay, pastDays, volumeByMeans } from '@/lib/statistics/past-days'
import { moduleName } from '@/app/_glue/module-name'

const DAYS = 14
/** The reasons that stand for nearly all declines; a longer chart says less. */
const MOST_REASONS = 8

/**
 * What was approved and given back on the days before today, by which means, how many tries went well, and why the others
 * did not: from the figures counted each night, not from the payments.
 */
export async function PastDaysPanel({ desk, currency }: { desk: Desk; currency: Currency }) {
  const { gateway, merchant, locale } = desk
  const { daily } = gateway
  const days = daysBefore(await daily.today(), DAYS)
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const [t, names, reasons, { shared }, counted, lines] = await Promise.all([
    getTranslations('merchant.overview.past'),
    getTranslations('modules'),
    getTranslations('merchant.reason'),
    getMessages(),
    daily.counted(first, last),
    daily.dayLines({ first, last, merchantId: merchant.id }),
  ])
  const shown = pastDays(days, counted, lines, currency)
  const isEmpty = shown.every(({ approved, refunded }) => approved === 0n && refunded === 0n)
  const tries = triesOf(shown)
  const rate = approvalRate(tries)
  const volumes = volumeByMeans(lines, currency)
  const declines = declinesByReason(lines, currency).slice(0, MOST_REASONS)
  const name = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const nameOf = (day: string) => name.format(new Date(day))
  const nameOfMeans = (code: string) => {
    const packaged = gateway.modules.get(code)?.packaged
    return moduleName(names, { code, ...(packaged && { packaged }) }, locale)
  }
  const common = { locale, words: { asTable: shared.asTable, asChart: shared.asChart } }
  const number = new Intl.NumberFormat(locale)
  return (
    <>
      <Panel className="mt-5">
        <PanelHeader
          title={t('title', { days: DAYS })}
          description={t(isEmpty ? 'none' : 'text', { at: gateway.settings.STATISTICS_AT })}
        />
        {isEmpty ? null : (
          <Chart
            rows={shown.map(({ day, approved, refunded }) => ({ name: nameOf(day), values: [approved, refunded] }))}
            series={[
              { name: t('approved'), colour: 1 },
              { name: t('refunded'), colour: 3 },
            ]}
            label={t('label', { currency })}
            nameHead={t('day')}
            {...{ ...common, currency }}
          />
        )}
      </Panel>
      {isEmpty ? null : (
        <div className="mt-5 grid grid-cols-1 gap-5 lg:grid-cols-2">
          <Panel className="lg:col-span-2">
            <PanelHeader title={t('means.title')} description={t('means.text', { days: DAYS })} />
            <Chart
              rows={volumes.map(({ module, amount }) => ({
                name: nameOfMeans(module),
                values: [amount],
              }))}
              series={[{ name: t('means.amount'), colour: 1 }]}
              layout="lying"
              label={t('means.label', { currency })}
              nameHead={t('means.head')}
              {...{ ...common, currency }}
            />
          </Panel>
          <Panel>
            <PanelHeader
              title={t('rate.title', { rate: rate === undefined ? '–' : formatPercent(rate, locale) })}
              description={
                rate === undefined
                  ? t('rate.none', { days: DAYS })
                  : t('rate.text', {
                      days: DAYS,
                      tried: number.format(tries.tried),
                      approved: number.format(tries.approved),
                    })
              }
            />
            <Chart
              rows={shown.map(({ day, approvals, declines: refused }) => ({
                name: nameOf(day),
                values: [BigInt(approvals), BigInt(refused)],
              }))}
              series={[
                { name: t('rate.approved'), colour: 1 },
                { name: t('rate.declined'), colour: 3 },
              ]}
              isStacked
              label={t('rate.label')}
              nameHead={t('day')}
              {...common}
            />
          </Panel>
          <Panel>
            <PanelHeader
              title={t('declines.title')}
              description={t(declines.length === 0 ? 'declines.none' : 'declines.text', { days: DAYS })}
            />
            {declines.length === 0 ? null : (
              <Chart
                rows={declines.map(({ reason, count }) => ({ name: reasons(reason), values: [BigInt(count)] }))}
                series={[{ name: t('declines.count'), colour: 3 }]}
                layout="lying"
                label={t('declines.label')}
                nameHead={t('declines.head')}
                {...common}
              />
            )}
          </Panel>
        </div>
      )}
    </>
  )
}

function triesOf(days: readonly PastDay[]): { tried: number; approved: number } {
  const approved = days.reduce((sum, { approvals }) => sum + approvals, 0)
  return { approved, tried: approved + days.reduce((sum, { declines }) => sum + declines, 0) }
}
