import type { Metadata } from 'next'
import { CalendarClock, ChartColumn, Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { publicId } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import { CountForm } from './_parts/count-form'
import { DayFigures } from './_parts/day-figures'
import { dayAddress, type RawQuery, readDayQuery } from './_parts/day-query'

const HERE = '/operator/statistics'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.statistics')
  return { title: t('title') }
}

/** What became of a day's purchases, by shop, means, hour and result (M-35). */
export default async function StatisticsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const [raw, desk] = await Promise.all([searchParams, requireSystem('system.see', HERE)])
  const { gateway, locale } = desk
  const { daily, settings } = gateway
  const today = await daily.today()
  const query = readDayQuery(raw, today)
  const { day, merchantId } = query
  const [t, lines, [counted], shops] = await Promise.all([
    getTranslations('operator.statistics'),
    daily.lines({ first: day, last: day, ...(merchantId && { merchantId }) }),
    daily.counted(day, day),
    daily.shops(),
  ])
  const shopNames = new Map(shops.map((shop) => [shop.id, shopName(shop, locale)]))
  const isWhole = counted !== undefined && counted.computedAt >= (await daily.endOf(day))
  const currencies = currencyCodes.filter((code) => lines.some(({ currency }) => currency === code))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { zone: settings.TIME_ZONE, at: settings.STATISTICS_AT })}
        actions={
          <>
            {lines.length > 0 ? (
              <a href={dayAddress(`${HERE}/export`, query)} download className={buttonLook({})}>
                <Download aria-hidden />
                {t('export')}
              </a>
            ) : null}
            {counted && desk.may('system.change') ? <CountForm day={day} label={t('count')} kind="secondary" /> : null}
          </>
        }
      />
      <form className="mb-5 flex flex-wrap items-end gap-3">
        <Field id="day" label={t('day')}>
          <Input id="day" type="date" name="day" defaultValue={day} max={today} className="h-11 text-sm" />
        </Field>
        <Field id="shop" label={t('shop')}>
          <Select
            id="shop"
            name="shop"
            defaultValue={merchantId ? publicId('mer', merchantId) : ''}
            className="h-11 text-sm"
          >
            <option value="">{t('everyShop')}</option>
            {shops.map(({ id }) => (
              <option key={id} value={publicId('mer', id)}>
                {shopNames.get(id)}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit">{t('show')}</Button>
      </form>
      {counted ? (
        <p className="mb-5 text-sm text-ink-faint" role="status">
          {isWhole
            ? t('counted', {
                at: formatDateTime(counted.computedAt, locale),
                merchants: counted.merchants,
                ms: counted.durationMs,
              })
            : t('countedBefore', { at: formatDateTime(counted.computedAt, locale) })}
        </p>
      ) : null}
      {!counted ? (
        <EmptyState
          icon={CalendarClock}
          title={t('notCounted.title')}
          action={desk.may('system.change') ? <CountForm day={day} label={t('countFirst')} kind="primary" /> : null}
        >
          {t('notCounted.text', { at: settings.STATISTICS_AT })}
        </EmptyState>
      ) : currencies.length === 0 ? (
        <EmptyState icon={ChartColumn} title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-1 gap-8">
          {currencies.map((currency) => (
            <DayFigures
              key={currency}
              lines={lines.filter((line) => line.currency === currency)}
              {...{ currency, locale, shopNames }}
              installed={gateway.merchantModules.installed}
            />
          ))}
        </div>
      )}
    </>
  )
}
