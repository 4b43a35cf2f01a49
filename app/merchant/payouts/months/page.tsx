import type { Metadata } from 'next'
import { ChartColumn, Download, FileText } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { Chart } from '@/components/charts/chart'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { Select } from '@/components/ui/select'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { profitOf, vatOf } from '@/lib/settlement/months'
import type { RawQuery } from '../../_parts/list-query'
import { readMonthQuery } from '../_parts/month-query'
import { PayoutTabs } from '../_parts/payout-tabs'

const HERE = '/merchant/payouts/months'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.months')
  return { title: t('title') }
}

/** Profit and loss, and the value added tax, by month: as a chart, a table, a file and on paper (M-151). */
export default async function MonthsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const raw = await searchParams
  const { gateway, merchant, locale } = await requireDesk('payout.see', HERE)
  const wish = readMonthQuery(raw, await gateway.daily.today(), merchant.currencies)
  const { currency } = wish
  const [t, { shared }, months] = await Promise.all([
    getTranslations('settlement.months'),
    getMessages(),
    gateway.settlement.months(merchant.id, wish),
  ])
  const money = (amount: bigint) => <MoneyText amount={amount} currency={currency} locale={locale} />
  const isKorean = currency === 'KRW'
  const columns = ['sold', 'refunded', 'chargedBack', 'fees', 'feeVat', 'other'] as const
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { shop: shopName(merchant, locale) })}
        actions={
          <>
            <a href={`${HERE}/export?${new URLSearchParams(wish)}`} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
            {months.length > 0 ? (
              <a href={`${HERE}/pdf?${new URLSearchParams(wish)}`} download className={buttonLook({})}>
                <FileText aria-hidden />
                {t('pdf')}
              </a>
            ) : null}
            <PrintButton label={t('print')} />
          </>
        }
      />
      <PayoutTabs current="months" />
      <form className="mb-5 flex flex-wrap items-end gap-3 print:hidden" action={HERE}>
        <Field id="first" label={t('first')}>
          <Input id="first" type="month" name="first" defaultValue={wish.first} />
        </Field>
        <Field id="last" label={t('last')}>
          <Input id="last" type="month" name="last" defaultValue={wish.last} />
        </Field>
        <Field id="currency" label={t('currency')}>
          <Select id="currency" name="currency" defaultValue={currency}>
            {merchant.currencies.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </Field>
        <Button type="submit">{t('show')}</Button>
      </form>
      {months.length === 0 ? (
        <EmptyState icon={ChartColumn} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <>
          <Panel className="mb-5 print:hidden">
            <PanelHeader title={t('chart')} />
            <Chart
              rows={[...months].reverse().map((one) => ({
                name: one.month,
                values: [one.sold, -one.refunded - one.chargedBack, -one.fees - one.feeVat],
              }))}
              series={[
                { name: t('sold'), colour: 1 },
                { name: t('refunded'), colour: 3 },
                { name: t('fees'), colour: 2 },
              ]}
              label={t('chartLabel', { currency })}
              nameHead={t('month')}
              words={{ asTable: shared.asTable, asChart: shared.asChart }}
              {...{ currency, locale }}
            />
          </Panel>
          <Panel className="mb-5">
            <PanelHeader title={t('profit')} />
            <Table aria-label={t('profit')}>
              <thead>
                <tr>
                  <TableHead>{t('month')}</TableHead>
                  {columns.map((name) => (
                    <TableHead key={name} className="text-right">
                      {t(name)}
                    </TableHead>
                  ))}
                  <TableHead className="text-right">{t('left')}</TableHead>
                </tr>
              </thead>
              <tbody>
                {months.map((one) => (
                  <TableRow key={one.month}>
                    <TableCell className="figures whitespace-nowrap">{one.month}</TableCell>
                    {columns.map((name) => (
                      <FigureCell key={name}>{money(one[name])}</FigureCell>
                    ))}
                    <FigureCell className="font-semibold">{money(profitOf(one))}</FigureCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </Panel>
          {isKorean ? (
            <Panel>
              <PanelHeader title={t('vat.title')} description={t('vat.text')} />
              <Table aria-label={t('vat.title')}>
                <thead>
                  <tr>
                    <TableHead>{t('month')}</TableHead>
                    <TableHead className="text-right">{t('vat.supply')}</TableHead>
                    <TableHead className="text-right">{t('vat.output')}</TableHead>
                    <TableHead className="text-right">{t('vat.input')}</TableHead>
                    <TableHead className="text-right">{t('vat.due')}</TableHead>
                  </tr>
                </thead>
                <tbody>
                  {months.map((one) => {
                    const vat = vatOf(one)
                    return (
                      <TableRow key={one.month}>
                        <TableCell className="figures whitespace-nowrap">{one.month}</TableCell>
                        <FigureCell>{money(vat.supply)}</FigureCell>
                        <FigureCell>{money(vat.output)}</FigureCell>
                        <FigureCell>{money(vat.input)}</FigureCell>
                        <FigureCell className="font-semibold">{money(vat.due)}</FigureCell>
                      </TableRow>
                    )
                  })}
                </tbody>
              </Table>
            </Panel>
          ) : null}
        </>
      )}
    </>
  )
}
