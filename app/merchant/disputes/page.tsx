import type { Metadata } from 'next'
import { Download, MessageCircleWarning, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { DisputeList } from '@/app/_glue/disputes/dispute-list'
import { disputesAddress, disputeTabs, filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import { ListSort } from '@/app/_glue/list-sort'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import type { RawQuery } from '../_parts/list-query'

const PAGE = 25
const HERE = '/merchant/disputes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes')
  return { title: t('title') }
}

/** Every dispute over the shop's payments, by where it stands. */
export default async function DisputesPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readDisputeQuery(await searchParams)
  const { before: _, ...filters } = query
  const desk = await requireDesk('portal.see', disputesAddress(HERE, query))
  const { gateway, merchant, locale } = desk
  const [t, found] = await Promise.all([
    getTranslations('disputes'),
    gateway.disputes.list(merchant.id, { ...filterOf(query), limit: PAGE + 1 }),
  ])
  const disputes = found.slice(0, PAGE)
  const last = found.length > PAGE ? disputes.at(-1) : undefined
  const isFiltered = query.tab !== undefined || query.q !== undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          disputes.length > 0 ? (
            <a href={disputesAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('status')}
        tabs={[undefined, ...disputeTabs].map((tab) => ({
          href: disputesAddress(HERE, {
            ...(query.q && { q: query.q }),
            ...(query.sort && { sort: query.sort }),
            ...(tab && { tab }),
          }),
          label: t(`tab.${tab ?? 'all'}`),
          current: tab === query.tab,
        }))}
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField
          name="q"
          label={t('search')}
          {...(query.q && { defaultValue: query.q })}
          keep={{ tab: query.tab, sort: query.sort }}
        />
        <ListSort
          order={query.sort}
          hrefOf={(sort) => {
            const { sort: _sorted, ...rest } = filters
            return disputesAddress(HERE, { ...rest, ...(sort && { sort }) })
          }}
        />
      </div>
      {disputes.length > 0 ? (
        <DisputeList disputes={disputes} locale={locale} label={t('list')} base={HERE} />
      ) : isFiltered ? (
        <EmptyState icon={SearchX} title={t('notFound')} action={<ButtonLink href={HERE}>{t('all')}</ButtonLink>}>
          {t('notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={MessageCircleWarning} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <Pager label={t('older')} {...(last && { nextHref: disputesAddress(HERE, { ...filters, before: last.id }) })} />
    </>
  )
}
