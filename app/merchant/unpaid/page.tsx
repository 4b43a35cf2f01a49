import { Hourglass, ListFilter, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { SortLinks } from '@/components/ui/sort-links'
import { publicId } from '@/lib/ids'
import type { RawQuery } from '../_parts/list-query'
import { laterMeans } from './_parts/module-word'
import { TermsPanel } from './_parts/terms-panel'
import { UnpaidList } from './_parts/unpaid-list'
import { HERE, readUnpaidQuery, unpaidAddress } from './_parts/unpaid-query'
import { UnpaidTabs } from './_parts/unpaid-tabs'

const PAGE = 20

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.unpaid')
  return { title: t('title') }
}

/** Every order that was accepted and waits for money, whatever means it comes by (M-152). */
export default async function UnpaidPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { before, ...filters } = readUnpaidQuery(await searchParams)
  const desk = await requireDesk('unpaid.see', unpaidAddress(HERE, filters))
  const { gateway, merchant } = desk
  const [t, found] = await Promise.all([
    getTranslations('merchant.unpaid'),
    gateway.unpaid.page(merchant.id, { ...filters, ...(before && { before }), limit: PAGE + 1 }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const means = laterMeans.filter((one) => merchant.modules.includes(one))
  const isFiltered = Object.keys(filters).length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          shown.length > 0 ? (
            <ExportLink href={unpaidAddress(`${HERE}/export`, filters)}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <UnpaidTabs
        current={filters.overdue ? 'overdue' : 'all'}
        kept={{ search: filters.search, module: filters.module }}
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField
          name="q"
          label={t('search')}
          {...(filters.search && { defaultValue: filters.search })}
          keep={{ tab: filters.overdue ? 'overdue' : undefined, means: filters.module }}
        />
        {means.length > 1 || filters.module ? (
          <SortLinks
            icon={ListFilter}
            label={t('means')}
            links={[undefined, ...means].map((one) => ({
              href: unpaidAddress(HERE, { ...filters, module: one }),
              label: one ? t(`module.${one}`) : t('all'),
              current: one === filters.module,
            }))}
          />
        ) : null}
      </div>
      {shown.length > 0 ? (
        <UnpaidList desk={desk} found={shown} />
      ) : isFiltered ? (
        <EmptyState icon={SearchX} title={t('notFound')} action={<ButtonLink href={HERE}>{t('showAll')}</ButtonLink>}>
          {t('notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={Hourglass} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <Pager
        label={t('older')}
        {...(last && { nextHref: unpaidAddress(HERE, { ...filters, before: publicId('pay', last.paymentId) }) })}
      />
      {merchant.modules.includes('giro') ? <TermsPanel desk={desk} /> : null}
    </>
  )
}
