import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { Chart } from '@/components/charts/chart'
import { formatMoney } from '@/components/i18n/format'
import type { Spent } from '@/lib/statistics/spending'

/** What the shopper spent in one currency, a bar a month. */
export async function SpendingChart({ spent, timeZone }: { spent: Spent; timeZone: string }) {
  const [locale, t, { shared }] = await Promise.all([getLocale(), getTranslations('account.home'), getMessages()])
  const monthOf = new Intl.DateTimeFormat(locale, { month: 'short', timeZone })
  const rows = spent.months.map(({ start, amount }) => ({ name: monthOf.format(start), values: [amount] }))
  const figures = rows.map(({ name, values }) => `${name} ${formatMoney(values[0] ?? 0n, spent.currency, locale)}`)
  return (
    <Chart
      rows={rows}
      series={[{ name: t('spent'), colour: 1 }]}
      currency={spent.currency}
      locale={locale}
      label={t('spendingLabel', { figures: figures.join(', ') })}
      nameHead={t('month')}
      words={{ asTable: shared.asTable, asChart: shared.asChart }}
    />
  )
}
