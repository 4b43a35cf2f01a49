import { ChartColumn, Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { Chart } from '@/components/charts/chart'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { SortLinks } from '@/components/ui/sort-links'
import { productViews } from '@/lib/statistics/product-rates'
import type { RawQuery } from '../_parts/list-query'
import {
  inOrder,
  productAddress,
  PRODUCTS,
  productSorts,
  readFrom,
  readProductQuery,
  readProductSort,
} from './_parts/product-query'
import { ProductTable } from './_parts/product-table'

/** More bars than these say less; the table and the file have every row. */
const MOST_BARS = 10
const PAGE = 100

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refunds.products')
  return { title: t('title') }
}

/** What comes back of what was sold, product by product, and how often people were not satisfied (M-153). */
export default async function ProductsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const raw = await searchParams
  const { gateway, merchant, locale } = await requireDesk('product-rates.see', PRODUCTS)
  const sort = readProductSort(raw)
  const question = readProductQuery(raw, await gateway.daily.today(), merchant.currencies)
  const { by, currency, first, last, search } = question
  const [t, { shared }, rates] = await Promise.all([
    getTranslations('refunds.products'),
    getMessages(),
    gateway.productFigures.rates(merchant.id, question),
  ])
  const from = Math.min(readFrom(raw), Math.max(rates.length - 1, 0))
  const until = Math.min(from + PAGE, rates.length)
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          rates.length > 0 ? (
            <a href={productAddress(`${PRODUCTS}/export`, question, sort)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('title')}
        tabs={productViews.map((view) => ({
          href: productAddress(PRODUCTS, { ...question, by: view }, sort),
          label: t(`by.${view}`),
          current: view === by,
        }))}
      />
      <form className="mb-5 flex flex-wrap items-end gap-3" action={PRODUCTS}>
        <input type="hidden" name="by" value={by} />
        <input type="hidden" name="sort" value={sort} />
        <Field id="first" label={t('first')}>
          <Input id="first" type="date" name="first" defaultValue={first} />
        </Field>
        <Field id="last" label={t('last')}>
          <Input id="last" type="date" name="last" defaultValue={last} />
        </Field>
        <Field id="currency" label={t('currency')}>
          <Select id="currency" name="currency" defaultValue={currency}>
            {merchant.currencies.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </Field>
        <Field id="q" label={t('search')}>
          <Input id="q" name="q" maxLength={100} {...(search && { defaultValue: search })} />
        </Field>
        <Button type="submit">{t('show')}</Button>
      </form>
      {rates.length === 0 ? (
        <EmptyState icon={ChartColumn} title={search ? t('notFound') : t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <>
          <Panel className="mb-5">
            <PanelHeader title={t('chart')} description={t('chartText', { most: MOST_BARS })} />
            <Chart
              layout="lying"
              rows={rates.slice(0, MOST_BARS).map((one) => ({
                name: one.name || t('noGroup'),
                values: [one.sold, one.back],
              }))}
              series={[
                { name: t('sold'), colour: 1 },
                { name: t('back'), colour: 3 },
              ]}
              label={t('chartLabel', { currency })}
              nameHead={t(`by.${by}`)}
              words={{ asTable: shared.asTable, asChart: shared.asChart }}
              {...{ currency, locale }}
            />
          </Panel>
          <div className="mb-3">
            <SortLinks
              label={shared.sort.label}
              links={productSorts.map((one) => ({
                href: productAddress(PRODUCTS, question, one),
                label: t(`sort.${one}`),
                current: one === sort,
              }))}
            />
          </div>
          <ProductTable rates={inOrder(rates, sort).slice(from, until)} {...{ by, currency, locale }} />
          <p className="mt-3 text-sm text-ink-soft">
            {rates.length > PAGE ? `${t('shown', { first: from + 1, last: until, count: rates.length })} ` : ''}
            {t('definition')}
          </p>
          <Pager
            label={t('more')}
            {...(until < rates.length && { nextHref: productAddress(PRODUCTS, question, sort, until) })}
          />
        </>
      )}
    </>
  )
}
