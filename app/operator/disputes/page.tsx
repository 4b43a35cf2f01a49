import type { Metadata } from 'next'
import { MessageCircleWarning, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DisputeList } from '@/app/_glue/disputes/dispute-list'
import { disputesAddress, disputeTabs, filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import { ListSort } from '@/app/_glue/list-sort'
import { shopNames } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Fact, Facts } from '@/components/ui/facts'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { openDisputeStates } from '@/lib/disputes/dispute-moves'

const PAGE = 25
const HERE = '/operator/disputes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes.operator')
  return { title: t('title') }
}

/** The disputes of every shop: the operator sees that they go on, and moves nobody's money. */
export default async function DisputesOverviewPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readDisputeQuery(await searchParams)
  const { before: _, ...filters } = query
  const [{ gateway, locale }, t] = await Promise.all([
    requireSystem('system.see', disputesAddress(HERE, query)),
    getTranslations('disputes'),
  ])
  const [counts, found] = await Promise.all([
    gateway.disputes.countOpen(),
    gateway.disputes.listEverywhere({ ...filterOf(query), limit: PAGE + 1 }),
  ])
  const disputes = found.slice(0, PAGE)
  const last = found.length > PAGE ? disputes.at(-1) : undefined
  const names = await shopNames(
    gateway,
    disputes.map(({ merchantId }) => merchantId),
    locale,
  )
  const isFiltered = query.tab !== undefined || query.q !== undefined
  return (
    <>
      <PageHeader
        title={t('operator.title')}
        description={t('operator.text')}
        actions={
          disputes.length > 0 ? (
            <ExportLink href={disputesAddress(`${HERE}/export`, filters)}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <Panel className="mb-5">
        <Facts>
          {openDisputeStates.map((state) => (
            <Fact key={state} name={t(`state.${state}`)}>
              <span className="figures">
                {t('operator.count', { count: counts.find((one) => one.state === state)?.count ?? 0 })}
              </span>
            </Fact>
          ))}
        </Facts>
      </Panel>
      <LinkTabs
        label={t('status')}
        tabs={[undefined, ...disputeTabs].map((tab) => ({
          href: disputesAddress(HERE, {
            ...(query.q && { q: query.q }),
            ...(query.sort && { sort: query.sort }),
            ...(tab && { tab }),
          }),
          label: t(`operator.tab.${tab ?? 'all'}`),
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
        <DisputeList disputes={disputes} locale={locale} label={t('list')} shops={names} />
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
