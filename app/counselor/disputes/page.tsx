import type { Metadata } from 'next'
import { Gavel } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { DisputeList } from '@/app/_glue/disputes/dispute-list'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'

// A queue that is longer than this is worked off before anybody reads on.
const MOST = 100
const HERE = '/counselor/disputes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes.desk')
  return { title: t('queue') }
}

/** What waits for a decision, what is due first before the rest. */
export default async function DisputeQueuePage() {
  const desk = await requireDesk('dispute.decide', HERE)
  const { gateway, merchant, locale } = desk
  const [t, waiting] = await Promise.all([
    getTranslations('disputes.desk'),
    gateway.disputes.list(merchant.id, { states: ['answered', 'unanswered', 'second'], limit: MOST }),
  ])
  const dueOf = (at: Date | undefined) => at?.getTime() ?? 0
  const disputes = waiting.toSorted((a, b) => dueOf(a.decideBy) - dueOf(b.decideBy))
  return (
    <>
      <PageHeader title={t('queue')} description={t('queueText')} />
      {disputes.length > 0 ? (
        <DisputeList disputes={disputes} locale={locale} label={t('queue')} base={HERE} />
      ) : (
        <EmptyState icon={Gavel} title={t('queueNone')}>
          {t('queueNoneText')}
        </EmptyState>
      )}
    </>
  )
}
