import type { Metadata } from 'next'
import { Gavel, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { DisputeList } from '@/app/_glue/disputes/dispute-list'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { listHref } from '@/app/operator/people/_parts/list-query'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { SortLinks } from '@/components/ui/sort-links'
import { publicId } from '@/lib/ids'
import { QUEUE, queueOrders, readQueue } from './_parts/queue-query'

const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes.desk')
  return { title: t('queue') }
}

/** What waits for a decision, what is due first before the rest. */
export default async function DisputeQueuePage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { q, sort, filter } = readQueue(await searchParams)
  const { gateway, merchant, locale } = await requireDesk('dispute.decide', QUEUE)
  const [t, desk, shared, found] = await Promise.all([
    getTranslations('disputes'),
    getTranslations('disputes.desk'),
    getTranslations('shared.sort'),
    gateway.disputes.list(merchant.id, { ...filter, limit: PAGE + 1 }),
  ])
  const disputes = found.slice(0, PAGE)
  const last = found.length > PAGE ? disputes.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={desk('queue')}
        description={desk('queueText')}
        actions={
          disputes.length > 0 ? (
            <ExportLink href={listHref(`${QUEUE}/export`, { q, sort })}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField name="q" label={t('search')} {...(q && { defaultValue: q })} keep={{ sort }} />
        <SortLinks
          label={shared('label')}
          links={queueOrders.map((one) => ({
            href: listHref(QUEUE, { q, sort: one === 'due' ? undefined : one }),
            label: one === 'due' ? desk('dueFirst') : shared(one),
            current: one === filter.order,
          }))}
        />
      </div>
      {disputes.length > 0 ? (
        <DisputeList disputes={disputes} locale={locale} label={desk('queue')} base={QUEUE} />
      ) : q ? (
        <EmptyState icon={SearchX} title={t('notFound')} action={<ButtonLink href={QUEUE}>{t('all')}</ButtonLink>}>
          {t('notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={Gavel} title={desk('queueNone')}>
          {desk('queueNoneText')}
        </EmptyState>
      )}
      <Pager
        label={t('older')}
        {...(last && { nextHref: listHref(QUEUE, { q, sort, before: publicId('dis', last.id) }) })}
      />
    </>
  )
}
